"""The options of a page's source, as the type that its format declared in `model.options`."""

from __future__ import annotations

from typing import TypeVar

from fetchers.formats import Page
from model.fields import Group

Options = TypeVar("Options", bound=Group)


def settings(page: Page, shape: type[Options]) -> Options:
    """Return the options; TypeError when the format's line in `OPTIONS` names another class."""
    options = page.source.options
    if not isinstance(options, shape):
        raise TypeError(f"{page.source.format}: {type(options).__name__} is no {shape.__name__}")
    return options
