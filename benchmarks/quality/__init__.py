"""How good the built pages are: weight, requests, largest element, axe, Lighthouse.

`python -m benchmarks.quality` builds the shipped sites and the sample of every state, measures them
in a Chromium and writes docs/quality.md. `install` fetches axe-core and Lighthouse (needs npm).
Bytes and counts do not depend on the machine; nothing here is timed.
"""
