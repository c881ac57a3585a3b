"""The letter as OpenDocument text (ODF 1.3), laid out as Decree 30/2020/NĐ-CP, annex I, says.

A4; margins 20 mm top and bottom, 30 mm left, 15 mm right; Times New Roman, black. The page number
stands at the top in the middle from the second page on. The same words give the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from html import escape

from odfdo import Document, Element, XmlPart

from plugins.campaigns.letter import LetterWords, listed

FONT = "Times New Roman"
EPOCH = (1980, 1, 1, 0, 0, 0)
PARTS = ("content.xml", "styles.xml", "meta.xml", "settings.xml", "META-INF/manifest.xml")
_PAGE = (
    'fo:page-width="210mm" fo:page-height="297mm" style:print-orientation="portrait"'
    ' fo:margin-top="20mm" fo:margin-bottom="20mm" fo:margin-left="30mm" fo:margin-right="15mm"'
)
_BODY = (
    'fo:text-align="justify" fo:text-indent="12.7mm" fo:margin-top="6pt" fo:line-height="115%"'
    ' fo:orphans="2" fo:widows="2"'
)
STYLES = {
    # name: (paragraph properties, text properties)
    "Loa_Parent": ('fo:text-align="center"', 'fo:font-size="13pt"'),
    "Loa_Agency": ('fo:text-align="center"', 'fo:font-size="13pt" fo:font-weight="bold"'),
    "Loa_State": ('fo:text-align="center"', 'fo:font-size="12pt" fo:font-weight="bold"'),
    "Loa_Motto": ('fo:text-align="center"', 'fo:font-size="13pt" fo:font-weight="bold"'),
    "Loa_Rule": (
        'fo:border-top="0.75pt solid #000000" fo:margin-left="22mm" fo:margin-right="22mm"'
        ' fo:margin-top="1pt" fo:line-height="3mm"',
        'fo:font-size="2pt"',
    ),
    "Loa_LongRule": (
        'fo:border-top="0.75pt solid #000000" fo:margin-left="21mm" fo:margin-right="21mm"'
        ' fo:margin-top="1pt" fo:line-height="3mm"',
        'fo:font-size="2pt"',
    ),
    "Loa_Number": ('fo:text-align="center"', 'fo:font-size="13pt"'),
    "Loa_Subject": ('fo:text-align="center"', 'fo:font-size="12pt"'),
    "Loa_Date": ('fo:text-align="center"', 'fo:font-size="13pt" fo:font-style="italic"'),
    "Loa_To": (
        'fo:margin-left="25mm" fo:margin-top="6pt"',
        'fo:font-size="14pt"',
    ),
    "Loa_ToPoint": ('fo:margin-left="35mm"', 'fo:font-size="14pt"'),
    "Loa_Body": (_BODY, 'fo:font-size="14pt"'),
    "Loa_Last": (f'{_BODY} fo:keep-with-next="always"', 'fo:font-size="14pt"'),
    "Loa_Address": (
        'fo:text-align="start" fo:margin-left="12.7mm" fo:margin-top="3pt"',
        'fo:font-size="14pt"',
    ),
    "Loa_CopiesHead": (
        "",
        'fo:font-size="12pt" fo:font-weight="bold" fo:font-style="italic"',
    ),
    "Loa_Copies": ("", 'fo:font-size="11pt"'),
    "Loa_Signer": (
        'fo:text-align="center" fo:keep-with-next="always"',
        'fo:font-size="14pt" fo:font-weight="bold"',
    ),
    "Loa_End": ('fo:line-height="0.2mm"', 'fo:font-size="1pt"'),
    "Loa_Room": ('fo:text-align="center" fo:keep-with-next="always"', 'fo:font-size="14pt"'),
}
"""Sizes: annex I, part VI (table of fonts and sizes)."""


def odt(words: LetterWords) -> bytes:
    """Return the letter as an ODT file."""
    document = Document("text")
    _set_styles(document)
    body = document.body
    body.clear()
    for part in _parts(words):
        body.append(part)
    _set_meta(document, words.title)
    return _packed(document)


def _parts(words: LetterWords) -> Iterable[Element]:
    head_left = [
        *([_p("Loa_Parent", words.parent)] if words.parent else []),
        _p("Loa_Agency", words.agency),
        _p("Loa_Rule", ""),
        _p("Loa_Number", words.number),
        _p("Loa_Subject", words.subject),
    ]
    head_right = [
        _p("Loa_State", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        _p("Loa_Motto", "Độc lập - Tự do - Hạnh phúc"),
        _p("Loa_LongRule", ""),
        _p("Loa_Date", words.place_and_date),
    ]
    yield _table("Head", head_left, head_right)
    yield _p("Loa_Room", "")
    if len(words.recipients) == 1:
        yield _p("Loa_To", f"Kính gửi: {words.recipients[0]}")
    else:
        yield _p("Loa_To", "Kính gửi:")
        yield from (_p("Loa_ToPoint", line) for line in listed(words.recipients))
    yield _p("Loa_Room", "")
    *most, last = words.body
    for line in most:
        yield _p("Loa_Address" if line.startswith("https://") else "Loa_Body", line)
    yield _p("Loa_Last", last)
    yield _p("Loa_Room", "")
    copies = [
        _p("Loa_CopiesHead", "Nơi nhận:"),
        *(_p("Loa_Copies", line) for line in listed(words.copies)),
    ]
    signed = [_p("Loa_Signer", line) for line in words.signer]
    signed += [_p("Loa_Room", "") for _ in range(4)]
    yield _table("Foot", copies, [*signed, _p("Loa_Signer", words.name)])
    yield _p("Loa_End", "")  # what stands after a table anyway, too low to need a page of its own


def _p(style: str, text: str) -> Element:
    """Return a paragraph; runs of blanks, which XML would fold, stay as wide as they are."""
    parts = []
    for piece in escape(text, quote=False).split("  "):
        parts.append(piece)
    said = '<text:s text:c="2"/>'.join(parts)
    return Element.from_tag(f'<text:p text:style-name="{style}">{said}</text:p>')


def _table(name: str, left: list[Element], right: list[Element]) -> Element:
    """Return a table of two cells without borders: what stands side by side in a letter."""
    table = Element.from_tag(
        f'<table:table table:name="{name}" table:style-name="Loa_{name}">'
        '<table:table-column table:style-name="Loa_Left"/>'
        '<table:table-column table:style-name="Loa_Right"/></table:table>'
    )
    row = Element.from_tag('<table:table-row table:style-name="Loa_Row"/>')
    for content in (left, right):
        cell = Element.from_tag(
            '<table:table-cell table:style-name="Loa_Cell" office:value-type="string"/>'
        )
        for paragraph in content:
            cell.append(paragraph)
        row.append(cell)
    table.append(row)
    return table


def _section(document: Document, part: str, name: str) -> Element:
    """Return a section of a part of the document, which every text document has."""
    found = document.get_part(part)
    section = found.root.get_element(name) if isinstance(found, XmlPart) else None
    if not isinstance(section, Element):
        raise KeyError(f"{part} has no {name}")
    return section


def _set_styles(document: Document) -> None:
    """Put the letter's styles, page and page number in place of the template's."""
    common = _section(document, "styles.xml", "office:styles")
    for name, (paragraph, text) in STYLES.items():
        common.append(_style(name, paragraph, text))
    for part, name, content in (
        ("styles.xml", "office:automatic-styles", _PAGES),
        ("styles.xml", "office:master-styles", _MASTERS),
        ("content.xml", "office:automatic-styles", _TABLE_STYLES),
    ):
        section = _section(document, part, name)
        section.clear()
        for tag in content:
            section.append(Element.from_tag(tag))


def _style(name: str, paragraph: str, text: str) -> Element:
    return Element.from_tag(
        f'<style:style style:name="{name}" style:family="paragraph">'
        f'<style:paragraph-properties fo:margin-bottom="0mm" {paragraph}/>'
        f'<style:text-properties fo:font-family="\'{FONT}\'" fo:color="#000000" fo:language="vi"'
        f' fo:country="VN" {text}/></style:style>'
    )


_PAGES = (
    f'<style:page-layout style:name="LoaPage"><style:page-layout-properties {_PAGE}/>'
    '<style:header-style><style:header-footer-properties fo:min-height="8mm"'
    ' fo:margin-bottom="2mm" style:dynamic-spacing="true"/></style:header-style>'
    "</style:page-layout>",
    f'<style:page-layout style:name="LoaFirst"><style:page-layout-properties {_PAGE}/>'
    "</style:page-layout>",
)
_MASTERS = (
    '<style:master-page style:name="Standard" style:page-layout-name="LoaPage">'
    '<style:header><text:p text:style-name="Loa_Number">'
    '<text:page-number text:select-page="current">2</text:page-number></text:p>'
    "</style:header></style:master-page>",
    '<style:master-page style:name="First" style:page-layout-name="LoaFirst"'
    ' style:next-style-name="Standard"/>',
)
_TABLE_STYLES = (
    '<style:style style:name="Loa_Head" style:family="table" style:master-page-name="First">'
    '<style:table-properties style:width="165mm" table:align="margins"/></style:style>',
    '<style:style style:name="Loa_Foot" style:family="table">'
    '<style:table-properties style:width="165mm" table:align="margins"'
    ' style:may-break-between-rows="false"/></style:style>',
    '<style:style style:name="Loa_Left" style:family="table-column">'
    '<style:table-column-properties style:column-width="68mm"/></style:style>',
    '<style:style style:name="Loa_Right" style:family="table-column">'
    '<style:table-column-properties style:column-width="97mm"/></style:style>',
    '<style:style style:name="Loa_Row" style:family="table-row">'
    '<style:table-row-properties fo:keep-together="always"/></style:style>',
    '<style:style style:name="Loa_Cell" style:family="table-cell">'
    '<style:table-cell-properties fo:border="none" fo:padding="0.5mm"/></style:style>',
)


def _set_meta(document: Document, title: str) -> None:
    """Leave the title, and nothing that tells when or by whom the file was made."""
    meta = _section(document, "meta.xml", "office:meta")
    meta.clear()
    for tag in (
        "<meta:generator>Loa</meta:generator>",
        f"<dc:title>{escape(title, quote=False)}</dc:title>",
        "<dc:language>vi-VN</dc:language>",
    ):
        meta.append(Element.from_tag(tag))


def _packed(document: Document) -> bytes:
    """Return the package: the type first and stored (ODF 1.3 part 2, 3.3), no times in it."""
    saved = io.BytesIO()
    manifest = document.manifest
    for path in list(manifest.get_paths()):
        if path != "/" and path not in PARTS:
            manifest.del_full_path(path)
    document.save(saved)
    out = io.BytesIO()
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(out, "w") as target:
        target.writestr(zipfile.ZipInfo("mimetype", EPOCH), source.read("mimetype"))
        for name in PARTS:
            part = zipfile.ZipInfo(name, EPOCH)
            part.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(part, source.read(name))
    return out.getvalue()
