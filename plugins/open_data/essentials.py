"""`llms.txt` (llmstxt.org): what matters, as plain text: for assistants and for weak lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from model.kinds import kind_class
from model.output import Family, Key, Store
from model.site import Hotline, Site
from model.words import Words


class Essentials(Family):
    """`llms.txt`: from `site.yaml` alone, so no document's change touches it."""

    name: ClassVar[str] = "essentials"

    def site_keys(self, site: Site) -> Iterable[Key]:
        """Return the one file."""
        return [("llms",)]

    def path(self, key: Key) -> str:
        """Return "llms.txt"."""
        return "llms.txt"

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the text."""
        return ("\n".join(_lines(store.site)) + "\n").encode()


def _lines(site: Site) -> Iterator[str]:
    yield from (f"# {site.name}", "")
    if site.description:
        yield from (f"> {site.description}", "")
    if site.demo:
        note = "Trang mẫu: không phải trang chính thức của cơ quan nào."
        yield from (f"{note} {site.demo_note}".strip(), "")
    yield f"Cơ quan chịu trách nhiệm: {site.agency.name}."
    if site.hotlines:
        yield from ("", "## Số điện thoại cần gọi", "")
        yield from (f"- {_hotline(line)}" for line in site.hotlines)
    if site.first_advice:
        yield from ("", "## Việc cần làm ngay", "")
        yield from (f"{number}. {step}" for number, step in enumerate(site.first_advice, 1))
        if site.advice_source:
            yield f"\nNguồn: {site.advice_source.name}"
    yield from ("", "## Nội dung", "")
    if "alerts" in site.kinds:
        yield f"- [Cảnh báo đang có hiệu lực]({site.absolute('/canh-bao/hien-tai.json')})"
    for kind in site.kinds:
        model = kind_class(kind)
        if model.prefix:
            yield f"- [{model.label}]({site.absolute(f'/{model.prefix}/')})"
    yield f"- [Dữ liệu mở]({site.absolute('/du-lieu/')})"
    if site.channels:
        yield from ("", "## Kênh chính thức", "")
        yield from (
            f"- {channel.name}" + (f": {channel.url}" if channel.url else "")
            for channel in site.channels
        )
    if site.licence:
        yield from ("", f"Giấy phép: {site.licence} {site.licence_url or ''}".rstrip())


def _hotline(line: Hotline) -> str:
    words = Words()
    parts = [f"{line.number}: {line.label}", line.purpose, line.hours, line.cost]
    if line.free_until:
        parts.append(f"miễn cước đến {words.date(line.free_until)}")
    return "; ".join(filter(None, parts))
