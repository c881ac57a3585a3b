"""The checks beyond single fields, and files that arrive broken: each gets its problem and cure."""

import struct
import subprocess
import zlib
from pathlib import Path

import pytest

from model.__main__ import main
from model.check.changed import affected
from model.check.pictures import has_position
from tests.test_check import SITE, found, put

HEAD = "---\ntitle: {title}\ndate: 2021-08-28\n{more}---\n\n{body}\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    put(tmp_path, "site.yaml", SITE + 'place: "80"\nhotlines: [{number: "115", label: Cấp cứu}]\n')
    put(tmp_path, "sources.yaml", "{}\n")
    put(tmp_path, "content/guides/tui.md", HEAD.format(title="Túi", more="", body="Nước."))
    put(tmp_path, "content/guides/nhap.md", HEAD.format(title="N", more="status: draft\n", body=""))
    return tmp_path


def said(
    site: Path, body: str = "", more: str = "", title: str = "Bài", kind: str = "guides"
) -> str:
    file = f"content/{kind}/bai.md"
    put(site, file, HEAD.format(title=title, more=more, body=body))
    return "\n".join(found(site, file))


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("[x](tuii.md)", "content/guides/bai.md:6: liên kết “tuii.md” không dẫn tới tài liệu nào"),
        ("[x](tuii.md)", "có phải content/guides/tui.md?"),
        ("[x](../news/khong.md)", "không dẫn tới tài liệu nào"),
        ("a\n\n[x](/huong-dan/khong/)", "bai.md:8: liên kết “/huong-dan/khong/”"),
        ("[x](https://a.example.vn/huong-dan/khong/)", "không dẫn tới tài liệu nào"),
        ("[x]()", "để trống"),
        ("[x][1]\n\n[1]: khong.md", "bai.md:8: liên kết “khong.md”"),
        ("[x](nhap.md)", "dẫn tới bản nháp"),
        ("![](/images/a.png)", "chưa có lời mô tả"),
        ("![Bản đồ](/images/a.png)", "không có ảnh /images/a.png"),
        ("![Bản đồ](https://b.example.vn/a.png)", "nằm ngoài trang"),
        ("[Gọi](tel:02761)", "không gọi được"),
        ("Gọi 0276 38 nhé, hoặc 0276 382 21", "không gọi được"),
        ("Gọi cho anh ấy: 0912 345 678", "có số điện thoại của cá nhân"),
        ("Số CCCD 072099001234 của người ấy", "có số giấy tờ của cá nhân"),
        ("Gửi về nguoidan@example.com", "có thư điện tử của cá nhân"),
        ("Ông Nguyễn Văn Mẫu là ca dương tính thứ hai.", "đứng cạnh một ca bệnh"),
        ("Xét nghiệm của ông Nguyễn Văn Mẫu dương tính.", "đứng cạnh một ca bệnh"),
        ("Kính gửi ông Nguyễn Văn Mẫu,", "có tên người của cá nhân"),
        ("Người này ngụ tại số 12 đường Lê Lợi.", "có địa chỉ của cá nhân"),
        ("<span class=x>Chữ</span>", "thẻ HTML"),
        ("\uf0b7 Rửa tay", "dấu đầu dòng của Word"),
        ("\tThụt đầu dòng", "khung mã"),
        ("cách\u00adly", "dấu nối ẩn"),
    ],
)
def test_a_body_that_needs_mending(site: Path, body: str, words: str) -> None:
    assert words in said(site, body)


@pytest.mark.parametrize(
    "body",
    [
        "[x](tui.md#a) [x](../guides/tui.md) [x](/huong-dan/tui/?a=1) [x](/huong-dan/) [x](#a)",
        "[x](https://b.example.vn/huong-dan/khong/) [x](mailto:a@example.gov.vn) [x](/nhung/)",
        "`[x](khong.md)`\n\n- a\n    - b",
        "Gọi 115, 0276.1022, 1900 9095 hoặc 0276 3822 115. Số 12/2021, ngày 20.10.2021.",
        "Ông Nguyễn Văn Mẫu, Giám đốc Sở, trả lời.",
        "Theo lời của ông Nguyễn Văn Mẫu, Giám đốc Sở, đường đã thông.",
        "Gửi soyte@example.gov.vn",
    ],
)
def test_a_body_that_is_fine(site: Path, body: str) -> None:
    assert said(site, body) == ""


