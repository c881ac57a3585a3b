"""Search without a server, in Vietnamese.

Outputs below `tim-kiem/`: `now.json` and `base.json` (small manifests), `i/<n>.bin` (postings),
`d/<n>.bin` (result cards), `table.bin` (kinds and ages), `words.bin` (vocabulary),
`f/<k>.bin` (texts of the newest documents and of the alerts);
`index.html` (the search page), `a-z/<letter>/index.html` (finds things without JavaScript),
`doi-chieu/index.html`, `claims.json`, `claims/<kind>-<n>.json` (a pasted message
against known claims). The browser's half is `theme/static/search/`.
`python -m plugins.search "câu hỏi"` searches the working copy with Whoosh.

Settings: none in `site.yaml`; synonyms in `plugins/search/aliases.yaml`, what people say of
documents in `plugins/search/said.yaml`; a site's own in `data/search/`.
"""

from __future__ import annotations

from model.output import registry
from model.site import site_folder


def register() -> None:
    """Register the search families and the ledger that they read."""
    from plugins.search.claims import Claims, ClaimsIndex, ClaimsPage
    from plugins.search.ledger import Index
    from plugins.search.pages import Letters, Search
    from plugins.search.shards import Cards, Fresh, Leaves, Manifest, Now, Table, Words
    from plugins.search.synonyms import load_aliases

    aliases, table = load_aliases(site_folder())
    registry.keep(Index(aliases, table))
    registry.replace(Leaves(), Cards(), Words(), Table(), Manifest(aliases), Now(), Fresh())
    registry.replace(Search(aliases), Letters())
    registry.replace(Claims(aliases), ClaimsIndex(), ClaimsPage())
