"""Decap CMS's configuration, made from the classes that `model check` checks with.

Widgets and options: decapcms.org/docs/configuration-options and /docs/widgets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from model.kinds import kind_class
from model.kinds.base import Document
from model.kinds.misinformation import VERDICTS
from model.new import MACHINE
from model.site import Site

LONG = {"summary", "claim", "fact", "question", "answer", "note", "text", "instruction"}
"""Fields that deserve more than one line on the screen; they are still one paragraph."""
WORDS = {
    "published": "Công bố",
    "draft": "Bản nháp",
    "withdrawn": "Đã gỡ",
    **{verdict: words for verdict, (words, _) in VERDICTS.items()},
}
LABELS = {
    "status": "Tình trạng",
    "name": "Tên",
    "url": "Địa chỉ web",
    "date": "Ngày",
    "text": "Nội dung",
    "label": "Tên gọi",
    "number": "Số",
    "platform": "Nền tảng",
    "publisher": "Nhà phát hành",
    "stores": "Nơi cài đặt",
    "permissions": "Quyền mà ứng dụng xin",
    "functions": "Chức năng",
    "cautions": "Lưu ý",
    "retired": "Ngừng hoạt động từ",
    "purpose": "Gọi để làm gì",
    "hours": "Giờ nghe máy",
    "cost": "Cước gọi",
    "free_until": "Miễn phí đến",
    "source": "Nguồn",
}
"""Names of fields whose description is missing or says more than a name."""
WHEN = "YYYY-MM-DDTHH:mm:ssZ"
"""As moment.js writes it: with the offset of the editor's own clock, so the time stays true."""
BUTTONS = (
    *("bold", "italic", "link", "heading-two", "heading-three", "quote"),
    *("bulleted-list", "numbered-list"),
)


@dataclass(frozen=True)
class Host:
    """The git server that the editor works against; "proxy" is `make serve` on this machine."""

    name: Literal["proxy", "github", "gitlab", "gitea"] = "proxy"
    repository: str = ""
    branch: str = "main"
    address: str = ""
    """Address of a git server of one's own, or of the helper that signs editors in."""
    prefix: str = ""
    """Folder of the site inside the repository, with a slash at its end; "" at its root."""
    application: str = ""
    """Client id of the OAuth application through which editors sign in (GitLab, Gitea)."""


REVIEWING = ("github", "gitlab")
"""Where the form editor makes drafts into merge requests itself; its Gitea backend cannot."""


def configuration(site: Site, host: Host) -> dict[str, Any]:
    """Return the whole configuration; as JSON it is also YAML."""
    return {
        "backend": _backend(host),
        "publish_mode": "editorial_workflow" if host.name in REVIEWING else "simple",
        "locale": "vi",
        "site_url": site.url,
        "media_folder": f"{host.prefix}images",
        "public_folder": "/images",
        "slug": {"encoding": "ascii", "clean_accents": True, "sanitize_replacement": "-"},
        "editor": {"preview": False},
        "collections": [collection(kind, host.prefix) for kind in site.kinds],
    }


def _backend(host: Host) -> dict[str, Any]:
    verbs = {"create": "Thêm", "update": "Sửa", "delete": "Xóa"}
    messages = {verb: f"{word} {{{{collection}}}}: {{{{slug}}}}" for verb, word in verbs.items()}
    found: dict[str, Any] = {"name": host.name, "branch": host.branch, "commit_messages": messages}
    if host.name == "proxy":
        return found | {"proxy_url": "/api/v1"}
    found |= {"repo": host.repository}
    if host.address:
        found |= {"base_url": host.address}
    if host.address and host.name != "github":
        found |= {"api_root": f"{host.address}/api/{'v4' if host.name == 'gitlab' else 'v1'}"}
    if host.application:
        found |= {"app_id": host.application}
    return found | ({"auth_type": "pkce"} if host.name == "gitlab" else {})


def collection(kind: str, prefix: str = "") -> dict[str, Any]:
    """Return the form of one kind of document."""
    model = kind_class(kind)
    return {
        "name": kind,
        "label": model.label,
        "label_singular": model.label,
        "folder": f"{prefix}content/{kind}",
        "create": True,
        "extension": "md",
        "format": "yaml-frontmatter",
        "identifier_field": "title",
        "slug": "{{slug}}",
        "summary": "{{title}}",
        "sortable_fields": ["title"] if model.alphabetic else ["date", "title"],
        "fields": [*fields_of(model), _body()],
    }


