"""The form editor for those who do not use git: Decap CMS, configured from the kinds' own classes.

`make editor` fetches it by npm into `.editor/` (git-ignored, never published); `make serve` shows
it under /admin/ and answers its calls for files. `python -m plugins.editor config` prints the
configuration: for this machine, or with `--host` for a shared git server.
"""
