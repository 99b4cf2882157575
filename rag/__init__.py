"""Zhenbao 镇报: checked answers, summaries and tables from township annual work reports."""

__version__ = "0.2.0"
