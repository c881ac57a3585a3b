"""Real list pages by CSS selectors through the whole pipeline, compared with the files."""

import gzip
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.real
NEWS = {
    "item": ".portlet-body > div:has(> a), .portlet-body .row.mb-1",
    "fields": {
        "title": "h2.mt-3, a.text-tletin",
        "link": "a[href]",
        "published": "small.text-muted",
        "summary": "p",
    },
}


def raw(path: Path) -> bytes:
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else data


def run(desk: Any, data: bytes, url: str, **block: Any) -> tuple[Any, list[Any]]:
    source = desk.source("trang", url=url, format="css", **block)
    desk.web.put(source.url, data)
    [outcome] = desk.run()
    assert outcome.result == "done", outcome
    return outcome, [loaded.document for loaded in desk.documents().values()]


@pytest.mark.parametrize("name", ["tin-tuc", "khuyen-cao"])
def test_the_ministrys_lists(desk: Any, real_data: Path, name: str) -> None:
    data = raw(real_data / "pages" / f"moh_ncov_2021-05-24_{name}.html.gz")
    url = "https://ncov.moh.gov.vn/en/web/guest/" + name
    _, found = run(desk, data, url, options=NEWS)
    bare = re.sub(rb"<!--.*?-->", b"", data, flags=re.DOTALL)
    titles = re.findall(rb'<h2 class="mt-3">|<a class="text-tletin"', bare)
    assert len(found) == len(titles) == 5
    days = re.findall(rb"\w+, (\d\d/\d\d/2021, \d\d:\d\d)", bare)
    assert sorted(f"{d.date:%d/%m/%Y, %H:%M}" for d in found) == sorted(d.decode() for d in days)
    assert all(f"{d.date:%z}" == "+0700" for d in found)
    assert all(str(d.link).startswith("https://ncov.moh.gov.vn/en/web/guest/-/") for d in found)


def test_the_ministrys_timeline(desk: Any, real_data: Path) -> None:
    data = raw(real_data / "pages" / "moh_ncov_2021-05-24_dong-thoi-gian.html.gz")
    options = {
        "item": "div.timeline-detail",
        "fields": {
            "title": ".timeline-content p",
            "published": ".timeline-head h3",
            "content": ".timeline-content",
        },
    }
    _, found = run(desk, data, "https://ncov.moh.gov.vn/dong-thoi-gian", options=options)
    told = re.findall(rb"<h3>(\d\d:\d\d) (\d\d/\d\d/2021)</h3>", data)
    assert len(told) == len(found) == 10
    assert {f"{d.date:%H:%M %d/%m/%Y}" for d in found} == {
        f"{a.decode()} {b.decode()}" for a, b in told
    }
    first = max(found, key=lambda document: document.date)
    assert first.title == "THÔNG BÁO VỀ 96 CA MẮC MỚI (BN5309-5404)"


def test_a_front_page_has_no_such_list(desk: Any, real_data: Path) -> None:
    data = raw(real_data / "pages" / "moh_ncov_2021-05-24_trang-chu.html.gz")
    desk.source("trang", format="css", options={**NEWS, "item": "table#sailorTable tbody tr"})
    desk.web.put(desk.sources["trang"].url, data)
    [outcome] = desk.run()
    assert outcome.failed
    assert "không còn mục nào khớp" in outcome.reason


PORTAL = {
    "item": "div.asset-abstract",
    "fields": {
        "title": "h3.asset-title a",
        "link": "h3.asset-title a",
        "published": ".assetPublishDate",
        "summary": ".asset-summary",
    },
}
BOX = {
    "item": ".box_sub_hot_news li",
    "fields": {
        "title": ".title_news a@title",
        "link": ".title_news a",
        "published": ".date_content_asset",
        "summary": ".leadNewsTemp@data-summary",
    },
}


@pytest.mark.parametrize(
    ("name", "options", "title", "day", "count"),
    [
        ("phong-chong-dich-benh-covid-19", PORTAL, "Sở Thông tin và Truyền thông Hà Nội xử phạt vi "
         "phạm hành chính đối với chủ tài khoản facebook", "09/09/2020 17:07", 20),
        ("index", BOX, "Thông báo lịch tổ chức thi tuyển công chức", "23/08/2022 00:00", 5),
    ],
)  # fmt: skip
def test_a_departments_portal(
    desk: Any, real_data: Path, name: str, options: dict[str, Any], title: str, day: str, count: int
) -> None:
    data = raw(real_data / "pages" / f"sotttt.hanoi_2022-08-27_{name}.html.gz")
    _, found = run(desk, data, "https://sotttt.hanoi.gov.vn/trang", options=options)
    assert len(found) == count
    [one] = [document for document in found if document.title.startswith(title)]
    assert f"{one.date:%d/%m/%Y %H:%M}" == day


