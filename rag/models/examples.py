"""Prompts with examples: an instruction, then behind each empty line what is asked and, last, what is said."""

from collections.abc import Callable

from rag.models.conversation import Turn
from rag.models.prompts import load_prompt


def opening_of(prompt: str, said: Callable[[str], str] = str) -> tuple[Turn, ...]:
    """The turns that every asking with a prompt begins with; `said` puts an example's answer into the model's form."""
    instruction, *examples = load_prompt(prompt, "zh").render().strip().split("\n\n")
    turns = [Turn("system", instruction)]
    for example in examples:
        asked, answer = example.rsplit("\n", 1)
        turns += [Turn("user", asked), Turn("assistant", said(answer))]
    return tuple(turns)
