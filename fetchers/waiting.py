"""Where changes wait for a person: data/review/, the whole document with the reason on top."""

from __future__ import annotations

REVIEW = "data/review"


def review_path(file: str) -> str:
    """Return where the source's text of a document waits: data/review/<kind>/<name>.md."""
    parts = file.split("/")
    return f"{REVIEW}/{parts[1]}/{parts[-1]}"


def with_reason(data: bytes, reason: str) -> bytes:
    """Return a document's text with the reason why it waits as a comment in its front matter."""
    return data.replace(b"---\n", f"---\n# Chờ duyệt: {reason}\n".encode(), 1)
