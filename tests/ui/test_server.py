"""The page as a server: its programming interface, sign-in, health, and what it gives nobody."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from rag.answering.answers import Answer
from rag.library.results import IngestResult
from tests.support.made_errors import busy
from tests.support.made_parts import BODY, ScriptedWorkspace, made_answer, made_report, made_source
from tests.support.served_page import served
from ui.users import Users

PASSWORD = "a long password"
PEOPLE = 10


def reply(question: str) -> Answer:
    return replace(made_answer(question), answer=f"答：{question}")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> ScriptedWorkspace:
    body = BODY.replace("种植水稻1200亩。", "粮食总产量1.39万吨。")
    reports = [made_report(body=body), made_report(year=2021, body=body.replace("1.39", "1.42"))]
    return ScriptedWorkspace(tmp_path_factory.mktemp("home"), *reports, reply=reply)


@pytest.fixture(scope="module")
def address(workspace: ScriptedWorkspace) -> Iterator[str]:
    with served(workspace) as address:
        yield address


def client_of(address: str, **options: Any) -> Any:
    from gradio_client import Client

    return Client(address, verbose=False, **options)


def test_programs_ask_with_filters_and_history(workspace: ScriptedWorkspace, address: str) -> None:
    history = [{"role": "user", "content": "前"}, {"role": "assistant", "content": "答"}]
    answer = client_of(address).predict("种了多少水稻？", "石矶镇", "衡州县", 2020, history, api_name="/ask")
    assert answer["outcome"] == "answered" and answer["claims"][0]["citations"][0]["quote"] == "种植水稻1200亩。"
    question, turns, scope = workspace.scripted_answerer.asked[-1]
    assert (question, len(turns), scope.towns, scope.county, scope.years) == (
        "种了多少水稻？", 2, ("石矶镇",), "衡州县", (2020,),
    )  # fmt: skip


def test_programs_summarize(address: str) -> None:
    summary = client_of(address).predict("石矶镇", api_name="/summarize")
    assert summary["town"] == "石矶镇" and summary["overview"][0]["citations"][0]["quote"]


def test_programs_get_figures(address: str) -> None:
    rows = client_of(address).predict("石矶镇", year=2021, api_name="/figures")
    assert [(row["value"], row["unit"]) for row in rows if "粮食" in row["subject"]] == [("1.42", "万吨")]


def test_programs_compare(address: str) -> None:
    comparison = client_of(address).predict("粮食总产量", api_name="/compare")
    assert [(row["year"], row["value"]) for row in comparison["rows"]] == [(2020, 1.39), (2021, 1.42)]


def test_an_error_reaches_programs_as_its_message(address: str) -> None:
    from gradio_client.exceptions import AppError

    with pytest.raises(AppError, match="无名镇"):
        client_of(address).predict("无名镇", api_name="/summarize")


def test_nothing_else_is_offered_to_programs(address: str) -> None:
    named = client_of(address).view_api(return_format="dict", print_info=False)["named_endpoints"]
    assert set(named) == {"/ask", "/summarize", "/compare", "/figures"}


def test_ten_people_at_once_get_their_own_answers_while_reports_arrive(
    workspace: ScriptedWorkspace, address: str
) -> None:
    clients = [client_of(address) for _ in range(PEOPLE)]

    def ask(number: int) -> list[str]:
        return [clients[number].predict(f"第{number}人第{turn}问？", api_name="/ask")["answer"] for turn in range(3)]

    arrived = made_report("大塘乡", "云陂县", 2022)
    with ThreadPoolExecutor(PEOPLE) as pool:
        waiting = [pool.submit(ask, number) for number in range(PEOPLE)]
        workspace.library.add(arrived, made_source(arrived, "大塘.txt"))
        answers = [each.result() for each in waiting]
    assert answers == [[f"答：第{number}人第{turn}问？" for turn in range(3)] for number in range(PEOPLE)]
    workspace.library.remove(arrived.id)


def test_health_is_told_without_sign_in(workspace: ScriptedWorkspace) -> None:
    users = Users({}).with_user("li", PASSWORD)
    with served(workspace, users) as address:
        assert httpx.get(f"{address}/health").json()["status"] == "ok"
        assert httpx.get(f"{address}/gradio_api/info").status_code == 401
        assert httpx.post(f"{address}/gradio_api/call/ask", json={"data": ["问"]}).status_code == 401


def test_who_signs_in_can_ask(workspace: ScriptedWorkspace) -> None:
    with served(workspace, Users({}).with_user("li", PASSWORD)) as address:
        assert client_of(address, auth=("li", PASSWORD)).predict("问", api_name="/ask")["answer"] == "答：问"
        with pytest.raises(ValueError, match="login"):
            client_of(address, auth=("li", PASSWORD + "x"))


@pytest.mark.parametrize(
    ("host", "origin", "status"),
    [
        pytest.param("127.0.0.1", None, 200, id="this machine"),
        pytest.param("LOCALHOST:7860", "http://localhost:7860", 200, id="by name"),
        pytest.param("[::1]:7860", None, 200, id="IPv6"),
        pytest.param("evil.example", None, 403, id="a name bound to 127.0.0.1 elsewhere"),
        pytest.param("127.0.0.1.evil.example", None, 403, id="a name that begins so"),
        pytest.param("127.0.0.1", "https://evil.example", 403, id="another page's request"),
        pytest.param("127.0.0.1", "null", 403, id="a page without an address"),
        pytest.param("[broken", None, 403, id="no name at all"),
    ],
)
def test_where_nobody_signs_in_only_this_machine_is_answered(
    address: str, host: str, origin: str | None, status: int
) -> None:
    headers = {"host": host} | ({"origin": origin} if origin else {})
    for path in ("/", "/config", "/gradio_api/info", "/health"):
        assert httpx.get(address + path, headers=headers).status_code == status, path
    asked = httpx.post(f"{address}/gradio_api/call/ask", json={"data": ["问"]}, headers=headers)
    assert asked.status_code == status


def test_who_signs_in_may_come_by_any_name(workspace: ScriptedWorkspace) -> None:
    with served(workspace, Users({}).with_user("li", PASSWORD)) as address:
        assert httpx.get(f"{address}/health", headers={"host": "reports.example"}).status_code == 200


@pytest.mark.parametrize("path", ["/monitoring", "/monitoring/summary", "/gradio_api/monitoring"])
def test_nobody_watches_the_traffic(address: str, path: str) -> None:
    assert httpx.get(address + path, follow_redirects=True).status_code in (403, 404)


@pytest.mark.parametrize("path", ["/etc/hosts", "app.py", "../etc/hosts", "library.sqlite3"])
def test_no_file_of_the_machine_is_given_out(workspace: ScriptedWorkspace, address: str, path: str) -> None:
    for named in (path, str(workspace.settings.home / path), str(Path(path).absolute())):
        got = httpx.get(f"{address}/gradio_api/file={named}")
        assert got.status_code in (403, 404), named


def test_the_library_itself_is_not_given_out(workspace: ScriptedWorkspace, address: str) -> None:
    assert workspace.settings.library_path.is_file()
    got = httpx.get(f"{address}/gradio_api/file={workspace.settings.library_path}")
    assert got.status_code == 403


def test_what_is_too_large_is_turned_down(address: str) -> None:
    files = {"files": ("a.txt", b"x" * (50 * 1024 * 1024 + 1))}
    got = httpx.post(f"{address}/gradio_api/upload", files=files, timeout=60)
    assert got.status_code in (400, 413)


def test_uploads_do_not_pass_through_a_shared_folder(workspace: ScriptedWorkspace, address: str) -> None:
    stored = httpx.post(f"{address}/gradio_api/upload", files={"files": ("a.txt", b"x")}).json()
    assert Path(stored[0]).is_relative_to(workspace.settings.uploads_path)


def test_a_busy_library_says_so_for_each_file(
    workspace: ScriptedWorkspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rag.service import Service
    from ui.library_tab import LibraryTab
    from ui.shell import Shell

    def ingest(paths: list[Path], *, on_result: Callable[[IngestResult], None]) -> None:
        raise busy()

    monkeypatch.setattr(workspace, "ingest", ingest)
    result = LibraryTab(Shell(Service(workspace)))._ingested(tmp_path / "a.txt")
    assert (result.status, result.details) == ("failed", (busy().notice,))
