"""The directory: numbers to tap, cards for telephones, a sheet for the wall; other kinds' pages."""

from pathlib import Path

from bs4 import BeautifulSoup


def page(sample: Path, name: str) -> BeautifulSoup:
    return BeautifulSoup((sample / name / "index.html").read_bytes(), "lxml")


def test_every_number_of_the_directory_can_be_tapped_in_its_list(sample: Path) -> None:
    found = page(sample, "danh-ba").select("main a[href^='tel:']")
    assert [tag["href"] for tag in found] == [
        "tel:02763822115",
        "tel:02763822116",
        "tel:02763822117",
    ]
    assert "huyện cũ: thành phố Tây Ninh" in page(sample, "danh-ba").get_text()


def test_a_card_is_what_address_books_read(sample: Path) -> None:
    data = (sample / "danh-ba/benh-vien-mau/lien-he.vcf").read_bytes()
    lines = data.decode().split("\r\n")
    assert lines[0] == "BEGIN:VCARD"
    assert lines[-2:] == ["END:VCARD", ""]
    assert "TEL;TYPE=WORK,VOICE:02763822115" in lines
    assert all(len(line.encode()) <= 75 for line in lines)
    whole = data.decode().replace("\r\n ", "")
    assert "FN:Bệnh viện Đa khoa tỉnh Mẫu\r\n" in whole
    long = (sample / "danh-ba/cdc-mau/lien-he.vcf").read_text("utf-8")
    assert "tỉnh Mẫu\\, khoa Phòng\\, chống" in long.replace("\n ", "")


def test_the_sheet_has_every_contact_by_type(sample: Path) -> None:
    sheet = page(sample, "danh-ba/bang-in")
    heads = [tag.get_text() for tag in sheet.select("main h2")]
    assert heads == ["Số khẩn cấp", "Bệnh viện", "Trung tâm kiểm soát bệnh tật (CDC)"]
    assert len(sheet.select("main td a[href^='tel:']")) == 4 + 3


def test_a_service_puts_the_telephone_before_everything(sample: Path) -> None:
    found = page(sample, "dich-vu/xin-cuu-tro").select("article a[href]")
    assert str(found[0]["href"]) == "tel:02761022"
    addresses = [str(tag["href"]) for tag in found]
    assert "sms:02761022" in addresses
    assert "/huong-dan/cai-ung-dung/" in addresses


def test_a_letter_brings_its_file(sample: Path) -> None:
    found = page(sample, "van-ban/cong-van-12")
    links = [str(tag["href"]) for tag in found.select("article a.button")]
    assert links == ["/van-ban/cong-van-12/cong-van-12.pdf", "https://vanban.example.vn/cv12.pdf"]
    assert (sample / "van-ban/cong-van-12/cong-van-12.pdf").read_bytes().startswith(b"%PDF")
    assert "12/UBND-KT" in found.get_text()


def test_a_place_says_from_when_until_when(sample: Path) -> None:
    text = " ".join(page(sample, "dia-diem/tiem-chung-nha-van-hoa").get_text(" ").split())
    assert "Bắt đầu 07:00 ngày 20/10/2025 Kết thúc 17:00 ngày 20/11/2025" in text
    unknown = " ".join(page(sample, "dia-diem/duong-ngap-cau-mau").get_text(" ").split())
    assert "Kết thúc Chưa có thông báo" in unknown


def test_an_answer_stands_under_its_question_with_who_answered(sample: Path) -> None:
    text = " ".join(
        page(sample, "hoi-dap/co-duoc-nghi-hoc").select("article")[0].get_text(" ").split()
    )
    assert text.index("Câu hỏi") < text.index("Trả lời") < text.index("Cơ quan trả lời")
