"""The kit: a page with everything that an agency takes over, and the same as one archive."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from model.artwork import SIZES, Size, banner_code, banner_path
from model.bulletin import bulletin_of
from model.holding import rendered
from model.kit import KIT, has_report, kit_path, leads_to, report_path
from model.output import Key, Row, Store, registry
from model.progress import Rollup
from model.sheets import (
    FORMS,
    QR_CODES,
    QR_ENDINGS,
    SHEETS,
    TONES,
    Download,
    app_guide,
    qr_path,
    sheet_languages,
    sheet_path,
)
from model.sheets import downloads as sheet_downloads
from plugins.campaigns.families import OfCampaign, campaign_of
from plugins.campaigns.goals import goal_words, reached_words
from plugins.campaigns.reports import standing_of
from plugins.campaigns.texts import ReadyText, address_of, ready_texts

if TYPE_CHECKING:  # a build without such a campaign need not load it
    from model.kinds.campaigns import Campaign

EPOCH = (1980, 1, 1, 0, 0, 0)
READ_ME = """\
BỘ TÀI LIỆU CHIẾN DỊCH: {title}

bieu-ngu/   biểu ngữ theo cỡ (PNG; @2x cho màn hình nét) và mã nhúng (ma-nhung.txt)
loi-nhan/   lời nhắn soạn sẵn: tin nhắn, Zalo, Facebook
loa/        bản đọc trên loa truyền thanh
in/         thẻ, áp phích, biển để bàn, tem (PDF; den-trang: cho máy in đen trắng)
qr/         mã QR
cong-van.odt        công văn soạn sẵn, mở bằng LibreOffice hoặc Word; chỗ trống là điều chưa biết
lich-bao-cao.ics    lịch nhắc báo cáo

Mục nào chiến dịch không có thì không có trong bộ này.
Bản mới nhất: {address}
"""


class Banner(NamedTuple):
    """A banner that can be taken: its size, its picture, the code to paste."""

    size: Size
    preview: str
    code: str


class Offer(NamedTuple):
    """The campaign's banners in one language."""

    lang: str
    alt: str
    banners: tuple[Banner, ...]


class KitPage(NamedTuple):
    """What `campaign_kit.html` gets as `page`; of a campaign that is over only that."""

    row: Row
    campaign: Campaign
    over: bool
    offers: tuple[Offer, ...]
    texts: tuple[ReadyText, ...]
    sheets: tuple[tuple[str, tuple[Download, ...]], ...]
    """Whose sheets, and which."""
    qr: str
    target: str
    bulletin: str | None
    report: str
    rollup: Rollup | None
    goal: str
    whole: str
    """The province's own figure; "" where it has none."""
    lang: str
    path: str
    title: str
    description: str


def holders(row: Row, store: Store) -> tuple[Row, ...]:
    """Return whose sheets belong to the kit: the campaign's own and those of its app."""
    guide = app_guide(row, store)
    return (row, guide) if guide else (row,)


class Kits(OfCampaign):
    """`<campaign>/bo-tai-lieu/index.html`."""

    name: ClassVar[str] = "campaign-kit"
    file: ClassVar[str] = f"{KIT}index.html"
    slow: ClassVar[bool] = True

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the page."""
        row = self.row(key, store)
        return store.template("campaign_kit.html", view(row, store)) if row else None


def view(row: Row, store: Store) -> KitPage:
    """Return what the kit's page shows."""
    campaign, site = campaign_of(row), store.site
    over = row.state != "current"
    rows = () if over else holders(row, store)
    found, words = standing_of(row, store) if has_report(row) else None, store.words(row.lang)
    leading = next((item for item in reversed(rows) if sheet_languages(item)), None)
    return KitPage(
        row=row,
        campaign=campaign,
        over=over,
        offers=() if over else tuple(_offers(row, store)),
        texts=() if over else ready_texts(row, campaign, site),
        sheets=tuple(
            ("Của chiến dịch" if holder is row else holder.document.title, items)
            for holder in rows
            if (items := sheet_downloads(holder, store))
        ),
        qr=f"/{qr_path(leading.id, 'svg')}" if leading and QR_CODES in registry else "",
        target=address_of(row, campaign, site),
        bulletin=bulletin_of(row, store),
        report=report_path(row.path) if has_report(row) else "",
        rollup=found,
        goal=goal_words(campaign.goal, words),
        whole=reached_words(campaign.goal, found, words),
        lang=row.lang,
        path=kit_path(row.path),
        title=f"Bộ tài liệu: {campaign.title}",
        description=campaign.summary,
    )


