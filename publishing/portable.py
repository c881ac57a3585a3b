"""The header table for other hosts: Apache's `.htaccess`, `_headers` and `_redirects`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from publishing.headers import EMBED, Rule, names
from publishing.nginx import NAMED, TYPES

_MADE = "# Tệp do lệnh “python -m publishing config” sinh ra; đừng sửa tay.\n"


def underscore_headers(rules: Sequence[Rule]) -> str:
    """Return `_headers`; blocks add up, so what a block sets anew is first taken away."""
    blocks = []
    for rule in rules:
        dropped = [f"  ! {name}" for name in rules[0].headers] if rule is not rules[0] else []
        kept = [f"  {name}: {value}" for name, value in rule.headers.items()]
        blocks.append("\n".join([f"{rule.prefix}*", *dropped, *kept]))
    return _MADE + "\n".join(blocks) + "\n"


def bucket_cors() -> str:
    """Return the CORS rules of a bucket, for `aws s3api put-bucket-cors`: data is for everybody."""
    rule = {
        "AllowedOrigins": ["*"],
        "AllowedMethods": ["GET", "HEAD"],
        "AllowedHeaders": ["*"],
        "ExposeHeaders": ["Last-Modified", "ETag"],
        "MaxAgeSeconds": 86400,
    }
    return json.dumps({"CORSRules": [rule]}, indent=2) + "\n"


def underscore_redirects(redirects: Mapping[str, str]) -> str:
    """Return `_redirects`."""
    return _MADE + "".join(f"{old} {new} 301\n" for old, new in sorted(redirects.items()))


def htaccess(base: str, rules: Sequence[Rule], redirects: Mapping[str, str]) -> str:
    """Return `.htaccess` for Apache 2.4 (mod_headers, mod_mime, mod_rewrite, mod_alias)."""
    lines = [
        _MADE.rstrip(),
        "DirectoryIndex index.html",
        "DirectorySlash On",
        "Options -Indexes -MultiViews",
        f"ErrorDocument 404 {base}/404.html",
        f'<If "%{{REQUEST_URI}} =~ m#^{base}{EMBED}#">',
        f"  ErrorDocument 404 {base}{EMBED}404.html",
        "</If>",
        "AddDefaultCharset utf-8",
        *(f"AddType {media} {endings}" for media, endings in TYPES.items()),
        *_named_types(),
        *_twins(),
        "RewriteEngine On",
        *(_redirect(base, old, new) for old, new in sorted(redirects.items())),
    ]
    for name in names(rules):
        lines += _conditions(base, name, rules)
    return "\n".join(lines) + "\n"


def _named_types() -> list[str]:
    return [
        f'<FilesMatch "{re.escape(end)}$">\n  ForceType {media}\n</FilesMatch>'
        for end, media in NAMED.items()
    ]


def _twins() -> list[str]:
    """Serve the compressed twins, with the type of the file that they stand for."""
    lines = ["<IfModule mod_rewrite.c>", "RewriteEngine On"]
    for coding, end in (("br", ".br"), ("gzip", ".gz")):
        lines += [
            f'RewriteCond "%{{HTTP:Accept-Encoding}}" "{coding}"',
            f'RewriteCond "%{{REQUEST_FILENAME}}{end}" -f',
            f'RewriteRule "^(.+)$" "$1{end}" [L,E=no-gzip:1]',
        ]
    lines.append("</IfModule>")
    for coding, end in (("br", "br"), ("x-gzip", "gz")):
        lines += [f"AddEncoding {coding} .{end}", f"RemoveType .{end}"]
    return [*lines, "Header merge Vary Accept-Encoding"]


def _redirect(base: str, old: str, new: str) -> str:
    return f'RedirectMatch 301 "^{re.escape(base + old)}$" "{base + new}"'


def _conditions(base: str, name: str, rules: Sequence[Rule]) -> list[str]:
    """Set one header where its rule fits; Apache's expression tests the address as requested."""
    special = [rule for rule in rules[1:] if rule.headers.get(name) != rules[0].headers.get(name)]
    lines = []
    if name in rules[0].headers:
        test = " && ".join(f"! %{{REQUEST_URI}} =~ m#^{base}{rule.prefix}#" for rule in special)
        where = f' "expr={test}"' if test else ""
        lines.append(f'Header always set {name} "{rules[0].headers[name]}"{where}')
    for rule in special:
        if name in rule.headers:
            where = f'"expr=%{{REQUEST_URI}} =~ m#^{base}{rule.prefix}#"'
            lines.append(f'Header always set {name} "{rule.headers[name]}" {where}')
    return lines
