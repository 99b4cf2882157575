"""From verdicts, surveys and contradictions to the claims of an answer, each with its quotations."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Literal

from rag.answering.answers import NearMiss
from rag.answering.arithmetic import Computed
from rag.answering.cross_report import Survey
from rag.answering.messages import claim, saying
from rag.answering.nearest import Nearby
from rag.answering.outcomes import Decision
from rag.answering.questions import Question
from rag.answering.quoting import Quoting, narrowed
from rag.answering.stored_conflicts import Contradiction
from rag.library.columns import name_key
from rag.library.reader import Lookup
from rag.parsing.heads.clause import Lent
from rag.parsing.report import Report, ReportSource, Sentence
from rag.settings import Wording
from rag.text.english import is_english
from rag.text.normalization import fold_characters, to_traditional
from rag.text.parsed_text import ParsedText
from rag.verification import two_way
from rag.verification.citations import as_evidence, cite, context_for
from rag.verification.claims import Citation, Claim, Evidence, Support
from rag.verification.excerpts import Excerpt, merged, whole_sentence
from rag.verification.verdicts import Verdict

SHORT = 80  # characters


class Presenter:
    """Makes claims for one question: in its script, with quotations from the library's source files."""

    def __init__(self, library: Lookup, asked: Question, wording: Wording = "report") -> None:
        self._library = library
        self._asked = asked
        self._wording = wording
        self._sources: dict[str, ReportSource] = {}
        self._quoting = Quoting(library)

    def source(self, report_id: str) -> ReportSource:
        """The file that a report is quoted from, with the defects that were found in it."""
        if report_id not in self._sources:
            self._sources[report_id] = self._library.source(report_id)
        return self._sources[report_id]

    def verdicts(
        self, decision: Decision, verdicts: Sequence[Verdict], computed: Computed | None, evidence: Sequence[Evidence]
    ) -> list[Claim]:
        """The claims of an answer: the computed one where there is one, then what the verdicts rest on.

        What holds is shown in the report's own words, each clause once.
        """
        by_number = {item.number: item for item in evidence}
        claims = []
        if computed is not None and decision.outcome == "answered":
            claims.append(self._computed(computed, verdicts, by_number))
        shown: tuple[Excerpt, ...] = ()
        for verdict in verdicts:
            reason = verdict.reason
            if decision.reason == "planned_only" and reason == "planned_not_done":
                reason = None
            if decision.outcome == "refused":
                reason = reason or "words_not_in_evidence"
            cited = [by_number[number] for number in verdict.sentences]
            if reason or is_english(verdict.text):
                claims.append(
                    self._claim(verdict.text, cited, "unsupported" if reason else "paraphrase", reason=reason)
                )
                continue
            excerpts = self._quoting.closed(_excerpts_of(verdict, cited))
            fresh = [each for each in excerpts if not each.is_in(shown)]
            is_worded = self._wording == "model" and verdict.supported and not verdict.is_quotation
            if fresh or is_worded:
                shown = merged([*shown, *fresh])
                claims.append(self._shown(verdict, excerpts if is_worded else fresh))
        return claims

    def survey(self, found: Survey) -> tuple[list[Claim], list[Evidence]]:
        """Who speaks of a topic, with a clause of each where more than names is asked, and the sentences.

        A report that does not speak of it is cited by its title.
        """
        is_denied = found.sought.is_denied
        titles = [(report, report.sentences[0]) for report in found.silent if report.sentences]
        places = titles if is_denied else [(mention.report, mention.sentence) for mention in found.shown]
        evidence = [as_evidence(number, *place) for number, place in enumerate(places, start=1)]
        citations = tuple(self.citation(item, is_context=is_denied) for item in evidence)
        claims = [Claim(self.script(found.statement), "computed", found.expression, "checked", None, citations)]
        if found.sought.is_amount and not is_denied:
            return claims, evidence  # the statement tells each clause
        if found.sought.wants_detail or ((found.told.reports == 1 or not found.is_literal) and not is_denied):
            for mention, citation in zip(found.shown, citations, strict=True):
                text = f"{found.names[mention.report.id]}：{fold_characters(mention.clause)}"
                claims.append(Claim(self.script(text), "stated", None, "quoted", None, (citation,)))
        return claims, evidence

    def told(self, text: str, item: Evidence) -> Claim:
        """The report's own words on one thing, with the sentence they stand in."""
        return Claim(self.script(text), "stated", None, "quoted", None, (self.citation(item),))

    def contradiction(self, found: Contradiction) -> Claim:
        """What does not fit together, with a quotation of each place."""
        citations = tuple(self.citation(as_evidence(0, *place)) for place in found.places)
        return Claim(self.script(found.statement), "stated", None, "checked", None, citations)

    def nearest(self, found: Nearby) -> tuple[NearMiss, ...]:
        """What comes nearest to a question that is not answered, with what its clauses depend on."""
        excerpts = self._quoting.closed(found.excerpts)
        return tuple(NearMiss(self.citation(item), found.differs) for each in excerpts for item in narrowed(each))

    def citation(self, item: Evidence, is_context: bool = False) -> Citation:
        """The quotation of an evidence sentence."""
        return cite(item, self.source(item.report_id), "context" if is_context else "evidence")

    def script(self, text: str) -> str:
        """The text in the script of the question."""
        return to_traditional(text) if self._asked.language == "zh-Hant" else text

    def plain(self, decision: Decision, claims: Sequence[Claim]) -> str:
        """The answer as plain text: a lead sentence where there is one, then the supported claims."""
        lead = self.script(decision.lead)
        if decision.outcome != "answered":
            return lead
        shown = [claim for claim in claims if claim.is_shown]
        if not lead and shown and not any(is_english(claim.text) for claim in shown):
            lead = saying("in_its_words", self._asked.language)
        said = [self._ended(claim.text) for claim in shown]
        return (" " if self._asked.language == "en" else "").join([lead, *said] if lead else said)

    def _shown(self, verdict: Verdict, excerpts: Sequence[Excerpt]) -> Claim:
        """The report's own words, with what they are lent; the model's where they say the very same."""
        is_draft = verdict.supported and not verdict.is_quotation
        says_the_same = is_draft and two_way.says_the_same(ParsedText(verdict.text), excerpts)
        is_worded = is_draft and self._wording == "model" and not says_the_same
        words = verdict.text if says_the_same or is_worded else self._quoting.text(excerpts)
        cited = [item for each in excerpts for item in narrowed(each)]
        lent = tuple(self._lent(each.item, place) for each in excerpts for place in each.lent)
        support: Support = "checked" if says_the_same else "paraphrase" if is_worded else "quoted"
        said = self._claim(claim("denied", words=words) if verdict.denies else words, cited, support)
        return replace(said, citations=(*said.citations, *lent))

    def _lent(self, item: Evidence, words: Lent) -> Citation:
        place = replace(item.sentence, start=words.start, end=words.end)
        return cite(as_evidence(0, self._quoting.report(item.report_id), place), self.source(item.report_id), "lent")

    def _computed(self, computed: Computed, verdicts: Sequence[Verdict], by_number: Mapping[int, Evidence]) -> Claim:
        """What code worked out, with a quotation of every operand."""
        quoted = {each.item.number: each for v in verdicts if v.supported for each in v.excerpts}
        cited = [
            item
            for number in computed.sentences
            for item in (narrowed(quoted[number]) if number in quoted else [by_number[number]])
        ]
        return self._claim(computed.text, cited, "checked", expression=computed.expression)

    def _claim(
        self,
        text: str,
        cited: Sequence[Evidence],
        support: Support,
        *,
        expression: str | None = None,
        reason: str | None = None,
    ) -> Claim:
        kind: Literal["stated", "computed"] = "computed" if expression else "stated"
        text = text if reason or expression else self._with_county(text, cited)
        reports = {item.report_id: self._quoting.report(item.report_id) for item in cited}
        context: list[tuple[Report, Sentence]] = context_for(text, cited, reports)
        citations = (
            *(self.citation(item) for item in cited),
            *(self.citation(as_evidence(0, *place), is_context=True) for place in context),
        )
        return Claim(self.script(text), kind, expression, support, reason, citations)

    def _with_county(self, text: str, cited: Sequence[Evidence]) -> str:
        """A claim on one of several towns of one name, none of whose counties the question gives, with its county."""
        counties = {(item.county, item.town) for item in cited}
        (county, town), *others = counties or {(None, None)}
        if not county or not town or others or town not in self._namesakes or county in text:
            return text
        return (
            text.replace(town, f"{county}{town}", 1)
            if town in text
            else claim("of_place", place=county + town, words=text)
        )

    @cached_property
    def _namesakes(self) -> frozenset[str]:
        """The places asked about that are several of one name."""
        asked = {place.name for place in self._asked.places if not place.within}
        sql = """SELECT town FROM reports WHERE town IN (SELECT value FROM json_each(?)) AND town_key IN
            (SELECT value FROM json_each(?)) GROUP BY town HAVING count(DISTINCT nullif(county, '')) > 1"""
        keys = [name_key(name) for name in asked]
        return frozenset(row[0] for row in self._library.rows(sql, json.dumps([*asked]), json.dumps(keys)))

    def _ended(self, text: str) -> str:
        if text.endswith(("。", "！", "？", "；", ".", "!", "?", "”")):
            return text
        return text + ("." if self._asked.language == "en" else "。")


def _excerpts_of(verdict: Verdict, cited: Sequence[Evidence]) -> Sequence[Excerpt]:
    """What a verdict is shown by: short sentences whole where it takes a plan for done, for they may tell what was."""
    is_short = sum(len(item.text) for item in cited) <= SHORT
    if verdict.excerpts and not (verdict.reason == "planned_not_done" and not verdict.is_quotation and is_short):
        return verdict.excerpts
    return [whole_sentence(item) for item in cited]
