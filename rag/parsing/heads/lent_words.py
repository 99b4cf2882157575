"""The words that are lent, beside the words that they go before."""

KNOWN = 0.7  # of the characters of what is lent that stand in a text: then it needs no more


def is_said(words: str, text: str, known: float = KNOWN) -> bool:
    """Whether a text says what it would be lent, or so large a share of its characters.

    Example: is_said("危房改造", "改造农村危房") is True
    """
    return words in text or sum(sign in text for sign in words) >= known * len(words)


def unquoted(words: str) -> str:
    """Words without the quotation marks around all of them."""
    return words[1:-1] if words[:1] in '“"' and words[-1:] in '”"' else words
