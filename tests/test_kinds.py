"""Every kind: the least that is valid, every own check, and what survives being kept as JSON."""

from datetime import datetime, timedelta
from typing import Any, get_args

import pytest

from model.content import load
from model.document import join
from model.fields import VIETNAM
from model.kinds import FACES, KINDS, kind_class
from model.kinds.alerts import Alert, active_alerts
from model.problem import Problems

SOURCE = {"name": "Sở Y tế"}
NUMBERS = [{"number": "0276.1022"}]
LEAST: dict[str, dict[str, Any]] = {
    "news": {"title": "Tin", "date": "2021-08-28 15:30"},
    "misinformation": {"title": "Sự thật", "claim": "Tin đồn"},
    "guides": {"title": "Hướng dẫn"},
    "pages": {"title": "Giới thiệu"},
    "questions": {"title": "Tiêm ở đâu?", "answered_by": SOURCE},
    "contacts": {
        "title": "Bệnh viện",
        "type": "hospital",
        "phones": NUMBERS,
        "sources": [SOURCE],
    },
    "places": {
        "title": "Chốt số 1",
        "type": "checkpoint",
        "commune": "25567",
        "sources": [SOURCE],
    },
    "documents": {"title": "Công văn", "issued_on": "19/3/2020", "issuer": SOURCE},
    "statistics": {
        "title": "Số ca",
        "region": "80",
        "topic": "covid-19",
        "series": "data/series/covid-19-80.csv",
        "columns": [{"name": "cases", "label": "Số ca"}],
        "source": SOURCE,
    },
    "alerts": {
        "title": "Lũ lên nhanh",
        "identifier": "vn-80-lu-20211018-1",
        "date": "2021-10-18 06:00",
        "expires": "2021-10-19 06:00",
        "event": "Lũ",
        "category": "Met",
        "area": "Các xã ven sông",
        "sources": [SOURCE],
    },
    "campaigns": {"title": "Đi từng ngõ, gõ từng nhà"},
    "services": {"title": "Hỏi 1022", "type": "ask", "phones": NUMBERS},
}
"""Kind -> front matter that is just enough."""


def problems(kind: str, values: dict[str, Any]) -> list[str]:
    """Return "field: message" of each problem of a document with these values."""
    try:
        load(f"content/{kind}/x.md", join(values, "Nội dung.").encode())
    except Problems as error:
        return [f"{problem.field}: {problem.message}" for problem in error.problems]
    return []


def test_every_kind_has_its_least_document() -> None:
    assert LEAST.keys() == KINDS.keys()


@pytest.mark.parametrize("kind", KINDS)
def test_the_least_document_is_valid_and_survives_as_json(kind: str) -> None:
    loaded = load(f"content/{kind}/x.md", join(LEAST[kind], "Nội dung.").encode())
    again = type(loaded.document).model_validate_json(
        loaded.document.model_dump_json(exclude_defaults=True)
    )
    assert again == loaded.document
    assert loaded.document.lists()[0] == kind
    for name in loaded.document.lists():
        section = name.partition("/")[2]
        assert not section or kind_class(kind).section_label(section)


@pytest.mark.parametrize("kind", KINDS)
def test_each_field_is_explained_in_vietnamese(kind: str) -> None:
    silent = [
        name for name, field in kind_class(kind).model_fields.items() if not field.description
    ]
    assert not silent


@pytest.mark.parametrize("kind", KINDS)
def test_groups_match_the_values_that_may_be_typed(kind: str) -> None:
    model = kind_class(kind)
    if not model.groups:
        return
    field = model.model_fields["scope" if kind == "statistics" else "type"]
    assert set(get_args(field.annotation)) == set(model.groups)
    addresses = [address for address, _ in model.groups.values()]
    assert len(set(addresses)) == len(addresses)


def without(kind: str, *names: str, **changes: Any) -> dict[str, Any]:
    """Return the least document of `kind` without some fields, others changed."""
    values = {key: value for key, value in LEAST[kind].items() if key not in names}
    return {**values, **changes}


