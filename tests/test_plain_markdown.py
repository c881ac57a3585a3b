"""The short way for plain bodies gives exactly what Python-Markdown gives, or gives up."""

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from benchmarks.articles import article
from model.document import decode, split
from model.markup import Converter, escape_markdown, markdown_settings
from model.plain_markdown import plain_html

ROOT = Path(__file__).resolve().parents[1]
BASE = "/tinh"
HOUSE = Converter(markdown_settings(BASE))
SHIPPED = sorted([*ROOT.glob("content/**/*.md"), *ROOT.glob("sites/*/content/**/*.md")])

WORDS = st.sampled_from(
    [
        *(
            "Mưa",
            "lớn",
            "ở",
            "xã",
            "số 5",
            "28.000",
            "1.",
            "2)",
            "-5",
            "a_b",
            "x*y",
            "a-b",
            "&",
            "<",
        ),
        *(
            ">",
            "“lời”",
            '"',
            "'",
            "\\*",
            "\\_",
            "\\>",
            "\\-",
            "1\\.",
            "\\\\",
            "&amp;",
            "&lt;",
            "&#126;",
        ),
        *(
            "**đậm**",
            "** đậm**",
            "**đậm **",
            "**a**b",
            "*nghiêng*",
            "***",
            "****",
            "_x_",
            "`mã`",
            "!",
        ),
        *("[chữ](https://a.vn/b_c?d=1)", "[a](/x/)", "[a](tel:1022)", "[a](//x)", "![a](/b.png)"),
        *(
            "[a](b.md)",
            "[a]",
            "[a]: b",
            "*[A]: b",
            "|",
            ":",
            "#",
            "+",
            "=",
            "~",
            "\u00a0",
            "\u3000",
        ),
        *("https://a.vn/b", "  ", "\t", "{#a}", "A.", "é́", "\u200b", "[**a**](/b)", "**[a](/b)**"),
        *(
            "[ a](/b)",
            "[a](/b 'c')",
            "(x)",
            "\\",
            "!\\[",
            "\\![a](/b)",
            "&nbsp;",
            "&x;",
            "[a](/b)c",
        ),
    ]
)
LINES = st.lists(WORDS, min_size=1, max_size=6).map(" ".join) | st.text(
    alphabet="ab1 *_[]()`\\<>&#-+.|:=~!\n\u00a0ư", max_size=30
)
TABLES = st.builds(
    lambda rule, rows: "\n".join(["| A | B |", rule, *rows]),
    st.sampled_from(["|---|---|", "| --- | ---: |", "|:--|:-:|", "|-|-|", "|---|", "| : | - |"]),
    st.lists(
        st.builds("| {} | {} |".format, WORDS, WORDS) | LINES.map("| {} |".format), max_size=3
    ),
)
BLOCKS = st.one_of(
    LINES,
    st.lists(LINES, min_size=1, max_size=3).map("\n".join),
    st.builds("{} {}".format, st.sampled_from(["#", "##", "###", "#######", "##  "]), LINES),
    st.lists(LINES.map("- {}".format), min_size=1, max_size=3).map("\n".join),
    st.lists(LINES.map("> {}".format), min_size=1, max_size=2).map("\n".join),
    TABLES,
    st.sampled_from(["- ", ">", "---", "***", "    mã", "1. a\n2. b", "a\n---", "a\n===", ": b"]),
)
BODIES = st.lists(BLOCKS, min_size=1, max_size=6).map("\n\n".join)


def agree(body: str) -> bool:
    """Check one body; say whether it took the short way."""
    plain = plain_html(body, BASE)
    if plain is None:
        return False
    assert plain == HOUSE.full_html(body)
    return True


@settings(deadline=None, max_examples=600)
@given(BODIES)
@example("**a****b**")
@example("- a\n\n- b")
@example("> a\n\n> b")
@example("| A | B |\n|---|---|\n| x | y |")
@example("a\n\n| A | B |\n|---|---|\n| x | y | z |")
def test_it_agrees_or_gives_up(body: str) -> None:
    agree(body)


@pytest.mark.torture
@settings(deadline=None, max_examples=60_000)
@given(BODIES)
def test_it_agrees_over_many_bodies(body: str) -> None:
    agree(body)


@settings(deadline=None, max_examples=300)
@given(st.text(max_size=60) | LINES)
def test_outside_text_agrees_when_escaped(text: str) -> None:
    agree(escape_markdown(text))


def test_common_bodies_take_the_short_way() -> None:
    assert all(agree(article(number).body) for number in range(60))
    assert agree(escape_markdown("Bão số 5 & mưa <lớn>*\n- Gọi 1022 [ngay]\n1. Ở trong nhà_"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_bodies_agree(path: Path) -> None:
    agree(split(decode(path.read_bytes())).body)


def test_there_are_shipped_bodies() -> None:
    assert len(SHIPPED) > 20


def test_other_markdown_settings_never_take_the_short_way() -> None:
    other = markdown_settings(BASE)
    other["extension_configs"] |= {"tables": {"use_align_attribute": True}}
    assert Converter(markdown_settings(BASE))._base == BASE
    assert Converter(other)._base is None
    assert Converter({**markdown_settings(BASE), "extensions": ["tables"]})._base is None
    assert Converter({**markdown_settings(BASE), "tab_length": 2})._base is None
