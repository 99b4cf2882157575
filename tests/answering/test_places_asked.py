"""Whose sentences a question may be answered from, however its place is named; the search finds all there is."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rag.answering.answer import Answerer
from rag.answering.answers import Answer
from rag.library.results import Scope
from rag.parsing.report import Report
from rag.types import Notice
from tests.support.asked_library import answerer_over, history, of_place, sources
from tests.support.told_reports import JudgingModel

BUREAU = of_place("水利局", "全县新建水库5座。", "全局干部45人。", county="双河县")
LIBRARY = (
    of_place("云陂县", "全县油茶面积12万亩。", "石桥镇油茶面积3000亩。", "大石桥镇油茶面积8亩。", city="衡州市"),
    of_place(
        "石矶镇", "油茶面积900亩。", "云陂县奖励20万元。", "白塘乡油茶面积200亩。", county="云陂县", city="衡州市"
    ),
    of_place("滑石侗族苗族乡", "油茶面积700亩。", county="云陂县"),
    of_place("大塘镇", "油茶面积500亩。", county="青岚县"),
    of_place("柳河镇", "油茶面积410亩。", county="青岚县"),
    of_place("柳河镇", "油茶面积420亩。", county="云陂县"),
    of_place("安全镇", "油茶面积430亩，安全生产检查40次。", county="青岚县"),
    of_place("丹州自治区", "油茶面积990万亩。", "沙湾市油茶面积15万亩。", "赴深圳招商，油茶签约3亿元。"),
    of_place("南浦街道", "油茶公园面积30亩，安全生产检查12次。", county="澄江区"),
    of_place(None, "油茶面积80亩。", "安全生产检查7次，油茶示范。"),
    replace(BUREAU, metadata=replace(BUREAU.metadata, level="bureau")),
)
STONE_BRIDGE = {"石桥镇油茶面积3000亩。"}


def own(town: str, county: str | None = None, reports: tuple[Report, ...] = LIBRARY) -> set[str]:
    """All lines of a place's report."""
    return {
        line
        for report in reports
        if report.metadata.town == town and county in (None, report.metadata.county)
        for line in report.text.split("\n")
    }


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answerer]:
    yield answerer_over(tmp_path_factory.mktemp("places"), LIBRARY)


def is_refused(answer: Answer) -> bool:
    return (answer.outcome, answer.reason, sources(answer)) == ("refused", "no_such_town", set())


@pytest.mark.parametrize(
    ("question", "town"),
    [
        ("石矶镇油茶面积有多少？", "石矶镇"),
        ("石矶油茶面积有多少？", "石矶镇"),
        ("2021年石磯鎮的油茶面積", "石矶镇"),
        ("油茶面积在石矶镇有多少？", "石矶镇"),
        ("云陂县石矶镇油茶面积", "石矶镇"),
        ("云陂石矶油茶面积", "石矶镇"),
        ("衡州市云陂县石矶镇油茶面积", "石矶镇"),
        ("石矶镇的油茶面积在云陂县排第几？", "石矶镇"),
        ("石矶镇安全生产检查了几次？", "石矶镇"),
        ("滑石乡油茶面积有多少？", "滑石侗族苗族乡"),
        ("滑石的油茶面积", "滑石侗族苗族乡"),
        ("滑石侗族苗族乡油茶面积", "滑石侗族苗族乡"),
        ("云陂油茶面积有多少？", "云陂县"),
        ("雲陂縣油茶面積有多少？", "云陂县"),
        ("衡州市云陂县油茶面积", "云陂县"),
        ("丹州油茶面积有多少？", "丹州自治区"),
        ("南浦油茶公园面积", "南浦街道"),
        ("澄江区南浦街道油茶公园面积", "南浦街道"),
        ("安全镇的油茶面积", "安全镇"),
        ("双河县水利局有多少干部？", "水利局"),
        ("How much oil-tea camellia does Shiji Town have?", "石矶镇"),
        ("How much oil-tea camellia does Shi Ji have?", "石矶镇"),
        ("How much oil-tea camellia was there in Yunpi County?", "云陂县"),
        ("How much oil-tea camellia does Shiji Town in Yunpi County have?", "石矶镇"),
    ],
)
def test_a_place_with_a_report_is_answered_from_it_alone(answerer: Answerer, question: str, town: str) -> None:
    found = sources(answerer.ask(question))
    assert found and found <= own(town)


