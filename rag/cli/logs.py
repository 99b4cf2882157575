"""What our modules note of their work, for whoever looks for a fault.

Never a question, a sentence of a report or a key: of an error its class, for its text may repeat what was sent.
"""

import logging

from rag.settings import LogLevel


def set_up_logging(level: LogLevel | None) -> None:
    """Sends the notes of a level and above to standard error; None leaves them unwritten. For doors."""
    if level is None:
        return
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    ours = logging.getLogger("rag")  # ours alone: libraries log what is sent to endpoints
    ours.handlers = [handler]
    ours.propagate = False
    ours.setLevel(level.upper())
