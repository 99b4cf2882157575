"""Names of a claim changed: a character replaced, or a name of another report in its place."""

import re
from collections.abc import Iterator, Sequence

from eval.mutants.statements import NUMERAL, QUOTED, Mutant, Statement, choice, told
from eval.scoring.wording import clauses

NAMES_CHANGED = 3  # of one claim
_PLACE = re.compile(
    r"([\u4e00-\u9fff]{2})(村委会|村|社区|公司|合作社|学校|小学|中学|医院|卫生院|水库|公路|大桥|桥|河|集团|工业园|基地)"
)
_NO_NAME = re.compile(r"[的了等在和与及各全本个所我该行政自然贫困新农乡镇级入驻在帮扶驻示范省市县]")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_STRANGE = "霖钰枫岐浔澧锡璋黛鸥榕琪珩蓥皓"  # characters of names, rare in reports


def names_changed(statement: Statement) -> Iterator[Mutant]:
    """Some of the names, misspelt or exchanged, unless a shown sentence has the new one."""
    text = told(statement)
    shown = "\n".join(clauses(item.text) for item in statement.shown)
    for name in _names_of(statement)[:NAMES_CHANGED]:
        for new in (*_misspelt(name), *_others(name, statement.other_names)):
            if new not in shown:
                yield Mutant("name", text.replace(name, new, 1), text, f"{name}→{new}")


def _names_of(statement: Statement) -> list[str]:
    """Names as far as they can be told: what a question for a name wants, what stands in quotation marks, and the two
    characters before 村, 公司 and the like."""
    text = told(statement)
    found = [name for name in statement.names if name in text and not NUMERAL.search(name)]
    found += [m[1] for m in QUOTED.finditer(text) if _HAN.fullmatch(m[1])]
    found += [m[0] for m in _PLACE.finditer(text) if not _NO_NAME.search(m[1])]
    return sorted(dict.fromkeys(found), key=lambda name: choice(text + name, 1000))


def _misspelt(name: str) -> Iterator[str]:
    """One character replaced; in a longer name also two."""
    suffix = _PLACE.fullmatch(name)
    length = len(suffix[1]) if suffix else len(name)
    at = choice(name, length)
    strange = _STRANGE[choice(name + "1", len(_STRANGE))]
    yield name[:at] + strange + name[at + 1 :]
    if length > 3:
        at = choice(name + "2", length - 1)
        yield name[:at] + strange + _STRANGE[choice(name + "3", len(_STRANGE))] + name[at + 2 :]


def _others(name: str, names: Sequence[str]) -> Iterator[str]:
    """A name of another report that ends alike, else one as long."""
    alike = [n for n in names if n != name and n[-1] == name[-1] and abs(len(n) - len(name)) < 3]
    alike = alike or [n for n in names if n != name and len(n) == len(name)]
    if alike:
        yield alike[choice(name, len(alike))]
