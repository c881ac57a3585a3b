"""News, guides, questions, official documents and standing pages."""

from __future__ import annotations

from typing import Any

from model.kinds.documents import OfficialDocument
from model.kinds.guides import App, Guide
from model.kinds.news import News
from model.kinds.questions import Question
from model.output import Row, Store
from model.structured_data.nodes import Node, filled, moment, plain_text, publisher, source
from model.structured_data.nodes import page as described

PLATFORMS = {"android": "Android", "ios": "iOS", "web": "Web"}


def web_page(row: Row, store: Store) -> Node | None:
    """Return a plain page."""
    return filled(described(row, store.site, "WebPage"))


def news(row: Row, store: Store) -> Node | None:
    """Return the agency's own article, or a page that rests on somebody else's."""
    document = row.document
    if not isinstance(document, News) or document.link is None:
        node = described(row, store.site, "NewsArticle")
        node["headline"] = node.pop("name")
        node["author"] = publisher(store.site)
        node["mainEntityOfPage"] = node["url"]
        return filled(node)
    node = described(row, store.site, "WebPage")
    original: dict[str, Any] = {
        "@type": "NewsArticle",
        "headline": document.title,
        "url": document.link,
        "publisher": source(document.source),
        "datePublished": moment(document.date),
    }
    node["isBasedOn"] = filled(original)
    del node["license"]  # the words are the publisher's, not ours to license
    return filled(node)


def guide(row: Row, store: Store) -> Node | None:
    """Return a page of advice, with the app that it installs while that lives."""
    node = described(row, store.site, "WebPage")
    document = row.document
    if isinstance(document, Guide) and document.app and not document.app.is_over:
        node["mainEntity"] = _app(document.app)
    return filled(node)


def _app(app: App) -> Node:
    platforms = [PLATFORMS[store.platform] for store in app.stores if store.platform in PLATFORMS]
    return filled(
        {
            "@type": "SoftwareApplication",
            "name": app.name,
            "operatingSystem": ", ".join(dict.fromkeys(platforms)),
            "installUrl": [store.url for store in app.stores],
            "publisher": {"@type": "Organization", "name": app.publisher}
            if app.publisher
            else None,
        }
    )


def question(row: Row, store: Store) -> Node | None:
    """Return the question and its answer: a page an answer, so one instance on the site."""
    document = row.document
    answer = plain_text(store.body(row.id))
    if not isinstance(document, Question) or not answer:
        return web_page(row, store)
    node = described(row, store.site, "FAQPage")
    node["mainEntity"] = filled(
        {
            "@type": "Question",
            "name": document.title,
            "text": document.question,
            "dateCreated": moment(document.asked_on),
            "acceptedAnswer": filled(
                {
                    "@type": "Answer",
                    "text": answer,
                    "dateCreated": moment(document.answered_on),
                    "author": source(document.answered_by),
                }
            ),
        }
    )
    return filled(node)


def official_document(row: Row, store: Store) -> Node | None:
    """Return an official text."""
    document = row.document
    if not isinstance(document, OfficialDocument):
        return None
    law = document.type == "law"
    node = described(row, store.site, "Legislation" if law else "DigitalDocument")
    node["identifier"] = document.number
    node["datePublished"] = moment(document.issued_on or document.date)
    node["publisher"] = source(document.issuer)
    if law:
        node["legislationIdentifier"] = document.number
        node["legislationDate"] = node["datePublished"]
        node["legislationPassedBy"] = node["publisher"]
    return filled(node)
