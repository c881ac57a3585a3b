"""Fact-checks: where reviews hide in a page, what a label means, when two are one."""

import json
from typing import Any

import pytest

from fetchers.normalise.misinformation import verdict_of

REVIEW: dict[str, Any] = {
    "@type": "ClaimReview",
    "claimReviewed": "Uống rượu mẫu diệt được vi rút",
    "url": "https://kiem.example.vn/ruou-mau",
    "datePublished": "2021-08-20",
    "author": {"@type": "Organization", "name": "Tổ kiểm chứng mẫu"},
    "reviewRating": {"@type": "Rating", "alternateName": "Sai"},
}
TABLE = {"Sai": "false", "Đúng một nửa": "misleading", "1/5": "false", "-1": "false"}


def page(*blocks: Any, body: str = "") -> bytes:
    texts = [b if isinstance(b, str) else json.dumps(b, ensure_ascii=False) for b in blocks]
    scripts = "".join(f'<script type="application/ld+json">{text}</script>' for text in texts)
    return f"<!doctype html><html lang=vi><body><h1>Bài</h1>{scripts}{body}</body></html>".encode()


def run(desk: Any, data: bytes, shape: str = "claimreview", **block: Any) -> tuple[Any, list[Any]]:
    options = block.pop("options", {"verdicts": TABLE})
    source = desk.source(
        "kiem", format=shape, kind="misinformation", options=options, publisher="Nguồn", **block
    )
    desk.web.put(source.url, data)
    [outcome] = desk.run()
    assert not outcome.crash, outcome.crash
    return outcome, [loaded.document for loaded in desk.documents().values()]