def _body() -> dict[str, Any]:
    return {
        "name": "body",
        "label": "Nội dung",
        "widget": "markdown",
        "required": False,
        "buttons": list(BUTTONS),
        "editor_components": ["image"],
    }


def fields_of(model: type[BaseModel]) -> Iterator[dict[str, Any]]:
    """Yield the form's fields: what must be filled, what is the kind's own, what all kinds have."""
    shown = [(name, field) for name, field in model.model_fields.items() if name not in MACHINE]
    for name, field in sorted(shown, key=lambda item: _rank(*item)):
        widget = _widget(name, field.annotation, model)
        document = issubclass(model, Document)
        if widget is not None:
            yield {**_label(name, field), **widget, **_default(name, field, widget, document)}


def _rank(name: str, field: FieldInfo) -> int:
    if field.is_required():
        return 0
    if name in Document.model_fields:
        return 1 if name in ("date", "status", "summary") else 3
    return 2


def _label(name: str, field: FieldInfo) -> dict[str, Any]:
    words = field.description or LABELS.get(name, name)
    short = re.split(r"[:(;,.]", words, maxsplit=1)[0].strip()
    if not short or name == "status":
        short = LABELS.get(name, name)
    found: dict[str, Any] = {"name": name, "label": short, "required": field.is_required()}
    return found | ({"hint": words} if words != short else {})


def _default(name: str, field: FieldInfo, widget: dict[str, Any], document: bool) -> dict[str, Any]:
    if widget["widget"] == "list":
        return {"default": []}
    if name == "status":
        return {"default": "draft"}
    if widget["widget"] == "datetime":
        return {"default": "{{now}}" if name == "date" and document else ""}
    if isinstance(field.default, (str, bool)):
        return {"default": field.default} if field.default != "" else {}
    return {}


def _widget(name: str, annotation: Any, model: type[BaseModel]) -> dict[str, Any] | None:
    """Return the widget of a field's type; None for what no form can show (geometry)."""
    inner = _bare(annotation)
    if get_origin(inner) is tuple:
        return _list(name, get_args(inner), model)
    if get_origin(inner) is Literal:
        return {"widget": "select", "options": _options(get_args(inner), model)}
    if isinstance(inner, type) and issubclass(inner, BaseModel):
        fields = [{**item, "required": False} for item in fields_of(inner)]
        return {"widget": "object", "collapsed": True, "fields": fields}
    simple: dict[Any, dict[str, Any]] = {
        bool: {"widget": "boolean"},
        int: {"widget": "number", "value_type": "int"},
        float: {"widget": "number", "value_type": "float"},
        datetime: {"widget": "datetime", "format": WHEN, "picker_utc": False},
        str: {"widget": "text" if name in LONG else "string"},
    }
    return simple.get(inner)


def _list(name: str, parts: tuple[Any, ...], model: type[BaseModel]) -> dict[str, Any] | None:
    if len(parts) != 2 or parts[1] is not Ellipsis:
        return None
    item = _widget(name, parts[0], model)
    if item is None:
        return None
    if item["widget"] == "select":
        return {**item, "multiple": True}
    if item["widget"] == "object":
        fields = item["fields"]
        return {
            "widget": "list",
            "fields": fields,
            "summary": f"{{{{fields.{fields[0]['name']}}}}}",
        }
    return {"widget": "list", "field": {"name": name, "label": "Mục", **item}}


def _options(values: tuple[Any, ...], model: type[BaseModel]) -> list[dict[str, str]]:
    groups = model.groups if issubclass(model, Document) else {}
    words = {**WORDS, **{key: label for key, (_, label) in groups.items()}}
    return [{"label": words.get(str(value), str(value)), "value": str(value)} for value in values]


def _bare(annotation: Any) -> Any:
    """Return a type without Annotated and without “or nothing”."""
    if get_origin(annotation) is Annotated:
        return _bare(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        kept = [part for part in get_args(annotation) if part is not NoneType]
        return _bare(kept[0]) if len(kept) == 1 else None
    return annotation
