"""Paper as Decree 30/2020, Annex I, asks for it: page, fonts, state block, page numbers, headings, tables.

Knows nothing of digests and packs. All text that comes in is cleaned, so that no title can break the file.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from docx import Document
from docx.document import Document as Paper
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from alerts.edition import Header
from alerts.phrases import Translate
from alerts.render.safety import clean, clean_piece, safe_link
from alerts.render.words import say_date_line

FONT = "Times New Roman"
BODY = 13  # points; the Decree allows 13 to 14
PAGE = (210, 297)  # mm, A4
TOP, BOTTOM, LEFT, RIGHT = 20, 20, 30, 15  # mm; allowed 20-25, 20-25, 30-35, 15-20
WIDTH = PAGE[0] - LEFT - RIGHT  # mm of text
STATE_COLUMNS = (72, 93)  # mm: issuing body on the left, Quốc hiệu on the right
CENTRE, LEFT_SIDE, BOTH = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.JUSTIFY


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text with its looks; `link` makes it a hyperlink where the address is safe."""

    text: str
    is_bold: bool = False
    is_italic: bool = False
    size: float = 0.0  # points, 0: as the paragraph
    link: str = ""
    limit: int = 2_000


def _set_fonts(paper: Paper, language: str) -> None:
    """Times New Roman for every script, black, and the language for the spell checker."""
    style = paper.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(BODY)
    style.font.color.rgb = RGBColor(0, 0, 0)
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)
    tongue = OxmlElement("w:lang")
    tongue.set(qn("w:val"), "vi-VN" if language.startswith("vi") else "en-GB")
    properties.append(tongue)


def _add_page_number(paper: Paper) -> None:
    """Arabic numbers in the middle of the top margin, from the second page on."""
    section = paper.sections[0]
    section.different_first_page_header_footer = True
    section.header_distance = Mm(10)
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = CENTRE
    run = paragraph.add_run()
    run.font.size = Pt(BODY)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)  # noqa: SLF001 -- python-docx has no call for fields


def make_paper(*, title: str, author: str, created: datetime, language: str) -> Paper:
    """An empty A4 document with the Decree's margins, font and page numbers."""
    paper = Document()
    section = paper.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(PAGE[0]), Mm(PAGE[1])
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    _set_fonts(paper, language)
    _add_page_number(paper)
    facts = paper.core_properties
    facts.title, facts.author = clean(title, 200), clean(author, 200)
    facts.created = facts.modified = created.replace(tzinfo=None)
    facts.comments, facts.language = "", language
    return paper


def to_bytes(paper: Paper) -> bytes:
    """The finished .docx file."""
    stream = io.BytesIO()
    paper.save(stream)
    return stream.getvalue()


