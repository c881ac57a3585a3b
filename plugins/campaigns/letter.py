"""What the draft of the letter says: from the campaign's fields, with blanks for what is unknown.

The parts and their order are those of an official letter (công văn) in Decree 30/2020/NĐ-CP,
annexes I and III. Numbers, dates, names and signatures are never made up: they stay blank.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from model.kit import KIT, kit_path
from model.output import Key, Row, Store
from model.places import unit_name
from model.site import Site
from model.words import Words
from plugins.campaigns.families import OfCampaign, campaign_of
from plugins.campaigns.goals import goal_words

if TYPE_CHECKING:  # a build without such a campaign need not load it
    from model.kinds.campaigns import Campaign, Report

BLANK = "…………"
ROLE = "[CHỨC VỤ NGƯỜI KÝ]"
NAME = "[Họ và tên]"
NAMED = 12
"""Communes that are named one by one; more are a list beside the letter."""
VERSION = "letter 2"
"""Raised when the same words would be laid out otherwise."""


class LetterWords(NamedTuple):
    """All words of a letter, part by part."""

    parent: str
    agency: str
    number: str
    subject: str
    place_and_date: str
    recipients: tuple[str, ...]
    body: tuple[str, ...]
    copies: tuple[str, ...]
    signer: tuple[str, ...]
    name: str
    title: str


class Letters(OfCampaign):
    """`<campaign>/bo-tai-lieu/cong-van.odt`."""

    name: ClassVar[str] = "campaign-letter"
    file: ClassVar[str] = f"{KIT}cong-van.odt"
    slow: ClassVar[bool] = True

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the draft; None once the campaign is over."""
        row = self.row(key, store)
        if row is None or row.state != "current":
            return None
        words = letter_words(row, store.site, store.words(row.lang))
        recipe = hashlib.sha256(f"{VERSION} {words}".encode()).hexdigest()

        def write() -> bytes:
            from plugins.campaigns.letter_file import odt

            return odt(words)

        return store.kept(recipe, write)


def letter_words(row: Row, site: Site, words: Words) -> LetterWords:
    """Return what the letter of a campaign says."""
    campaign = campaign_of(row)
    draft = campaign.draft
    province = unit_name(site.place)
    place = draft.place or province.removeprefix("Tỉnh ").removeprefix("Thành phố ")
    return LetterWords(
        parent=site.agency.parent.upper(),
        agency=site.agency.name.upper(),
        number=f"Số:          /{draft.symbol or BLANK}",
        subject=f"V/v {draft.subject or f'triển khai chiến dịch “{campaign.title}”'}",
        place_and_date=f"{place or BLANK}, ngày       tháng       năm          ",
        recipients=draft.recipients or _communes(campaign) or (BLANK * 3,),
        body=tuple(_body(row, site, words)),
        copies=("Như trên", *draft.copies, f"Lưu: VT, {BLANK}"),
        signer=draft.signer or (ROLE,),
        name=NAME,
        title=f"Công văn (dự thảo): {campaign.title}",
    )


def _communes(campaign: Campaign) -> tuple[str, ...]:
    """Return the communes that report, as the bodies that are written to."""
    codes = campaign.reporters
    if len(codes) > NAMED:
        return ("Ủy ban nhân dân các xã, phường (danh sách kèm theo)",)
    return tuple(f"Ủy ban nhân dân {_small(unit_name(code))}" for code in codes)


def listed(lines: Iterable[str]) -> list[str]:
    """Return "- a;" … "- z." as official letters list."""
    items = [line.rstrip(";.") for line in lines]
    return [f"- {line}{'.' if n == len(items) else ';'}" for n, line in enumerate(items, 1)]


def _small(name: str) -> str:
    return name[:1].lower() + name[1:]


def _body(row: Row, site: Site, words: Words) -> list[str]:
    campaign, agency = campaign_of(row), site.agency.name
    lines = [f"Căn cứ {text.rstrip(';.')};" for text in campaign.draft.basis]
    launched = campaign.letter
    told = f" ngày {words.date(launched.date)}" if launched and launched.date else ""
    start = f"Thực hiện {_small(launched.name)}{told}, " if launched else ""
    lines.append(
        f"{start}{agency} triển khai chiến dịch “{campaign.title}”. {campaign.summary}".strip()
    )
    if campaign.goal:
        lines.append(_goal(campaign, words))
    lines.append(
        f"{agency} đề nghị các cơ quan, đơn vị, địa phương phối hợp thực hiện các nội dung sau:"
    )
    lines += _tasks(campaign)
    lines.append(f"{_contents(campaign)} của chiến dịch lấy tại địa chỉ:")
    lines.append(site.absolute(kit_path(row.path)))
    if campaign.reports:
        lines += ["Chế độ báo cáo:", *listed(map(_report, campaign.reports))]
    lines.append(f"{agency} đề nghị các cơ quan, đơn vị quan tâm, phối hợp thực hiện./.")
    return lines


def _goal(campaign: Campaign, words: Words) -> str:
    if campaign.goal is None:
        return ""
    by = f", chậm nhất ngày {words.date(campaign.goal.by)}" if campaign.goal.by else ""
    return f"Mục tiêu: đạt {goal_words(campaign.goal, words)}{by}."


def _contents(campaign: Campaign) -> str:
    """Return what the kit of this campaign holds, in words."""
    parts = [
        "biểu ngữ kèm mã nhúng" if campaign.artwork else "",
        "lời nhắn soạn sẵn",
        "bản đọc loa" if campaign.texts.speaker or campaign.summary else "",
        "bản in, mã QR" if campaign.artwork or campaign.app else "",
    ]
    told = ", ".join(filter(None, parts))
    return told[:1].upper() + told[1:]


def _usual(campaign: Campaign) -> list[tuple[str, tuple[str, ...]]]:
    """Return what such a kit is used for everywhere, as far as this one goes."""
    portals = ("Đăng biểu ngữ của chiến dịch bằng mã nhúng có sẵn.",) if campaign.artwork else ()
    loud = campaign.texts.speaker or campaign.summary
    communes = (
        "Phát bản đọc loa trên hệ thống truyền thanh và định kỳ nhắc lại." if loud else "",
        "In và phát tài liệu hướng dẫn." if campaign.artwork or campaign.app else "",
        "Đăng lời nhắn soạn sẵn trên Zalo, mạng xã hội của địa phương.",
    )
    given = [
        ("Các cơ quan, đơn vị có trang thông tin điện tử", portals),
        ("Ủy ban nhân dân các xã, phường", tuple(filter(None, communes))),
    ]
    return [(who, what) for who, what in given if what]


def _tasks(campaign: Campaign) -> list[str]:
    """Return the numbered tasks; without any of its own, what every kit can be used for."""
    given = [(task.who, task.what) for task in campaign.draft.tasks]
    given = given or _usual(campaign)
    lines = []
    for number, (who, what) in enumerate(given, 1):
        if len(what) == 1:
            lines.append(f"{number}. {who}: {_small(what[0])}")
        else:
            lines += [f"{number}. {who}:", *(f"- {text}" for text in what)]
    return lines


def _report(report: Report) -> str:
    hour, minute = report.before.split(":")
    clock = f"{int(hour)} giờ" + (f" {minute}" if int(minute) else "")
    when = f"{report.weekday_name} hằng tuần" if report.weekday else "hằng ngày"
    who = f"{report.who}: báo cáo" if report.who else "Báo cáo"
    to = f", gửi về {report.to}" if report.to else ""
    return f"{who} trước {clock} {when}{to}"
