"""Asks the questions of a run, of the system (live or replayed) or of a file of answers, and scores what comes."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace

from eval.golden import EvalSet
from eval.items import GoldenItem
from eval.options import Options
from eval.running.recordings import RecordedModel, Recordings
from eval.running.runner import Ask, System, answering, from_answers, open_system, read_answers
from eval.running.summaries import Made, given_summary, own_summary
from eval.scoring.cases import Case, score_case
from eval.scoring.replies import GivenAnswer
from rag.errors import InputError
from rag.models.cache import Cache
from rag.models.conversation import ChatModel
from rag.models.engine import engine_of
from rag.models.factory import cached_chat_model, make_chat_model
from rag.settings import Settings

OnCase = Callable[[int, int, Case], None]
_MOST_MISSED = 20  # replies; a prompt that was changed misses them all, and such a replay measures nothing


@dataclass(slots=True)
class Asked:
    """What came of the questions of a run."""

    cases: list[Case] = field(default_factory=list)
    timings: dict[str, dict[str, float]] = field(default_factory=dict)
    """Tokens and seconds by the id of the question."""
    summaries: list[Made] = field(default_factory=list)
    model: str = ""
    missed: list[str] = field(default_factory=list)
    """Keys of the replies that a replay did not find."""


def ask_everything(
    eval_set: EvalSet, items: Sequence[GoldenItem], options: Options, settings: Settings, on_case: OnCase
) -> Asked:
    """Asks the items and, where wanted, for summaries.

    Raises InputError where a file cannot be read, and where a replay misses more replies than a few.
    """
    asked = Asked()
    if options.answers:
        _ask_all(eval_set, items, from_answers(read_answers(options.answers)), asked, on_case)
    else:
        with ExitStack() as stack:
            _ask_system(eval_set, items, options, settings, asked, on_case, stack)
    if options.summaries:
        asked.summaries = [given_summary(golden, options.summaries) for golden in eval_set.summaries]
    return asked


def _ask_system(
    eval_set: EvalSet,
    items: Sequence[GoldenItem],
    options: Options,
    settings: Settings,
    asked: Asked,
    on_case: OnCase,
    stack: ExitStack,
) -> None:
    live = options.live or options.fresh or options.record
    behind = _model_at_hand(options, settings, stack) if live else None
    known = Recordings(options.recordings, answering(settings) if live else None, writes=options.record)
    model = RecordedModel(known, behind, looks_up=not options.fresh)
    system = stack.enter_context(open_system(eval_set, settings, model))
    asked.model = model.name
    leaves_out = options.allow_unrecorded and not live
    is_held = not live or options.most_unrecorded is not None
    try:
        ask = _leaving_out_unrecorded(system, known) if leaves_out else system.ask
        if is_held and not leaves_out:
            ask = _giving_up(ask, known, options)
        _ask_all(eval_set, items, ask, asked, on_case)
        if options.with_summaries:
            asked.summaries = _summarize_all(eval_set, system, known, leaves_out=leaves_out)
    finally:
        if options.record:
            known.save(only_used=_asked_everything(eval_set, options, asked))
    asked.missed = known.missed if is_held else []


def _asked_everything(eval_set: EvalSet, options: Options, asked: Asked) -> bool:
    """Whether a reply that was not asked for is of no use any more.

    A question that failed may have had another reply asked for after the one that did not come.
    """
    everything = len(asked.cases) == len(eval_set.items)
    summarized = options.with_summaries or not eval_set.summaries
    failed = any(case.status == "failed" for case in asked.cases) or any(made.error for made in asked.summaries)
    return everything and summarized and not failed


def _model_at_hand(options: Options, settings: Settings, stack: ExitStack) -> ChatModel:
    """The settings' chat model; what it said before it is not asked again, unless everything is to be fresh.

    Its engine is the one that its replies are kept under: no other takes its place where it does not start.
    """
    if settings.endpoint == "local":
        settings = replace(settings, engine=engine_of(settings).name)
    if options.fresh:
        fresh = make_chat_model(settings, None)
        stack.callback(fresh.close)
        return fresh
    cache = Cache(settings.cache_path)
    stack.callback(cache.close)
    model = cached_chat_model(settings, cache)
    stack.callback(model.close)
    return model


def _ask_all(eval_set: EvalSet, items: Sequence[GoldenItem], ask: Ask, asked: Asked, on_case: OnCase) -> None:
    for number, item in enumerate(items, 1):
        answer = ask(item)
        if answer is None:
            continue
        case = score_case(item, answer, eval_set.texts, eval_set.towns)
        asked.cases.append(case)
        asked.timings[item.id] = _timing(answer)
        asked.model = asked.model or answer.model or ""
        on_case(number, len(items), case)


def _leaving_out_unrecorded(system: System, known: Recordings) -> Ask:
    def ask(item: GoldenItem) -> GivenAnswer | None:
        before = len(known.missed)
        answer = system.ask(item)
        return answer if len(known.missed) == before else None

    return ask


def _giving_up(ask: Ask, known: Recordings, options: Options) -> Ask:
    """Ends a replay that finds hardly anything recorded, instead of telling of each question that it failed."""

    def ask_or_end(item: GoldenItem) -> GivenAnswer | None:
        answer = ask(item)
        if len(known.missed) > _MOST_MISSED:
            raise InputError(
                "too_many_not_recorded",
                name=options.recordings.name,
                most=_MOST_MISSED,
                command=options.recording_command,
            )
        return answer

    return ask_or_end


def _timing(answer: GivenAnswer) -> dict[str, float]:
    tokens = answer.tokens
    return {"prompt": tokens.prompt, "completion": tokens.completion, "seconds": round(answer.seconds.total, 3)}


def _summarize_all(eval_set: EvalSet, system: System, known: Recordings, *, leaves_out: bool) -> list[Made]:
    """Every summary of the set; `leaves_out` passes over those that are not recorded."""
    made: list[Made] = []
    for golden in eval_set.summaries:
        before = len(known.missed)
        one = own_summary(golden, system)
        if not leaves_out or len(known.missed) == before:
            made.append(one)
    return made
