"""Public bodies and zones that report as places do: 水利局, 纪律检查委员会, 工业园区管委会."""

import re
from functools import cache

from rag.text.dates import YEAR
from rag.text.lexicon import concept, table
from rag.text.normalization import HAN
from rag.text.place_names import level_of

_LONGEST_OF_A_ZONE = 3  # characters of its own
_HAN_RUN = re.compile(rf"[{HAN}]+|\d+团")


def is_bureau(name: str, behind: str = "") -> bool:
    """Whether a folded name is that of a public body which is no place's own government: 水利局, 纪律检查委员会."""
    if not concept("bureau").pattern.search(name) or not name.endswith(concept("bureau").words):
        return False
    stem = _bureau_end().sub("", name)
    is_own = stem == "" or level_of(stem) is not None or name.endswith(concept("no_bureau").words)
    following = behind.lstrip()
    return not is_own and (not _HAN_RUN.match(following) or bool(_bureau_tail().match(following)))


def is_zone(name: str, behind: str, *, is_within: bool = False) -> bool:
    """Whether a name that ends like an area is that of one which reports: its office follows, or a title's year.

    `is_within`: it stands behind the county that it lies in, so that it needs no name of its own: 云陂县工业园区.
    """
    own, *_ = re.split(f"{table('not_a_place')['area'].any}$", name)
    if own == name:
        return False
    is_own = 1 < len(own) <= _LONGEST_OF_A_ZONE and not concept("no_part_of_a_name").search(own)
    is_dated = re.match(YEAR, behind) is not None and (is_own or is_within)
    return is_dated or table("beside_place")["area_office"].pattern.match(behind) is not None


@cache
def _bureau_end() -> re.Pattern[str]:
    return re.compile(rf"{concept('bureau').any}$")


@cache
def _bureau_tail() -> re.Pattern[str]:
    return concept("behind_bureau").pattern
