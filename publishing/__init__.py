"""Puts a built site before the public, whole or not at all: releases, gate, manifest, targets.

`release.py` is the journey of one publication; `trees.py` keeps the release trees, of which one at
a time is public; `gate.py` refuses what must not go out; `headers.py` is the one table from which
the web servers' configurations are made. `<site>/publish.yaml` says where the site goes.
"""
