"""Ingests or embeds files with the code of whichever checkout stands first on the path; prints JSON.

    PYTHONPATH=CHECKOUT python against_driver.py ingest|embed free|real HOME FILE ...

Uses only what every release since 0.2.0 has. `embed` embeds the passages of the files that HOME holds, without a cache.
"""

import json
import resource
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

HERE = str(Path(__file__).parent)
sys.path[:] = [path for path in sys.path if path != HERE]  # modules beside this file are no top-level ones


def main() -> None:
    """Does what the arguments say."""
    from rag.settings import Settings

    what, embedder, home, *files = sys.argv[1:]
    with _workspace(embedder, Settings(home=Path(home))) as workspace:
        print(json.dumps((_ingest if what == "ingest" else _embed)(workspace, [Path(file) for file in files])))


def _workspace(embedder: str, settings: Any) -> Any:
    if embedder == "free":
        spec = spec_from_file_location("free_embedder", Path(__file__).with_name("free_embedder.py"))
        assert spec is not None and spec.loader is not None
        free = module_from_spec(spec)  # the other checkout's own `benchmarks` may have none
        spec.loader.exec_module(free)
        return free.FreeWorkspace(settings)
    from rag.workspace import Workspace

    return Workspace(settings)


def _ingest(workspace: Any, files: list[Path]) -> dict[str, float]:
    began, busy = perf_counter(), _processor()
    statuses: list[str] = []
    workspace.ingest(files, on_result=lambda result: statuses.append(result.status))
    if set(statuses) != {"added"}:
        raise SystemExit(f"not all were added: {statuses}")
    return {"wall": perf_counter() - began, "processor": _processor() - busy}


def _embed(workspace: Any, files: list[Path]) -> dict[str, float]:
    from rag.library.indexing import passage_texts
    from rag.models.embedding import LocalEmbedder

    wanted = {file.name for file in files}
    library = workspace.library
    every = library.every_report if hasattr(library, "every_report") else library.reports
    held = [r for r in every() if any(source.file.name in wanted for source in library.sources(r.id))]
    texts = [text for report in held for text in passage_texts(report)]
    bare = LocalEmbedder() if type(workspace).__name__ == "Workspace" else workspace.embedder
    began, busy = perf_counter(), _processor()
    bare.passages(texts)
    return {"wall": perf_counter() - began, "processor": _processor() - busy, "passages": len(texts)}


def _processor() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return process_time() + children.ru_utime + children.ru_stime


if __name__ == "__main__":
    main()
