"""Chinese figures as English writes them."""

import pytest

from rag.text.english_figures import with_english_figures
from rag.text.figures import read_figures


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("争取了2000多万元", "争取了 over 20 million yuan"),
        ("完成投资34亿元", "完成投资 3.4 billion yuan"),
        ("产值2331万元", "产值 23.31 million yuan"),
        ("总产3.2万吨以上", "总产 over 32,000 tons"),
        ("登记人口4万3千余人", "登记人口 over 43,000 people"),
        ("创收约300余万元", "创收 about 3 million yuan"),
        ("四栋安置楼", "4 栋 安置楼"),
        ("种植油茶3000亩", "种植油茶 3,000 mu"),
        ("2020年脱贫34户64人", "2020年脱贫 34 households 64 people"),
        ("新建水池4座", "新建水池4座"),
    ],
)
def test_a_figure_in_english(chinese: str, english: str) -> None:
    assert with_english_figures(chinese) == english


@pytest.mark.parametrize("chinese", ["争取了2000多万元", "总产3.2万吨以上", "近3000人", "创历年之高，达到90%"])
def test_the_value_stays(chinese: str) -> None:
    values = [figure.value for figure in read_figures(chinese)]
    assert [figure.value for figure in read_figures(with_english_figures(chinese))] == values
