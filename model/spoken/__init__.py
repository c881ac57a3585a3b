"""Vietnamese as an announcer says it: figures, dates, numbers to call and signs become words.

`read_aloud` is the way in. Everything here is pure; what a site says otherwise (a southern manner,
the names of its apps) comes as a `Manner`.
"""

from __future__ import annotations

from model.spoken.breath import WORDS_A_MINUTE, breath_groups, minutes
from model.spoken.reading import Manner, Spoken, read_aloud

__all__ = ["WORDS_A_MINUTE", "Manner", "Spoken", "breath_groups", "minutes", "read_aloud"]
