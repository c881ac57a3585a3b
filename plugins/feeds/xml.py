"""The little XML that feeds need: elements, escaped texts, addresses and dates as they ask for.

Importing a library for it (with urllib and ssl behind it) cost more than the feeds of a new alert.
"""

from __future__ import annotations

import re
from datetime import datetime
from html import escape
from urllib.parse import quote

HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot say (section 2.2)."""
_SPACE = str.maketrans({"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
_SAFE = "/#%[]=:;$&()+,!?*@'~"
_DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def element(name: str, text: str = "", attributes: str = "") -> str:
    """Return an element with a text; `attributes` come from `attribute`."""
    if not text:
        return f"<{name}{attributes}/>"
    return f"<{name}{attributes}>{escape(_CONTROL.sub('', text), quote=False)}</{name}>"


def attribute(name: str, value: str) -> str:
    """Return an attribute with a space in front."""
    said = escape(_CONTROL.sub("", value), quote=False).replace('"', "&quot;").translate(_SPACE)
    return f' {name}="{said}"'


def address(iri: str) -> str:
    """Return an address in ASCII (RFC 3987 section 3.1)."""
    return quote(iri, safe=_SAFE)


def rfc822(time: datetime) -> str:
    """Return a time with its zone as RSS writes it (RFC 2822 section 3.3)."""
    day, month = _DAYS[time.weekday()], _MONTHS[time.month - 1]
    return f"{day}, {time.day:02d} {month} {time.year:04d} {time:%H:%M:%S %z}"
