"""What libraries compile from text while they are loaded, kept between builds.

Modules come compiled from the disk, but each start compiles anew what they make out of text: a
hundred regular expressions, the functions of data classes and named tuples, annotations that refer
forward. A sixth of an edit went there. The results are kept beside Python's own compiled modules
and trusted as those are; Python checks an expression before it runs it (`_sre.compile`), and a file
that is damaged or of another Python counts as none. Of what is compiled once the build works only
the expressions of modules that are loaded late are kept: what comes from content never is.
"""

from __future__ import annotations

import collections
import dataclasses
import marshal
import os
import re
import sys
import typing
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from hashlib import blake2b
from importlib.util import cache_from_source
from types import CodeType, ModuleType
from typing import Any

Codes = dict[tuple[str, str], CodeType]
"""Text and mode -> code."""
Patterns = dict[tuple[str | bytes, int], tuple[Any, ...]]
"""Expression and flags -> what `_sre.compile` takes."""
_FORMAT = 1
_HASH = 16
_SPARE = 4
"""How many times what is asked for the file may hold: sites differ in the kinds they load."""


def kept_file() -> str:
    """Return where the results are: in the folder of this module's own compiled code."""
    return cache_from_source(__file__).removesuffix(".pyc") + ".texts"


@contextmanager
def kept_compilations(path: str) -> Iterator[Kept]:
    """Within the block take what is compiled from the file `path`, and note there what it lacked.

    What is yielded must be told when all is `loaded`. A module that this Python does not have, or
    has otherwise, is left as it is.
    """
    kept = Kept(path)
    code = kept.code_of

    def executed(text: str, *names: dict[str, Any]) -> None:
        exec(code(text, "exec"), *names)  # noqa: S102 - the library's own text

    def evaluated(text: str, *names: dict[str, Any]) -> Any:
        return eval(code(text, "eval"), *names)  # noqa: S307 - the library's own text

    with ExitStack() as stack:
        stack.enter_context(_shadowed(typing, "compile", lambda text, _, mode: code(text, mode)))
        stack.enter_context(_shadowed(dataclasses, "exec", executed))
        stack.enter_context(_shadowed(collections, "eval", evaluated))
        if compiler := getattr(re, "_compiler", None):
            stack.enter_context(_shadowed(compiler, "compile", kept.pattern_maker(compiler)))
        yield kept
    kept.save()


class Kept:
    """Results of compiling, by their text. `path` names the file where they are between builds."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._known_codes, self._known_patterns = _known(_body(path))
        self.codes: Codes = {}
        self.patterns: Patterns = {}
        """What was asked for this time, as `codes`."""
        self.loading = True
        """Whether modules are being loaded, and nothing else is done."""
        self.lacked = False
        """Whether something was compiled that the file did not have."""

    def loaded(self) -> None:
        """Keep no expressions from now on but those that modules have at their top level."""
        self.loading = False

    def save(self) -> None:
        """Write the file if it lacked something; where nothing can be written, do without."""
        if not self.lacked or sys.dont_write_bytecode:
            return
        codes, patterns = self.codes, self.patterns
        if len(self._known_codes) < _SPARE * len(codes):  # else of libraries that are gone
            codes, patterns = self._known_codes | codes, self._known_patterns | patterns
        body = marshal.dumps((codes, patterns))
        new = f"{self.path}.{os.getpid()}"
        with suppress(OSError):
            try:
                with open(new, "wb") as file:
                    file.write(_head(body) + body)
                os.replace(new, self.path)
            except OSError:
                os.unlink(new)

    def code_of(self, text: str, mode: str) -> CodeType:
        """Return what `compile(text, "<string>", mode)` does; `mode` is "exec" or "eval"."""
        code = self._known_codes.get((text, mode))
        if not isinstance(code, CodeType):
            code = compile(text, "<string>", mode, dont_inherit=True)
            self.lacked = True
        self.codes[text, mode] = code
        return code

    def pattern_maker(self, compiler: ModuleType) -> Callable[..., re.Pattern[Any]]:
        """Return what stands in for `re._compiler.compile`."""
        real, engine = compiler.compile, vars(compiler)["_sre"]

        def compiled(expression: Any, flags: int = 0) -> re.Pattern[Any]:
            if type(expression) not in (str, bytes) or flags & re.DEBUG:
                return real(expression, flags)  # type: ignore[no-any-return]
            if not self.loading and not _of_a_module():
                return real(expression, flags)  # type: ignore[no-any-return]
            key = (expression, int(flags))
            if known := self._known_patterns.get(key):
                with suppress(TypeError, ValueError, RuntimeError, OverflowError):  # no such thing
                    made: re.Pattern[Any] = engine.compile(*known)
                    self.patterns[key] = known
                    return made

            def noted(text: Any, flags: int, steps: list[int], *rest: Any) -> re.Pattern[Any]:
                self.patterns[key] = (text, int(flags), [int(step) for step in steps], *rest)
                self.lacked = True
                return engine.compile(text, flags, steps, *rest)  # type: ignore[no-any-return]

            with _shadowed(compiler, "_sre", _Engine(engine, noted)):
                return real(expression, flags)  # type: ignore[no-any-return]

        return compiled


def _of_a_module() -> bool:
    """Whether the caller of `re` that had our caller called is the top level of a module."""
    frame = sys._getframe(2)  # noqa: SLF001 - as `inspect` does, which is slow
    while frame.f_globals.get("__name__") == "re" and frame.f_back:
        frame = frame.f_back
    return frame.f_code.co_name == "<module>"


class _Engine:
    """`_sre` with another `compile`."""

    def __init__(self, engine: ModuleType, compile_: Callable[..., re.Pattern[Any]]) -> None:
        self._engine, self.compile = engine, compile_

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)


@contextmanager
def _shadowed(module: ModuleType, name: str, value: object) -> Iterator[None]:
    """Give a module's global, or the builtin of that name in it, another value for a while."""
    names = vars(module)
    before = names.get(name, ...)
    names[name] = value
    try:
        yield
    finally:
        if before is ...:
            del names[name]
        else:
            names[name] = before


def _known(body: bytes) -> tuple[Codes, Patterns]:
    """Return what was written; nothing if it is of another make."""
    with suppress(ValueError, TypeError, EOFError):
        codes, patterns = marshal.loads(body) if body else ({}, {})  # noqa: S302 - see `_head`
        if isinstance(codes, dict) and isinstance(patterns, dict):
            return codes, patterns
    return {}, {}


def _body(path: str) -> bytes:
    """Return what the file has behind its head; nothing if it is damaged or of another Python."""
    with suppress(OSError), open(path, "rb") as file:
        data = file.read()
        body = data[2 * _HASH :]
        if data[: 2 * _HASH] == _head(body):
            return body
    return b""


def _head(body: bytes) -> bytes:
    python = blake2b(f"{_FORMAT} {sys.version}".encode(), digest_size=_HASH).digest()
    return python + blake2b(body, digest_size=_HASH).digest()
