"""Whether a model's sentence says what its excerpts say, no more and no less: then the sentence itself may be shown.

What is left of both without words that add nothing has to be the same, sign for sign: nothing added, nothing cut,
order and roles kept. Wider comparisons (coverage of words, ordered subsequences) let false sentences through.
"""

import re
from collections.abc import Iterable, Sequence

from rag.text.lexicon import concept
from rag.text.normalization import fold_characters
from rag.text.parsed_text import ParsedText
from rag.verification.excerpts import Excerpt
from rag.verification.tense import speaks_of_plans

_JOINTS = re.compile(r"[为是的]|(?<!\d)[\s、,，。；;：:]|[\s、,，。；;：:](?!\d)")


def says_the_same(claim: ParsedText, excerpts: Sequence[Excerpt]) -> bool:
    """Whether a claim is its one excerpt, town and year apart: clauses of two sentences may be of two things.

    Example: "石矶镇2020年粮食总产量为1.2万吨" and 全镇粮食总产量1.2万吨
    """
    if claim.is_english or len(excerpts) != 1 or excerpts[0].lent:
        return False
    item, is_plan = excerpts[0].item, excerpts[0].item.sentence.kind == "plan"
    if is_plan and not speaks_of_plans(claim.folded):
        return False
    known = {word for word in (item.county, item.town, f"{item.year}年") if word}
    text = fold_characters(excerpts[0].text)  # a gap in it is in no claim
    return _bare(claim.text, known, is_plan=is_plan) == _bare(text, known, is_plan=is_plan)


def _bare(text: str, known: Iterable[str], *, is_plan: bool) -> str:
    """What is left; where both tell of a plan, without the words that say so."""
    folded = ParsedText(text).folded
    if is_plan:
        folded = concept("intention").remove(folded)
    for word in sorted(known, key=len, reverse=True):
        folded = folded.replace(ParsedText(word).folded, "")
    return _JOINTS.sub("", concept("adds_nothing").remove(folded))
