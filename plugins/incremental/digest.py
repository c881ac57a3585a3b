"""The hash that says whether two things are the same."""

from __future__ import annotations

try:
    from _blake2 import blake2b  # `hashlib` would load all of OpenSSL before the first look
except ImportError:
    from hashlib import blake2b

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


def digest(parts: Iterable[str | bytes]) -> str:
    """Return a short hash of texts or bytes in their order."""
    total = blake2b(digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        total.update(len(data).to_bytes(8, "big"))
        total.update(data)
    return total.hexdigest()
