"""Which reports a question is answered from."""

from rag.answering.questions import understand
from rag.answering.scope import Missing, missing, narrow
from rag.library.binding import readable
from rag.library.in_memory import places_of
from rag.library.resolve import chosen_by
from rag.library.results import Scope
from rag.parsing.report import Metadata, Report, Sentence


def report(town: str, year: int, text: str = "没有什么。") -> Report:
    said = (Sentence(0, len(text), "", "result", "body"),)
    return Report(f"{town}{year}", Metadata(town=town, year=year, plan_year=year + 1), text, (), said, ())


REPORTS = [report("石矶镇", 2020, "自2018年以来拆除砖厂11家。"), report("大塘镇", 2022)]


def asked_in(question: str, scope: Scope) -> tuple[Scope, Missing | None]:
    held = places_of(REPORTS)
    asked, chosen = understand(question, held), chosen_by(scope, held)
    reports = readable(asked.places, held, scope=chosen.of_any_year)
    return narrow(asked, chosen, reports), missing(asked, chosen, reports, held)


def scope_of(question: str, scope: Scope = Scope()) -> Scope:  # noqa: B008
    return asked_in(question, scope)[0]


def absent_of(question: str, scope: Scope = Scope()) -> Missing | None:  # noqa: B008
    return asked_in(question, scope)[1]


def test_the_questions_town_and_year() -> None:
    assert scope_of("石矶镇2020年有多少人？") == Scope(towns=("石矶镇",), years=(2020,))


def test_the_persons_filter_holds_beside_the_questions_place() -> None:
    absent = absent_of("石矶镇有多少人？", Scope(towns=("大塘镇",)))
    assert absent is not None and (absent.reason, absent.towns) == ("no_such_town", "石矶镇")


def test_a_filter_by_a_short_name_is_the_librarys_town() -> None:
    assert scope_of("有多少人？", Scope(towns=("大塘",))).towns == ("大塘镇",)


def test_a_year_that_a_report_only_mentions_does_not_narrow() -> None:
    assert scope_of("石矶镇2018年拆了几家砖厂？") == Scope(towns=("石矶镇",))


def test_another_towns_year_does_not_narrow_this_one() -> None:
    assert scope_of("石矶镇2022年有多少人？").years == ()


def test_a_year_that_no_report_of_the_town_speaks_of_is_missing() -> None:
    absent = absent_of("石矶镇2015年有多少人？")
    assert absent is not None
    assert (absent.reason, absent.years, absent.have) == ("no_such_year", "2015", "2020")


def test_the_plan_year_is_not_missing() -> None:
    assert absent_of("石矶镇2021年打算做什么？") is None


def test_a_town_that_is_not_held_is_missing() -> None:
    absent = absent_of("青龙镇有多少人？")
    assert absent is not None and absent.reason == "no_such_town"