MOBILE = [{"number": "0912 345 678"}]
RING = "10.0,105.0 10.0,105.1 10.1,105.1 10.0,105.0"
BOW = "10.0,105.0 10.1,105.1 10.1,105.0 10.0,105.1 10.0,105.0"
WRONG = [
    ("questions", without("questions", "answered_by"), "answered_by: chưa ghi cơ quan"),
    (
        "questions",
        without("questions", asked_on="2021-08-02", answered_on="2021-08-01"),
        "answered_on: trả lời trước",
    ),
    ("contacts", without("contacts", "phones"), "phones: không có cách nào"),
    ("contacts", without("contacts", "sources"), "sources: số điện thoại không có nguồn"),
    ("contacts", without("contacts", phones=[{"number": "123"}]), "phones.0.number: “123”"),
    (
        "contacts",
        without("contacts", "sources", phones=MOBILE, checked_on="2021-01-01", checked_by="Sở"),
        "sources: số di động",
    ),
    (
        "contacts",
        without("contacts", "phones", type="hotline", address="1 Lê Lợi"),
        "phones: đường dây nóng",
    ),
    ("contacts", without("contacts", type="benh-vien"), "type: giá trị “benh-vien”"),
    ("contacts", without("contacts", commune="2556"), "commune: “2556” sai"),
    ("contacts", without("contacts", commune="80"), "commune: “80” sai"),
    (
        "contacts",
        without("contacts", coordinates="106.1, 11.3"),
        "coordinates: “106.1, 11.3” ghi ng",
    ),
    (
        "contacts",
        without("contacts", coordinates="48.8, 2.3"),
        "coordinates: “48.8, 2.3” nằm ngoài",
    ),
    ("contacts", without("contacts", coordinates="đâu đó"), "coordinates: “đâu đó” không phải"),
    ("places", without("places", "commune"), "address: không ghi ở đâu"),
    ("places", without("places", "sources"), "sources: không có nguồn"),
    (
        "places",
        without("places", since="2021-08-02", expires="2021-08-01"),
        "expires: kết thúc trước",
    ),
    ("places", without("places", geometry="{"), "geometry: không đọc được"),
    (
        "places",
        without("places", geometry='{"type": "Polygon", "coordinates": []}'),
        "geometry: hình vẽ phải có",
    ),
    (
        "places",
        without("places", geometry={"type": "Point", "coordinates": ["11.3", "106.1"]}),
        "geometry: “['106.1', '11.3']” ghi ngược",
    ),
    ("documents", without("documents", "issued_on"), "issued_on: thiếu ngày"),
    ("documents", without("documents", effective_on="2020-03-01"), "effective_on: có hiệu lực"),
    ("documents", without("documents", attachments=[{"label": "PDF"}]), "file: không ghi tệp"),
    (
        "documents",
        without("documents", attachments=[{"label": "PDF", "file": "files/../x.pdf"}]),
        "attachments.0.file: “files/../x.pdf”",
    ),
    ("statistics", without("statistics", series="series.csv"), "series: “series.csv” không phải"),
    ("statistics", without("statistics", series="data/series/x.xlsx"), "series: “data/series/x.x"),
    ("statistics", without("statistics", columns=[]), "columns: thiếu"),
    (
        "statistics",
        without("statistics", columns=[{"name": "a", "label": "A"}, {"name": "a", "label": "B"}]),
        "columns: một cột được khai hai lần",
    ),
    (
        "statistics",
        without("statistics", columns=[{"name": "date", "label": "Ngày"}]),
        "columns: cột date",
    ),
    ("alerts", without("alerts", "identifier"), "identifier: chưa có mã"),
    ("alerts", without("alerts", identifier="VN 80"), "identifier: mã “VN 80” sai"),
    ("alerts", without("alerts", identifier="vn-80-lu-20211017-1"), "date: mã ghi ngày 20211017"),
    ("alerts", without("alerts", "date"), "date: thiếu lúc phát"),
    ("alerts", without("alerts", "expires"), "expires: thiếu lúc hết"),
    ("alerts", without("alerts", effective="2021-10-20"), "expires: hết hiệu lực trước"),
    ("alerts", without("alerts", "sources"), "sources: không ghi ai"),
    ("alerts", without("alerts", message="update"), "references: cập nhật hoặc hủy"),
    (
        "alerts",
        without("alerts", references=["vn-80-lu-20211018-1"]),
        "references: cảnh báo trỏ tới chính nó",
    ),
    ("alerts", without("alerts", level="6"), "level: không được quá 5"),
    ("alerts", without("alerts", polygons="10.0,105.0 10.0,105.1"), "polygons.0: đường bao có ít"),
    (
        "alerts",
        without("alerts", polygons="10.0,105.0 10.0,105.1 10.1,105.1 10.1,105.0"),
        "polygons.0: đường bao chưa khép kín",
    ),
    ("alerts", without("alerts", polygons=BOW), "polygons.0: đường bao tự cắt"),
    ("campaigns", without("campaigns", progress="data/series/a.csv"), "goal: có tiến độ"),
    (
        "campaigns",
        without("campaigns", reports=[{"every": "week", "before": "10:00"}]),
        "reports.0: hằng tuần mà không ghi thứ mấy",
    ),
    (
        "campaigns",
        without("campaigns", reports=[{"weekday": "6", "before": "10:00"}]),
        "reports.0: hằng ngày thì không có thứ",
    ),
    (
        "campaigns",
        without("campaigns", reports=[{"before": "25:00"}]),
        "reports.0.before: “25:00” sai cách viết",
    ),
    (
        "campaigns",
        without("campaigns", artwork=[{"headline": "A"}, {"headline": "B"}]),
        "artwork: hai mục chữ",
    ),
    ("services", without("services", "phones"), "phones: không có cách nào"),
    ("services", without("services", phones=MOBILE), "sources: số di động"),
    ("services", without("services", form="javascript:alert(1)"), "form: “javascript:alert(1)”"),
]


