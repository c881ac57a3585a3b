"""Lighthouse, as a telephone: accessibility, best practices, search engines. Speed is not asked."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from plugins.patterns.screenshots import BROWSERS, FLAGS

CATEGORIES = ("accessibility", "best-practices", "seo")


@dataclass(frozen=True)
class Score:
    """Scores of a page from 0 to 100 by category, and the audits that it failed."""

    site: str
    page: str
    scores: dict[str, int]
    failed: tuple[str, ...]

    @property
    def full(self) -> bool:
        """Whether every category has 100."""
        return all(self.scores.get(name) == 100 for name in CATEGORIES)


def judge(tools: Path, site: str, address: str, page: str) -> Score:
    """Return Lighthouse's scores of a page on a machine's own Chromium."""
    chrome = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), "")
    done = subprocess.run(
        [
            str(tools / ".bin" / "lighthouse"),
            address + page,
            "--quiet",
            "--output=json",
            "--form-factor=mobile",
            f"--only-categories={','.join(CATEGORIES)}",
            f"--chrome-flags=--headless {' '.join(FLAGS)}",
        ],
        env={**os.environ, "CHROME_PATH": chrome},
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout)
    scores = {name: round(100 * found["categories"][name]["score"]) for name in CATEGORIES}
    audits = found["audits"]
    references = (
        ref["id"] for name in CATEGORIES for ref in found["categories"][name]["auditRefs"]
    )
    failed = tuple(name for name in references if audits[name]["score"] not in (None, 1))
    return Score(site, page, scores, failed)
