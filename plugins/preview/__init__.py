"""`make serve`: the site as it will be, at http://127.0.0.1:8000, new after each saved file.

Drafts and scheduled documents are shown and marked; a bar on each page names its file, its state
and its problems. Everything of the preview's own lies in `.state/preview/` and is added to answers
on their way out, so nothing of it can reach published bytes. Only this machine can connect; under
/admin/ stands the form editor, if `make editor` installed it, and its calls for files are answered.
"""
