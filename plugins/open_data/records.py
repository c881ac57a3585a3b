"""A document as a record: its public fields, its address and its text, without editors' notes."""

from __future__ import annotations

from typing import Any

from model.kinds import kind_class
from model.output import Row, Store
from model.structured_data.nodes import plain_text

PRIVATE = frozenset(
    {"author", "approved_by", "status", "publish_at", "review_by"}
    | {"fetched_hash", "first_seen", "archived"}
)
"""Fields that are the editors' and the machines' own."""
BORROWED = frozenset({"news", "statistics"})
"""Kinds whose words or figures are somebody else's: no licence of ours is put on them."""
Record = dict[str, Any]


def record(row: Row, store: Store) -> Record:
    """Return the record of a public document; unknown fields are left out, nothing is invented."""
    fields = known(row.document.model_dump(mode="json", exclude=set(PRIVATE)))
    text = "" if row.kind == "news" else plain_text(store.body(row.id))
    return {
        "id": store.site.permanent(row.path),
        "kind": row.kind,
        "lang": row.lang,
        "page": store.site.absolute(row.path),
        "state": row.state,
        **fields,
        **({"text": text} if text else {}),
    }


def known(value: Any) -> Any:
    """Return plain data without what is unknown: None, empty words, lists and groups."""
    if isinstance(value, dict):
        kept = ((key, known(item)) for key, item in value.items())
        return {key: item for key, item in kept if item not in (None, "", [], {})}
    if isinstance(value, list):
        return [item for item in map(known, value) if item not in (None, "", [], {})]
    return value


def record_schema(kind: str) -> Record:
    """Return the JSON Schema (2020-12) of a kind's record."""
    schema = kind_class(kind).model_json_schema(mode="serialization")
    properties = {
        name: field for name, field in schema["properties"].items() if name not in PRIVATE
    }
    own: Record = {
        "id": {"type": "string", "format": "uri", "description": "Mã không đổi của tài liệu"},
        "kind": {"const": kind},
        "lang": {"type": "string", "description": "Ngôn ngữ (BCP 47)"},
        "page": {"type": "string", "format": "uri", "description": "Địa chỉ trang cho người đọc"},
        "state": {"enum": ["current", "expired"], "description": "Còn hay hết hiệu lực"},
        "text": {"type": "string", "description": "Nội dung, chữ trơn"},
    }
    if kind == "statistics":
        own["rows"] = _rows_schema()
    return {
        **schema,
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "properties": {**own, **properties},
        "required": ["id", "kind", "lang", "page", "state", "title"],
        "additionalProperties": False,
    }


def _rows_schema() -> Record:
    return {
        "type": "array",
        "description": "Số liệu: date (ngày), place (mã địa bàn), values (tên cột -> số)",
        "items": {
            "type": "object",
            "properties": {
                "date": {"type": "string", "format": "date"},
                "place": {"type": "string"},
                "values": {"type": "object", "additionalProperties": {"type": "number"}},
            },
            "required": ["values"],
            "additionalProperties": False,
        },
    }