@pytest.mark.parametrize(
    ("question", "sentences"),
    [
        ("石桥镇油茶面积有多少？", STONE_BRIDGE),
        ("2021年石桥镇油茶面积有多少？", STONE_BRIDGE),
        ("云陂县石桥镇油茶面积有多少？", STONE_BRIDGE),
        ("云陂县的石桥镇，油茶面积有多少？", STONE_BRIDGE),
        ("油茶面积石桥镇有多少？", STONE_BRIDGE),
        ("请问一下石橋鎮的油茶面積", STONE_BRIDGE),
        ("石桥2021年油茶面积有多少？", STONE_BRIDGE),
        ("How much oil-tea camellia was there in Shiqiao Town?", STONE_BRIDGE),
        ("白塘乡油茶有多少亩？", {"白塘乡油茶面积200亩。"}),
        ("沙湾市油茶面积有多少？", {"沙湾市油茶面积15万亩。"}),
        ("丹州沙湾市油茶面积有多少？", {"沙湾市油茶面积15万亩。"}),
        ("深圳油茶签约多少？", {"赴深圳招商，油茶签约3亿元。"}),
        ("双河县新建水库几座？", {"全县新建水库5座。", "双河县水利局2021年工作报告"}),
    ],
)
def test_a_place_that_reports_only_speak_of_is_answered_from_the_sentences_that_name_it(
    answerer: Answerer, question: str, sentences: set[str]
) -> None:
    assert sources(answerer.ask(question)) == sentences


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("青龙镇油茶面积有多少？", id="a town"),
        pytest.param("2021年青龙镇油茶面积有多少？", id="behind a year"),
        pytest.param("我想知道青龙镇的油茶面积", id="in the middle"),
        pytest.param("油茶面积青龙镇有多少？", id="behind the matter"),
        pytest.param("油茶有多少亩，青龙镇的", id="at the end"),
        pytest.param("云陂县青龙镇油茶面积有多少？", id="in a county that has a report"),
        pytest.param("青岚县石桥镇油茶面积有多少？", id="a namesake in another county"),
        pytest.param("丹桥县石矶镇油茶面积", id="a town that lies elsewhere"),
        pytest.param("丹江区南浦街道油茶公园面积", id="a street that lies elsewhere"),
        pytest.param("青岚县油茶面积有多少？", id="a county of which only towns report"),
        pytest.param("青岚油茶面积有多少？", id="the same by its short name"),
        pytest.param("衡州市油茶面积有多少？", id="the city above them"),
        pytest.param("澄江区油茶公园面积", id="the district above a street"),
        pytest.param("石矶乡油茶面积有多少？", id="another level"),
        pytest.param("东石矶镇油茶面积有多少？", id="a longer name"),
        pytest.param("沙湾区油茶面积有多少？", id="a district"),
        pytest.param("长乐市油茶面积有多少？", id="a city"),
        pytest.param("江原省油茶面积有多少？", id="a province"),
        pytest.param("西河街道油茶面积有多少？", id="another street"),
        pytest.param("长乐市面积多大？", id="before what begins like a word with its end"),
        pytest.param("长乐市政府种了多少油茶？", id="its government"),
        pytest.param("青龙镇居民种了多少油茶？", id="its people"),
        pytest.param("沙湾区位于哪里？", id="a district before such a word"),
        pytest.param("岚青县道路两旁的油茶", id="a county before such a word"),
        pytest.param("上海油茶面积有多少？", id="a real city"),
        pytest.param("清苑2021年油茶面积有多少？", id="a real county by its short name"),
        pytest.param("外地人来涞源玩花了多少油茶钱", id="the same in the middle"),
        pytest.param("油茶面积更大的是吉林还是内蒙古", id="two real provinces"),
        pytest.param("三岔溪镇油茶面积有多少？", id="a name that begins with a number"),
        pytest.param("五里坪乡油茶面积有多少？", id="a name with a word of place in it"),
        pytest.param("和溪镇油茶面积有多少？", id="a name that begins like a joining word"),
        pytest.param("青龙2021年油茶面积有多少？", id="a short name that no list has"),
        pytest.param("青龙镇上种了多少油茶？", id="what is in it"),
        pytest.param("青龙市区种了多少油茶？", id="its middle"),
        pytest.param("青龙高新区油茶面积有多少？", id="an area"),
        pytest.param("青龙经济技术开发区的油茶", id="an area by its whole name"),
        pytest.param("国营五星农场油茶面积有多少？", id="a farm"),
        pytest.param("巴音苏木油茶面积有多少？", id="a banner's township"),
        pytest.param("一四二团油茶面积有多少？", id="a regiment"),
        pytest.param("142团油茶面积有多少？", id="a regiment in digits"),
        pytest.param("第八师油茶面积有多少？", id="a division of the corps"),
        pytest.param("青龙村油茶面积有多少？", id="a village"),
        pytest.param("石矶镇青龙村油茶面积有多少？", id="a village of a town that has a report"),
        pytest.param("青龙社区种了多少油茶？", id="a community"),
        pytest.param("云陂县教育局种了多少油茶？", id="a bureau of a county that has a report"),
        pytest.param("滑石白族乡油茶面积", id="a township of another people"),
        pytest.param("青龙土家族苗族自治县油茶面积", id="an autonomous county"),
        pytest.param("安乡2021年油茶面积", id="a county that ends like a township"),
        pytest.param("推进青龙镇油茶种植多少亩？", id="behind a verb"),
        pytest.param("How much oil-tea camellia does Qinglong Town have?", id="in English"),
        pytest.param("What did Qinglong do in 2021?", id="in English without its level"),
        pytest.param("Did Qinglong Township grow oil-tea camellia?", id="in English behind a verb"),
        pytest.param("How much oil-tea camellia does Shiji village have?", id="a village in English"),
        pytest.param("How much oil-tea camellia was there in Qinglan County?", id="a county in English"),
        pytest.param("How much oil-tea camellia was there in Shanghai?", id="a real city in English"),
    ],
)
def test_a_place_that_is_nowhere_is_refused(answerer: Answerer, question: str) -> None:
    assert is_refused(answerer.ask(question))


