"""A message against the known rumours, the editors' command line, related documents."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from plugins.search.__main__ import main
from plugins.search.claims import LIKELY, Claim, matches, shingles
from plugins.search.synonyms import load_aliases
from tests.search_site import ORIGIN, build, serve, write_document, write_site

ALIASES, _ = load_aliases()
LEMON = "Uống nước chanh nóng mỗi ngày chữa khỏi COVID-19"
LAKE = "Hồ chứa phía trên sắp vỡ, cả huyện phải chạy trong đêm"
MESSAGE = (
    "Mọi người ơi chia sẻ gấp!!! bác sĩ quen của nhà tôi nói UONG NUOC CHANH NONG moi ngay chua "
    "khoi covid 19, nhà nào cũng làm được, gửi cho 10 người thân nhé"
)


def claim(text: str) -> Claim:
    return Claim(
        f"/{text[:3]}/", text, "Sai sự thật", text, "", tuple(sorted(shingles(text, ALIASES)))
    )


KNOWN = [
    claim(LEMON),
    claim(LAKE),
    claim("Đóng cửa tất cả chợ từ ngày mai"),
    claim("Xăng hết hàng"),
]


def test_a_rumour_is_found_inside_a_longer_message_without_marks() -> None:
    found = matches(MESSAGE, KNOWN, ALIASES)
    assert found[0].claim.claim == LEMON
    assert found[0].share >= LIKELY


@pytest.mark.parametrize(
    "message", ["", "😀", "Chúc mừng sinh nhật bạn, tối nay đi ăn nhé", "a" * 9000]
)
def test_other_messages_match_nothing(message: str) -> None:
    assert [match for match in matches(message, KNOWN, ALIASES) if match.share >= LIKELY] == []


@pytest.mark.parametrize("known", KNOWN, ids=lambda known: known.claim[:12])
def test_the_rumour_itself_matches_wholly(known: Claim) -> None:
    assert matches(known.claim, KNOWN, ALIASES)[0].share == 100
    assert matches(known.claim, KNOWN, ALIASES)[0].claim == known


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = write_site(tmp_path_factory.mktemp("claims"), 40)
    for number, text in ((41, LEMON), (42, LAKE)):
        head = f"claim: {text}\nverdict: checking\nfact: Không đúng.\n"
        write_document(site, number, "misinformation", head, f"Sự thật số {number}", "Không đúng.")
    body = "Giữ ấm, uống nhiều nước, đo nhiệt độ mỗi bốn giờ và gọi trạm y tế khi khó thở. " * 3
    for number in (43, 44):
        write_document(site, number, "guides", "", f"Chăm người sốt phần {number}", body)
    return site


@pytest.fixture(scope="module")
def page(browser: Any, folder: Path) -> Iterator[Any]:
    context = browser.new_context()
    serve(context, build(folder))
    yield context.new_page()
    context.close()


def asked(folder: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setenv("SITE", str(folder))
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    code = ended.value.code
    return code if isinstance(code, int) else 1


@pytest.mark.browser
def test_a_pasted_message_is_matched_in_the_browser(page: Any) -> None:
    page.goto(f"{ORIGIN}/tim-kiem/doi-chieu/")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url + (request.post_data or "")))
    page.fill("#tin", MESSAGE)
    page.click("#doi-chieu button")
    page.wait_for_selector("#ket-qua li")
    assert page.locator("#ket-qua h2").first.inner_text() == "Sự thật số 41"
    assert page.is_hidden("#chua-co")
    assert not [url for url in sent if "chanh" in url.lower()]
    page.fill("#tin", "Chúc mừng sinh nhật")
    page.click("#doi-chieu button")
    page.wait_for_selector("#chua-co:not([hidden])")
    assert page.locator("#chua-co a[href^='tel:']").count() == 1


@pytest.mark.browser
def test_browser_and_python_match_alike(page: Any, folder: Path) -> None:
    page.goto(f"{ORIGIN}/tim-kiem/doi-chieu/")
    script = """async ([message, claims]) => {
        const core = await import(document.getElementById('doi-chieu').dataset.core);
        const base = await (await fetch('/tim-kiem/base.json')).json();
        const rows = claims.map(([path, shingles]) => ({path, shingles}));
        const {matches} = await import(document.querySelector('script[src*=claims]').src);
        return matches(message, rows, core.aliasTable(base.aliases), 30, core)
            .map(({claim, share}) => [claim.path, share]);
    }"""
    rows = [[known.path, list(known.shingles)] for known in KNOWN]
    for message in (MESSAGE, LAKE, "xăng đóng cửa chợ ngày mai", ""):
        wanted = [[match.claim.path, match.share] for match in matches(message, KNOWN, ALIASES)]
        assert page.evaluate(script, [message, rows]) == wanted


def test_editors_search_the_working_copy(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert asked(folder, monkeypatch, "nuoc", "chanh", "--vi-sao") == 0
    out = capsys.readouterr().out
    assert out.index("Sự thật số 41") < 80
    assert "“nuoc chanh”: mạnh" in out
    assert asked(folder, monkeypatch, "nước chanh", "--loai", "guides") == 0
    assert "Sự thật" not in capsys.readouterr().out
    assert asked(folder, monkeypatch, "zzzqqq") == 1
    assert asked(folder, monkeypatch, "--tin", MESSAGE) == 0
    assert "Sự thật số 41" in capsys.readouterr().out


def test_a_saved_change_is_found_at_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_document(folder, 60, "guides", "", "Cách lọc nước giếng bị nhiễm phèn", "Dùng tro bếp.")
    assert asked(folder, monkeypatch, "gieng nhiem phen") == 0
    assert "Cách lọc nước giếng" in capsys.readouterr().out
    (folder / "content/guides/bai-00060.md").unlink()
    assert asked(folder, monkeypatch, "giếng nhiễm phèn lọc") in (0, 1)
    assert "Cách lọc nước giếng" not in capsys.readouterr().out


def test_related_documents_come_with_near_duplicates_marked(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert asked(folder, monkeypatch, "--giong", "guides/bai-00043", "--so", "3") == 0
    first = capsys.readouterr().out.split("\n")
    assert "Chăm người sốt phần 44" in first[0]
    assert "gần trùng" in first[1]
    assert asked(folder, monkeypatch, "--giong", "guides/khong-co") == 1
