"""Measurements: run them as `python -m benchmarks.NAME`; README.md in this folder shows what they came to."""
