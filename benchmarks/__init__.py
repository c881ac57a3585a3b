"""Measures the build beside other generators on the same synthetic site: `python -m benchmarks`."""
