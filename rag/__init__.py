"""Zhenbao 镇报: checked answers, summaries and tables from township annual work reports."""

import logging

logging.getLogger(__name__).addHandler(logging.NullHandler())  # silent until a door sets it up

__version__ = "0.10.0"
