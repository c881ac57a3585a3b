"""News, guides, questions, official documents and standing pages.

Each function imports its own kind: a build of one document loads no other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from model.structured_data.nodes import Node, Subject, filled, moment, plain_text, publisher, source
from model.structured_data.nodes import page as described

if TYPE_CHECKING:
    from model.kinds.guides import App

PLATFORMS = {"android": "Android", "ios": "iOS", "web": "Web"}


def web_page(it: Subject) -> Node | None:
    """Return a plain page."""
    return filled(described(it.row, it.store.site, "WebPage"))


def news(it: Subject) -> Node | None:
    """Return the agency's own article, or a page that rests on somebody else's."""
    from model.kinds.news import News

    document = it.row.document
    if not isinstance(document, News) or document.link is None:
        node = described(it.row, it.store.site, "NewsArticle")
        node["headline"] = node.pop("name")
        node["author"] = publisher(it.store.site)
        node["mainEntityOfPage"] = node["url"]
        return filled(node)
    node = described(it.row, it.store.site, "WebPage")
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


def guide(it: Subject) -> Node | None:
    """Return a page of advice, with the app that it installs while that lives."""
    from model.kinds.guides import Guide

    node = described(it.row, it.store.site, "WebPage")
    document = it.row.document
    if isinstance(document, Guide) and document.app and not document.app.is_over:
        node["mainEntity"] = _app(document.app)
    return filled(node)


def _app(app: App) -> Node:
    platforms = [PLATFORMS[shop.platform] for shop in app.stores if shop.platform in PLATFORMS]
    return filled(
        {
            "@type": "SoftwareApplication",
            "name": app.name,
            "operatingSystem": ", ".join(dict.fromkeys(platforms)),
            "installUrl": [shop.url for shop in app.stores],
            "publisher": {"@type": "Organization", "name": app.publisher}
            if app.publisher
            else None,
        }
    )


def question(it: Subject) -> Node | None:
    """Return the question and its answer: a page an answer, so one instance on the site."""
    from model.kinds.questions import Question

    document = it.row.document
    answer = plain_text(it.store.body(it.row.id))
    if not isinstance(document, Question) or not answer:
        return web_page(it)
    node = described(it.row, it.store.site, "FAQPage")
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


def official_document(it: Subject) -> Node | None:
    """Return an official text."""
    from model.kinds.documents import OfficialDocument

    document = it.row.document
    if not isinstance(document, OfficialDocument):
        return None
    law = document.type == "law"
    node = described(it.row, it.store.site, "Legislation" if law else "DigitalDocument")
    node["identifier"] = document.number
    node["datePublished"] = moment(document.issued_on or document.date)
    node["publisher"] = source(document.issuer)
    if law:
        node["legislationIdentifier"] = document.number
        node["legislationDate"] = node["datePublished"]
        node["legislationPassedBy"] = node["publisher"]
    return filled(node)
