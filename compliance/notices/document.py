"""A notice as DOCX, for the office to go on editing: text and layout of the paper, in styles."""

from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from compliance.notices.contents import NoticeContents

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TEXT, HEADING, TITLE, LATIN = "仿宋_GB2312", "黑体", "方正小标宋简体", "Times New Roman"
RED = "C8102E"
MARK_SIZES = {"": 36, "long": 24, "longer": 16}
MARGINS = {"top": 37, "left": 28, "right": 26, "bottom": 35}  # millimetres
WIDTHS = {5: (12, 20, 38, 43, 43), 6: (12, 20, 38, 31, 31, 24)}
SIZE, LINE = 16, 29  # points


def document_of(contents: NoticeContents) -> bytes:
    """The document: the same notice gives the same bytes."""
    import docx

    document = docx.Document()
    _describe(document, contents)
    _lay_out(document)
    _head(document, contents)
    _body(document, contents)
    _sign(document, contents)
    _annex(document, contents)
    _foot(document, contents)
    buffer = BytesIO()
    document.save(buffer)
    return _timeless(buffer.getvalue())


def _describe(document: Any, contents: NoticeContents) -> None:
    properties, notice = document.core_properties, contents.notice
    properties.title, properties.author = contents.title, notice.issuer
    properties.last_modified_by, properties.comments = "", ""
    properties.created = properties.modified = notice.issued_at.replace(tzinfo=None, microsecond=0)
    properties.language, properties.subject = "zh-CN", notice.number


def _lay_out(document: Any) -> None:
    """Page and styles of official paper."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for side, width in MARGINS.items():
        setattr(section, f"{side}_margin", Mm(width))
    section.footer_distance = Mm(15)
    for name, font, size in (
        ("Normal", TEXT, SIZE),
        ("Title", TITLE, 22),
        ("Heading 1", HEADING, SIZE),
    ):
        _style(document.styles[name], font, size)
    _grid(document)
    document.styles["Title"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.styles["Heading 1"].paragraph_format.keep_with_next = True


def _grid(document: Any) -> None:
    """22 lines of 28 characters: a little closer than their type, which no grid of characters is.

    Some word processors give a character that is wider than its cell two cells.
    """
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    grid = document.sections[0]._sectPr.find(qn("w:docGrid"))
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), "579")
    document.styles.element.find(f".//{qn('w:lang')}").set(qn("w:eastAsia"), "zh-CN")
    closer = OxmlElement("w:spacing")
    closer.set(qn("w:val"), "-5")  # twentieths of a point
    document.styles["Normal"].element.rPr.find(qn("w:sz")).addprevious(closer)


def _style(style: Any, font: str, size: int) -> None:
    from docx.shared import Pt, RGBColor

    style.font.size, style.font.color.rgb = Pt(size), RGBColor(0, 0, 0)
    style.font.bold = style.font.italic = False
    _face(style, font)
    form = style.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing = Pt(LINE)
    form.widow_control = True
    for border in style.element.findall(".//{*}pBdr"):  # the line below a title
        border.getparent().remove(border)


def _face(styled: Any, font: str) -> None:
    """A face for Chinese and one for Latin; a style's theme would win over both."""
    from docx.oxml.ns import qn

    styled.font.name = LATIN
    fonts = styled.element.rPr.rFonts
    for name in [one for one in fonts.attrib if one.endswith("Theme")]:
        del fonts.attrib[name]
    fonts.set(qn("w:eastAsia"), font)


def _head(document: Any, contents: NoticeContents) -> None:
    """The red head: whose paper it is, its number, the rule below."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt, RGBColor

    mark = document.add_paragraph()
    run = mark.add_run(contents.notice.issuer)
    run.font.size, run.font.color.rgb = Pt(MARK_SIZES[contents.mark]), RGBColor.from_string(RED)
    _face(run, TITLE)
    mark.paragraph_format.space_before = Mm(35)
    mark.paragraph_format.line_spacing = 1
    number = document.add_paragraph(contents.notice.number)
    number.paragraph_format.space_before = Pt(2 * LINE)
    for paragraph in (mark, number):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _rule(number)


def _rule(paragraph: Any) -> None:
    """A red line, 4 mm below."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    border, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in {"val": "single", "sz": "12", "space": "11", "color": RED}.items():
        bottom.set(qn(f"w:{name}"), value)
    border.append(bottom)
    paragraph.paragraph_format.element.get_or_add_pPr().insert_element_before(
        border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc"
    )


