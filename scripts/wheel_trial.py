"""Tries an installed Zhenbao: answers with and without a model, a summary, the page. Run by `scripts/try-wheel`.

The environment's own Python runs this with -P, so that the checkout is on no path; of the checkout only the stub of an
endpoint is read. The argument is a data folder that does not exist yet.
"""

import importlib.resources
import importlib.util
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
from gradio_client import Client

from rag.library.crash_guard import stands_a_trial
from ui.start_panel import SAMPLES

STUB = Path(__file__).parents[1] / "tests" / "support" / "stub_endpoint.py"
QUESTION = "石矶镇2021年粮食总产量是多少？"
SHOWN = re.compile(r"^\[(\d+)\] (.*总产量1\.39万吨.*)$", re.MULTILINE)  # a sentence as prompts list it
PATIENCE = 60  # seconds for the page to open


def main() -> None:
    home = Path(sys.argv[1])
    environment = {**os.environ, "ZHENBAO_HOME": str(home), "ZHENBAO_MODELS": str(home / "models")}
    try_packages()
    zhenbao(environment, "ingest", *(SAMPLES / f"{name}.txt" for name in ("shiji-2021", "heming-2022")))
    try_without_model(environment)
    try_other_processes(environment, home)
    with stub_module().StubEndpoint(fallback=reply) as stub:
        environment |= {"OPENAI_BASE_URL": stub.base_url, "ZHENBAO_CHAT_MODEL": "stub", "OPENAI_API_KEY": "stub"}
        try_endpoint(environment)
        with page(environment) as address:
            try_page(address)
    print("the installed wheel answers, refuses, summarizes and serves the page")


def expect(holds: object, what: str) -> None:
    if not holds:
        sys.exit(f"wheel: {what}")


def zhenbao(environment: dict[str, str], *arguments: object, code: int = 0) -> "subprocess.CompletedProcess[str]":
    """The installed command, which has to end with `code`."""
    command = [str(Path(sys.prefix) / "bin" / "zhenbao"), *map(str, arguments)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
    expect(done.returncode == code, f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done


def try_packages() -> None:
    for name in ("app", "eval", "prompts", "rag", "ui"):
        file = str(importlib.import_module(name).__file__)
        expect(Path(file).is_relative_to(sys.prefix), f"{name} is not the installed one but {file}")
    expect(len(list(SAMPLES.glob("*.txt"))) == 7, "sample reports are missing")


def try_without_model(environment: dict[str, str]) -> None:
    shown = json.loads(zhenbao(environment, "ask", QUESTION, "--json", code=1).stdout)
    expect(any("总产量1.39万吨" in sentence["text"] for sentence in shown["evidence"]), "no evidence without a model")
    refused = json.loads(zhenbao(environment, "ask", "白石镇2021年粮食总产量是多少？", "--json").stdout)
    expect(refused["outcome"] == "refused", "no refusal for a town without a report")
    summary = zhenbao(environment, "summarize", "石矶镇").stdout
    expect("## 主要指标" in summary and "[^1]: " in summary, "no summary without a model")


def try_other_processes(environment: dict[str, str], home: Path) -> None:
    """Modules that run in a process of their own have to be found there."""
    expect(not stands_a_trial(home / "chroma", "no such collection"), "the trial of the vectors does not run")
    broken = home / "broken.gguf"
    broken.write_text("not a model", encoding="utf-8")
    said = zhenbao(environment | {"ZHENBAO_MODEL_FILE": str(broken)}, "ask", QUESTION, code=1).stderr
    expect("cannot be loaded" in said and "模型进程中止" not in said, f"the embedded server does not run:\n{said}")


def try_endpoint(environment: dict[str, str]) -> None:
    answer = json.loads(zhenbao(environment, "ask", QUESTION, "--json").stdout)
    expect(is_right(answer), f"no answer by way of an endpoint: {answer}")


def is_right(answer: Mapping[str, Any]) -> bool:
    supported = [claim for claim in answer["claims"] if claim["supported"] and claim["citations"]]
    return answer["outcome"] == "answered" and any("1.39万吨" in claim["text"] for claim in supported)


def reply(body: Mapping[str, Any]) -> dict[str, object]:
    """What the stub says: the sentence that answers, where it is shown; nothing otherwise."""
    found = SHOWN.search(str(body["messages"][-1]["content"]))
    claims = [{"text": f"石矶镇2021年{found[2]}", "evidence": [int(found[1])]}] if found else []
    return {"claims": claims}


def stub_module() -> ModuleType:
    """The tests' stub of an endpoint, by its file."""
    spec = importlib.util.spec_from_file_location("stub_endpoint", STUB)
    if spec is None or spec.loader is None:
        raise ImportError(STUB)
    module = sys.modules["stub_endpoint"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@contextmanager
def page(environment: dict[str, str]) -> Iterator[str]:
    """The page on a free port, ended with the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(Path(sys.prefix) / "bin" / "zhenbao"), "serve", "--port", str(port)]
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    try:
        await_health(f"http://127.0.0.1:{port}", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


def await_health(address: str, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            if httpx.get(f"{address}/health").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    sys.exit("wheel: the page does not open")


def try_page(address: str) -> None:
    shown = httpx.get(address)
    expect(shown.status_code == 200 and "镇报" in shown.text, "the page is not served")
    served = shown.text + json.dumps(httpx.get(f"{address}/config").json(), ensure_ascii=False)
    for name in ("page.js", "acts.js", "reading.js", "style.css"):
        lines = importlib.resources.files("ui").joinpath(name).read_text(encoding="utf-8").splitlines()
        longest = max(lines, key=len).strip()
        expect(longest in served or json.dumps(longest, ensure_ascii=False)[1:-1] in served, f"{name} is not served")
    answer = Client(address, verbose=False).predict(QUESTION, api_name="/ask")
    expect(is_right(answer), f"the page's interface does not answer: {answer}")


if __name__ == "__main__":
    main()
