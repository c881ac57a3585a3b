"""The import table of the house: who may import whom, and who may open a socket."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = {"model", "fetchers", "plugins", "publishing"}
SOCKETS = {"socket", "requests", "urllib3", "http", "ssl", "asyncio"}
MAY_OPEN = {"fetchers/http.py", "publishing", "plugins/preview"}
PURE = ("fetchers/formats", "fetchers/cleaning")
CLOCKS = {"time", "datetime.now", "os", "pathlib", "subprocess"}
DRAWERS = {"utils", "util", "helpers", "common", "misc"}
FILES = sorted(
    path.relative_to(ROOT)
    for room in sorted(ROOMS)
    for path in (ROOT / room).rglob("*.py")
    if "__pycache__" not in path.parts
)


def imports(path: Path) -> set[str]:
    """Return the dotted names that a file imports, wherever in the file."""
    found: set[str] = set()
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found.add(node.module or "")
    return found


def allowed(path: Path) -> set[str]:
    """Return the prefixes of our own modules that a file may import."""
    room = path.parts[0]
    own = f"plugins.{path.parts[1]}" if room == "plugins" and len(path.parts) > 2 else room
    return {"model", own}


def test_there_is_something_to_check() -> None:
    assert len(FILES) > 20


@pytest.mark.parametrize("path", FILES, ids=str)
def test_imports_only_what_the_room_may(path: Path) -> None:
    for name in imports(path):
        if name.split(".")[0] in ROOMS:
            assert any(name == p or name.startswith(f"{p}.") for p in allowed(path)), name


@pytest.mark.parametrize("path", FILES, ids=str)
def test_only_the_edges_open_sockets(path: Path) -> None:
    text = path.as_posix()
    if any(text == edge or text.startswith(f"{edge}/") for edge in MAY_OPEN):
        return
    assert not {name.split(".")[0] for name in imports(path)} & SOCKETS


@pytest.mark.parametrize("path", [p for p in FILES if p.as_posix().startswith(PURE)], ids=str)
def test_the_pure_middle_touches_no_file_and_no_clock(path: Path) -> None:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    calls = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    forbidden = {
        "open",
        "datetime.now",
        "datetime.today",
        "date.today",
        "time.time",
        "datetime.utcnow",
    }
    assert not calls & forbidden
    assert not imports(path) & {"os", "pathlib", "subprocess", "tempfile", "shutil"}


@pytest.mark.parametrize("path", FILES, ids=str)
def test_no_drawer_names(path: Path) -> None:
    assert path.stem not in DRAWERS


@pytest.mark.parametrize("path", FILES, ids=str)
def test_sizes_to_feel_at_home_in(path: Path) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    assert text.count("\n") <= 300, f"{path} has more than 300 lines: is it one room or two?"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 60, f"{path}: {node.name} is too long"
