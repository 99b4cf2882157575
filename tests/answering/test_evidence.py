"""Which sentences are shown, and how."""

from dataclasses import replace

from rag.answering.answerability import FiguresWanted
from rag.answering.evidence import Budget, Nearest, choose_evidence, evidence_lines
from rag.answering.nearness import NearnessTo
from rag.library.results import Hit
from rag.parsing.report import Chunk, Metadata, Report, Sentence
from rag.verification.claims import Evidence

BODY = ["硬化公路12条。", "种植油茶3000亩。", "新建垃圾池8个。", "发放低保金20万元。"]
TITLE = "石矶镇2020年工作总结"


def make_report() -> Report:
    text = "\n".join([TITLE, "".join(BODY)])
    sentences = [Sentence(0, len(TITLE), "", "other", "metadata")]
    start = len(TITLE) + 1
    for line in BODY:
        sentences.append(Sentence(start, start + len(line), "一、回顾", "result", "body"))
        start += len(line)
    metadata = Metadata(town="石矶镇", county="云陂县", year=2020, plan_year=2021)
    chunk = Chunk(len(TITLE) + 1, len(text), "一、回顾", "result")
    return Report("r1", metadata, text, (), tuple(sentences), (chunk,))


def choose(query: str, budget: Budget, nearness: NearnessTo | None = None, *, wanted: str = "") -> list[Evidence]:
    report = make_report()
    hit = Hit(report.id, report.chunks[0], report.text[report.chunks[0].start :], 0.9)
    figures = FiguresWanted.by(wanted) if wanted else None
    nearest = Nearest(nearness, wanted=figures) if nearness else None
    return choose_evidence(query, [hit], {report.id: report}, budget, nearest)


def test_the_sentence_with_the_questions_words_comes_first_into_the_budget() -> None:
    assert [item.text for item in choose("种了多少亩油茶？", Budget(sentences=1))] == ["种植油茶3000亩。"]


def test_evidence_stands_in_document_order_and_is_numbered_from_one() -> None:
    chosen = choose("低保金和油茶", Budget(sentences=4))
    assert [item.number for item in chosen] == [1, 2, 3, 4]
    assert [item.sentence.start for item in chosen] == sorted(item.sentence.start for item in chosen)


def test_the_character_budget_holds_but_never_starves() -> None:
    assert [item.text for item in choose("种了多少亩油茶？", Budget(characters=1))] == ["种植油茶3000亩。"]


class Near(NearnessTo):
    """Knows what is near without an embedder."""

    def __init__(self, **known: float) -> None:
        texts = (line.rstrip("。") for line in BODY)
        self._known = {text: n / 10 for n, text in enumerate(texts, start=1)} | known


def test_the_sentences_nearest_in_meaning_are_shown_besides() -> None:
    one = Budget(sentences=1, nearest=1)
    assert [item.text for item in choose("油茶", one, Near())] == [BODY[1], BODY[3]]
    assert [item.text for item in choose("油茶", one, Near(新建垃圾池8个=0.9))] == [BODY[1], BODY[2]]
    assert [item.text for item in choose("油茶", one, Near(种植油茶3000亩=0.9))] == [BODY[1], BODY[3]]


def test_where_a_figure_is_asked_for_the_nearest_have_one_that_may_be_it() -> None:
    one, near = Budget(sentences=1, nearest=1), Near(新建垃圾池8个=0.9)
    assert [item.text for item in choose("油茶", one, near, wanted="发放多少钱？")] == [BODY[1], BODY[3]]
    assert [item.text for item in choose("油茶", one, near, wanted="放垃圾的地方有几口？")] == [BODY[1], BODY[2]]


def test_the_nearest_are_looked_for_in_more_passages_of_the_same_reports() -> None:
    report = make_report()
    first, second = (
        Chunk(report.sentences[n].start, report.sentences[m].end, "一、回顾", "result") for n, m in ((1, 2), (3, 4))
    )
    hits = [Hit(report.id, chunk, report.text[chunk.start : chunk.end], 0.9) for chunk in (first, second)]
    budget = Budget(sentences=2, nearest=1)

    def chosen(*further: Hit) -> list[str]:
        nearest = Nearest(Near(), further)
        return [item.text for item in choose_evidence("油茶", hits[:1], {report.id: report}, budget, nearest)]

    assert chosen() == BODY[:2]
    assert chosen(hits[1]) == [*BODY[:2], BODY[3]]
    assert chosen(replace(hits[1], report_id="of another report")) == BODY[:2]


def test_the_nearest_have_a_budget_of_their_own() -> None:
    assert len(choose("油茶", Budget(sentences=1, nearest=2), Near())) == 3
    assert len(choose("油茶", Budget(sentences=1, nearest=2, nearest_characters=9), Near())) == 2


def test_a_title_can_be_evidence() -> None:
    chosen = choose("石矶镇2020年工作总结的标题是什么？", Budget(sentences=1))
    assert chosen[0].text == TITLE


def test_lines_carry_town_year_and_whether_it_was_done() -> None:
    lines = evidence_lines(choose("油茶", Budget(sentences=1)))
    assert lines == "【云陂县石矶镇 2020年 已做的工作：一、回顾】\n[1] 种植油茶3000亩。"