def test_an_institutions_mobile_number_is_allowed_with_its_contact(site: Path) -> None:
    assert "cá nhân" in said(site, "Đội phản ứng nhanh: 0912 345 678")
    more = 'type: rapid-response\nphones: [{number: "0912345678", label: Trực}]\n'
    more += "sources: [{name: Sở Y tế, url: 'https://a.example.vn/x'}]\n"
    put(
        site,
        "content/contacts/doi.md",
        HEAD.format(title="Đội", more=more, body="Gọi 0912.345.678"),
    )
    assert said(site, "Đội phản ứng nhanh: 0912 345 678") == ""
    assert found(site, "content/contacts/doi.md") == []


@pytest.mark.parametrize(
    ("title", "more", "words"),
    [
        ("Toàn tỉnh bị phong tỏa từ ngày mai", "", "tiêu đề lặp lại tin đồn"),
        ("Toàn tỉnh bị phong tỏa?", "", "tiêu đề là câu hỏi"),
        ("Không có lệnh phong tỏa toàn tỉnh", "", ""),
        ("Toàn tỉnh bị phong tỏa từ ngày mai", "verdict: 'true'\n", ""),
    ],
)
def test_a_title_states_the_truth(site: Path, title: str, more: str, words: str) -> None:
    more += (
        "claim: Toàn tỉnh bị phong tỏa từ ngày mai\nreviewed_by: {name: Sở, url: 'https://a.vn'}\n"
    )
    text = said(site, more=more, title=title, kind="misinformation")
    assert words in text
    assert bool(words) == bool(text)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ("review_by: 2021-08-30\n", "quá hạn xem lại từ 30/08/2021"),
        ("review_by: 2021-09-30\n", ""),
        ("places: [25567]\n", ""),
        ("places: [99999]\n", "không có địa bàn mã “99999”"),
        ("places: [Ninh Thạnh]\n", "ghi 25567 (Phường Ninh Thạnh)"),
        ("places: [97]\n", "không có địa bàn mã “97”"),
        ("summary: “Cả câu trong nháy cong”\n", "nháy cong"),
        ("tags: [“a, b”, c]\n", "còn nháy cong"),
        ("tags: [Chị em, 5 “không”, c]\n", ""),
        ("hazard: lu-lut\n", "“lu-lut” chưa có tên cho người đọc"),
        ("hazard: Lũ lụt\n", "viết lu-lut"),
    ],
)
def test_fields_that_need_another_look(site: Path, more: str, words: str) -> None:
    text = said(site, more=more)
    assert words in text
    assert bool(words) == bool(text)


def test_evidence_that_nobody_can_open_is_said(site: Path) -> None:
    more = "claim: C\nverdict: 'false'\nreviewed_by: {name: Sở}\nevidence: [{name: Công văn}]\n"
    assert "không bằng chứng nào có địa chỉ" in said(site, more=more, kind="misinformation")


GOOD = HEAD.format(title="Bài", more="", body="Xin chào.")


