"""Prompt files and what is filled in."""

from pathlib import Path

import pytest

from rag.errors import PromptError
from rag.models.prompts import PROMPTS, load_prompt


def _write(folder: Path, text: str) -> Path:
    (folder / "greeting.zh.md").write_text(text, encoding="utf-8")
    return folder


def test_placeholders_stand_between_chinese_characters(tmp_path: Path) -> None:
    prompt = load_prompt("greeting", "zh", _write(tmp_path, '你好，$town镇！{"n": ${number}}\n'))
    assert prompt.placeholders == {"town", "number"}
    assert prompt.render(town="石矶", number=3) == '你好，石矶镇！{"n": 3}'


def test_what_is_filled_in_is_not_filled_in_again(tmp_path: Path) -> None:
    prompt = load_prompt("greeting", "zh", _write(tmp_path, "$question"))
    assert prompt.render(question="$evidence 是多少？$$") == "$evidence 是多少？$$"


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({}, "placeholders_without_value.*town"),
        ({"town": "a", "year": 1}, "values_without_placeholder.*year"),
        ({"year": 1}, "placeholders_without_value.*town"),
    ],
)
def test_missing_and_left_over_values_are_errors(values: dict[str, object], told: str, tmp_path: Path) -> None:
    prompt = load_prompt("greeting", "zh", _write(tmp_path, "你好，$town！"))
    with pytest.raises(PromptError, match=told):
        prompt.render(**values)


def test_a_stray_dollar_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(PromptError, match="stray_dollar"):
        load_prompt("greeting", "zh", _write(tmp_path, "100 $ 美元"))


def test_a_prompt_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(PromptError, match=r"farewell\.en\.md"):
        load_prompt("farewell", "en", tmp_path)


@pytest.mark.parametrize("path", sorted(PROMPTS.glob("*.md")), ids=lambda path: path.name)
def test_every_prompt_file_loads_and_fills_in(path: Path) -> None:
    name, language, _ = path.name.split(".")
    prompt = load_prompt(name, language)
    text = prompt.render(**{placeholder: f"〔{placeholder}〕" for placeholder in prompt.placeholders})
    assert text.strip() == text and all(f"〔{placeholder}〕" in text for placeholder in prompt.placeholders)
