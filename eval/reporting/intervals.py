"""How sure a mean is: bootstrap confidence intervals, and paired tests for two runs over the same questions."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from math import comb

_ROUNDS = 1000
_SEED = 20


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean with the bounds of its 95 % bootstrap confidence interval, over `count` values."""

    mean: float
    low: float
    high: float
    count: int


def bootstrap(values: Sequence[float]) -> Interval | None:
    """Mean and interval of some values, the same on every machine; None without values."""
    if not values:
        return None
    count = len(values)
    source = random.Random(_SEED)
    means = sorted(sum(source.choices(values, k=count)) / count for _ in range(_ROUNDS))
    low, high = means[int(0.025 * _ROUNDS)], means[int(0.975 * _ROUNDS) - 1]
    return Interval(round(sum(values) / count, 4), round(low, 4), round(high, 4), count)


@dataclass(frozen=True, slots=True)
class PairedTest:
    """Two runs over the same questions: who is right where the other is not, and how likely that is by chance."""

    only_first: int
    only_second: int
    p_value: float


def paired_test(first: Sequence[bool], second: Sequence[bool]) -> PairedTest:
    """McNemar's exact test, two-sided.

    Example: 5 questions only the second has right, none only the first -> p = 2 * 0.5**5 = 0.0625
    """
    only_first = sum(a and not b for a, b in zip(first, second, strict=True))
    only_second = sum(b and not a for a, b in zip(first, second, strict=True))
    differing = only_first + only_second
    tail = sum(comb(differing, k) for k in range(min(only_first, only_second) + 1))
    return PairedTest(only_first, only_second, round(min(1.0, 2 * tail / 2**differing), 6) if differing else 1.0)