@pytest.mark.parametrize(
    ("file", "data", "words"),
    [
        (
            "content/news/a.md",
            f"<<<<<<< HEAD\n{GOOD}=======\n{GOOD}>>>>>>> b\n".encode(),
            "xung đột",
        ),
        ("content/news/a.md", b"\xef\xbb\xbf" + GOOD.encode(), ""),
        ("content/news/a.md", GOOD.encode("utf-16"), ""),
        ("content/news/a.md", GOOD.replace("\n", "\r\n").encode(), ""),
        ("content/news/a.md", GOOD.replace("Xin", "Xin").encode("cp1258", "replace"), "UTF-8"),
        ("content/news/a.md", b"\xd4\xd2\xd6" * 40, "UTF-8"),
        ("content/news/a.md", GOOD.replace("date:", "\tdate:").encode(), "Tab"),
        ("content/news/a.md", GOOD.replace("Bài", "“Bài").encode(), ""),
        ("content/news/a.md", GOOD.replace("2021-08-28", "“2021-08-28”").encode(), "ngày giờ"),
        ("content/news/a.md", GOOD.replace("Bài", "B\u0061\u0300i").encode(), ""),
        ("content/news/a.md", GOOD.replace("Bài", "*neo").encode(), "neo"),
        ("content/news/a.md", GOOD.replace("Bài", "!!python/object x").encode(), "thẻ"),
        ("content/news/a.md", GOOD.replace("date", "title").encode(), "hai lần"),
        ("content/news/a.md", b"", "không có phần đầu"),
        ("content/news/a.md", b"---\n", "không có phần đầu"),
        ("content/news/a.md", b"\x00" * 100, "không có phần đầu"),
        ("content/news/a.md", b"a" * 3_000_000, "dưới 2 MB"),
        ("content/news/Bài viết 1.md", GOOD.encode(), "đổi tên thành bai-viet-1.md"),
        ("content/tin/a.md", GOOD.encode(), "nằm sai thư mục"),
        ("content/a.md", GOOD.encode(), "nằm sai thư mục"),
        ("content/news/a.docx", b"PK", "sẽ không được đăng"),
        ("content/news/A.MD", GOOD.encode(), "sẽ không được đăng"),
        ("images/to.jpg", b"\xff\xd8" + b"\0" * 40_000_000, "ảnh nặng 40.000 KB"),
        ("images/a.heic", b"x", "trình duyệt không mở được"),
        ("images/Ảnh 1.jpg", b"\xff\xd8", "tên ảnh có dấu"),
        ("images/a.jpg", b"\xff\xd8\xff\xe0", ""),
        ("images/b.jpg", b"\0\0\0\x18ftypheic", "HEIC"),
        ("images/c.png", b"", "tệp hỏng"),
    ],
)
def test_bad_input_gets_a_problem_or_is_taken_as_meant(
    site: Path, file: str, data: bytes, words: str
) -> None:
    path = site / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    for text in (found(site, file), found(site)):
        assert words in "\n".join(text)
        assert bool(words) == bool(text)
    assert main(["check", str(path)]) == int(bool(words))


def tiff(order: str, tag: int) -> bytes:
    mark = b"II*\0" if order == "<" else b"MM\0*"
    entry = struct.pack(f"{order}HHII", tag, 4, 1, 26)
    return mark + struct.pack(f"{order}IH", 8, 1) + entry + b"\0" * 4


def jpeg(block: bytes) -> bytes:
    segment = b"Exif\0\0" + block
    return b"\xff\xd8\xff\xe1" + struct.pack(">H", len(segment) + 2) + segment + b"\xff\xda\0\0"


def png(block: bytes) -> bytes:
    sum_ = struct.pack(">I", zlib.crc32(b"eXIf" + block))
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", len(block)) + b"eXIf" + block + sum_


def webp(block: bytes) -> bytes:
    chunk = b"EXIF" + struct.pack("<I", len(block)) + block
    return b"RIFF" + struct.pack("<I", len(chunk) + 4) + b"WEBP" + chunk


@pytest.mark.parametrize("wrap", [jpeg, png, webp])
@pytest.mark.parametrize("order", ["<", ">"])
def test_the_place_where_a_picture_was_taken_is_found(wrap: object, order: str, site: Path) -> None:
    assert callable(wrap)
    assert has_position(wrap(tiff(order, 0x8825)))
    assert not has_position(wrap(tiff(order, 0x0110)))
    for cut in range(60):
        has_position(wrap(tiff(order, 0x8825))[:cut])
        has_position(wrap(tiff(order, 0x8825)[:cut]))
    put(site, "images/x", "").with_suffix(".jpg").write_bytes(wrap(tiff(order, 0x8825)))
    assert "vị trí nơi chụp" in "\n".join(found(site, "images/x.jpg"))


def git(site: Path, *arguments: str) -> None:
    command = ["git", "-c", "user.name=T", "-c", "user.email=t@example.vn", *arguments]
    subprocess.run(command, cwd=site, check=True, capture_output=True)


