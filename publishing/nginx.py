"""The site's server block for nginx, from the header table.

Headers come from `map`s of the address and are added once, at the server's level: an `add_header`
in a `location` would drop all inherited ones. An empty value adds no header.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from model.site import Site
from publishing.headers import EMBED, Rule, names
from publishing.settings import Publishing

TYPES = {
    "text/html": "html",
    "text/css": "css",
    "text/javascript": "js mjs",
    "application/json": "json",
    "application/geo+json": "geojson",
    "application/manifest+json": "webmanifest",
    "application/xml": "xml xsl",
    "application/atom+xml": "atom",
    "application/rss+xml": "rss",
    "text/plain": "txt",
    "text/csv": "csv",
    "text/calendar": "ics",
    "text/vcard": "vcf",
    "text/vtt": "vtt",
    "image/svg+xml": "svg",
    "image/png": "png",
    "image/jpeg": "jpg jpeg",
    "image/webp": "webp",
    "image/avif": "avif",
    "image/x-icon": "ico",
    "font/woff2": "woff2",
    "application/pdf": "pdf",
    "application/wasm": "wasm",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/zip": "zip",
    "audio/mpeg": "mp3",
    "audio/ogg": "opus ogg",
    "video/mp4": "mp4",
    "application/octet-stream": "bin",
}
"""Media type -> file endings (IANA's registry)."""
NAMED = {"atom.xml": "application/atom+xml", ".cap.xml": "application/cap+xml"}
"""End of a path -> its media type, where the ending alone says too little."""
_CHARSET = "text/css text/javascript text/plain text/csv text/calendar text/vtt application/json"


def media_type(path: str) -> str:
    """Return the media type of a public file, by its name."""
    named = next((NAMED[end] for end in NAMED if path.endswith(end)), None)
    ending = path.rsplit(".", 1)[-1]
    fitting = (name for name, endings in TYPES.items() if ending in endings.split())
    return named or next(fitting, "application/octet-stream")


def configuration(
    site: Site, publishing: Publishing, root: Path, rules: Sequence[Rule], brotli: bool = True
) -> str:
    """Return the file for /etc/nginx/conf.d/: maps and one server block."""
    parts = urlsplit(site.url)
    name = "loa_" + "".join(c if c.isalnum() else "_" for c in parts.hostname or "site")
    lines = [
        "# Tệp do lệnh “python -m publishing config nginx” sinh ra; đừng sửa tay.",
        *_maps(name, site.base, rules),
        *_redirects(name, site.base, publishing.redirects),
        *_oembed(name, parts.netloc, site.base),
        "server {",
        *(f"    {line}".rstrip() for line in _server(name, site, root, rules, brotli)),
        "}",
    ]
    return "\n".join(lines) + "\n"


def _maps(name: str, base: str, rules: Sequence[Rule]) -> Iterator[str]:
    for header in names(rules):
        yield f"map $uri {_variable(name, header)} {{"
        yield f'    default "{rules[0].headers.get(header, "")}";'
        for rule in sorted(rules[1:], key=lambda rule: -len(rule.prefix)):  # the first fit wins
            yield f'    "~^{base}{rule.prefix}" "{_value(name, header, rule)}";'
        yield "}"
    for rule in rules:
        if rule.versioned:
            yield f"map $arg_v ${name}_versioned {{"
            yield f'    default "{rule.versioned}";'
            yield f'    "" "{rule.headers["Cache-Control"]}";'
            yield "}"


def _value(name: str, header: str, rule: Rule) -> str:
    if header == "Cache-Control" and rule.versioned:
        return f"${name}_versioned"
    return rule.headers.get(header, "")


def _variable(name: str, header: str) -> str:
    return f"${name}_{header.lower().replace('-', '_')}"


def _redirects(name: str, base: str, redirects: Mapping[str, str]) -> Iterator[str]:
    yield f"map $uri ${name}_moved {{"
    yield '    default "";'
    yield from (f'    "{base}{old}" "{base}{new}";' for old, new in sorted(redirects.items()))
    yield "}"


def _oembed(name: str, host: str, base: str) -> Iterator[str]:
    """Yield the map from an oEmbed question's address (oEmbed 1.0, 2.2) to the static answer."""
    slash = "(?:/|%2F)"
    start = f"~*^https?(?::|%3A){slash}{{2}}{re.escape(host)}{base.replace('/', slash)}{slash}"
    yield f"map $arg_url ${name}_card {{"
    yield '    default "khong-co/";'
    for before, folder in ((f"embed{slash}", ""), ("", "the/")):
        for parts in ("a", "ab", "abc"):
            path = slash.join(f"(?<loa_{letter}>[a-z0-9-]+)" for letter in parts)
            to = "".join(f"$loa_{letter}/" for letter in parts)
            yield f'    "{start}{before}{path}{slash}?$" "{folder}{to}";'
    yield "}"


def _server(
    name: str, site: Site, root: Path, rules: Sequence[Rule], brotli: bool
) -> Iterator[str]:
    base, public = site.base, root / "current" / "public"
    yield "listen 80;"
    yield "listen [::]:80;"
    yield f"server_name {urlsplit(site.url).hostname};"
    yield "server_tokens off;"
    yield "charset utf-8;"
    yield f"charset_types {_CHARSET};"
    yield "types {"
    yield from (f"    {media} {endings};" for media, endings in TYPES.items())
    yield "}"
    yield "default_type application/octet-stream;"
    yield "index index.html;"
    yield "absolute_redirect off;"
    yield "gzip_static on;"
    yield "gzip_vary on;"
    if brotli:
        yield "brotli_static on;"
    yield "etag on;"
    yield from (f"add_header {h} {_variable(name, h)} always;" for h in names(rules))
    yield f"error_page 404 {base}/404.html;"
    yield f"if (${name}_moved) {{ return 301 ${name}_moved; }}"
    yield "if ($request_method !~ ^(GET|HEAD)$) { return 405; }"
    where = f"alias {public}/;" if base else f"root {public};"
    yield f"location {base}/ {{ {where} }}"
    inner = f"alias {public}/embed/;" if base else f"root {public};"
    yield f"location {base}{EMBED} {{ error_page 404 {base}{EMBED}404.html; {inner} }}"
    for form in ("json", "xml"):
        to = f"{base}{EMBED}${{{name}_card}}oembed.{form}"
        yield f"location = {base}{EMBED}oembed.{form} {{ rewrite ^ {to} last; }}"
    yield f"location = {base}/manifest.json {{ alias {root / 'current' / 'manifest.json'}; }}"
    yield f"location ~ {base}/\\.(?!well-known/) {{ return 404; }}"
    for end, media in NAMED.items():
        pattern = end.replace(".", "\\.")
        inside = f"alias {public}/$1;" if base else f"root {public};"
        yield f"location ~ ^{base}/(.*{pattern})$ {{ types {{ }} default_type {media}; {inside} }}"
