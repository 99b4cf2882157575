"""Finished summaries in the cache, so that a batch goes on where it was interrupted."""

import hashlib
import json
from dataclasses import asdict

from pydantic import ValidationError

from rag.models.cache import Cache
from rag.models.prompts import load_prompt
from rag.parsing.report import Report, ReportSource
from rag.summaries.schema import Summary
from rag.types import Length, SummaryLanguage

MAKING = 2  # raised whenever points are chosen or told in another way
_KIND = "summary"


def summary_key(
    report: Report, source: ReportSource, model: str | None, length: Length, language: SummaryLanguage
) -> str:
    """What a summary depends on: the report, its file, the model, the prompts, and what was asked for."""
    prompt = load_prompt("summary", language).template.template
    defects = [asdict(defect) for defect in source.defects]
    parts = [MAKING, report.text, asdict(report.metadata), source.file.name, source.file.sha256, defects]
    said = json.dumps([*parts, model, prompt, length, language], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()


def kept_summary(cache: Cache, key: str) -> Summary | None:
    """The summary under a key, None where there is none or another version wrote it."""
    kept = cache.get(_KIND, key)
    if kept is None:
        return None
    try:
        return Summary.model_validate_json(kept)
    except ValidationError:
        return None


def keep_summary(cache: Cache, key: str, summary: Summary) -> None:
    """Keeps a summary under its key."""
    cache.put_many(_KIND, {key: summary.model_dump_json().encode()})
