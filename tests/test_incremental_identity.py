"""An incremental build's tree equals a clean build's, byte for byte, whatever was edited before."""

import os
import shutil
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

import plugins.documents.assets
from model.artwork import BY_NAME
from model.document import join
from model.fields import VIETNAM
from model.sheets import FORMS
from tests import building
from tests.test_kinds import LEAST

KINDS = (*LEAST, "news", "news", "alerts", "statistics")
SECTIONED = {"news", "misinformation", "guides", "questions"}
SLUGS = st.sampled_from([f"bai-{letter}" for letter in "abcdefghijkl"] + ["bai-a.en"])
WORDS = st.sampled_from(["Mưa lớn", "Vắc xin", "Sốt xuất huyết", "Đường dây nóng", "Nước sạch"])
LINES = (
    "",
    "description: Khác\n",
    "kinds: [news, pages, alerts]\n",
    "demo: true\n",
    "languages: [vi, en]\n",
)
SIZES = {
    "CARDS",
    "ENTRIES",
    "EPISODES",
    "GROUP",
    "GUIDES",
    "LATEST",
    "MOST",
    "PAGE",
    "PER_LEAF",
    "SHARD",
}
"""Constants that say how many documents an output shows: made small, so that few overflow."""
HOURS = st.integers(0, 60)
START = datetime(2021, 8, 1, tzinfo=UTC)
TIMES = st.one_of(st.none(), HOURS.map(lambda hour: START + timedelta(hours=hour)))


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, str]:
    """Draw (kind, text) of a valid document; {slug} in the text stands for its file's name."""
    kind = draw(st.sampled_from(KINDS))
    begun = START + timedelta(hours=draw(HOURS))
    values: dict[str, Any] = {
        **LEAST[kind],
        "title": draw(WORDS) + " " + str(draw(st.integers(0, 3))),
        "date": begun.isoformat(),
        "tags": draw(st.lists(WORDS, max_size=2)),
        "status": draw(st.sampled_from(["published", "published", "published", "draft"])),
    }
    if kind in SECTIONED:
        values["section"] = draw(st.sampled_from(["", "y-te", "thien-tai"]))
    publish, expire = draw(TIMES), draw(TIMES)
    if publish:
        values["publish_at"] = publish.isoformat()
    if kind == "alerts":
        day = begun.astimezone(VIETNAM).strftime("%Y%m%d")
        values["identifier"] = f"vn-80-{{slug}}-{day}-{draw(st.integers(1, 999))}"
        expire = max(begun, publish or begun) + timedelta(hours=draw(st.integers(1, 40)))
    if expire and (publish is None or expire > publish):
        values["expires"] = expire.isoformat()
    if kind == "guides" and draw(st.booleans()):
        values["app"] = {"name": draw(WORDS), "replaced_by": draw(st.sampled_from(["", "bai-a"]))}
    if kind == "campaigns":
        values["artwork"] = [{"headline": draw(WORDS), "qr": False}]
        values["reports"] = [{"every": "day", "before": "15:00"}]
        values["reporters"] = ["25567", "25516"]
    return kind, join(values, draw(WORDS))


