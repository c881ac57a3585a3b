"""ClaimReview: exactly what the debunk's page shows; none while there is no verdict.

Rules: developers.google.com/search/docs/appearance/structured-data/factcheck. The scale is ours and
is published with it: 1 false, 2 mostly false, 3 misleading, 4 mostly true, 5 true.
"""

from __future__ import annotations

from model.kinds.misinformation import Misinformation
from model.structured_data.nodes import Node, Subject, filled, moment, publisher, source
from model.words import Words


def claim_review(it: Subject) -> Node | None:
    """Return the review; None without a verdict on the scale."""
    document = it.row.document
    if not isinstance(document, Misinformation) or document.rating is None:
        return None
    site = it.store.site
    return filled(
        {
            "@type": "ClaimReview",
            "url": site.absolute(it.row.path),
            "inLanguage": it.row.lang,
            "claimReviewed": document.claim,
            "datePublished": moment(document.reviewed_on or document.date),
            "dateModified": moment(document.updated),
            "author": source(document.reviewed_by),
            "publisher": publisher(site),
            "itemReviewed": _claim(document),
            "reviewRating": _rating(document, it.t),
            "citation": [ref.url for ref in document.evidence if ref.url],
        }
    )


def _claim(document: Misinformation) -> Node:
    author = document.claimed_by
    return filled(
        {
            "@type": "Claim",
            "text": document.claim,
            "datePublished": moment(document.claimed_on),
            "author": {"@type": "Organization", "name": author} if author else None,
            "appearance": [
                {"@type": "CreativeWork", "url": address} for address in document.appearances
            ],
        }
    )


def _rating(document: Misinformation, t: Words) -> Node:
    return filled(
        {
            "@type": "Rating",
            "ratingValue": document.rating,
            "bestRating": 5,
            "worstRating": 1,
            "alternateName": t(document.verdict_words),
            "ratingExplanation": document.fact,
        }
    )
