"""The same promises, kept by the sites that ship: every feed, map, record and description."""

import json
from pathlib import Path
from urllib.parse import urlsplit

import feedparser
import jsonschema
import pytest
from lxml import etree

from tests.building import ENGINE, build, plugin_names, register_plugins, tree
from tests.outlets.conftest import NOW
from tests.outlets.test_feeds import JSON_FEED
from tests.outlets.test_open_data import kinds_checked, tables
from tests.outlets.test_sitemap import SCHEMA
from tests.outlets.test_structured_data import look

SITES = [ENGINE, *sorted(path.parent for path in ENGINE.glob("sites/*/site.yaml"))]


def test_there_are_sites_to_look_at() -> None:
    assert len(SITES) >= 4


@pytest.fixture(params=SITES, ids=["root", *(path.name for path in SITES[1:])], scope="module")
def shipped(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output of a shipped site, built beside it."""
    register_plugins(plugin_names())
    scratch = tmp_path_factory.mktemp("shipped")
    build(request.param, NOW, output=scratch / "output", state=scratch / "s" / "build.db")
    return scratch / "output"


def test_what_machines_read_is_sound(shipped: Path) -> None:
    files = tree(shipped)
    feeds = [path for path in files if path.endswith(("/atom.xml", "/rss.xml"))]
    assert len(feeds) > 5
    for path in feeds:
        found = feedparser.parse(files[path])
        assert not found.bozo, path
        assert len({entry.id for entry in found.entries}) == len(found.entries) > 0, path
        for entry in found.entries:
            assert f"{urlsplit(entry.link).path.lstrip('/')}index.html" in files, (path, entry.link)
    json_feeds = [path for path in files if path.endswith("/feed.json")]
    assert 2 * len(json_feeds) == len(feeds)
    for path in json_feeds:
        jsonschema.validate(json.loads(files[path]), JSON_FEED)
    maps = [path for path in files if path.startswith("sitemap") and path.endswith(".xml")]
    assert len(maps) > 3
    for path in maps:
        SCHEMA.assertValid(etree.fromstring(files[path]))
    for path in (path for path in files if path.endswith((".json", ".geojson"))):
        json.loads(files[path])
    assert tables(files)
    assert len(kinds_checked(files)) > 3
    assert look(files) > 50
