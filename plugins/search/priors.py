"""How much sooner a kind of document answers a worried person; in sixteenths.

The longer a query, the less this counts (`ranking.leaning`): its words tell what is wanted.
"""

from __future__ import annotations

from model.output import LANGUAGE

USUAL = 16
PRIORS = {
    "alerts": 36,
    "contacts": 28,
    "misinformation": 21,
    "guides": 26,
    "questions": 26,
    "services": 26,
    "places": 23,
    "documents": 21,
    "campaigns": 18,
    "statistics": 18,
    "pages": 16,
}


def prior_of(kind: str, lang: str) -> int:
    """Return the prior of a kind's documents; translations come after the originals."""
    prior = PRIORS.get(kind, USUAL)
    return prior if lang == LANGUAGE else prior * 10 >> 4
