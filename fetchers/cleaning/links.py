"""Addresses: absolute, without tracking, safe to print; and what identifies the page behind one."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

from model.fields import web_address
from model.problem import FieldError
from model.text import clean

_TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|dclid|msclkid|yclid|zarsrc|_ga|mc_[ce]id|igshid|ref_src|spm|"
    r"cmpid|cmp|at_medium|at_campaign|wt\.[\w.]+|ncid|ocid|fb_[\w]+|_hs\w+|vero_\w+)",
    re.IGNORECASE,
)
_LONGEST = 2000
_EMPTY = re.compile(r"(?:https?:)?/*(?:#.*)?", re.IGNORECASE)
_NUMBER = re.compile(r"(?:^|[^0-9a-f])(\d{7,})(?:\.[a-z]{2,5})?$")
_DATE_LIKE = re.compile(r"(?:19|20)\d{6}(?:\d{4}(?:\d{2})?)?")


def clean_link(link: str, base: str = "") -> str:
    """Return `link` as an absolute http(s) address without tracking; "" if it is none."""
    text = re.sub(r"\s+", lambda m: "%20" if m[0] == " " else "", clean(link).strip())
    if _EMPTY.fullmatch(text) or len(text) > _LONGEST:
        return ""
    try:
        parts = urlsplit(urljoin(base, text))
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return ""
        host = parts.netloc.rpartition("@")[2]
        query = _without_tracking(parts.query)
        path = quote(parts.path or "/", safe="/%:@!$&()*+,;=~-._")
        address = urlunsplit((parts.scheme, _ascii_host(host), path, query, ""))
        return web_address(address)
    except (ValueError, FieldError):
        return ""


def _ascii_host(host: str) -> str:
    return host.lower() if host.isascii() else host.encode("idna").decode("ascii").lower()


def _without_tracking(query: str) -> str:
    kept = [
        part for part in query.split("&") if part and not _TRACKING.fullmatch(part.split("=", 1)[0])
    ]
    return quote("&".join(kept), safe="/%:@!$&()*+,;=~-._?[]")


def canonical(link: str) -> str:
    """Return what spellings of one address share: no scheme, no www or mobile host, no slash."""
    parts = urlsplit(link)
    host = re.sub(r"^(?:www|m|mobile|amp)\.", "", (parts.hostname or "").lower())
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    path = re.sub(r"/{2,}", "/", parts.path).rstrip("/")
    query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True)))
    return f"{host}{port}{path}{'?' if query else ''}{query}"


def is_specific(link: str) -> bool:
    """Return whether an address names one page: the front page of a host names none."""
    parts = urlsplit(link)
    return bool(parts.path.strip("/") or parts.query)


def article_number(link: str) -> str:
    """Return the number that many a CMS ends an article's address with; "" if there is none.

    It outlives changes of the host, the section and the title (…-3618863.html). Dates are no such
    numbers.
    """
    last = urlsplit(link).path.rstrip("/").rsplit("/", 1)[-1].lower()
    match = _NUMBER.search(last)
    if match is None or _DATE_LIKE.fullmatch(match[1]):
        return ""
    return match[1]
