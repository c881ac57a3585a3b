"""The one table of response headers, and of how long an answer may be kept.

Every server's configuration is made from here. Pages may not be framed and load nothing from
elsewhere; under /embed/ framing is allowed, because that is what embeds are for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

PAGE_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "media-src": "'self'",
    "frame-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
}
FEATURES = (
    *("accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen"),
    *("geolocation", "gyroscope", "magnetometer", "microphone", "midi", "payment"),
    *(
        "picture-in-picture",
        "publickey-credentials-get",
        "screen-wake-lock",
        "usb",
        "xr-spatial-tracking",
    ),
)
YEAR = 31_536_000
SHORT = "public, max-age=60, stale-while-revalidate=300, stale-if-error=86400"
LONG = f"public, max-age={YEAR}, immutable"
DAY = "public, max-age=86400"
EMBED = "/embed/"
EMBED_FILES = "/embed/tep/"
"""Scripts and styles of embeds: their names or "?v=…" change with their content, for ever."""
ASSETS = "/theme/"


@dataclass(frozen=True)
class Rule:
    """The headers of what lies under a path of the site; the longest path that fits wins."""

    prefix: str
    headers: Mapping[str, str]
    versioned: str = ""
    """Cache-Control of an address that carries its content's hash ("?v=…"); "": the same."""


def policy(directives: Mapping[str, str]) -> str:
    """Return directives as the value of Content-Security-Policy (CSP level 3, section 2.2)."""
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def table(frame_hosts: Sequence[str] = ()) -> tuple[Rule, ...]:
    """Return the rules, general first; `frame_hosts`: who may frame embeds (none named: all)."""
    page = {
        "Content-Security-Policy": policy(PAGE_POLICY),
        "Strict-Transport-Security": f"max-age={2 * YEAR}; includeSubDomains",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": ", ".join(f"{name}=()" for name in FEATURES),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Frame-Options": "DENY",
        "Cache-Control": SHORT,
    }
    # our own page of codes shows what it gives, whoever else may
    ancestors = " ".join(["'self'", *frame_hosts]) if frame_hosts else "*"
    framed = {**PAGE_POLICY, "frame-ancestors": ancestors}
    embed = {
        **page,
        "Content-Security-Policy": policy(framed),
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Cross-Origin-Embedder-Policy": "require-corp",
        "Access-Control-Allow-Origin": "*",
    }
    del embed["X-Frame-Options"]
    del embed["Cross-Origin-Opener-Policy"]
    return (
        Rule("/", page),
        Rule(ASSETS, {**page, "Cache-Control": DAY}, LONG),
        Rule(EMBED, embed),
        Rule(EMBED_FILES, {**embed, "Cache-Control": LONG}),
    )


def headers_of(path: str, rules: Sequence[Rule]) -> Mapping[str, str]:
    """Return the headers that the table gives the public path `path`."""
    fitting = [rule for rule in rules if path.startswith(rule.prefix)]
    return max(fitting, key=lambda rule: len(rule.prefix)).headers


def names(rules: Sequence[Rule]) -> Iterator[str]:
    """Yield every header's name once, in the table's order."""
    yield from dict.fromkeys(name for rule in rules for name in rule.headers)