def _offers(row: Row, store: Store) -> Iterator[Offer]:
    campaign, site = campaign_of(row), store.site
    target = site.absolute(leads_to(row))
    for artwork in campaign.artwork:
        banners = tuple(
            Banner(
                size,
                site.link("/" + banner_path(row.id, artwork.lang, size.name, "png")),
                banner_code(site.url, target, row.id, artwork.lang, size, artwork.described),
            )
            for size in SIZES
            if rendered("banner", (row.id, artwork.lang, size.name, "png"), store)
        )
        if banners:
            yield Offer(artwork.lang, artwork.described, banners)


class Zips(OfCampaign):
    """`<campaign>/bo-tai-lieu/bo-tai-lieu.zip`: the same files give the same bytes."""

    name: ClassVar[str] = "campaign-archive"
    file: ClassVar[str] = f"{KIT}bo-tai-lieu.zip"
    slow: ClassVar[bool] = True

    def render(self, key: Key, store: Store) -> bytes | None:
        """Return the archive; None once the campaign is over."""
        row = self.row(key, store)
        if row is None or row.state != "current":
            return None
        return archive(sorted(_files(row, store)))


def archive(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Return a ZIP of (name, bytes) without times; what is packed already is only stored."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name, data in files:
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.create_system = 3  # the same bytes on every system
            entry.external_attr = 0o644 << 16
            packed = name.endswith((".png", ".pdf", ".odt"))
            entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            target.writestr(entry, data)
    return out.getvalue()


def _files(row: Row, store: Store) -> Iterator[tuple[str, bytes]]:
    campaign, site = campaign_of(row), store.site
    told = READ_ME.format(title=campaign.title, address=site.absolute(kit_path(row.path)))
    yield "DOC-TRUOC.txt", _text(told)
    yield from _banners(row, store)
    for text in ready_texts(row, campaign, site):
        yield f"loi-nhan/{text.file}", _text(text.text + "\n")
    made = [
        ("loa/ban-doc.txt", "bulletin-text", (row.id,)),
        ("cong-van.odt", "campaign-letter", (row.id,)),
        ("lich-bao-cao.ics", "campaign-calendar", (row.id,)),
        *_sheets(row, store),
    ]
    for name, family, key in made:
        data = rendered(family, key, store)
        if data:
            yield name, data


def _sheets(row: Row, store: Store) -> Iterator[tuple[str, str, Key]]:
    """Yield (name, family, key) of all that is printed, and of the QR codes."""
    for holder in holders(row, store):
        folder = "in" if holder is row else f"in/{holder.slug}"
        for lang in sheet_languages(holder):
            for form in FORMS:
                for tone in TONES:
                    name = sheet_path(holder.id, lang, form.name, tone).rsplit("/", 1)[1]
                    yield f"{folder}/{name}", SHEETS, (holder.id, lang, form.name, tone)
        for ending in QR_ENDINGS if sheet_languages(holder) else ():
            yield f"{folder.replace('in', 'qr', 1)}/qr.{ending}", QR_CODES, (holder.id, ending)


def _banners(row: Row, store: Store) -> Iterator[tuple[str, bytes]]:
    codes = []
    for offer in _offers(row, store):
        for banner in offer.banners:
            codes.append(f"{banner.size.name} ({offer.lang})\n{banner.code}\n")
            for variant, ending in (("png", ""), ("png2x", "@2x")):
                key = (row.id, offer.lang, banner.size.name, variant)
                if data := rendered("banner", key, store):
                    yield f"bieu-ngu/{offer.lang}/{banner.size.name}{ending}.png", data
    if codes:
        yield "bieu-ngu/ma-nhung.txt", _text("\n".join(codes))


def _text(text: str) -> bytes:
    """Return a text file that every Windows opens rightly."""
    return ("\ufeff" + text.replace("\n", "\r\n")).encode()
