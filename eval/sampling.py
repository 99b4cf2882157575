"""Which questions of a set a run asks: some kinds only, or a fixed sample over all kinds."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Sequence

from eval.items import GoldenItem


def choose_items(
    items: Sequence[GoldenItem], *, kinds: Collection[str] = (), sample: int | None = None, salt: str = ""
) -> tuple[GoldenItem, ...]:
    """The items of some kinds, then a sample of them, in the order of the set.

    The sample is the same on every machine and every day: items go by the hash of their id, kinds take turns.
    Another `salt` makes another sample.
    Example: sample=4 of 10 number and 2 list questions -> 2 number and 2 list questions
    """
    wanted = [item for item in items if not kinds or item.kind in kinds]
    if sample is None or sample >= len(wanted):
        return tuple(wanted)
    queues: dict[str, list[GoldenItem]] = defaultdict(list)
    for item in sorted(wanted, key=lambda item: hashlib.sha256(f"{salt}{item.id}".encode()).hexdigest()):
        queues[item.kind].append(item)
    rounds = [(turn, kind, item.id) for kind, queue in queues.items() for turn, item in enumerate(queue)]
    chosen = {identity for _, _, identity in sorted(rounds)[:sample]}
    return tuple(item for item in wanted if item.id in chosen)
