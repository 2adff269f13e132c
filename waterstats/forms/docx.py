"""A form as a document: A4, one table per page, headings repeated where a table runs over."""

import io
from datetime import datetime

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph

from .content import Cell, Form, Table, placed, written

SHORT, LONG, MARGIN, ROW = Cm(21.0), Cm(29.7), Cm(1.4), Cm(0.68)
UNDATED = datetime(2000, 1, 1)
SHADES = {"head": "E8EEF2", "label": "F5F7F8"}
KINDS = ("head", "label", "centre", "text", "strong")
BOLD = ("head", "strong")


def to_docx(form: Form) -> bytes:
    document = Document()
    set_up(document, form)
    for position, table in enumerate(form.tables):
        title = paragraph(document, table.title, 15, bold=True)
        title.alignment = WD_ALIGN_PARAGRAPH.CENTER
        title.paragraph_format.page_break_before = position > 0 and not table.follows
        title.paragraph_format.keep_with_next = True
        if table.follows:
            title.paragraph_format.space_before = Pt(16)
        for text in table.lines:
            paragraph(document, text, 10)
        write(document, table)
        for text in table.notes:
            paragraph(document, text, 9)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def set_up(document: DocumentObject, form: Form) -> None:
    section, style = document.sections[0], document.styles["Normal"]
    section.page_width, section.page_height = SHORT, LONG
    if form.landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = LONG, SHORT
    section.left_margin = section.right_margin = MARGIN
    section.top_margin = section.bottom_margin = Cm(1.8)
    style.font.name, style.font.size = form.font, Pt(10)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), form.font)
    document.styles["Footer"].font.size = Pt(8)
    style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(0)
    for kind in KINDS:
        cell_style(document, kind)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = form.title, "", ""
    properties.created = properties.modified = UNDATED
    footer(section.footer.paragraphs[0], form)


def cell_style(document: DocumentObject, kind: str) -> None:
    style = document.styles.add_style(f"Cell{kind}", WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.font.size, style.font.bold = Pt(9.5), kind in BOLD
    text, centre = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER
    style.paragraph_format.alignment = text if kind == "text" else centre
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(2)


def footer(at: Paragraph, form: Form) -> None:
    before, after = form.page.split("{page}")
    at.add_run(f"{form.footer}　　{before}")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    at._p.append(field)
    at.add_run(after)


def paragraph(document: DocumentObject, text: str, size: int, bold: bool = False) -> Paragraph:
    added = document.add_paragraph()
    run = added.add_run(text)
    run.bold, run.font.size = bold, Pt(size)
    added.paragraph_format.space_before = added.paragraph_format.space_after = Pt(4)
    return added


def write(document: DocumentObject, table: Table) -> None:
    made = document.add_table(len(table.rows), len(table.widths), "Table Grid")
    made.autofit, made.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(made.columns, table.widths, strict=True):
        column.width = Cm(width)
    rows = list(made.rows)
    grid = [list(row.cells) for row in rows]
    for i, cells in enumerate(grid):
        rows[i].height, rows[i].height_rule = ROW, WD_ROW_HEIGHT_RULE.AT_LEAST
        mark(rows[i], "w:cantSplit")
        if i < table.heads:
            mark(rows[i], "w:tblHeader")
        for cell, width in zip(cells, table.widths, strict=True):
            cell.width = Cm(width)
    for i, j, cell in placed(table):
        for k in range(i, i + cell.down):
            join(grid[k][j : j + cell.across], sum(table.widths[j : j + cell.across]))
            if cell.down > 1:
                grid[k][j]._tc.vMerge = "restart" if k == i else "continue"
        fill(grid[i][j], cell)


def join(cells: list[_Cell], width: float) -> None:
    """Neighbours as one cell. (The library's own merge searches the table again for each.)"""
    first, *others = cells
    if others:
        for other in others:
            other._tc.getparent().remove(other._tc)
        first._tc.grid_span = len(cells)
        first.width = Cm(width)


def mark(row: _Row, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def fill(place: _Cell, cell: Cell) -> None:
    place.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    at = place._tc.p_lst[0]
    at.style = f"Cell{cell.kind}"
    if text := written(cell.value):
        at.add_r().text = text
    if shade := SHADES.get(cell.kind):
        shading = OxmlElement("w:shd")
        for key, value in (("val", "clear"), ("color", "auto"), ("fill", shade)):
            shading.set(qn(f"w:{key}"), value)
        place._tc.get_or_add_tcPr().append(shading)
