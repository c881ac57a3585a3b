"""What is compiled from text at the start, kept between builds: the same as compiled anew."""

import collections
import dataclasses
import importlib
import marshal
import re
import sys
import typing
from pathlib import Path
from typing import Any

import pytest

from plugins.incremental import compiled
from plugins.incremental.compiled import Kept, kept_compilations, kept_file

EXPRESSIONS: list[tuple[Any, int]] = [
    (r"(?P<số>\d+)\s+(?P<nơi>xã|phường)\b", re.IGNORECASE),
    (r"(?P<số>\d+)\s+(?P<nơi>xã|phường)\b", 0),
    (r"[^\x09\x0a\x0d\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd]|[ạ-ỹ]+?", 0),
    (rb"[\x80-\xff]+|a(b)?", 0),
    ("a(b)?", re.VERBOSE | re.MULTILINE),
    (r"(?i:tin) (?=giả|sai)(?<!không )", re.DOTALL),
]
TEXTS = ["12 Xã", "12 xã Ngũ Lạc", "ạỹ\x01", "tin giả", "TIN sai", "ab", ""]


@pytest.fixture(autouse=True)
def python_may_write(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let compiled code be kept, wherever the tests run."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


def started(path: Path) -> dict[str, Any]:
    """Do what libraries do while they are loaded; return what came of it."""
    re.purge()
    with kept_compilations(str(path)):
        made = dataclasses.make_dataclass("Made", [("name", str), ("at", int)], frozen=True)
        pair = collections.namedtuple("pair", "left right")
        reference = typing.ForwardRef("dict[str, int] | None")
        patterns = [re.compile(text, flags) for text, flags in EXPRESSIONS]
    assert not {"compile", "exec", "eval"} & (
        vars(typing).keys() | vars(dataclasses).keys() | vars(collections).keys()
    )
    return {"made": made, "pair": pair, "reference": reference, "patterns": patterns}


def told(start: dict[str, Any]) -> list[object]:
    """Return all that can be seen of what was made."""
    made, patterns = start["made"]("Xã", 3), start["patterns"]
    with pytest.raises(dataclasses.FrozenInstanceError):
        made.name = "Phường"
    found = [
        [(match.span(), match.groupdict(), match.lastgroup) for match in pattern.finditer(text)]
        for pattern in patterns
        for text in (
            [text.encode() for text in TEXTS] if isinstance(pattern.pattern, bytes) else TEXTS
        )
    ]
    about = [(pattern.pattern, pattern.flags, pattern.groups) for pattern in patterns]
    where: dict[str, Any] = {}
    reference = typing.get_type_hints(
        type("Holder", (), {"__annotations__": {"it": start["reference"]}}), where
    )
    same = made == start["made"]("Xã", 3), hash(made) == hash(start["made"]("Xã", 3))
    return [repr(made), same, start["pair"](1, right=2), reference, about, found]


def test_what_is_kept_is_what_would_be_compiled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "kept"
    first = told(started(path))
    assert path.stat().st_size > 1000
    written = path.stat().st_mtime_ns

    def refused(*_: object, **__: object) -> None:
        raise AssertionError("compiled again")

    monkeypatch.setattr(re._parser, "parse", refused)  # type: ignore[attr-defined]
    monkeypatch.setattr(compiled, "compile", refused, raising=False)
    again = started(path)
    monkeypatch.undo()
    assert told(again) == first
    assert path.stat().st_mtime_ns == written, "nothing was lacking, nothing is written"
    re.purge()
    anew = [re.compile(text, flags) for text, flags in EXPRESSIONS]
    assert again["patterns"] == anew


@pytest.mark.parametrize("harm", ["cut", "a bit turned", "another Python", "empty", "a folder"])
def test_a_file_that_cannot_be_believed_counts_as_none(tmp_path: Path, harm: str) -> None:
    path = tmp_path / "kept"
    first = told(started(path))
    data = path.read_bytes()
    path.unlink()
    if harm == "a folder":
        path.mkdir()
    else:
        turned = data[:-5] + bytes([data[-5] ^ 1]) + data[-4:]
        other = bytes([data[0] ^ 1]) + data[1:]
        harmed = {"cut": data[:-9], "a bit turned": turned, "another Python": other, "empty": b""}
        path.write_bytes(harmed[harm])
    assert Kept(str(path))._known_codes == {}
    assert told(started(path)) == first
    assert [file.name for file in tmp_path.iterdir()] == ["kept"]
    if harm != "a folder":
        assert len(Kept(str(path))._known_codes) > 3, "whole again"


BAD_STEPS: dict[Any, Any] = {
    (text, int(flags)): (text, int(flags), [1, 2, 3], 0, {}, ()) for text, flags in EXPRESSIONS
}


@pytest.mark.parametrize(
    "body",
    [
        b"no marshal",
        marshal.dumps(5),
        marshal.dumps((None, None)),
        marshal.dumps(([], [])),
        marshal.dumps(({}, {}, {})),
        marshal.dumps(({("dict[str, int] | None", "eval"): 5}, {})),
        marshal.dumps(({}, dict.fromkeys(BAD_STEPS, (1, 2)))),
        marshal.dumps(({}, BAD_STEPS)),
    ],
)
def test_what_no_start_wrote_does_no_harm(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "kept"
    path.write_bytes(compiled._head(body) + body)
    assert told(started(path)) == told(started(tmp_path / "other"))


def test_where_nothing_can_be_written_all_is_compiled(tmp_path: Path) -> None:
    assert told(started(tmp_path / "nowhere" / "kept")) == told(started(tmp_path / "kept"))
    assert not (tmp_path / "nowhere").exists()


def test_what_is_asked_for_no_more_goes_when_there_is_much_of_it(tmp_path: Path) -> None:
    path = tmp_path / "kept"

    def asked(numbers: range) -> None:
        kept = Kept(str(path))
        for number in numbers:
            kept.code_of(f"{number}", "eval")
        kept.save()

    asked(range(40))
    asked(range(40, 60))
    assert len(Kept(str(path))._known_codes) == 60, "sites differ in what they load"
    asked(range(60, 70))
    assert len(Kept(str(path))._known_codes) == 10


def test_an_error_in_a_text_is_the_one_that_python_raises(tmp_path: Path) -> None:
    with kept_compilations(str(tmp_path / "kept")), pytest.raises(SyntaxError):
        typing.ForwardRef("dict[str")
    with kept_compilations(str(tmp_path / "kept")), pytest.raises(re.error, match="unterminated"):
        re.compile("(không")


LATE = """
import re
AT_THE_TOP = re.compile(r"(?i)mười|một trăm \\d+")
def asked(what):
    return re.compile(f"số {what}")
"""


def test_of_what_is_compiled_later_only_what_modules_have_at_their_top_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "kept"
    (tmp_path / "loa_module_loaded_late.py").write_text(LATE, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    for _ in range(2):
        re.purge()
        sys.modules.pop("loa_module_loaded_late", None)
        with kept_compilations(str(path)) as kept:
            kept.loaded()
            late = importlib.import_module("loa_module_loaded_late")
            assert late.asked(3).fullmatch("số 3")
        assert late.AT_THE_TOP.fullmatch("Một trăm 12")
    expressions = {expression for expression, _ in Kept(str(path))._known_patterns}
    assert late.AT_THE_TOP.pattern in expressions
    assert not [expression for expression in expressions if expression == "số 3"]


def test_where_python_may_not_write_compiled_code_nor_do_we(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    started(tmp_path / "kept")
    assert not (tmp_path / "kept").exists()


def test_it_lies_with_pythons_own_compiled_modules() -> None:
    assert Path(kept_file()).parent.name == "__pycache__"
    assert kept_file().endswith(".texts")
