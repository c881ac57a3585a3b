"""Brings facts in: fetch -> parse -> normalise -> write, an Outcome a source.

`sources.yaml` says where from (`model.source`). A source's journey:

1. `fetchers.fetch` asks for the address through `fetchers.http` (the only module with a socket) or
   through a recording. “Not modified” ends the journey with no file touched.
2. In a child process with CPU and memory limits (`fetchers.child`) the format's `parse` turns the
   bytes into plain dicts (`fetchers.formats`) and the kind's `drafts` turns the dicts into
   documents to be (`fetchers.normalise`).
3. `fetchers.write` finds out which document each draft is (`fetchers.identity`), and writes by the
   three-way rule: new -> write, untouched -> update, edited by a person -> leave it and put the
   source's text in `data/review/`.

To add a format see `fetchers.formats`; to add a kind see `fetchers.normalise`.
"""
