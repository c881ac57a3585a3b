"""How much sooner a kind of document answers a worried person; in sixteenths."""

from __future__ import annotations

USUAL = 16
PRIORS = {
    "alerts": 23,
    "misinformation": 20,
    "contacts": 20,
    "guides": 20,
    "questions": 19,
    "services": 19,
    "places": 18,
    "campaigns": 17,
    "statistics": 17,
    "documents": 17,
    "pages": 17,
}