def test_one_article_as_a_page_of_its_own(desk: Any, real_data: Path) -> None:
    data = raw(real_data / "pages" / "moh_ncov_2021-05-22_article.html.gz")
    options = {
        "fields": {
            "title": ".journal-content-article@data-analytics-asset-title",
            "published": "span.text-ngayxam-page",
            "summary": ".journal-content-article strong.text-muted",
        }
    }
    _, [article] = run(desk, data, "https://ncov.moh.gov.vn/-/6851641-1", options=options)
    assert article.title == "Những chỉ đạo “nóng” trong phòng, chống dịch COVID-19 trong tuần qua"
    assert f"{article.date:%Y-%m-%d %H:%M}" == "2021-05-22 11:38"


def test_a_newspapers_article_against_an_independent_key(desk: Any, real_data: Path) -> None:
    folder = real_data / "pages"
    data = raw(folder / "vnexpress_article_2025-10-22.html.gz")
    key = json.loads((folder / "vnexpress_article_2025-10-22.expected.json").read_text("utf-8"))
    wanted = next(value for value in key.values() if isinstance(value, dict) and "title" in value)
    options = {
        "fields": {
            "title": "h1.title-detail",
            "published": "meta[name=pubdate]@content",
            "summary": "p.description",
        }
    }
    _, [article] = run(desk, data, "https://vnexpress.net/bai-4954310.html", options=options)
    assert article.title == wanted["title"]
    assert f"{article.date:%Y-%m-%d}" == "2025-10-22"


@pytest.mark.parametrize(
    ("name", "headline"),
    [
        ("viet_fact_check_raw.json.gz", "h1.entry-title"),
        ("piyaoba_raw.json.gz", "h1, .entry-title"),
    ],
)
def test_a_fact_check_without_structured_data(
    desk: Any, real_data: Path, name: str, headline: str
) -> None:
    wrapped = json.loads(raw(real_data / "misinformation" / "claimreview" / name))
    options = {"fields": {"headline": headline}}
    _, [document] = run(
        desk, wrapped["page"].encode(), wrapped["url"], kind="misinformation", options=options
    )
    assert document.verdict == "checking"
    assert document.status == "draft"
    assert document.title.startswith("Đang xác minh: ") or "sai" in document.title.lower()


def test_an_index_of_fact_checks(desk: Any, real_data: Path) -> None:
    data = raw(real_data / "misinformation" / "claimreview" / "tempo_cekfakta_index_page.html.gz")
    options = {"item": "article", "fields": {"headline": "h2 a, .title a", "link": "a[href]"}}
    _, found = run(desk, data, "https://cekfakta.tempo.co/", kind="misinformation", options=options)
    links = re.findall(rb'<article.*?<a [^>]*href="(?:https?:)?([^"]+)"', data, re.DOTALL)
    assert len(found) == len(set(links)) > 20
    assert {document.verdict for document in found} == {"checking"}


def test_a_research_set_of_whole_articles(desk: Any, real_data: Path) -> None:
    columns = {
        "headline": "title", "url": "url", "reviewed_on": "date_publish", "summary": "description",
    }  # fmt: skip
    with zipfile.ZipFile(real_data / "misinformation" / "vfnd.zip") as archive:
        names = [
            n
            for n in archive.namelist()
            if n.startswith("Article_Contents/Fake/") and n.endswith(".json")
        ]
        texts = [archive.read(name).decode("utf-8-sig") for name in names[:60]]
    values = []
    for text in texts:
        try:
            values.append(json.loads(text))
        except ValueError:
            continue
    source = desk.source("bai", format="json", kind="misinformation", options={"columns": columns})
    desk.web.put(source.url, json.dumps(values).encode())
    [outcome] = desk.run()
    assert outcome.result == "done", outcome
    titled = {(v.get("url"), v.get("title")) for v in values if (v.get("title") or "").strip()}
    assert outcome.counts["new"] + outcome.counts.get("repeated", 0) <= len(values)
    assert outcome.counts["new"] >= len(titled) * 0.95
