"""Measures what editors wait for: `python -m benchmarks.editing`."""
