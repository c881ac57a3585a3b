"""Every message of the interface: what templates and plugins hand to `t`, and what models name."""

import ast
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, nodes

from model.hazards import STAGES
from model.kinds import KINDS, kind_class
from model.kinds.alerts import SEVERITIES
from model.kinds.campaigns import WEEKDAYS
from model.kinds.misinformation import MANIPULATIONS, VERDICTS
from model.kinds.questions import ORIGINS
from model.sheets import FORMS
from model.widgets import THEME, read_widgets
from plugins.documents.home import TASKS

ROOT = Path(__file__).resolve().parents[1]
SPEAKERS = {"t", "words", "self"}


def of_templates() -> Iterator[str]:
    """Yield the constant first arguments of `t(...)` in the theme's templates."""
    environment = Environment()
    for path in sorted((ROOT / "theme" / "templates").rglob("*.html")):
        tree = environment.parse(path.read_text(encoding="utf-8"))
        for call in tree.find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name == "t":
                first = call.args[0]
                if isinstance(first, nodes.Const):
                    yield str(first.value)
                elif isinstance(first, nodes.CondExpr):
                    yield from (
                        str(part.value)
                        for part in (first.expr1, first.expr2)
                        if isinstance(part, nodes.Const)
                    )


def of_code() -> Iterator[str]:
    """Yield the constant first arguments of `t(...)`, `words(...)` in plugins and model."""
    for path in sorted([*(ROOT / "plugins").rglob("*.py"), *(ROOT / "model").rglob("*.py")]):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                first = node.args[0]
                if node.func.id in SPEAKERS and isinstance(first, ast.Constant):
                    yield str(first.value)


def of_models() -> Iterator[str]:
    """Yield the names of kinds, groups, verdicts, severities, origins, weekdays, tasks, sheets."""
    for kind in map(kind_class, KINDS):
        yield kind.label
        yield from (words for _, words in kind.groups.values())
    yield from (words for words, _ in VERDICTS.values())
    yield from (words for _, words in STAGES.values())
    yield from (words for words, _ in MANIPULATIONS.values())
    yield from SEVERITIES.values()
    yield from ORIGINS.values()
    yield from WEEKDAYS
    yield from TASKS.values()
    yield from (form.label for form in FORMS)


def of_widgets() -> Iterator[str]:
    """Yield the titles and purposes of widgets."""
    for widget in read_widgets([THEME]):
        yield from (widget.title, widget.about)


def messages() -> list[str]:
    """Return every message once, sorted."""
    return sorted({*of_templates(), *of_code(), *of_models(), *of_widgets()})
