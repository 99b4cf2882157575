"""Towns and winners in an answer: which towns it claims, and which side it calls larger, longer or more."""

import re
from collections.abc import Iterable, Sequence

from eval.items import GoldenItem
from eval.scoring.scopes import scopes
from eval.scoring.shortcoming import UNWANTED_TOWN, Shortcoming
from eval.scoring.wording import clauses, places

_SUFFIX = re.compile(r"(?<=..)(?:镇|乡|街道|鎮|鄉)$")
_DENIAL = re.compile(r"没有|没|未|不|并无|无(?!一)|除|\bnot?\b|except|neither|without")
_QUESTION = re.compile(r"[^。;:\n!?]*(?:哪个|哪一个|哪几|哪些|哪里|谁|which)[^,。;:\n!?]*[,。;\n!?:]?")
_MORE = "多大长高广远"
_LESS = "少小短低"
_MORE_ENGLISH = r"more|larger|longer|greater|higher|bigger"
_LESS_ENGLISH = r"fewer|less|smaller|shorter|lower"


def stem(town: str) -> str:
    """A town's name without its rank.

    Example: 茶林镇 -> 茶林
    """
    return _SUFFIX.sub("", clauses(town))


def wrong_towns(item: GoldenItem, answer: str) -> tuple[Shortcoming, ...]:
    """Expected towns that are not named, and named towns that are neither expected nor optional."""
    if not item.expect_towns:
        return ()
    text = _QUESTION.sub("", clauses(answer))
    allowed = {stem(t) for t in (*item.expect_towns, *item.optional_towns)}
    missing = [Shortcoming("没有提到 (not named)", t) for t in item.expect_towns if not places(text, stem(t))]
    if item.kind == "comparison":  # both sides are named there; the winner decides
        return tuple(missing)
    negative = bool(_DENIAL.search(clauses(item.question)))
    others = {stem(t) for t in item.towns} - allowed
    claimed = [t for t in sorted(others) if _claimed(text, t, others | allowed, negative=negative)]
    return (*missing, *(Shortcoming(UNWANTED_TOWN, t) for t in claimed))


def _claimed(text: str, town: str, everyone: set[str], *, negative: bool) -> bool:
    """Whether some mention of a town says of it what the question asks for; of 哪个没有, that is the denial."""
    for start, end in scopes(text, 2):
        sentence = text[start:end]
        for _, after in places(sentence, town):
            rest = sentence[after:]
            behind = min((p[0] for t in everyone for p in places(rest, t)), default=len(rest))
            own = rest[:behind] if behind > 2 else rest  # "A、B都没有": the denial covers both
            if bool(_DENIAL.search(own)) is negative:
                return True
    return False


def wrong_winner(item: GoldenItem, answer: str) -> tuple[Shortcoming, ...]:
    """Why the side an answer calls larger is not the golden one; empty where it is, or where none is called so."""
    if not item.winner:
        return ()
    text = clauses(answer)
    winners = {clauses(name) for name in item.winner}
    if not any(name in text for name in winners):
        return (Shortcoming("没有提到较多的一方 (winner not named)"),)
    sides = sorted({stem(t) for t in item.towns} | winners, key=len, reverse=True)
    for claimed in _claims(text, sides):
        if claimed and claimed not in winners:
            return (Shortcoming("较多的一方说错了 (wrong winner)", claimed),)
    return ()


def _claims(text: str, sides: Sequence[str]) -> Iterable[str | None]:
    """Who is called the larger side, claim by claim."""
    names = "|".join(map(re.escape, sides))
    body = _QUESTION.sub("", text)
    found: list[str | None] = []
    for pattern, order in _patterns(names):
        body = re.sub(pattern, lambda m, o=order: _noted(m, o, sides, found), body)  # type: ignore[misc]
    if not found:
        opening = re.match(rf"\s*({names})[镇乡]?\s*(?=[,。;:\n(]|$)", body)
        found += [opening[1]] if opening else []
    return found


def _noted(match: re.Match[str], order: str, sides: Sequence[str], found: list[str | None]) -> str:
    """Writes down who a phrase calls larger and takes the phrase out, so that it is read once."""
    named, word = (match[1], match[2]) if order == "name first" else (match[2], match[1])
    more = word in _MORE or re.fullmatch(_MORE_ENGLISH, word) or word in ("超过", "超出", "领先", "胜过", "高过")
    others = [side for side in sides if side != named]
    found.append(named if more else others[0] if len(others) == 1 else None)
    return "。"


def _patterns(names: str) -> tuple[tuple[str, str], ...]:
    side = rf"({names})[镇乡]?"
    free = rf"(?!{names})"  # the name nearest to the word is the one it is said of
    size = rf"([{_MORE}{_LESS}])"
    lead = "(超过|超出|领先|胜过|高过|不如|不及|落后)"
    english = rf"({_MORE_ENGLISH}|{_LESS_ENGLISH})"
    return (
        (rf"{side}(?:{free}[^,。;:\n]){{0,20}}?比(?:{names})[镇乡]?[^,。;\n]{{0,12}}?{size}", "name first"),
        (rf"{side}(?:{free}[^,。;:\n]){{0,20}}?{size}于[^,。;\n]{{0,6}}?(?:{names})", "name first"),
        (rf"{side}(?:{free}[^,。;:\n]){{0,20}}?{lead}[^,。;\n]{{0,6}}?(?:{names})", "name first"),
        (rf"(?:更|较|最|略|比较)?{size}的[^,。;:\n]{{0,8}}?(?:是|为|:)\s*({names})", "size first"),
        (rf"{side}(?:{free}[^。;\n]){{0,40}}?(?:更|较|最|略|稍|比较|明显)(?:为|要|微)?{size}(?!\d)", "name first"),
        (rf"{side}(?:的(?:{free}[^,。;:\n\d]){{0,12}}?)?(?:要)?{size}(?=[,。;:\n(!些一]|$)", "name first"),
        (rf"\b({names})\b(?:{free}[^,.;]){{0,40}}?\b{english}\b", "name first"),
    )
