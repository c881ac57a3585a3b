"""The table of abbreviations and synonyms: the engine's and the site's own, both YAML."""

from __future__ import annotations

from pathlib import Path

from model.document import decode, parse_yaml
from model.problem import Problem, Problems
from plugins.search.analysis import Aliases, units

ENGINE = Path(__file__).with_name("aliases.yaml")
OWN = "data/search/aliases.yaml"
"""The site's own table, below its folder."""


def read_groups(data: bytes, file: str) -> list[list[str]]:
    """Return the groups of words in a table; raise Problems that name the file and the cure."""
    try:
        values = parse_yaml(decode(data))
    except Problems as error:
        raise Problems([problem.at(file) for problem in error.problems]) from None
    found = values.get("groups", [])
    groups: list[list[str]] = found if isinstance(found, list) else [[]]
    if set(values) - {"groups"} or not all(map(_is_group, groups)):
        raise Problems(
            [
                Problem(
                    file,
                    field="groups",
                    message="có nhóm không đúng dạng",
                    cure="mỗi nhóm là một dòng “- [viết tắt, viết đầy đủ]” có từ hai từ trở lên",
                )
            ]
        )
    return groups


def _is_group(group: object) -> bool:
    return (
        isinstance(group, list)
        and len(group) > 1
        and all(isinstance(word, str) and units(word) for word in group)
    )


def load_aliases(folder: Path | None = None) -> tuple[Aliases, str]:
    """Return the table for the site in `folder` and the text that it was made from."""
    data = ENGINE.read_bytes()
    groups = read_groups(data, "plugins/search/aliases.yaml")
    own = folder / OWN if folder else None
    if own and own.is_file():
        more = own.read_bytes()
        data, groups = data + more, groups + read_groups(more, OWN)
    return Aliases(groups), data.decode()
