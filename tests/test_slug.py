"""Slugs of plain words are made without the library, and are the library's."""

from hypothesis import example, given, settings
from hypothesis import strategies as st
from slugify import slugify

from model.text import _SPACES, clean, fold, one_line, slug


@settings(deadline=None, max_examples=500)
@given(
    st.text(alphabet="aăâđêôơư AZ019-–_.,'’%/ ", max_size=90) | st.text(max_size=40),
    st.sampled_from([80, 12]),
)
@example("Sốt xuất huyết", 80)
@example("--a  - b--", 80)
@example("1,000 ca", 80)
def test_a_slug_is_the_librarys(text: str, length: int) -> None:
    wanted = slugify(fold(text), max_length=length, word_boundary=True, save_order=True)
    assert slug(text, length) == wanted


@settings(deadline=None, max_examples=500)
@given(st.text(alphabet="aă\u0303 \u00a0\t\n\u200b\ufeff\u202e\u0007\u3000e\u0301", max_size=12))
def test_one_line_has_no_second_way(text: str) -> None:
    assert one_line(text) == _SPACES.sub(" ", clean(text)).strip()
