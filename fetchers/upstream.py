"""What a source says of a document, as a hash: it tells whether the source has changed its word."""

from __future__ import annotations

import hashlib
import json

from fetchers.normalise import Draft


def upstream_hash(draft: Draft) -> str:
    """Return the hash of what a source says of a document."""
    told = [draft.values, draft.body, draft.language, *([draft.files] if draft.files else [])]
    text = json.dumps(told, ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def entry_mark(draft: Draft) -> str:
    """Return the key that remembers what a list said of a document whose page was read."""
    return f"i{upstream_hash(draft)[:10]}"
