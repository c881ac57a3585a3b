"""How much sooner a kind of document answers a worried person; in sixteenths."""

from __future__ import annotations

from model.output import LANGUAGE

USUAL = 16
PRIORS = {
    "alerts": 32,
    "contacts": 26,
    "misinformation": 25,
    "guides": 24,
    "questions": 24,
    "services": 24,
    "places": 22,
    "documents": 20,
    "campaigns": 18,
    "statistics": 18,
    "pages": 16,
}


def prior_of(kind: str, lang: str) -> int:
    """Return the prior of a kind's documents; translations come after the originals."""
    prior = PRIORS.get(kind, USUAL)
    return prior if lang == LANGUAGE else prior * 10 >> 4
