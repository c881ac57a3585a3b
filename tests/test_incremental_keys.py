"""A newer programme may name its outputs by other keys, or make no more of some."""

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from model.output import Family, Key, Registry, Store
from model.site import Site
from tests import building


class Single(Family):
    """Files that exist whatever the documents are; a key never given is made all the same."""

    name: ClassVar[str] = "test-single"

    def __init__(self, keys: list[str], slow: bool = False) -> None:
        self.keys, self.slow = keys, slow  # type: ignore[misc]

    def site_keys(self, site: Site) -> Iterable[Key]:
        return [(key,) for key in self.keys]

    def path(self, key: Key) -> str:
        return "tep/" + key[0].split("-")[0]

    def render(self, key: Key, store: Store) -> bytes | None:
        return key[0].encode()


def build(site: Path, engine: str, keys: list[str], slow: bool = False) -> dict[str, bytes]:
    families = Registry()
    families.add(Single(keys, slow))
    building.build(site, engine=engine, families=families)
    return building.tree(site / "output")


def test_a_path_passes_to_another_key(tmp_path: Path) -> None:
    for slow in (False, True):
        site = building.new_site(tmp_path / f"s{slow}")
        assert build(site, "1", ["a-old", "b-old"], slow) == {"tep/a": b"a-old", "tep/b": b"b-old"}
        assert build(site, "2", ["a-new"], slow) == {"tep/a": b"a-new"}
        assert build(site, "2", ["a-new"], slow) == {"tep/a": b"a-new"}


def test_a_path_passes_on_when_only_the_settings_changed(tmp_path: Path) -> None:
    site = building.new_site(tmp_path / "s")
    build(site, "1", ["a-old", "b-old"])
    (site / "site.yaml").write_text(building.SITE_YAML + "description: Khác\n", encoding="utf-8")
    assert build(site, "1", ["a-new", "c-new"]) == {"tep/a": b"a-new", "tep/c": b"c-new"}


def test_what_a_dropped_family_made_goes(tmp_path: Path) -> None:
    site = building.new_site(tmp_path / "s")
    build(site, "1", ["a-old"])
    families = Registry()
    building.build(site, engine="2", families=families)
    assert building.tree(site / "output") == {}
