"""Citation marks: buttons that open a source at a sentence, wherever on the page they stand."""

from rag.text.display import shortened
from rag.verification.claims import Citation
from rag.verification.quotations import place
from ui.markup import Markup, element
from ui.words import Words

_PREVIEW = 160  # characters of a quotation shown under the pointer


def mark(number: int | str, quoted: Citation, words: Words) -> Markup:
    """A mark such as [1] that opens its quotation; its title shows the quotation beforehand."""
    where = place(quoted, words.labels())
    return element(
        "button",
        str(number),
        type="button",
        class_="mark",
        data_act="opened",
        data_report=quoted.report,
        data_file=quoted.file,
        data_start=str(quoted.start),
        data_end=str(quoted.end),
        title=f"{shortened(quoted.quote, _PREVIEW)}\n{where}",
        aria_label=words.say("quotation", number, where),
    )
