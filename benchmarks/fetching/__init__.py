"""Measures `python -m fetchers run` on many hosts: `python -m benchmarks.fetching`."""
