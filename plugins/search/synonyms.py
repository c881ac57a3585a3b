"""The tables of synonyms and of what people say: the engine's and the site's own, all YAML."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeGuard

from model.document import decode, parse_yaml
from model.problem import Problem, Problems
from plugins.search.analysis import Aliases, Sayings, units

ENGINE = Path(__file__).with_name("aliases.yaml")
OWN = "data/search/aliases.yaml"
"""The site's own table, below its folder."""
OWN_SAID = "data/search/said.yaml"
"""The site's own table of what people say of its documents."""


def read_groups(data: bytes, file: str) -> list[list[str]]:
    """Return the groups of words in a table; raise Problems that name the file and the cure."""
    return _groups(data, file, _is_group, "“- [viết tắt, viết đầy đủ]” có từ hai từ trở lên")


def read_said(data: bytes, file: str) -> list[tuple[list[str], list[str]]]:
    """Return (words of documents, what people say) of a table; raise Problems as above."""
    groups = _groups(data, file, _is_said, "“- of: [từ trong bài]” và “  said: [lời người dân]”")
    return [(group["of"], group["said"]) for group in groups]


def _groups(data: bytes, file: str, fits: Callable[[object], bool], form: str) -> list[Any]:
    try:
        values = parse_yaml(decode(data))
    except Problems as error:
        raise Problems([problem.at(file) for problem in error.problems]) from None
    found = values.get("groups", [])
    groups = found if isinstance(found, list) else [None]
    if set(values) - {"groups"} or not all(map(fits, groups)):
        problem = Problem(
            file,
            field="groups",
            message="có nhóm không đúng dạng",
            cure=f"mỗi nhóm là một dòng {form}",
        )
        raise Problems([problem])
    return groups


def _is_group(group: object) -> bool:
    return _are_words(group) and len(group) > 1


def _is_said(group: object) -> bool:
    return (
        isinstance(group, dict)
        and set(group) == {"of", "said"}
        and all(map(_are_words, group.values()))
    )


def _are_words(group: object) -> TypeGuard[list[str]]:
    return (
        isinstance(group, list)
        and bool(group)
        and all(isinstance(word, str) and units(word) for word in group)
    )


def _tables(folder: Path | None, own: str) -> Iterator[tuple[bytes, str]]:
    """Yield the engine's table and, if there is one, the site's in `folder`, with their names."""
    yield ENGINE.with_name(Path(own).name).read_bytes(), f"plugins/search/{Path(own).name}"
    if folder and (folder / own).is_file():
        yield (folder / own).read_bytes(), own


def load_aliases(folder: Path | None = None) -> tuple[Aliases, str]:
    """Return the tables for the site in `folder` and the text that they were made from."""
    same, said = list(_tables(folder, OWN)), list(_tables(folder, OWN_SAID))
    groups = [group for data, file in same for group in read_groups(data, file)]
    sayings = [group for data, file in said for group in read_said(data, file)]
    text = b"\n".join(data for data, _ in (*same, *said)).decode()
    return Aliases(groups, Sayings(sayings)), text
