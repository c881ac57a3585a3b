"""What a script of the theme loads besides itself: other scripts of its folder, by their names."""

from __future__ import annotations

import re
from collections.abc import Callable

_IMPORTED = re.compile(r"""((?:from\s*|import\()["'])\./([\w-]+\.js)(?=["'])""")


def imported(script: str) -> list[str]:
    """Return the names of the scripts that a script loads, in its order."""
    return [found[2] for found in _IMPORTED.finditer(script)]


def renamed(script: str, name: Callable[[str], str]) -> str:
    """Return the script with every name of a script that it loads replaced by `name` of it."""
    return _IMPORTED.sub(lambda found: f"{found[1]}./{name(found[2])}", script)