WRAPPED = [
    REVIEW,
    [REVIEW],
    {"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, REVIEW]},
    {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": [REVIEW]}]},
    {"@type": "NewsArticle", "review": {**REVIEW, "@type": ["Review", "http://schema.org/ClaimReview"]}},
    "<!--" + json.dumps(REVIEW, ensure_ascii=False) + "-->",
    json.dumps(REVIEW, ensure_ascii=False).replace("mẫu diệt", "mẫu\x0b diệt")[:-1] + ",}",
]  # fmt: skip


@pytest.mark.parametrize("block", WRAPPED, ids=range(len(WRAPPED)))
def test_a_review_is_found_wherever_it_stands(desk: Any, block: Any) -> None:
    _, [document] = run(desk, page(block))
    assert document.claim == "Uống rượu mẫu diệt được vi rút"
    assert document.verdict == "false"
    assert document.title == "Sai sự thật: “Uống rượu mẫu diệt được vi rút”"


def test_a_plain_json_feed_is_read_too(desk: Any) -> None:
    feed = {"@type": "DataFeed", "dataFeedElement": [{"item": [REVIEW]}, {"item": []}]}
    _, [document] = run(desk, json.dumps(feed).encode())
    assert document.verdict == "false"


def test_several_claims_and_a_repeated_one(desk: Any) -> None:
    other = {
        **REVIEW,
        "claimReviewed": "Ăn tỏi mẫu khỏi cúm",
        "reviewRating": {"ratingValue": 1, "bestRating": 5},
    }
    _, documents = run(desk, page(REVIEW, REVIEW, other))
    assert sorted(document.claim for document in documents) == [
        "Uống rượu mẫu diệt được vi rút",
        "Ăn tỏi mẫu khỏi cúm",
    ]
    outcome, _ = run(desk, page(REVIEW, other) + b" ")
    assert outcome.counts == {"unchanged": 2}


def test_entities_and_addresses_that_were_escaped_twice(desk: Any) -> None:
    odd = {
        **REVIEW,
        "claimReviewed": "The economy&amp;#039;s mẫu &quot;sập&quot;",
        "url": "kiem.example.vn/kinh-te",
        "itemReviewed": {
            "@type": "creativeWork",
            "url": "https%3A%2F%2Fxahoi.example.org%2Fbai%2F9",
            "author": {"@type": "Person", "name": "Nguyễn Văn Mẫu"},
            "datePublished": "2021-08-01",
        },
    }
    _, [document] = run(desk, page(odd))
    assert document.claim == "The economy's mẫu \"sập"
    assert str(document.sources[0].url) == "https://kiem.example.vn/kinh-te"
    assert [str(link) for link in document.appearances] == ["https://xahoi.example.org/bai/9"]
    assert f"{document.claimed_on:%d/%m}" == "01/08"
    assert document.claimed_by == "", "a person's name is nobody's business"
    assert "Nguyễn Văn Mẫu" not in "".join(d.decode() for d in desk.snapshot().values())


def test_an_unknown_label_names_itself_and_is_never_false(desk: Any) -> None:
    odd = {
        **REVIEW,
        "reviewRating": {"ratingValue": "2", "bestRating": "6", "alternateName": "Hơi sai"},
    }
    outcome, [document] = run(desk, page(odd), trusted=True)
    assert document.verdict == "checking"
    assert document.status == "draft", "even a trusted source publishes no verdict that it lacks"
    assert any("“Hơi sai”" in note for note in outcome.notes)


def test_without_a_date_of_the_review_there_is_no_verdict(desk: Any) -> None:
    odd = {key: value for key, value in REVIEW.items() if key != "datePublished"}
    _, [document] = run(desk, page(odd), trusted=True)
    assert (document.verdict, document.status) == ("checking", "draft")


def test_a_trusted_source_publishes_and_others_draft(desk: Any) -> None:
    _, [document] = run(desk, page(REVIEW))
    assert document.status == "draft"
    desk.folder = desk.folder / "other"
    _, [document] = run(desk, page(REVIEW), trusted=True)
    assert document.status == "published"


def test_a_published_verdict_that_turns_waits_for_a_person(desk: Any) -> None:
    run(desk, page(REVIEW), trusted=True)
    turned = {**REVIEW, "reviewRating": {"alternateName": "Đúng một nửa"}}
    outcome, [document] = run(desk, page(turned), trusted=True)
    assert outcome.counts == {"review": 1}
    assert document.verdict == "false"
    [text] = [d.decode() for n, d in desk.snapshot().items() if n.startswith("data/review/")]
    assert "đổi từ “Sai sự thật” sang “Đúng một phần, gây hiểu lầm”" in text


@pytest.mark.parametrize(
    ("label", "rating", "verdict"),
    [
        ("SAI", "", "false"),
        ("sai\r", "", "false"),
        ("Sai. Ảnh chụp năm 2014", "", "false"),
        ("Sai lệch", "", None),
        ("đúng_một_nửa", "", "misleading"),
        ("", "1/5", "false"),
        ("1/5", "1/5", "false"),
        ("1/6", "1/6", None),
        ("", "", None),
        ("Không rõ", "1/5", "false"),
    ],
)
def test_labels_are_compared_as_people_read_them(
    label: str, rating: str, verdict: str | None
) -> None:
    assert verdict_of(label, rating, [], TABLE) == verdict


def test_a_publishers_own_table_comes_first() -> None:
    table = {
        "False": "false",
        "mau.example.org": {"False": "mostly-false"},
        "Báo Mẫu": {"OK": "true"},
    }
    assert verdict_of("False", "", ["www.mau.example.org"], table) == "mostly-false"
    assert verdict_of("False", "", ["khac.example.org"], table) == "false"
    assert verdict_of("OK", "", ["báo mẫu"], table) == "true"
    assert verdict_of("OK", "", ["khac.example.org"], table) is None


CENTRE = {
    "items": "",
    "columns": {"headline": "t", "body": "b", "url": "u", "reviewed_on": "d", "label": "l"},
    "verdicts": {"Tin giả": "false"},
}
CREDIT = (
    "Công an mẫu nói không có chuyện này.\nTheo Báo Mẫu\nhttps://bao.example.vn/tin-7654321.html"
)


def test_one_debunk_at_two_addresses_is_one_document(desk: Any) -> None:
    old = {
        "t": "Thông tin cầu mẫu bị sập là sai sự thật", "b": CREDIT, "d": "01/08/2021 - 09:00",
        "u": "https://tingia.example.vn/tin-tuc/cau-mau/2695/", "l": "Tin giả",
    }  # fmt: skip
    run(desk, json.dumps([old]).encode(), "json", options=CENTRE)
    new = {**old, "u": "https://tingia.example.vn/cau-mau-bi-sap-la-sai-su-that.html"}
    _, documents = run(desk, json.dumps([new]).encode(), "json", options=CENTRE)
    [document] = documents
    assert [str(item.url) for item in document.evidence] == [
        "https://bao.example.vn/tin-7654321.html"
    ]
    assert document.title == "Thông tin cầu mẫu bị sập là sai sự thật"
    assert document.claim == "Cầu mẫu bị sập"


def test_what_the_table_may_not_say_is_a_problem(desk: Any) -> None:
    from model.problem import Problems

    with pytest.raises(Problems, match="không phải kết luận"):
        desk.source("x", format="claimreview", options={"verdicts": {"Sai": "wrong"}})