@pytest.mark.parametrize(
    "question",
    [
        "安全生产检查了几次？",
        "今年油茶面积一共多少？",
        "新建的油茶公园有多大？",
        "油茶合作社有几家？",
        "城市油茶公园面积",
        "超市卖油茶吗？",
        "乡镇的油茶面积",
        "哪个镇的油茶面积最大？",
        "全县油茶面积有多少？",
        "民主评议和政务公开做了什么？",
        "和平年代的油茶",
        "便民服务中心和街道改造",
        "平安建设做了什么？",
        "有没有人跑到北京上访？",
        "浪费了多少资源？",
        "给县镇两级财政增收多少？",
        "文明乡风建设做了什么？",
        "国有林场改造了几个？",
        "街道两侧种了多少树？",
        "农村电网改造了几个台区？",
        "高新区的产值是多少？",
        "工业园区有几家规上企业？",
        "农贸市场改造了几个？",
        "贫困县摘帽了吗？",
        "粮食产量在全市排第几？",
        "幸福屋场建了几个？",
        "开放型经济怎么样？",
        "新华书店几点开门？",
        "会同有关部门检查几次？",
        "销往北京的油茶有多少？",
        "哪些县在搞油茶？",
        "移民新镇的油茶面积",
        "北京路两边的油茶面积",
        "湖南大学来做了什么？",
        "湖南师范大学来做了什么？",
        "中山公园的油茶",
        "上海客商投了多少钱？",
        "县委县政府下达的任务完成了吗？",
        "全国文明村镇有吗？",
        "工业强区战略做了什么？",
        "推进县城建设做了什么？",
        "快递进村做到了吗？",
        "水美乡村建设投资多少？",
        "城中村改造了几个？",
        "民办农场有几家？",
        "家庭农场油茶面积",
        "智慧社区建了几个？",
        "县城新区油茶面积",
        "Which town has the most oil-tea camellia?",
        "Was the New Town relocation project for oil-tea camellia finished?",
    ],
)
def test_ordinary_words_are_no_places(answerer: Answerer, question: str) -> None:
    assert len({item.report_id for item in answerer.ask(question).evidence}) > 1


@pytest.mark.parametrize(
    ("question", "reports"),
    [
        ("石矶和大塘哪个油茶多？", own("石矶镇") | own("大塘镇")),
        ("石矶镇的油茶比大塘多多少？", own("石矶镇") | own("大塘镇")),
        ("石矶镇和石桥镇哪个油茶多？", own("石矶镇") | STONE_BRIDGE),
        ("云陂县和石矶镇的油茶面积", own("云陂县") | own("石矶镇")),
        ("云陂县柳河镇的油茶面积", own("柳河镇", "云陂县")),
        ("青岚县柳河镇的油茶面积", own("柳河镇", "青岚县")),
        ("云陂县哪些镇种了油茶？", own("云陂县") | own("石矶镇") | own("柳河镇", "云陂县") | own("滑石侗族苗族乡")),
        ("青岚县哪个镇的油茶面积大？", own("大塘镇") | own("柳河镇", "青岚县") | own("安全镇")),
    ],
)
def test_several_places(answerer: Answerer, question: str, reports: set[str]) -> None:
    found = sources(answerer.ask(question))
    assert found and found <= reports


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("哪些镇的报告提到了白塘乡？", "石矶镇"),
        ("哪几个镇的报告没有提到白塘乡？", "大塘镇"),
        ("云陂县哪些镇的报告提到了白塘乡？", "石矶镇"),
    ],
)
def test_a_place_that_is_sought_in_reports_does_not_choose_them(answerer: Answerer, question: str, names: str) -> None:
    answer = answerer.ask(question)
    assert answer.outcome == "answered" and names in answer.answer


