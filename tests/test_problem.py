"""What pydantic says of a field, as an editor reads it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import Field, ValidationError

from model.fields import Clock, Group
from model.problem import _WRITTEN, from_validation

ASKED = re.compile(r'pattern=r"([^"]+)"')


def test_every_pattern_has_words_and_an_example_that_fits_it() -> None:
    code = "".join(
        file.read_text(encoding="utf-8")
        for file in (Path(__file__).parents[1] / "model").rglob("*.py")
    )
    assert set(ASKED.findall(code)) == set(_WRITTEN)
    for pattern, words in _WRITTEN.items():
        example = words.rpartition("ví dụ ")[2]
        assert example
        assert re.search(pattern, example), words


class Tried(Group):
    before: Clock = "15:00"
    share: float = Field(1, gt=0, le=0.5)


@pytest.mark.parametrize(
    ("given", "message", "cure"),
    [
        ({"before": "15h"}, "“15h” sai cách viết", "viết giờ và phút, ví dụ 15:00"),
        ({"share": 0}, "phải lớn hơn 0", "sửa lại con số"),
        ({"share": 2}, "không được quá 0,5", "sửa lại con số"),
    ],
)
def test_what_is_wrong_is_said_without_code(given: dict[str, Any], message: str, cure: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Tried.model_validate(given)
    (problem,) = from_validation(caught.value, "site.yaml", {})
    assert (problem.message, problem.cure) == (message, cure)
