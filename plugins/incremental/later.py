"""Modules that a library loads and an edit never uses: loaded when somebody uses them.

`importlib.util.LazyLoader` does not serve: the library's own `import` asks the module for
`__spec__`, and that already loads it (Python 3.11).
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def later(name: str, *functions: str) -> None:
    """Let `import name` give a stand-in, unless the module is loaded already.

    Each of `functions` may be imported from it and loads the module when it is called; whatever
    else is asked of the stand-in loads it at once. Neither shows: what is given is the module's.
    """
    if name in sys.modules:
        return
    parent, _, last = name.rpartition(".")
    stand_in = ModuleType(name)

    def loaded(attribute: str) -> Any:
        if sys.modules.get(name) is stand_in:
            del sys.modules[name]
        return getattr(import_module(name), attribute)

    def asked(attribute: str) -> Any:
        if attribute.startswith("__"):  # what the import system asks of every module
            raise AttributeError(attribute)
        if attribute in functions and sys.modules.get(name) is stand_in:
            return lambda *values, **named: loaded(attribute)(*values, **named)
        return loaded(attribute)

    vars(stand_in)["__getattr__"] = asked
    sys.modules[name] = stand_in
    if parent:
        setattr(import_module(parent), last, stand_in)
