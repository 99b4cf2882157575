"""Which words a text turns on."""

from rag.text.bigrams import character_coverage, character_weights, content_bigrams, coverage, weighed_coverage


def test_question_words_figures_and_grammar_do_not_count() -> None:
    assert content_bigrams("石矶镇的油茶是多少亩？共3000亩") >= {"石矶", "油茶"}
    assert not content_bigrams("是多少？") | content_bigrams("3000")


def test_scripts_are_one() -> None:
    assert content_bigrams("油茶產業") == content_bigrams("油茶产业")


def test_latin_words_stay_whole() -> None:
    assert content_bigrams("How many households were relocated?") == {"households", "relocated"}


def test_coverage_is_a_share() -> None:
    assert coverage({"油茶", "面积"}, {"油茶"}) == 0.5
    assert coverage(set(), {"油茶"}) == 1.0


def test_character_coverage_leaves_out_what_is_known() -> None:
    assert character_coverage("油茶面积", {"油茶"}, {"面积"}) == 1.0
    assert character_coverage("油茶面积", {"油茶"}, set()) == 0.0
    assert character_coverage("油茶面积", set(), {"油茶"}) == 0.5


def test_nothing_wanted_is_covered() -> None:
    assert character_coverage("3000", set(), set()) == 1.0


def test_a_character_weighs_as_its_lighter_pair() -> None:
    weights = {"水渠": 3, "渠建": 9, "建设": 1}
    assert character_weights("水渠建设", weights) == [3, 3, 1, 1]
    assert weighed_coverage("水渠建设", {"水渠"}, weights) == 0.75
    assert weighed_coverage("水渠建设", {"水渠"}, {}) == 0.5
