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
        missing, left_over = self.placeholders - values.keys(), values.keys() - self.placeholders
        if missing or left_over:
            differences = [*(f"缺 ${name}" for name in sorted(missing)), *(f"多 ${name}" for name in sorted(left_over))]
            raise PromptError(f"提示词 {self.name} 的占位符不符：{'、'.join(differences)}。(placeholders do not fit)")
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
        raise PromptError(f"没有提示词文件 {path.name}。(no such prompt file)") from error
    if not template.is_valid():
        raise PromptError(f"提示词文件 {path.name} 里有孤立的 $（应写 $$）。(a stray $ in the prompt file)")
    return Prompt(path.name, template)