def put(paragraph: Paragraph, runs: Iterable[Run | str], *, size: float = BODY) -> None:
    """Add pieces of text to a paragraph, cleaned."""
    for piece in runs:
        run = Run(piece) if isinstance(piece, str) else piece
        url = safe_link(run.link)
        made = paragraph.add_run(clean_piece(run.text, run.limit))
        made.bold, made.italic = run.is_bold, run.is_italic
        made.font.size = Pt(run.size or size)
        if url:
            made.underline = True
            link = OxmlElement("w:hyperlink")
            link.set(qn("r:id"), paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
            made._r.addprevious(link)  # noqa: SLF001 -- python-docx has no call for hyperlinks
            link.append(made._r)  # noqa: SLF001 -- as above


def add_text(
    place: Paper | _Cell,
    *runs: Run | str,
    size: float = BODY,
    align: WD_ALIGN_PARAGRAPH = BOTH,
    first_line: float = 12.7,
    after: float = 6,
    keep: bool = False,
) -> Paragraph:
    """A paragraph: justified, first line in by 1.27 cm, 6 pt after it, unless told otherwise."""
    paragraph = place.add_paragraph()
    shape = paragraph.paragraph_format
    shape.alignment, shape.line_spacing = align, 1.0
    shape.space_before, shape.space_after = Pt(0), Pt(after)
    shape.first_line_indent = Mm(first_line)
    shape.keep_with_next = keep
    put(paragraph, runs, size=size)
    return paragraph


def add_heading(paper: Paper, text: str, *, level: int = 1) -> Paragraph:
    """`I.` in bold capitals, `1.` in bold (Annex I, cell 6); a heading also for outline and screen reader."""
    words = clean(text, 300)
    paragraph = add_text(
        paper,
        Run(words.upper() if level == 1 else words, is_bold=True),
        align=LEFT_SIDE if level > 1 else BOTH,
        keep=True,
    )
    paragraph.paragraph_format.space_before = Pt(8 if level == 1 else 4)
    outline = OxmlElement("w:outlineLvl")
    outline.set(qn("w:val"), str(level - 1))
    paragraph._p.get_or_add_pPr().append(outline)  # noqa: SLF001 -- no call for the outline level
    return paragraph


def _top_line() -> Any:
    """A thin solid border above a paragraph."""
    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for key, value in (("w:val", "single"), ("w:sz", "6"), ("w:space", "1"), ("w:color", "000000")):
        line.set(qn(key), value)
    borders.append(line)
    return borders


def add_space(place: Paper | _Cell, points: float) -> Paragraph:
    """Empty height. Its height is set exactly: an empty line is as high as its style's font."""
    paragraph = add_text(place, "", first_line=0, after=0, align=CENTRE)
    paragraph.paragraph_format.line_spacing = Pt(points)
    return paragraph


def add_rule(place: Paper | _Cell, *, width: float, of: float, after: float = 4) -> None:
    """A solid line `width` mm long in the middle of `of` mm."""
    paragraph = add_space(place, 2)
    paragraph.paragraph_format.space_after = Pt(after)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm((of - width) / 2)
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 -- python-docx has no call for borders
    properties.insert_element_before(
        _top_line(),
        *("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr"),
    )


def _set_widths(table: Table, widths: Sequence[float]) -> None:
    """Fixed column widths in mm: Word asks for them on the columns and on every cell."""
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def _remove_cell_margins(table: Table) -> None:
    """Let the text of a layout table use the whole width of its columns."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "0")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)  # noqa: SLF001 -- python-docx has no call for cell margins


def _first(cell: _Cell) -> None:
    """Remove the empty paragraph every new cell begins with; text must follow."""
    empty = cell.paragraphs[0]._p  # noqa: SLF001 -- python-docx cannot remove a paragraph
    empty.getparent().remove(empty)


def add_state_block(paper: Paper, header: Header, t: Translate, *, symbol: str) -> None:
    """Quốc hiệu, Tiêu ngữ, issuing body, blank number, place and date; two columns without borders."""
    table = paper.add_table(rows=1, cols=2)
    _set_widths(table, STATE_COLUMNS)
    _remove_cell_margins(table)
    left, right = table.rows[0].cells
    _first(left)
    _first(right)
    if header.superior:
        add_text(left, header.superior.upper(), size=12, align=CENTRE, first_line=0, after=0)
    add_text(left, Run(header.office.upper(), is_bold=True), size=12, align=CENTRE, first_line=0, after=4)
    add_rule(left, width=STATE_COLUMNS[0] / 3, of=STATE_COLUMNS[0])
    add_text(left, symbol, size=13, align=CENTRE, first_line=0, after=6)
    state, motto = t("SOCIALIST REPUBLIC OF VIET NAM"), t("Independence - Freedom - Happiness")
    add_text(right, Run(state, is_bold=True), size=12, align=CENTRE, first_line=0, after=0)
    add_text(right, Run(motto, is_bold=True), size=13, align=CENTRE, first_line=0, after=4)
    add_rule(right, width=58, of=STATE_COLUMNS[1])
    date_line = say_date_line(header.place, header.day, t)
    add_text(right, Run(date_line, is_italic=True), size=13, align=CENTRE, first_line=0, after=6)


def add_title(paper: Paper, kind: str, subject: str) -> None:
    """The name of the kind in bold capitals, what it is about under it, a rule of a third of the line."""
    add_text(
        paper, Run(kind.upper(), is_bold=True), size=14, align=CENTRE, first_line=0, after=0
    ).paragraph_format.space_before = Pt(12)
    add_text(paper, Run(subject, is_bold=True), size=14, align=CENTRE, first_line=0, after=4)
    add_rule(paper, width=WIDTH / 3, of=WIDTH, after=8)


def add_stamp(paper: Paper, text: str, *, width: float) -> None:
    """Words in bold capitals in a box, such as LƯU HÀNH NỘI BỘ or DỰ THẢO (Annex I, cells 10 and 11)."""
    table = paper.add_table(rows=1, cols=1)
    table.style = "Table Grid"
    _set_widths(table, [width])
    cell = table.rows[0].cells[0]
    _first(cell)
    add_text(
        cell, Run(text.upper(), is_bold=True), size=13, align=CENTRE, first_line=0, after=2
    ).paragraph_format.space_before = Pt(2)


def keep_rows_whole(table: Table) -> None:
    """No row of the table is torn in two by a page."""
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 -- no call for it


def add_table(
    paper: Paper,
    heads: Sequence[str],
    rows: Iterable[Sequence[str | Run]],
    *,
    widths: Sequence[float],
    size: float = 11,
) -> Table:
    """A bordered table; its head row comes back on every page and no row is torn in two."""
    table: Table = paper.add_table(rows=1, cols=len(heads))
    table.style = "Table Grid"
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        _first(cell)
        add_text(cell, Run(head, is_bold=True), size=size, align=CENTRE, first_line=0, after=2)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 -- no call for it
    for row in rows:
        made_row = table.add_row()  # type: ignore[no-untyped-call]  # python-docx leaves this one call untyped
        for cell, value in zip(made_row.cells, row, strict=True):
            _first(cell)
            add_text(cell, value, size=size, align=LEFT_SIDE, first_line=0, after=2)
    keep_rows_whole(table)
    _set_widths(table, widths)
    add_space(paper, 8)
    return table


def add_recipients(paper: Paper, names: Sequence[str], t: Translate) -> None:
    """*Nơi nhận* with its list, and the empty place of the signature beside it."""
    table = paper.add_table(rows=1, cols=2)
    _set_widths(table, (85, WIDTH - 85))
    keep_rows_whole(table)
    left, right = table.rows[0].cells
    _first(left)
    _first(right)
    add_text(
        left,
        Run(t("Recipients:"), is_bold=True, is_italic=True),
        size=12,
        align=LEFT_SIDE,
        first_line=0,
        after=0,
    )
    for name in names:
        add_text(left, f"- {clean(name, 120)};", size=11, align=LEFT_SIDE, first_line=0, after=0)
    add_text(left, f"- {t('filed: records office.')}", size=11, align=LEFT_SIDE, first_line=0, after=0)
    add_text(
        right,
        Run(t("AUTHORITY AND POST OF THE SIGNATORY"), is_bold=True),
        align=CENTRE,
        first_line=0,
        after=0,
    )
    add_text(right, Run(t("(signature, name)"), is_italic=True), align=CENTRE, first_line=0, after=60)