def _body(document: Any, contents: NoticeContents) -> None:
    from docx.shared import Pt

    title = document.add_paragraph(contents.title, style="Title")
    title.paragraph_format.space_before = Pt(2 * LINE)
    to = document.add_paragraph(contents.addressee)
    to.paragraph_format.space_before = Pt(LINE)
    _indented(document, contents.opening)
    for section in contents.sections:
        _indented(document, section.heading, style="Heading 1")
        for text in section.paragraphs:
            _indented(document, text)
    _indented(document, contents.annex_note)


def _indented(document: Any, text: str, **options: str) -> None:
    from docx.shared import Pt

    paragraph = document.add_paragraph(text, **options)
    paragraph.paragraph_format.first_line_indent = Pt(2 * SIZE)


def _sign(document: Any, contents: NoticeContents) -> None:
    """From whom and when, four characters in from the right, room for the seal above."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    lines = [document.add_paragraph(text) for text in (contents.notice.issuer, contents.signed_on)]
    lines[0].paragraph_format.space_before = Pt(2 * LINE)
    lines[0].paragraph_format.keep_with_next = True
    for line in lines:
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        line.paragraph_format.right_indent = Pt(4 * SIZE)


def _annex(document: Any, contents: NoticeContents) -> None:
    """The findings as a table whose head stands on each page."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm

    heading = document.add_paragraph(contents.annex_heading, style="Heading 1")
    heading.paragraph_format.page_break_before = True
    caption = document.add_paragraph(contents.annex_title)
    caption.alignment = WD_ALIGN_PARAGRAPH.CENTER
    caption.paragraph_format.keep_with_next = True
    rows = [contents.heads, *contents.table]
    table = document.add_table(rows=len(rows), cols=len(contents.heads), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, WIDTHS[len(contents.heads)], strict=True):
        column.width = Mm(width)
    for row, texts in zip(table.rows, rows, strict=True):
        _fill(row, texts)
    _flag(table.rows[0], "w:tblHeader")


def _fill(row: Any, texts: list[str]) -> None:
    from docx.shared import Mm, Pt

    _flag(row, "w:cantSplit")
    for cell, text, width in zip(row.cells, texts, WIDTHS[len(texts)], strict=True):
        cell.width = Mm(width)
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.line_spacing = Pt(15)
        _leave_grid(paragraph)
        paragraph.add_run(text).font.size = Pt(10)


def _leave_grid(paragraph: Any) -> None:
    """Lines of a table are closer than those of the page."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    free = OxmlElement("w:snapToGrid")
    free.set(qn("w:val"), "0")
    paragraph._p.pPr.find(qn("w:spacing")).addprevious(free)


def _flag(row: Any, name: str) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _foot(document: Any, contents: NoticeContents) -> None:
    """The number of the page, odd ones at the right, and what the paper says at its foot."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    section = document.sections[0]
    document.settings.odd_and_even_pages_header_footer = True
    for footer, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        _number(footer.paragraphs[0], side)
        for text in contents.foot:
            _small(footer.add_paragraph(), text)


def _number(paragraph: Any, side: Any) -> None:
    """— 1 —, one character in from the edge."""
    from docx.shared import Pt

    for run in (paragraph.add_run("— "), _field(paragraph, "PAGE"), paragraph.add_run(" —")):
        run.font.size = Pt(14)
    paragraph.alignment = side
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Pt(14)


def _small(paragraph: Any, text: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph.add_run(text).font.size = Pt(8)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.line_spacing = Pt(12)


def _field(paragraph: Any, code: str) -> Any:
    """Something that the program that shows the document counts."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    run = paragraph.add_run()
    for kind in ("begin", "", "end"):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = code
        run._r.append(part)
    return run


def _timeless(content: bytes) -> bytes:
    """The same parts without the time at which they were packed."""
    buffer = BytesIO()
    with ZipFile(BytesIO(content)) as packed, ZipFile(buffer, "w") as archive:
        for part in packed.namelist():
            archive.writestr(ZipInfo(part), packed.read(part), ZIP_DEFLATED)
    return buffer.getvalue()