def test_a_claim_on_one_of_two_namesakes_says_its_county(tmp_path: Path) -> None:
    model = JudgingModel(likely={"油茶面积410亩": 0.9})
    answer = answerer_over(tmp_path, LIBRARY, model).ask("柳河镇油茶面积有多少？")
    assert [claim.text for claim in answer.claims if claim.supported] == ["青岚县柳河镇2021年：油茶面积410亩"]


def test_beside_a_place_that_is_nowhere_the_other_is_answered_with_a_notice(answerer: Answerer) -> None:
    answer = answerer.ask("石矶镇和青龙镇哪个油茶多？")
    assert sources(answer) <= own("石矶镇")
    assert Notice("place_not_held", places=("青龙镇",)) in answer.notices


def test_a_misspelt_name_is_taken_for_the_one_that_sounds_so_with_a_notice(answerer: Answerer) -> None:
    answer = answerer.ask("石机镇油茶面积有多少？")
    assert sources(answer) <= own("石矶镇")
    assert Notice("place_taken_for", asked="石机镇", place="石矶镇") in answer.notices


def test_a_misspelt_name_that_may_mean_two_is_refused(tmp_path: Path) -> None:
    twice = [of_place("石矶镇", "油茶900亩。"), of_place("石基镇", "油茶80亩。")]
    assert is_refused(answerer_over(tmp_path, twice).ask("石机镇油茶有多少亩？"))


@pytest.mark.parametrize(
    ("before", "question", "reports"),
    [
        (["石桥镇油茶面积有多少？"], "那产量呢？", STONE_BRIDGE),
        (["石矶镇油茶面积有多少？"], "大塘呢？", own("大塘镇")),
        (["石矶镇油茶面积有多少？"], "石桥镇呢？", STONE_BRIDGE),
        (["石矶镇油茶面积有多少？"], "云陂县呢？", own("云陂县")),
        (["云陂县油茶面积有多少？"], "石桥镇呢？", STONE_BRIDGE),
        (["云陂油茶面积有多少？"], "那油茶公园呢？", own("云陂县")),
        (["滑石乡油茶面积有多少？"], "那里还有多少亩？", own("滑石侗族苗族乡")),
        (["石矶镇油茶面积有多少？"], "有没有人跑到北京卖油茶？", own("石矶镇")),
        (["石矶镇油茶面积有多少？"], "青岚县呢？", None),
        (["青龙镇油茶面积有多少？"], "那产量呢？", None),
        (["石矶镇油茶面积有多少？", "青龙镇油茶面积有多少？"], "那产量呢？", None),
    ],
)
def test_a_follow_up(answerer: Answerer, before: list[str], question: str, reports: set[str] | None) -> None:
    answer = answerer.ask(question, history=history(*before))
    assert is_refused(answer) if reports is None else sources(answer) and sources(answer) <= reports


@pytest.mark.parametrize(
    ("scope", "question", "reports"),
    [
        (Scope(towns=("石矶",)), "油茶面积", own("石矶镇")),
        (Scope(towns=("滑石乡",)), "油茶面积", own("滑石侗族苗族乡")),
        (Scope(county="云陂"), "石矶镇油茶面积", own("石矶镇")),
        (Scope(county="云陂县"), "柳河镇油茶面积", own("柳河镇", "云陂县")),
        (Scope(towns=("云陂县",)), "石桥镇油茶面积", STONE_BRIDGE),
        (Scope(towns=("青龙镇",)), "油茶面积", None),
        (Scope(county="丹桥县"), "油茶面积", None),
        (Scope(towns=("石矶镇",)), "大塘镇油茶面积", None),
        (Scope(county="云陂县"), "青岚县柳河镇油茶面积", None),
    ],
)
def test_what_the_person_chose_holds_beside_it(
    answerer: Answerer, scope: Scope, question: str, reports: set[str] | None
) -> None:
    answer = answerer.ask(question, scope=scope)
    if reports is None:
        assert (answer.outcome, sources(answer)) == ("refused", set())
        assert answer.reason == ("scope_conflict" if answer.choices else "no_such_town")
    else:
        assert sources(answer) and sources(answer) <= reports