def test_a_commit_checks_what_changed_and_what_refers_to_it(site: Path) -> None:
    put(site, "content/guides/a b.txt", "")
    put(site, "content/guides/tro.md", HEAD.format(title="T", more="", body="[x](tui.md)"))
    put(
        site,
        "content/guides/tro-2.md",
        HEAD.format(title="T", more="", body="[x](/huong-dan/tui/)"),
    )
    git(site, "init", "-q", "-b", "main")
    git(site, "add", "-A")
    git(site, "commit", "-qm", "a")
    assert affected(site, "") == []
    git(site, "rm", "-q", "content/guides/tui.md")
    put(site, "content/guides/mới.md", GOOD)
    git(site, "add", "-A")
    names = [Path(name).name for name in affected(site, "")]
    assert names == ["mới.md", "tro-2.md", "tro.md"]
    git(site, "commit", "-qm", "b")
    assert affected(site, "") == []
    assert [Path(name).name for name in affected(site, "HEAD~1")] == names
    assert len(found(site, "content/guides/tro.md", "content/guides/tro-2.md")) == 2


def test_who_links_to_a_document_is_asked_only_where_the_link_may_break(site: Path) -> None:
    link = "[x](tui.md) ![Bản đồ](/images/a.png)"
    put(site, "content/guides/tro.md", HEAD.format(title="T", more="", body=link))
    put(site, "content/statistics/so.md", "---\ntitle: S\nseries: data/so.csv\n---\n")
    put(site, "data/so.csv", "date,ca\n")
    put(site, "images/a.png", "")
    git(site, "init", "-q", "-b", "main")
    git(site, "add", "-A")
    git(site, "commit", "-qm", "a")

    def touched() -> list[str]:
        git(site, "add", "-A")
        return [Path(name).name for name in affected(site, "")]

    tui = site / "content/guides/tui.md"
    tui.write_text(tui.read_text("utf-8") + "\nThêm một câu.\n", "utf-8")
    assert touched() == ["tui.md"]
    tui.write_text(tui.read_text("utf-8").replace("title:", "status: draft\ntitle:"), "utf-8")
    assert touched() == ["tro.md", "tui.md"]
    git(site, "reset", "-q", "--hard")
    (site / "images/a.png").unlink()
    assert touched() == ["tro.md"]
    put(site, "data/so.csv", "date,ca\n2021-09-01,1\n")
    assert touched() == ["tro.md", "so.md", "so.csv"]


def test_a_branch_that_is_not_there_is_said(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(site, "init", "-q")
    monkeypatch.chdir(site)
    assert main(["check", "--changed", "khong-co"]) == 1


@pytest.mark.parametrize(
    ("file", "address"),
    [
        ("content/services/an-sinh.md", "/dich-vu/an-sinh/"),
        ("content/guides/trang.md", "/huong-dan/trang/"),
        ("content/guides/y-te.en.md", "/huong-dan/y-te/"),
        ("content/pages/tin-tuc.md", "/tin-tuc/"),
        ("content/pages/nhung.md", "/nhung/"),
        ("content/pages/km.md", "/km/"),
    ],
)
def test_the_address_of_a_list_or_of_the_engine_is_taken(
    site: Path, file: str, address: str
) -> None:
    put(site, "site.yaml", (site / "site.yaml").read_text() + "sections: {y-te: Y tế}\n")
    more = 'type: welfare\nphones: [{number: "115"}]\n' if "services" in file else ""
    put(site, file, HEAD.format(title="Bài", more=more, body=""))
    (said_now,) = found(site, file)
    assert f"địa chỉ {address} là của một danh sách" in said_now


def test_the_same_name_is_free_where_no_list_stands(site: Path) -> None:
    put(site, "content/guides/an-sinh.md", HEAD.format(title="Bài", more="", body=""))
    assert found(site, "content/guides/an-sinh.md") == []


APP = "app:\n  name: Mẫu Smart\n  stores: [{{platform: {}, url: '{}'}}]\n"


@pytest.mark.parametrize(
    ("platform", "url", "known"),
    [
        ("android", "https://play.google.com/store/apps/details?id=vn.example.mau", True),
        ("ios", "https://apps.apple.com/vn/app/id0000000000", True),
        ("web", "https://ung-dung.example.vn/", True),
        ("android", "https://bit.ly/mau", False),
        ("android", "https://play.google.com.example.org/x", False),
        ("ios", "https://play.google.com/store/apps/details?id=vn.example.mau", False),
    ],
)
def test_a_strange_store_is_a_warning(site: Path, platform: str, url: str, known: bool) -> None:
    words = said(site, more=APP.format(platform, url))
    assert ("không phải cửa hàng quen biết" in words) is not known, words
    assert not known or not words
