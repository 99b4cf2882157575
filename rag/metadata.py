"""What a report says about itself: title, town, county, years, issuer, dates; all in simplified script."""

import re
from collections.abc import Iterable, Sequence

from rag.cleaning import Cleaned
from rag.folding import fold, fold_characters
from rag.letterhead import is_date, is_publication, is_signature, read_date, read_organisations
from rag.numbering import chinese_number
from rag.outline import planned_year
from rag.places import find_county, find_town
from rag.types import Metadata

_CHINESE_YEAR = re.compile(r"二[〇○零o][一二三四五六七八九〇○零o]{2}(?=年)")
_YEAR_TOPIC = re.compile(r"(20\d\d)年?(?:度|全年)?([^\d]*)")
_RESULT_WORDS = re.compile(r"总结|情况|报告|回顾|汇报|亮点|成效|述职")
_PLAN_WORDS = re.compile(r"计划|思路|打算|安排|要点|设想|部署|目标|展望")
_CARRIED_OUT = re.compile(r"(?:完成|落实|执行)情况")
_NEXT_YEAR = re.compile(r"明年|来年")
_PUBLISHED = re.compile(r"(?:发布|发文|成文)?(?:时间|日期)\s*:\s*(.{4,20})")
_SOURCE = re.compile(r"来源\s*:\s*(.*?)(?=\s+(?:发布|作者|浏览|时间|日期|编辑|字体|\[|【)|$)")


def read_metadata(cleaned: Cleaned) -> Metadata:
    """Reads the metadata of a clean text; what it does not state stays None.

    Years come from the title, else from the headings, else from the date under the text and from lines such as
    "2024年，我们将……".
    """
    lines = [(fold(cleaned.text[line.start : line.end]), line.role) for line in cleaned.lines]
    frame = [line for line, role in lines if role == "metadata"]
    title = None if cleaned.title is None else fold(cleaned.title)
    headings = [fold(heading.text) for heading in cleaned.headings]
    # What was dropped as page furniture or as a second title still names the place.
    dropped = [fold(each.quote) for each in cleaned.defects if each.kind in ("boilerplate", "duplicated_title")]
    signatures = [line for line in frame if is_signature(line)]
    body = [line for line, role in lines if role == "body"]
    town = find_town(title, [*signatures, *_sources(frame)], dropped, body)
    signing = _signing_date(frame)
    publish = _publish_date(frame)
    year, plan_year = _years(title, headings, signing or publish)
    if plan_year is None and year is not None:
        plan_year = next((each for line in body if (each := planned_year(line) or 0) > year), None)
    return Metadata(
        title=None if cleaned.title is None else fold_characters(cleaned.title),
        town=town,
        county=find_county(town, [*([title] if title else []), *signatures, *dropped], body),
        year=year,
        plan_year=plan_year,
        issuer=_issuer(signatures, frame),
        publish_date=publish,
        signing_date=signing,
    )


def year_topics(line: str) -> tuple[tuple[int, str], ...]:
    """The years a folded title, heading or opening sentence is about, each with "result", "plan" or "".

    Example: year_topics("2020年工作总结暨2021年工作计划") == ((2020, "result"), (2021, "plan"))
    """
    digits = _CHINESE_YEAR.sub(lambda match: str(chinese_number(match.group().replace("o", "〇"))), line)
    return tuple((int(match.group(1)), _topic(match.group(2))) for match in _YEAR_TOPIC.finditer(digits))


def _topic(words: str) -> str:
    result, plan = _RESULT_WORDS.search(words), _PLAN_WORDS.search(words)
    if result and (not plan or result.start() < plan.start() or _CARRIED_OUT.search(words)):
        return "result"
    return "plan" if plan else ""


def _years(title: str | None, headings: Sequence[str], dated: str | None) -> tuple[int | None, int | None]:
    topics = [*year_topics(title or ""), *(topic for heading in headings for topic in year_topics(heading))]
    year = next((year for year, topic in topics if topic == "result"), None)
    plan_year = next((year for year, topic in topics if topic == "plan"), None)
    if year is None and plan_year is not None:
        year = plan_year - 1
    if year is None and dated is not None:
        year = _year_before(dated)
    if plan_year is None and year is not None and any(_NEXT_YEAR.search(heading) for heading in headings):
        plan_year = year + 1
    return year, plan_year


def _year_before(dated: str) -> int:
    """A report signed in the first half of a year looks back on the year before."""
    year, month = int(dated[:4]), int(dated[5:7] or 12)
    return year - 1 if month <= 6 else year


def _issuer(signatures: Sequence[str], frame: Sequence[str]) -> str | None:
    names = _unique(name for line in signatures for name in read_organisations(line))
    if not names:
        names = _unique(name for source in _sources(frame) for name in read_organisations(source))
    return " ".join(names) or None


def _sources(frame: Sequence[str]) -> list[str]:
    return [match.group(1) for line in frame if is_publication(line) and (match := _SOURCE.search(line))]


def _unique(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _publish_date(frame: Sequence[str]) -> str | None:
    stated = (match.group(1) for line in frame if is_publication(line) and (match := _PUBLISHED.search(line)))
    return next((date for text in stated if (date := _iso_date(text))), None)


def _signing_date(frame: Sequence[str]) -> str | None:
    dated = (line for line in reversed(frame) if is_date(line) or is_signature(line))
    return next((date for line in dated if (date := _iso_date(line))), None)


def _iso_date(line: str) -> str | None:
    parts = read_date(line)
    if parts is None:
        return None
    numbers = [int(part) if part.isdecimal() else chinese_number(part.replace("o", "〇")) for part in parts]
    if any(not 1 <= number <= limit for number, limit in zip(numbers[1:], (12, 31), strict=False)):
        return None
    return "-".join([f"{numbers[0]:04d}", *(f"{number:02d}" for number in numbers[1:])])
