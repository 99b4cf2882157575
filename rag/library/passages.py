"""What of a passage is embedded."""

from rag.parsing.report import Chunk, Report


def passage_text(report: Report, chunk: Chunk) -> str:
    """What is embedded and searched for a chunk: where it stands, then what it says."""
    metadata = report.metadata
    place = f"{metadata.town or ''}{metadata.year or ''}"
    lead = " ".join(part for part in (place, chunk.section) if part)
    return f"{lead}\n{report.text[chunk.start : chunk.end]}" if lead else report.text[chunk.start : chunk.end]
