"""The short cuts in Jinja's environment give the bytes of Jinja without them."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment, StrictUndefined, UndefinedError, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from plugins.incremental.jinja import QuickEnvironment, escape
from tests import building

MAU = Path(__file__).parent / "sites" / "mau"
PIECES = {
    "base.html": "<{% block a %}{{ x }}{% endblock %}>{{ y ~ x }}{{ [x, y] }}{{ none }}{{ 1.5 }}",
    "page.html": (
        '{% extends "base.html" %}{% from "parts.html" import show with context %}'
        "{% block a %}{{ super() }}{{ show(x) }}{% for c in y %}{{ c.upper() }}"
        '{{ loop.index }}{{ show("{}<{}".format(c, x)) }}{% endfor %}{% set z %}<b>{{ x }}'
        "{% endset %}{{ z }}{{ z ~ x }}{{ x | e }}{{ (x | safe) + y }}{{ seen(y) }}"
        '{% include "row.html" %}{% call wrap() %}{{ y }}&{% endcall %}{% endblock %}'
        "{% macro wrap() %}<i>{{ caller() }}</i>{% endmacro %}"
    ),
    "parts.html": "{% macro show(v) %}<p>{{ v }}|{{ y.strip() }}</p>{% endmacro %}",
    "row.html": "{{ x.replace('a', '<') }}{{ things.both(y) }}",
}


class Things:
    """A view with a method that asks for Jinja's context and one that does not."""

    def both(self, value: str) -> Markup:
        """Return markup."""
        return Markup("<u>{}</u>").format(value)


@pass_context
def seen(context: Context, value: str) -> str:
    """Return what the context holds besides."""
    return f"{value}<{context['x']}"


def rendered(kind: type[Environment], x: str, y: str) -> str:
    """Return the page that an environment of this kind makes."""
    environment = kind(loader=DictLoader(PIECES), autoescape=True, undefined=StrictUndefined)
    environment.globals["seen"] = seen
    page = environment.get_template("page.html")
    assert page.render(x=x, y=y, things=Things()) == page.render(x=x, y=y, things=Things())
    return page.render(x=x, y=y, things=Things())


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=8), st.text(max_size=8))
def test_every_way_of_printing_gives_the_same(x: str, y: str) -> None:
    assert rendered(QuickEnvironment, x, y) == rendered(Environment, x, y)


def test_what_is_printed_is_escaped_once() -> None:
    assert escape("<a>") == "&lt;a&gt;"
    assert escape(Markup("<a>")) == "<a>"
    assert escape(7) == "7"


def test_an_unknown_name_is_an_error_still() -> None:
    environment = QuickEnvironment(
        loader=DictLoader({"a": "{{ page.nothing.there }}", "b": "{{ page() }}"}),
        undefined=StrictUndefined,
    )
    for name in ("a", "b"):
        with pytest.raises((UndefinedError, TypeError)):
            environment.get_template(name).render(page=Things())
    with pytest.raises(UndefinedError):
        environment.get_template("a").render()


def plain(*arguments: Any, **named: Any) -> Environment:
    """Return Jinja's own environment."""
    return Environment(*arguments, **named)


def test_a_whole_site_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    building.register_plugins(building.plugin_names())

    def built(name: str) -> dict[str, bytes]:
        state = tmp_path / name / "build.db"
        building.build(MAU, output=tmp_path / name / "output", state=state)
        return building.tree(tmp_path / name / "output")

    quick = built("quick")
    with monkeypatch.context() as patch:
        patch.setattr("plugins.incremental.jinja.QuickEnvironment", plain)
        ours = built("plain")
    assert len(quick) > 100
    assert building.differences(quick, ours) == []
