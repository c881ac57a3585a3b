"""Slugs of plain words are made without the library, and are the library's."""

from hypothesis import example, given, settings
from hypothesis import strategies as st
from slugify import slugify

from model.text import fold, slug


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
