"""A site to fetch into, and servers that are made of answers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fetchers.exchange import Answer, FetchError, Request
from fetchers.fetch import Fetcher
from fetchers.outcome import Outcome
from fetchers.pipeline import Pipeline, Settings
from model.content import Loaded, content_files, load
from model.source import Source, read_source

NOW = datetime(2026, 10, 3, 5, tzinfo=UTC)
SITE = """name: Trang thử
url: https://thu.example.vn
agency: {name: Cơ quan thử, email: lienhe@example.vn}
"""


@dataclass
class Canned:
    """A Transport that answers with bytes kept by address."""

    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[Request] = field(default_factory=list)

    def put(self, url: str, data: bytes, status: int = 200, **headers: str) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[url] = (status, named, data)

    def ask(self, request: Request, into: Path) -> Answer:
        self.asked.append(request)
        if request.url not in self.answers:
            raise FetchError("không có máy chủ", dead=True)
        status, headers, data = self.answers[request.url]
        etag = headers.get("etag")
        if etag and request.headers.get("If-None-Match") == etag:
            return Answer(request.url, 304, headers)
        if status != 200:
            return Answer(request.url, status, headers)
        into.write_bytes(data)
        return Answer(request.url, status, headers, into)


@dataclass
class Desk:
    """A site's folder and what tests do with it."""

    folder: Path
    web: Canned = field(default_factory=Canned)
    sources: dict[str, Source] = field(default_factory=dict)
    now: datetime = NOW

    def source(self, identity: str = "bao-a", **block: object) -> Source:
        values = {
            "name": identity,
            "url": f"https://{identity}.example.vn/rss",
            "format": "rss",
            **block,
        }
        self.sources[identity] = read_source(identity, values)
        return self.sources[identity]

    def run(self, *names: str, **settings: bool) -> list[Outcome]:
        chosen = [self.sources[name] for name in names] or list(self.sources.values())
        fetcher = Fetcher(self.web, "Loa/test", sleep=lambda _: None)
        how = Settings(self.folder, self.now, asked=True, **settings)
        return Pipeline(fetcher, how, self.sources).run(chosen)

    def documents(self) -> dict[str, Loaded]:
        return {
            file: load(file, (self.folder / file).read_bytes())
            for file in sorted(content_files(self.folder))
        }

    def snapshot(self) -> dict[str, bytes]:
        """Everything that git would see."""
        return {
            path.relative_to(self.folder).as_posix(): path.read_bytes()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file() and ".state" not in path.parts
        }


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    (tmp_path / "site.yaml").write_text(SITE, encoding="utf-8")
    (tmp_path / "sources.yaml").write_text("{}\n", encoding="utf-8")
    return Desk(tmp_path)


Feed = Callable[..., bytes]


@pytest.fixture
def feed() -> Feed:
    """Make an RSS feed of items given as dicts of element -> XML text."""

    def make(*items: dict[str, str], head: str = "") -> bytes:
        body = "".join(
            "<item>"
            + "".join(f"<{name}>{text}</{name}>" for name, text in item.items())
            + "</item>"
            for item in items
        )
        return f'<rss version="2.0"><channel><title>A</title>{head}{body}</channel></rss>'.encode()

    return make
