"""The sample site with a banner, built once; a browser in which it and its hosts have addresses.

Nothing is served: the browser's requests are answered from the built files with the headers of the
table that every server's configuration is made from, so that policies and CORS are the real ones.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from model.artwork import BY_NAME
from model.fields import VIETNAM
from model.output import Registry, registry
from publishing.headers import headers_of, table
from publishing.nginx import media_type
from tests.building import build, plugin_names, register_plugins

SAMPLE = Path(__file__).resolve().parents[1] / "sites" / "mau"
PAGES = Path(__file__).with_name("pages")
NOW = datetime(2025, 10, 29, 22, tzinfo=VIETNAM)
SITE, PORTAL = "https://mau.example.vn", "https://cong.example.vn"
ARTWORK = """artwork:
  - headline: Cài Mẫu Smart để nhận cảnh báo
    action: Cài ngay
"""
RULES = table()


def needed() -> Registry:
    """Return the families of pages, banners and widgets: nothing is printed or indexed here."""
    register_plugins(plugin_names())
    rooms = {"documents", "alerts", "banners", "widgets"}
    families = Registry()
    families.add(*(item for item in registry if type(item).__module__.split(".")[1] in rooms))
    return families


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output of the sample site, its campaign with a banner of one size."""
    folder = tmp_path_factory.mktemp("hosts") / "mau"
    shutil.copytree(SAMPLE, folder, ignore=shutil.ignore_patterns("output", ".state"))
    file = folder / "content/campaigns/cai-mau-smart.md"
    text = file.read_text(encoding="utf-8")
    if "artwork:" not in text:
        file.write_text(text.replace("goal:\n", ARTWORK + "goal:\n", 1), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        few = (BY_NAME["300x250"],)
        patch.setattr("plugins.banners.families.SIZES", few)
        patch.setattr("plugins.banners.builder.SIZES", few)
        build(folder, NOW, families=needed())
    return folder / "output"


@dataclass(frozen=True)
class Codes:
    """The codes that /nhung/ offers, in Vietnamese."""

    frames: tuple[str, ...]
    scripts: tuple[str, ...]
    banner: str
    growing: str


@pytest.fixture(scope="session")
def codes(site: Path) -> Codes:
    """Return what a webmaster copies."""
    page = (site / "nhung/index.html").read_text(encoding="utf-8")
    areas = dict(re.findall(r'<textarea id="([^"]+)"[^>]*>(.*?)</textarea>', page, re.DOTALL))
    texts = {name: unescape(text) for name, text in areas.items()}
    return Codes(
        frames=tuple(text for name, text in texts.items() if re.fullmatch(r"f-.+-vi", name)),
        scripts=tuple(text for name, text in texts.items() if re.fullmatch(r"s-.+-vi", name)),
        banner=next(text for name, text in texts.items() if name.startswith("m1-")),
        growing=texts["gian"],
    )


@dataclass
class Tab:
    """A browser's page and what was said and asked in it. `down`: whether the site is dead."""

    page: Any
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    down: bool = False


Host = tuple[str, dict[str, str]]
"""The HTML of a host's page and its headers."""


@pytest.fixture
def visit(browser: Any, site: Path) -> Callable[..., Any]:
    """Return what opens a tab in which the site and a host page are reached."""

    @contextmanager
    def opened(host: Host = ("", {}), **settings: Any) -> Iterator[Tab]:
        settings.setdefault("viewport", {"width": 800, "height": 900})
        context = browser.new_context(service_workers="block", **settings)
        tab = Tab(context.new_page())
        tab.page.clock.install(time=NOW)
        tab.page.on("pageerror", lambda error: tab.said.append(str(error)))
        tab.page.on("console", lambda m: tab.said.extend([m.text] if m.type == "error" else []))

        def answer(route: Any) -> None:
            parts = urlsplit(route.request.url)
            tab.asked.append(route.request.url)
            if f"{parts.scheme}://{parts.netloc}" == PORTAL:
                body, headers = host if parts.path == "/" else ("", {})
                route.fulfill(status=200, body=body, content_type="text/html", headers=headers)
            elif f"{parts.scheme}://{parts.netloc}" != SITE or tab.down:
                route.abort()
            else:
                route.fulfill(**answered(site, parts.path))

        context.route("**/*", answer)
        yield tab
        context.close()

    return opened


def answered(site: Path, path: str) -> dict[str, Any]:
    """Return what a server with our configuration answers."""
    file = site / path.lstrip("/")
    file = file / "index.html" if path.endswith("/") else file
    status = 200 if file.is_file() else 404
    if status == 404:
        file = site / ("embed/404.html" if path.startswith("/embed/") else "404.html")
    headers = {**headers_of(path, RULES), "Content-Type": f"{media_type(file.name)}; charset=utf-8"}
    return {"status": status, "body": file.read_bytes(), "headers": headers}


def host_page(name: str, codes: Codes, *, growing: bool = True) -> str:
    """Return a host's page with every code pasted into it."""
    text = (PAGES / name).read_text(encoding="utf-8")
    frames = "\n".join(codes.frames) + (f"\n{codes.growing}" if growing else "")
    parts = {"FRAMES": frames, "SCRIPTS": "\n".join(codes.scripts), "BANNER": codes.banner}
    for mark, code in parts.items():
        text = text.replace(f"<!--{mark}-->", code)
    return text
