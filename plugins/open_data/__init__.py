"""Open data: every published document for other programmes, at addresses that stay.

Outputs below `du-lieu/`: `index.html` (what there is, for people), `index.json` (the same for
machines), and per kind `<kind>/<n>.json` (100 documents each, counted from the oldest, so a new one
touches one), `<kind>/<n>.csv` for kinds that are tables, `<kind>/index.json` (which shards there
are), `<kind>/schema.json` (JSON Schema 2020-12 of a record). Short lists also stand whole:
`contacts.csv`, `places.csv`, `services.csv`, `contacts.geojson`, `places.geojson`. Other languages:
`<kind>.<lang>` in place of `<kind>`. Alerts have no shards: `canh-bao/hien-tai.json` is all of them
that are in force, so a new alert touches one file less.

Beside a document's page: `du-lieu.json` (all kinds but news and standing pages), `so-lieu.csv` (the
figures of a series), `lien-he.vcf` (vCard 3.0 of a contact). At the root: `llms.txt`, what matters
as plain text. CSV is UTF-8 with a byte-order mark, and no cell can start a formula. An expired
document whose page stays keeps its JSON, with `"state": "expired"`. Settings: `licence` and
`licence_url` in `site.yaml`; words of the press and figures of others carry no licence of ours.
"""

from __future__ import annotations

from model.output import registry


def register() -> None:
    """Register the families."""
    from plugins.open_data.cards import Cards
    from plugins.open_data.catalogue import Catalogue, CataloguePage, Schemas
    from plugins.open_data.copies import DocumentJson, SeriesCsv
    from plugins.open_data.essentials import Essentials
    from plugins.open_data.shards import ShardCsv, ShardIndex, ShardJson
    from plugins.open_data.wholes import WholeCsv, WholeGeojson

    registry.replace(DocumentJson(), SeriesCsv(), Cards(), ShardJson(), ShardCsv(), ShardIndex())
    registry.replace(WholeCsv(), WholeGeojson(), Catalogue(), CataloguePage(), Schemas())
    registry.replace(Essentials())