@pytest.mark.parametrize(("kind", "values", "said"), WRONG)
def test_each_own_check_says_what_is_wrong(kind: str, values: dict[str, Any], said: str) -> None:
    found = problems(kind, values)
    assert [line for line in found if line.startswith(said)], found


def test_a_ring_may_be_drawn_and_a_feature_pasted() -> None:
    assert not problems("alerts", without("alerts", polygons=[RING]))
    feature = '{"type": "Feature", "geometry": {"type": "Point", "coordinates": [106.1, 11.3]}}'
    assert not problems("places", without("places", "commune", geometry=feature))


def test_drafts_of_alerts_may_lack_what_only_publication_needs() -> None:
    draft = without("alerts", "identifier", "date", "expires", "sources", status="draft")
    assert not problems("alerts", draft)


def _alert(identifier: str, **changes: Any) -> Alert:
    values = without("alerts", identifier=identifier, **changes)
    return Alert.model_validate(values)


def test_an_update_replaces_what_it_names_and_a_cancel_ends_it() -> None:
    first = _alert("vn-80-lu-20211018-1")
    second = _alert("vn-80-lu-20211018-2", message="update", references=["vn-80-lu-20211018-1"])
    other = _alert("vn-80-bao-20211018-1")
    end = _alert("vn-80-bao-20211018-2", message="cancel", references=["vn-80-bao-20211018-1"])
    assert active_alerts([first, second, other]) == [second, other]
    assert active_alerts([first, second, other, end]) == [second]


def test_an_alert_is_current_from_publication_until_it_expires() -> None:
    alert = _alert("vn-80-lu-20211018-1", publish_at="2021-10-18 06:00")
    start = datetime(2021, 10, 18, 6, tzinfo=VIETNAM)
    assert not alert.is_current(start - timedelta(seconds=1))
    assert alert.is_current(start)
    assert not alert.is_current(start + timedelta(days=1))


@pytest.mark.parametrize("kind", KINDS)
def test_a_kinds_face_is_its_class(kind: str) -> None:
    face, model = FACES[kind], kind_class(kind)
    assert (face.model, face.prefix, face.label) == (model.__name__, model.prefix, model.label)
