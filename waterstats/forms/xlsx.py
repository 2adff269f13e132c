"""A form as a workbook: one sheet per table, A4, ready to print. Text is never a formula."""

import io
import math
import unicodedata
from datetime import datetime

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from .content import Form, Table, placed, written

A4 = 9
PIXELS_PER_CM = 96 / 2.54
CHARACTERS_PER_CM = 5.4  # of half width, at 10 points
LINE, PADDING = 13.5, 7.0  # points
TALLEST = 409.0
UNDATED = datetime(2000, 1, 1)
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
KINDS = {
    "head": {"bold": True, "align": "center", "bg_color": "#E8EEF2"},
    "label": {"align": "center", "bg_color": "#F5F7F8"},
    "centre": {"align": "center"},
    "text": {"align": "left", "indent": 1},
    "strong": {"bold": True, "align": "center"},
}


def to_xlsx(form: Form) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, OPTIONS) as book:
        book.set_properties({"title": form.title, "created": UNDATED})
        for table in form.tables:
            write(book, form, table)
    return buffer.getvalue()


def write(book: Workbook, form: Form, table: Table) -> None:
    sheet = book.add_worksheet(table.name)
    set_up(sheet, form, table)
    last = len(table.widths) - 1
    base = {"font_name": form.font, "font_size": 10, "valign": "vcenter", "text_wrap": True}
    kinds = {k: book.add_format({**base, **own, "border": 1}) for k, own in KINDS.items()}
    title = book.add_format({**base, "bold": True, "font_size": 15, "align": "center"})
    plain = book.add_format({**base, "align": "left"})
    put(sheet, 0, 0, 0, last, table.title, title)
    sheet.set_row(0, 30)
    row = 1
    for text in table.lines:
        row = paragraph(sheet, row, table, text, plain)
    if table.heads:
        sheet.repeat_rows(row, row + table.heads - 1)
    for i, height in enumerate(heights(table)):
        sheet.set_row(row + i, height)
    for i, j, cell in placed(table):
        end = row + i + cell.down - 1, j + cell.across - 1
        put(sheet, row + i, j, *end, cell.value, kinds[cell.kind])
    row += len(table.rows)
    for text in table.notes:
        row = paragraph(sheet, row, table, text, plain)
    sheet.print_area(0, 0, row - 1, last)


def set_up(sheet: Worksheet, form: Form, table: Table) -> None:
    sheet.set_paper(A4)
    if form.landscape:
        sheet.set_landscape()
    sheet.set_margins(left=0.59, right=0.59, top=0.7, bottom=0.7)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
    page = form.page.format(page="&P")
    sheet.set_footer(f"&C&8{form.footer.replace('&', '&&')}　{page}")
    for column, width in enumerate(table.widths):
        sheet.set_column_pixels(column, column, round(width * PIXELS_PER_CM))


def put(
    sheet: Worksheet, row: int, column: int, last_row: int, last_column: int, value, style
) -> None:
    """One cell, joined with its neighbours where it takes more than its own place."""
    if (row, column) != (last_row, last_column):
        sheet.merge_range(row, column, last_row, last_column, "", style)
    if isinstance(value, str) and value:
        sheet.write_string(row, column, value, style)
    elif value is None or value == "":
        sheet.write_blank(row, column, None, style)
    else:
        sheet.write_number(row, column, value, style)


def paragraph(sheet: Worksheet, row: int, table: Table, text: str, style) -> int:
    put(sheet, row, 0, row, len(table.widths) - 1, text, style)
    sheet.set_row(row, height(text, sum(table.widths)) - PADDING / 2)
    return row + 1


def heights(table: Table) -> list[float]:
    """Row heights that show every text: joined cells are not fitted by the programs themselves.
    A tall cell over several rows makes them all taller."""
    rows = [LINE + PADDING] * len(table.rows)
    cells = sorted(placed(table), key=lambda place: place[2].down)
    for i, j, cell in cells:
        needed = height(written(cell.value), sum(table.widths[j : j + cell.across]))
        missing = needed - sum(rows[i : i + cell.down])
        for k in range(i, i + cell.down) if missing > 0 else ():
            rows[k] = min(TALLEST, rows[k] + missing / cell.down)
    return rows


def height(text: str, width: float) -> float:
    """Points for a text in a column of so many cm."""
    room = max(2.0, width * CHARACTERS_PER_CM - 2)
    lines = sum(max(1, math.ceil(columns(line) / room)) for line in text.split("\n"))
    return min(TALLEST, lines * LINE + PADDING)


def columns(text: str) -> int:
    """The width of a text in half-width characters: Chinese takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)
