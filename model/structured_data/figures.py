"""Dataset for statistics: what is measured, where, until when, and where the file is."""

from __future__ import annotations

from model.copies import csv_path, json_path
from model.kinds.statistics import Statistics
from model.series import read_series
from model.structured_data.nodes import Node, Subject, filled, moment, source
from model.structured_data.nodes import page as described


def dataset(it: Subject) -> Node | None:
    """Return the data set; without figures there is nothing to download."""
    document, site = it.row.document, it.store.site
    if not isinstance(document, Statistics):
        return None
    node = described(it.row, site, "Dataset")
    del node["license"]  # the figures are their source's, not ours to license
    node["description"] = document.summary or document.method or document.title
    node["creator"] = source(document.source)
    node["dateModified"] = moment(document.as_of or document.updated)
    node["spatialCoverage"] = document.region_words
    data = it.store.file(document.series)
    series = read_series(data, document.series, [column.name for column in document.columns])
    if series.rows:
        days = [item.day for item in series.rows if item.day]
        node["temporalCoverage"] = f"{days[0]}/{days[-1]}" if days else None
        node["variableMeasured"] = [
            filled({"@type": "PropertyValue", "name": column.label, "unitText": column.unit})
            for column in document.columns
            if column.name in series.columns
        ]
        node["distribution"] = [
            _download("text/csv", site.absolute(csv_path(it.row.path))),
            _download("application/json", site.absolute(json_path(it.row.path))),
        ]
    return filled(node)


def _download(form: str, address: str) -> Node:
    return {"@type": "DataDownload", "encodingFormat": form, "contentUrl": address}
