"""Town and county, from where they are stated."""

from collections.abc import Sequence

import pytest

from rag.parsing.places import PlaceLines, read_place
from rag.parsing.source_lines import LocatedLine, first_values
from rag.text.letterhead import is_signature
from rag.types import OffsetMap, Run


def located(*lines: str) -> list[LocatedLine]:
    return [LocatedLine(line, "body", 0, OffsetMap((Run(0, 0, len(line)),))) for line in lines]


def find_town(headed: Sequence[str], dropped: Sequence[str], body: Sequence[str]) -> str | None:
    titles, signatures = ([line for line in headed if is_signature(line) == signed] for signed in (False, True))
    lines = PlaceLines(located(*titles), (), located(*signatures), (), located(*dropped), located(*body))
    return first_values(read_place(lines).said).get("town")


def find_county(frame: Sequence[str], body: Sequence[str]) -> str | None:
    title, *others = frame
    signatures, dropped = ([line for line in others if (">" in line) == is_path] for is_path in (False, True))
    lines = PlaceLines(located(title), (), located(*signatures), (), located(*dropped), located(*body))
    return first_values(read_place(lines).said).get("county")


@pytest.mark.parametrize(
    ("title", "town"),
    [
        ("石矶镇2020年工作总结", "石矶镇"),
        ("云陂县石矶镇2021年工作总结", "石矶镇"),
        ("澄江区南浦街道2023年工作总结", "南浦街道"),
        ("2022年度高市镇工作总结", "高市镇"),
        ("茶市镇2020年度工作总结", "茶市镇"),
        ("关于报送鹤鸣乡2022年工作总结的报告", "鹤鸣乡"),
        ("湖南省衡州市云陂县大塘乡工作总结", "大塘乡"),
        ("东城街道2023年工作总结", "东城街道"),
    ],
)
def test_town_of_a_title(title: str, town: str) -> None:
    assert find_town([title], [], []) == town


def test_a_signature_helps_where_the_title_is_silent() -> None:
    assert find_town(["2020年工作总结", "中共云陂县石矶镇委员会"], [], []) == "石矶镇"


def test_a_breadcrumb_helps_where_the_signature_is_silent() -> None:
    assert find_town(["2020年工作总结"], ["当前页面: 首页 > 乡镇信息公开 > 石矶镇 > 规划总结"], []) == "石矶镇"


def test_the_body_helps_last() -> None:
    body = ["一年来,在石矶镇推进集镇建设,我镇发展。", "石矶镇位于河边,全镇有户。", "让石矶镇更美。"]
    assert find_town([], [], body) == "石矶镇"


def test_no_town_is_no_town() -> None:
    assert find_town(["我镇2020年工作总结"], [], ["全镇修路,各乡镇支持。"]) is None


@pytest.mark.parametrize(
    ("frame", "body", "county"),
    [
        (["云陂县石矶镇2021年工作总结"], [], "云陂县"),
        (["石矶镇2021年工作总结", "中共云陂县石矶镇委员会"], [], "云陂县"),
        (["石矶镇2021年工作总结", "当前位置: 首页 > 云陂县 > 石矶镇"], [], "云陂县"),
        (["石矶镇2021年工作总结"], ["322国道石矶镇段是云陂县交通要道。"], "云陂县"),
        (["石矶镇2021年工作总结"], ["在云陂县委、县政府的领导下,全镇发展。"], "云陂县"),
    ],
)
def test_county_where_stated(frame: list[str], body: list[str], county: str) -> None:
    assert find_county(frame, body) == county


@pytest.mark.parametrize(
    "body",
    [
        "超额完成县下达的任务,列全县前列。",
        "围绕全县打造样板的目标。",
        "在县委、县政府的领导下。",
        "争创县级示范,建设社区。",
    ],
)
def test_county_where_not_stated(body: str) -> None:
    assert find_county(["石矶镇2021年工作总结"], [body]) is None
