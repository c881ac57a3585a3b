"""List pages: whatever happens to a list, every page that now looks different is named."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from model.output import ListChange
from plugins.documents.lists import PAGE, ListPages, archives

Pages = dict[str, tuple[object, ...]]


def pages_of(members: list[str]) -> Pages:
    """Return what each page of a list shows: its members and whether a newer page is linked."""
    last = archives(len(members))
    found: Pages = {"0": (tuple(members[last * PAGE :]), last)} if members else {}
    for number in range(1, last + 1):
        shown = tuple(members[(number - 1) * PAGE : number * PAGE])
        found[str(number)] = (shown, number < last)
    return found


@settings(deadline=None, max_examples=300)
@given(st.integers(0, 90), st.integers(0, 90), st.sampled_from(["add", "remove", "edit"]))
@example(34, 25, "remove")
@example(33, 0, "add")
@example(40, 39, "remove")
@example(59, 59, "add")
def test_every_page_that_changes_is_named(size: int, rank: int, what: str) -> None:
    before = [f"d{number}" for number in range(size)]
    after = list(before)
    rank = min(rank, size if what == "add" else size - 1)
    if rank < 0:
        return
    if what == "add":
        after.insert(rank, "new")
    elif what == "remove":
        del after[rank]
    else:
        after[rank] += " edited"
    shifted = None if what == "edit" else rank
    edited = frozenset({rank}) if what == "edit" else frozenset()
    change = ListChange("news", size, len(after), shifted, edited, max(len(after) - 1 - rank, 0))
    named = {key[1] for key in ListPages().list_keys(change)}
    old, new = pages_of(before), pages_of(after)
    assert {
        number for number in old.keys() | new.keys() if old.get(number) != new.get(number)
    } <= named


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 5000))
def test_an_addition_names_few_pages_at_any_size(size: int) -> None:
    change = ListChange("news", size, size + 1, size, frozenset(), 0)
    assert len(list(ListPages().list_keys(change))) <= 3
