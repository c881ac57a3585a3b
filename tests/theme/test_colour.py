"""The agency's colour stays readable, whatever it is."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.documents.assets import STATIC, sheet
from plugins.documents.colour import NIGHT, WANTED, WHITE, contrast, readable

COLOUR = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


@settings(deadline=None, max_examples=60)
@given(COLOUR)
def test_any_colour_becomes_readable_by_day_and_night(colour: str) -> None:
    for ground in (WHITE, NIGHT):
        assert contrast(readable(colour, ground), ground) >= WANTED


def test_a_readable_colour_stays_as_it_is() -> None:
    assert readable("#0b4f8a", WHITE) == "#0b4f8a"
    assert contrast("#000000", WHITE) == 21


def test_the_sheet_starts_with_the_agencys_colour_and_has_no_comment() -> None:
    made = sheet((STATIC / "site.css").read_text(encoding="utf-8"), "#0b4f8a").decode()
    assert made.startswith(":root{--brand-day:#0b4f8a;--brand-night:#")
    assert "/*" not in made
    assert made.count("{") == made.count("}")


def test_every_colour_that_the_sheet_uses_is_defined() -> None:
    made = sheet((STATIC / "site.css").read_text(encoding="utf-8"), "#0b4f8a").decode()
    used, defined = set(re.findall(r"var\((--[\w-]+)", made)), set(re.findall(r"(--[\w-]+):", made))
    assert used
    assert used <= defined
