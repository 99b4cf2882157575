"""Zhenbao as MCP tools, asked by a client of that protocol."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rag.answering.answers import Answer
from rag.service import Service
from tests.support.made_parts import BODY, ScriptedWorkspace, made_answer, made_report
from tests.support.paths import ROOT


def reply(question: str) -> Answer:
    return replace(made_answer(question), answer=f"答：{question}")


@pytest.fixture
def call(tmp_path: Path) -> Callable[..., Any]:
    """Calls one tool over an in-memory connection and gives its result as the client sees it."""
    from mcp.shared.memory import create_connected_server_and_client_session as connect

    from rag.cli.mcp_server import make_server

    report = made_report(body=BODY.replace("种植水稻1200亩。", "粮食总产量1.39万吨。"))
    server = make_server(Service(ScriptedWorkspace(tmp_path, report, reply=reply)))

    async def one(name: str, **arguments: Any) -> Any:
        async with connect(server._mcp_server) as session:
            return await session.call_tool(name, arguments)

    return lambda name, **arguments: asyncio.run(one(name, **arguments))


def test_ask(call: Callable[..., Any]) -> None:
    answer = call("ask", question="种了多少水稻？").structuredContent
    assert answer["answer"] == "答：种了多少水稻？" and answer["claims"][0]["supported"]


def test_an_empty_question_is_an_error_not_a_refusal(call: Callable[..., Any]) -> None:
    answer = call("ask", question="  ").structuredContent
    assert (answer["outcome"], answer["code"]) == ("error", "empty_question")


def test_summarize(call: Callable[..., Any]) -> None:
    assert call("summarize", town="石矶镇").structuredContent["overview"][0]["citations"]


def test_compare(call: Callable[..., Any]) -> None:
    (row,) = call("compare", subject="粮食总产量").structuredContent["rows"]
    assert (row["town"], row["value"]) == ("石矶镇", 1.39)


def test_figures(call: Callable[..., Any]) -> None:
    rows = call("figures", town="石矶镇").structuredContent["result"]
    assert ("1.39", "万吨") in [(row["value"], row["unit"]) for row in rows]


def test_a_county_alone_restricts_figures(call: Callable[..., Any]) -> None:
    assert call("figures", county="衡州县").structuredContent["result"]
    assert not call("figures", county="青岚县").structuredContent["result"]


def test_what_cannot_be_done_is_a_message(call: Callable[..., Any]) -> None:
    result = call("summarize", town="无名镇")
    assert result.isError and "无名镇" in result.content[0].text


def test_the_command_speaks_the_protocol_on_standard_output(tmp_path: Path) -> None:
    from mcp import ClientSession, StdioServerParameters
    from mcp.client.stdio import stdio_client

    ScriptedWorkspace(tmp_path, made_report()).close()
    environment = {**os.environ, "ZHENBAO_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    server = StdioServerParameters(command=sys.executable, args=["-P", "-m", "rag.cli", "mcp"], env=environment)

    async def session_of(work: Callable[[ClientSession], Awaitable[Any]]) -> Any:
        async with stdio_client(server) as (reading, writing), ClientSession(reading, writing) as session:
            await session.initialize()
            return await work(session)

    async def work(session: ClientSession) -> Any:
        names = [tool.name for tool in (await session.list_tools()).tools]
        return names, await session.call_tool("figures", {"town": "石矶镇"})

    names, figures = asyncio.run(session_of(work))
    assert names == ["ask", "summarize", "compare", "figures"]
    assert figures.structuredContent["result"][0]["quote"].startswith("种植水稻1200亩")
