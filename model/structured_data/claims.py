"""ClaimReview: exactly what the debunk's page shows; none while there is no verdict.

Rules: developers.google.com/search/docs/appearance/structured-data/factcheck. The scale is ours and
is published with it: 1 false, 2 mostly false, 3 misleading, 4 mostly true, 5 true.
"""

from __future__ import annotations

from model.kinds.misinformation import Medium, Misinformation
from model.structured_data.nodes import Node, Subject, filled, moment, publisher, source
from model.words import Words

MEDIA_OBJECTS = {"image": "ImageObject", "video": "VideoObject", "audio": "AudioObject"}


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
            "associatedMediaReview": [_media(medium, document, it) for medium in document.media],
            "citation": [ref.url for ref in document.evidence if ref.url],
        }
    )


def _media(medium: Medium, document: Misinformation, it: Subject) -> Node:
    """Return what was found out about a picture or video (schema.org 30.0, pending: MediaReview).

    The review is the claim's: who, when and where are said there and hold here too.
    """
    thing = {"@type": MEDIA_OBJECTS[medium.type], "contentUrl": medium.appearance}
    return filled(
        {
            "@type": "MediaReview",
            "url": it.store.site.absolute(it.row.path),
            "datePublished": moment(document.reviewed_on or document.date),
            "author": source(document.reviewed_by),
            "mediaAuthenticityCategory": medium.category,
            "originalMediaContextDescription": medium.truth,
            "originalMediaLink": medium.original,
            "itemReviewed": {"@type": "MediaReviewItem", "mediaItemAppearance": [thing]}
            if medium.appearance
            else None,
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
