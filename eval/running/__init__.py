"""Asking the system the questions of a set, live or from recorded replies."""
