"""Search beside its peers: quality, bytes, time. `python -m benchmarks.search`."""
