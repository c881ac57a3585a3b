"""The child process: what it may do to itself, and that nobody else notices."""

import multiprocessing
import os
import time

import pytest

from fetchers import child
from fetchers.formats import Unreadable


def double(value: int) -> int:
    return 2 * value


def eat_memory() -> int:
    return len(bytearray(4 * child.MEMORY))


def leave() -> None:
    os._exit(3)


def nest(depth: int) -> int:
    return nest(depth + 1)


def fail(message: str) -> None:
    raise Unreadable(message)


def blunder() -> None:
    raise KeyError("oops")


def wait() -> None:
    time.sleep(3600)


def spin() -> None:
    while True:
        pass


def test_a_job_gives_its_value() -> None:
    assert child.run(double, 21) == 42


def test_memory_beyond_the_limit_ends_the_child_only() -> None:
    with pytest.raises(child.ChildDied, match="bộ nhớ"):
        child.run(eat_memory)
    assert child.run(double, 1) == 2


def test_a_child_that_is_gone_is_said() -> None:
    with pytest.raises(child.ChildDied, match="đọc dữ liệu quá"):
        child.run(leave)


def test_endless_nesting_is_no_crash() -> None:
    with pytest.raises(child.ChildDied):
        child.run(nest, 0)


def test_what_is_expected_comes_across_as_a_line() -> None:
    with pytest.raises(child.Refused, match="không phải RSS"):
        child.run(fail, "không phải RSS", expected=(Unreadable,))


def test_a_fault_of_the_program_keeps_its_traceback() -> None:
    with pytest.raises(child.ChildCrashed, match="KeyError: 'oops'"):
        child.run(blunder)


def test_a_child_that_only_waits_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "WALL_SECONDS", 1)
    with pytest.raises(child.ChildDied, match=r"đọc dữ liệu quá 1 giây$"):
        child.run(wait)
    assert multiprocessing.active_children() == []


@pytest.mark.torture
def test_a_loop_without_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its own processor time ends it; how long that takes is the machine's affair."""
    monkeypatch.setattr(child, "WALL_SECONDS", 3600)
    with pytest.raises(child.ChildDied, match="đọc dữ liệu quá 20 giây máy"):
        child.run(spin)
