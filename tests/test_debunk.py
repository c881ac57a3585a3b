"""A debunk's title states the fact, never the bare rumour."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.debunk import claim_in, headed, is_bare
from model.kinds.misinformation import VERDICTS

RUMOUR = "Uống rượu diệt được virus corona"


@pytest.mark.parametrize(
    "title",
    ["Uống rượu diệt được virus corona", "UỐNG RƯỢU DIỆT ĐƯỢC VIRUS!", "uong ruou diet duoc virus"],
)
def test_a_repeated_rumour_is_bare(title: str) -> None:
    assert is_bare(title, RUMOUR, "false")
    assert is_bare(title, RUMOUR, "checking")
    assert not is_bare(title, RUMOUR, "true")


@pytest.mark.parametrize(
    "title",
    [
        "Uống rượu diệt được virus corona là sai sự thật",
        "Rượu không diệt được virus",
        "Bộ Y tế bác bỏ tin uống rượu diệt virus",
        "Rượu để uống làm suy giảm sức đề kháng của cơ thể",
        "Fact check: Drinking alcohol kills the virus",
    ],
)
def test_a_title_that_judges_or_says_something_else_is_not(title: str) -> None:
    assert not is_bare(title, RUMOUR, "false")


def test_a_denial_inside_the_rumour_judges_nothing() -> None:
    assert is_bare("Vắc xin không có tác dụng", "Vắc xin không có tác dụng", "false")
    assert not is_bare(
        "Tin vắc xin không có tác dụng là sai sự thật", "Vắc xin không có tác dụng", "false"
    )


def test_curing_is_not_denying() -> None:
    assert is_bare("Tỏi chữa được ung thư", "Ăn tỏi chữa được ung thư", "false")
    assert is_bare("Sài Gòn tăng giá xăng gấp đôi", "Sài Gòn sẽ tăng giá xăng gấp đôi", "false")
    assert not is_bare("Tỏi chưa được chứng minh là khỏi ung thư", "Ăn tỏi khỏi ung thư", "false")


def test_the_sources_verdict_sentence_is_kept() -> None:
    headline = "Thông tin Hà Nội cấm người dân ra đường là sai sự thật"
    claim = claim_in(headline)
    assert claim == "Hà Nội cấm người dân ra đường"
    assert headed(claim, "false", headline) == headline


def test_without_one_the_title_is_verdict_and_rumour() -> None:
    assert headed(RUMOUR, "false", RUMOUR) == f"Sai sự thật: “{RUMOUR}”"
    assert headed(RUMOUR, "checking", "") == f"Đang xác minh: “{RUMOUR}”"


@pytest.mark.parametrize(
    ("headline", "claim"),
    [
        ("Bác tin phong tỏa toàn tỉnh từ 0 giờ", "Phong tỏa toàn tỉnh từ 0 giờ"),
        ("“Tỏi chữa khỏi bệnh” là không chính xác", "Tỏi chữa khỏi bệnh"),
        ("Văn bản cho học sinh nghỉ một tháng là giả mạo.", "Văn bản cho học sinh nghỉ một tháng"),
        ("Thông tin về lịch cúp điện cả tuần chưa chính xác", "Lịch cúp điện cả tuần"),
        ("Thông tin về lịch tiêm vắc xin tuần này", ""),
        ("Cảnh giác thủ đoạn lừa đảo qua điện thoại", ""),
        ("Tin giả", ""),
    ],
)
def test_finds_the_rumour_in_a_verdict_sentence(headline: str, claim: str) -> None:
    assert claim_in(headline) == claim


@given(st.text(min_size=1, max_size=300), st.sampled_from(sorted(VERDICTS)), st.text(max_size=200))
@settings(deadline=None, max_examples=200)
def test_a_built_title_is_never_bare_and_never_long(
    claim: str, verdict: str, headline: str
) -> None:
    title = headed(claim, verdict, headline)
    assert len(title) <= 180
    assert title
    assert not is_bare(title, claim, verdict)
