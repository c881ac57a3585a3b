"""Jinja's environment with three short cuts that change no byte of what a template gives.

A page calls some thirty methods, prints some sixty texts and asks for its templates four times;
Jinja's general way for each costs more than the work itself. `tests/test_jinja.py` compares.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from types import BuiltinMethodType, MethodType
from typing import Any

import markupsafe
from jinja2 import Environment, Template
from jinja2.runtime import Context
from markupsafe import Markup

_escape_text = getattr(markupsafe, "_escape_inner", markupsafe.escape)
"""The part of `markupsafe.escape` that is written in C, where the package still has it."""


def escape(value: Any) -> str:
    """Return what is printed of a value: as `markupsafe.escape`, but no new Markup for each."""
    kind = type(value)
    if kind is str:
        said: str = _escape_text(value)
        return said
    return value if kind is Markup else markupsafe.escape(value)


class QuickContext(Context):
    """Calls methods at once; whatever may want Jinja's context goes Jinja's way."""

    def call(__self, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 - as Jinja's
        """Call `__obj` as the template asks."""
        kind = type(__obj)
        plain = kind is MethodType and not hasattr(__obj, "jinja_pass_arg")
        if not plain and kind is not BuiltinMethodType:
            return super().call(__obj, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return __obj(*args, **kwargs)


class QuickTemplate(Template):
    """A compiled template that prints through `escape`."""

    @classmethod
    def _from_namespace(
        cls,
        environment: Environment,
        namespace: MutableMapping[str, Any],
        globals: MutableMapping[str, Any],  # noqa: A002 - Jinja's name
    ) -> Template:
        namespace["escape"] = escape
        return super()._from_namespace(environment, namespace, globals)


class QuickEnvironment(Environment):
    """Keeps its templates by name for its whole life."""

    context_class = QuickContext
    template_class = QuickTemplate

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._ready: dict[str, Template] = {}

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - Jinja's name
    ) -> Template:
        """Return a template, loaded once."""
        if globals or not isinstance(name, str):
            return super().get_template(name, parent, globals)
        found = self._ready.get(name)
        if found is None:
            found = self._ready[name] = super().get_template(name, parent, globals)
        return found
