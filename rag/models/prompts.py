"""Prompts are files: `prompts/answer.zh.md` is the prompt "answer" in Chinese, a `string.Template`."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template

from rag.errors import PromptError

PROMPTS = Path(__file__).parents[2] / "prompts"


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt file."""

    name: str
    template: Template

    @property
    def placeholders(self) -> frozenset[str]:
        """Names the text wants filled in."""
        return frozenset(self.template.get_identifiers())

    def render(self, **values: object) -> str:
        """The text with every placeholder filled in. What is filled in is not searched for placeholders again.

        Raises PromptError where values are missing or left over.

        Example: Prompt("greeting", Template("你好，$town！")).render(town="石矶镇") == "你好，石矶镇！"
        """
        if missing := self.placeholders - values.keys():
            raise PromptError("placeholders_without_value", prompt=self.name, names=tuple(sorted(missing)))
        if left_over := values.keys() - self.placeholders:
            raise PromptError("values_without_placeholder", prompt=self.name, names=tuple(sorted(left_over)))
        return self.template.substitute({name: str(value) for name, value in values.items()})


@cache
def load_prompt(name: str, language: str, folder: Path = PROMPTS) -> Prompt:
    """The prompt `name` in a language as its file says it, such as zh or en; the line end at its end is left out.

    Raises PromptError where there is no such file, or a `$` in it stands for nothing.
    """
    path = folder / f"{name}.{language}.md"
    try:
        template = Template(path.read_text(encoding="utf-8").rstrip("\n"))
    except OSError as error:
        raise PromptError("no_prompt_file", file=path.name) from error
    if not template.is_valid():
        raise PromptError("stray_dollar", file=path.name)
    return Prompt(path.name, template)
