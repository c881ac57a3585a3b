"""JSON-LD says what the page shows: every text of it stands among the words that a reader sees."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup

from model.structured_data import MAKERS, escape
from model.structured_data.nodes import plain_text
from tests.outlets.conftest import URL

SHOWN = {
    *("name", "headline", "text", "claimReviewed", "alternateName", "ratingExplanation"),
    *("telephone", "streetAddress", "audienceType", "unitText", "email"),
    "originalMediaContextDescription",
}
"""Properties whose value a reader must find on the page."""
DATES = {"datePosted", "dateCreated"}


def pages(outlets: dict[str, bytes]) -> Iterator[tuple[str, BeautifulSoup, list[dict[str, Any]]]]:
    """Yield path, page and graph of every page that has data."""
    for path, data in outlets.items():
        if not path.endswith("index.html"):
            continue
        soup = BeautifulSoup(data, "lxml")
        blocks = soup.find_all("script", type="application/ld+json")
        assert len(blocks) <= 1, path
        if blocks:
            found = json.loads(blocks[0].string or "")
            assert found["@context"] == "https://schema.org"
            yield path, soup, found["@graph"]


def words(soup: BeautifulSoup) -> str:
    """Return what a reader sees, on one line."""
    copy = BeautifulSoup(str(soup.body), "lxml")
    for node in copy.find_all(["script", "style"]):
        node.decompose()
    return re.sub(r"\s+([,.;:)])", r"\1", " ".join(copy.get_text(" ").split())).casefold()


def texts(node: Any, parent: str = "") -> Iterator[tuple[str, str, str]]:
    """Yield (type of the node, property, text) throughout a graph."""
    if isinstance(node, dict):
        for name, value in node.items():
            values = value if isinstance(value, list) else [value]
            for item in values:
                if isinstance(item, str):
                    yield str(node.get("@type", parent)), name, item
                else:
                    yield from texts(item, str(node.get("@type", parent)))
    elif isinstance(node, list):
        for item in node:
            yield from texts(item, parent)


def test_there_is_data_on_pages_of_every_kind(outlets: dict[str, bytes]) -> None:
    found = {node["@type"] for _, _, graph in pages(outlets) for node in graph}
    assert {
        *("BreadcrumbList", "ClaimReview", "SpecialAnnouncement", "FAQPage", "GovernmentService"),
        *("Hospital", "Dataset", "NewsArticle", "WebPage", "WebSite", "DigitalDocument", "Place"),
    } <= found
    assert len(list(pages(outlets))) > 80


def look(outlets: dict[str, bytes]) -> int:
    """Assert that every text of the data stands on its page; return how many were looked at."""
    looked = 0
    for path, soup, graph in pages(outlets):
        seen = words(soup)
        for type_, name, text in texts(graph):
            if name not in SHOWN or type_ in ("GovernmentOrganization", "ContactPoint"):
                continue
            looked += 1
            wanted = re.sub(r"\s+([,.;:)])", r"\1", " ".join(text.split())).casefold()
            assert wanted in seen, (path, type_, name, text)
    return looked


def test_every_text_stands_on_the_page(outlets: dict[str, bytes]) -> None:
    assert look(outlets) > 300


def test_every_address_of_ours_exists(outlets: dict[str, bytes]) -> None:
    looked = 0
    for path, _, graph in pages(outlets):
        for _, name, text in texts(graph):
            if name in ("url", "item", "contentUrl", "webFeed") and text.startswith(URL + "/"):
                looked += 1
                target = text.removeprefix(URL + "/")
                target += "index.html" if target.endswith("/") or not target else ""
                assert target in outlets, (path, name, text)
    assert looked > 200


def test_a_debunk_has_one_review_equal_to_the_page_and_none_without_a_verdict(
    outlets: dict[str, bytes],
) -> None:
    reviews = {
        path: [node for node in graph if node["@type"] == "ClaimReview"]
        for path, _, graph in pages(outlets)
    }
    assert not reviews["kiem-chung/nuoc-uong/index.html"]
    assert not reviews["kiem-chung/chua-du-can-cu/index.html"]
    (review,) = reviews["kiem-chung/dap-khong-vo/index.html"]
    assert review["url"] == f"{URL}/kiem-chung/dap-khong-vo/"
    assert review["claimReviewed"].startswith("Đập Mẫu đã vỡ")
    assert review["reviewRating"] == {
        "@type": "Rating",
        "ratingValue": 1,
        "bestRating": 5,
        "worstRating": 1,
        "alternateName": "Sai sự thật",
        "ratingExplanation": "Đập Mẫu vẫn an toàn. Hồ đang xả nước điều tiết theo kế hoạch "
        "đã báo trước.",
    }
    assert review["author"]["name"] == "Ban Chỉ huy Phòng thủ dân sự tỉnh Mẫu"
    (media,) = review["associatedMediaReview"]
    assert media["@type"] == "MediaReview"
    assert media["mediaAuthenticityCategory"] == "DecontextualizedContent"
    assert media["originalMediaLink"] == "https://anh.example.org/dap-2018"
    assert media["itemReviewed"]["mediaItemAppearance"][0]["@type"] == "ImageObject"
    assert review["itemReviewed"]["datePublished"] == "2025-10-28T00:00:00+07:00"
    assert "Sai" not in review["claimReviewed"]
    claims = [node["claimReviewed"] for nodes in reviews.values() for node in nodes]
    assert len(claims) >= 3
    assert len(set(claims)) == len(claims)


def test_exercises_and_what_is_over_announce_nothing(outlets: dict[str, bytes]) -> None:
    kinds = {path: [node["@type"] for node in graph] for path, _, graph in pages(outlets)}
    assert "SpecialAnnouncement" in kinds["canh-bao/lu-song-mau/index.html"]
    assert kinds["canh-bao/dien-tap/index.html"] == ["BreadcrumbList"]
    assert kinds["canh-bao/da-qua/index.html"] == ["BreadcrumbList"]


def test_others_words_and_figures_get_no_licence_of_ours(outlets: dict[str, bytes]) -> None:
    for path, _, graph in pages(outlets):
        for node in graph:
            if "isBasedOn" in node or node["@type"] == "Dataset":
                assert "license" not in node, path


def test_hostile_words_cannot_leave_the_element(outlets: dict[str, bytes]) -> None:
    page = outlets["tin-tuc/ket-thuc-the/index.html"].decode()
    assert "<script>alert(1)" not in page
    assert r"\u003c/script\u003e\u003cscript\u003ealert(1)" in page
    assert json.loads(escape(json.dumps("<>&\u2028\u2029é"))) == "<>&\u2028\u2029é"
    assert escape("\u2028") == r"\u2028"


def test_each_maker_names_a_function() -> None:
    from importlib import import_module

    for place in MAKERS.values():
        module, _, name = place.partition(":")
        assert callable(getattr(import_module(f"model.structured_data.{module}"), name))


def test_plain_text_is_what_a_reader_sees() -> None:
    assert plain_text("<p>Gọi <strong>114</strong>.</p><ul><li>a &lt; b</li></ul>") == (
        "Gọi 114. a < b"
    )


@pytest.mark.browser
def test_the_policy_of_the_page_lets_the_data_stand(
    browser: Any, outlets: dict[str, bytes]
) -> None:
    paths = [path for path, _, _ in pages(outlets) if path.count("/") == 2][::7]
    assert len(paths) > 8
    context = browser.new_context()
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.add_init_script(
        "document.addEventListener('securitypolicyviolation',"
        " e => console.log('CSP ' + e.blockedURI))"
    )

    def answer(route: Any) -> None:
        path = route.request.url.removeprefix(URL + "/").partition("?")[0]
        path += "index.html" if path.endswith("/") or not path else ""
        body = outlets.get(path)
        route.fulfill(status=200 if body is not None else 404, body=body or b"", content_type=None)

    page.route("**/*", answer)
    for path in paths:
        page.goto(f"{URL}/{path.removesuffix('index.html')}")
        text = page.text_content('script[type="application/ld+json"]')
        assert json.loads(text)["@graph"]
    context.close()
    assert not [line for line in said if "CSP" in line or "Content Security" in line], said
