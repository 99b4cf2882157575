"""What a report says about itself: title, place, years, issuer, addressee, dates, kind; all in simplified script."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.parsing.cleaning import Cleaned
from rag.parsing.places import PlaceLines, ReportPlace, read_place
from rag.parsing.report import Metadata, MetadataField, Statement
from rag.parsing.source_lines import LocatedLine, Said, dropped_lines, first_values, joined, kept_lines
from rag.parsing.years import read_years
from rag.text.dates import LOOSE_DATE, last_date
from rag.text.letterhead import (
    is_addressee,
    is_date,
    is_publication,
    is_signature,
    organisations,
    title_meeting,
    title_stamp,
)
from rag.text.lexicon import concept, table

_ITEM = table("publication_line")
_PUBLISHED = re.compile(rf"{_ITEM['date'].any}\s*:\s*(.{{4,20}})|^({LOOSE_DATE})\s+\d{{1,2}}:\d{{2}}")
_NEXT_LABEL = (_ITEM["other"] | _ITEM["date"] | _ITEM["counter"] | _ITEM["font"]).any
_SOURCE = re.compile(rf"{_ITEM['source'].any}\s*:\s*(.*?)(?=\s+(?:{_NEXT_LABEL}|\[|【)|$)")
_REPORT, _PLAN = concept("report_words", "account_words"), concept("plan")
_KINDS = (
    ("政府工作报告", concept("government_report").pattern),
    ("工作总结和计划", re.compile(rf"{_REPORT.any}.*{_PLAN.any}(?!{concept('carried_out').any})")),
    ("工作总结", _REPORT.pattern),
    ("工作计划", _PLAN.pattern),
)


@dataclass(frozen=True, slots=True)
class SelfDescription:
    """A report's metadata with the places of the source that state them, those that contradict it among them."""

    metadata: Metadata
    statements: tuple[Statement, ...]


def read_metadata(cleaned: Cleaned, source: str) -> SelfDescription:
    """Reads the metadata of a clean text with evidence in its source; what the text does not state stays None.

    Example: the title 石矶镇2021年工作总结 over a heading 一、2020年工作情况 gives year 2021 and, of the field year,
    the statements 2021 and 2020 in this order.
    """
    lines = kept_lines(cleaned)
    dropped = dropped_lines(cleaned)
    place, said = _read(cleaned, lines, dropped)
    return SelfDescription(_metadata(place, said), tuple(dict.fromkeys(each.statement(source) for each in said)))


def contradicted(statements: Sequence[Statement], field: MetadataField) -> tuple[Statement, ...]:
    """The statements of a field that say another value than the one believed."""
    own = [each for each in statements if each.field == field and field != "issuer"]  # two may sign together
    return tuple(each for each in own if each.value != own[0].value)


def _metadata(place: ReportPlace, said: Sequence[Said]) -> Metadata:
    found = first_values(said)
    year, plan_year = found.get("year"), found.get("plan_year")
    return Metadata(
        title=found.get("title"),
        town=found.get("town"),
        level=place.level,
        county=found.get("county"),
        year=int(year) if year else None,
        plan_year=int(plan_year) if plan_year else None,
        issuer=" ".join(dict.fromkeys(each.value for each in said if each.field == "issuer")) or None,
        publish_date=found.get("publish_date"),
        signing_date=found.get("signing_date"),
        city=found.get("city"),
        province=found.get("province"),
        addressee=found.get("addressee"),
        document_kind=found.get("document_kind"),
    )


def _read(
    cleaned: Cleaned, lines: Sequence[LocatedLine], dropped: Sequence[LocatedLine]
) -> tuple[ReportPlace, tuple[Said, ...]]:
    title = joined([lines[index] for index in cleaned.title]) if cleaned.title else None
    occasion = joined([lines[index] for index in cleaned.occasion]) if cleaned.occasion else None
    inside = {*cleaned.title, *cleaned.occasion}
    frame = [joined([line]) for index, line in enumerate(lines) if line.role == "metadata" and index not in inside]
    signatures = [line for line in frame if is_signature(line.text)]
    sources = [each for line in frame if (each := _source(line))]
    place = read_place(
        PlaceLines(
            titles=[*([title] if title else []), *(_parts(lines, cleaned.title))],
            occasions=[occasion] if occasion else [],
            signatures=signatures,
            sources=sources,
            dropped=dropped,
            body=[line for line in lines if line.role in ("body", "heading")],
        )
    )
    dates = [*_signing_dates(frame), *_publish_dates(frame)]
    return place, (
        *_titles(title),
        *place.said,
        *read_years(title, occasion, lines, dates),
        *(_issuers(signatures) or _issuers(sources)),
        *dates,
        *(Said("addressee", _bare(line.text), line, 0, len(line.text)) for line in frame if is_addressee(line.text)),
    )


def _parts(lines: Sequence[LocatedLine], title: Sequence[int]) -> list[LocatedLine]:
    """The lines of a title of several: each may begin with the place."""
    return [joined([lines[index]]) for index in title] if len(title) > 1 else []


def _titles(title: LocatedLine | None) -> Iterator[Said]:
    if title is None:
        return
    stamp, meeting = title_stamp(title.text), title_meeting(title.text)
    end = next((match.start() for match in (stamp, meeting) if match and match.start()), len(title.text))
    yield Said("title", title.text[:end], title, 0, end)
    if stamp:
        yield Said("publish_date", stamp[1], title, *stamp.span(1))
    for kind, pattern in _KINDS:
        if match := pattern.search(title.text):
            yield Said("document_kind", kind, title, *match.span())
            return


def _source(line: LocatedLine) -> LocatedLine | None:
    """The part of a publication line that names its source, as a line of its own."""
    match = _SOURCE.search(line.text) if is_publication(line.text) else None
    return LocatedLine(match[1], line.role, line.start + match.start(1), line.offsets) if match else None


def _issuers(lines: Sequence[LocatedLine]) -> list[Said]:
    return [Said("issuer", match[0], line, *match.span()) for line in lines for match in organisations(line.text)]


def _publish_dates(frame: Sequence[LocatedLine]) -> Iterator[Said]:
    for line in frame:
        match = _PUBLISHED.search(line.text) if is_publication(line.text) else None
        if match:
            yield from _date("publish_date", line, *match.span(1 if match[1] else 2))


def _signing_dates(frame: Sequence[LocatedLine]) -> Iterator[Said]:
    for line in reversed(frame):
        if is_date(line.text) or is_signature(line.text):
            yield from _date("signing_date", line, 0, len(line.text))


def _date(field: MetadataField, line: LocatedLine, start: int, end: int) -> Iterator[Said]:
    date = last_date(line.text[start:end])
    if date and date.iso:
        yield Said(field, date.iso, line, start + date.start, start + date.end)


def _bare(addressee: str) -> str:
    return addressee.rstrip(" :").removeprefix("尊敬的")
