"""The evaluation: golden questions about reports, scores that are computed without the system's own parsers, gates."""