class Editing(RuleBasedStateMachine):
    """A site under random edits; after each, the incremental tree is compared with a clean one."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp())
        self.site = building.new_site(self.root / "trang thử")
        self.theme = self.root / "theme"
        shutil.copytree(building.ENGINE / "theme", self.theme)
        self.now = START + timedelta(hours=30)
        self.series("3")
        self.step = 0

    def teardown(self) -> None:
        shutil.rmtree(self.root)

    @initialize(texts=st.lists(st.tuples(SLUGS, documents()), min_size=3, max_size=9))
    def fill(self, texts: list[tuple[str, tuple[str, str]]]) -> None:
        for slug, (kind, text) in texts:
            self.put(kind, slug, text)

    def put(self, kind: str, slug: str, text: str) -> None:
        files = list((self.site / "content" / kind).rglob(f"{slug}.md"))
        file = files[0] if files else self.site / "content" / kind / f"{slug}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        name = slug.replace(".", "-")
        file.write_text(text.replace("{slug}", name), encoding="utf-8")

    def series(self, value: str) -> None:
        file = self.site / LEAST["statistics"]["series"]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"date,cases\n2021-08-01,1\n2021-08-02,{value}\n", encoding="utf-8")

    def files(self) -> list[Path]:
        return sorted((self.site / "content").rglob("*.md"))

    @rule(slug=SLUGS, document=documents())
    def write(self, slug: str, document: tuple[str, str]) -> None:
        self.put(document[0], slug, document[1])

    @precondition(lambda self: self.files())
    @rule(which=st.integers(0), word=WORDS)
    def edit_body(self, which: int, word: str) -> None:
        file = self.files()[which % len(self.files())]
        file.write_text(file.read_text(encoding="utf-8") + f"\n{word}\n", encoding="utf-8")

    @precondition(lambda self: self.files())
    @rule(which=st.integers(0))
    def delete(self, which: int) -> None:
        self.files()[which % len(self.files())].unlink()

    @precondition(lambda self: self.files())
    @rule(which=st.integers(0), slug=SLUGS)
    def rename(self, which: int, slug: str) -> None:
        file = self.files()[which % len(self.files())]
        kind = file.relative_to(self.site / "content").parts[0]
        if not list((self.site / "content" / kind).rglob(f"{slug}.md")):
            file.rename(file.with_name(f"{slug}.md"))

    @precondition(lambda self: self.files())
    @rule(which=st.integers(0), folder=st.sampled_from(["2020", "2021"]))
    def move(self, which: int, folder: str) -> None:
        file = self.files()[which % len(self.files())]
        kind = file.relative_to(self.site / "content").parts[0]
        target = self.site / "content" / kind / folder / file.name
        target.parent.mkdir(exist_ok=True)
        file.rename(target)

    @precondition(lambda self: self.files())
    @rule(which=st.integers(0))
    def touch(self, which: int) -> None:
        os.utime(self.files()[which % len(self.files())])

    @rule(hours=st.integers(-20, 20))
    def clock(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(name=st.sampled_from(["news.html", "news_list.html", "parts/safe.html", "home.html"]))
    def change_template(self, name: str) -> None:
        file = self.theme / "templates" / name
        self.step += 1
        file.write_text(f"{file.read_text(encoding='utf-8')}{{# {self.step} #}}", encoding="utf-8")

    @rule(name=st.sampled_from(["base.html", "misinformation.html"]))
    def override_template(self, name: str) -> None:
        folder = self.site / "theme" / "templates"
        folder.mkdir(parents=True, exist_ok=True)
        text = (self.theme / "templates" / name).read_text(encoding="utf-8")
        if (folder / name).exists():
            (folder / name).unlink()
        else:
            (folder / name).write_text(text.replace("</", "<!-- riêng --></", 1), encoding="utf-8")

    @rule(name=st.sampled_from(["site.css", "mới.css"]), text=st.sampled_from(["a{}", "b{}"]))
    def change_asset(self, name: str, text: str) -> None:
        (self.theme / "static" / name).write_text(text, encoding="utf-8")

    @rule(
        line=st.sampled_from(["", "description: Khác\n", "kinds: [news, pages]\n", "demo: true\n"])
    )
    def change_setting(self, line: str) -> None:
        (self.site / "site.yaml").write_text(building.SITE_YAML + line, encoding="utf-8")

    @rule(value=st.sampled_from(["3", "4", ""]))
    def change_series(self, value: str) -> None:
        self.series(value)

    @rule()
    def lose_state(self) -> None:
        shutil.rmtree(self.site / ".state", ignore_errors=True)

    @rule()
    def lose_output(self) -> None:
        shutil.rmtree(self.site / "output", ignore_errors=True)

    @invariant()
    def same_as_clean(self) -> None:
        plugins.documents.assets.STATIC = self.theme / "static"
        building.build(self.site, self.now, theme=self.theme)
        clean = building.clean_tree(self.site, self.now, self.theme)
        assert clean
        assert building.differences(building.tree(self.site / "output"), clean) == []


@pytest.fixture(autouse=True)
def _small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    building.register_plugins(building.plugin_names())
    monkeypatch.setattr(plugins.documents.assets, "STATIC", plugins.documents.assets.STATIC)
    sized = [
        (module, name)
        for path, module in list(sys.modules.items())
        if path.startswith("plugins.")
        for name in SIZES & set(vars(module))
    ]
    assert len(sized) > 8
    for module, name in sized:
        monkeypatch.setattr(module, name, 2)
    monkeypatch.setattr("plugins.search.layout.WINDOW", 2)
    monkeypatch.setattr("plugins.search.layout.TODAY", 2)
    for module_name in ("families", "builder"):
        monkeypatch.setattr(f"plugins.banners.{module_name}.SIZES", (BY_NAME["320x50"],))
    monkeypatch.setattr("plugins.campaigns.kit.SIZES", (BY_NAME["320x50"],))
    for module_name in ("print_shop.families", "campaigns.kit"):
        monkeypatch.setattr(f"plugins.{module_name}.FORMS", FORMS[-1:])


def run(examples: int, steps: int, phases: tuple[Phase, ...] = tuple(Phase)) -> None:
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(
        Editing,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            phases=phases,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_incremental_equals_clean() -> None:
    run(8, 10, (Phase.explicit, Phase.reuse, Phase.generate))


@pytest.mark.torture
def test_incremental_equals_clean_for_long() -> None:
    run(300, 60)
