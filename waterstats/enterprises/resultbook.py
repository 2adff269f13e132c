"""Results as a workbook to take away. Text stays text: nothing in it can become a formula."""

import io

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from waterstats.enterprises.results import (
    Results,
    detail_table,
    missing_items,
    problem_table,
    ranking,
    settings_table,
)
from waterstats.enterprises.resultwords import SHEET_NAMES, STATE_WORDS
from waterstats.standards.limits import Words

MOST_ROWS = 1_000_000
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
WIDE = 42
COLOURS = {
    "meets": "#CFE8D5",
    "depends": "#D9E2F5",
    "incomplete": "#E6E6E6",
    "below_points": "#F8E3C4",
    "limit_failed": "#F6D3CB",
    "not_eligible": "#EFBDB5",
}
CUT = Words(
    "行数超过Excel的上限：这里只有未满足和未答的行。",
    "More rows than a sheet can hold: only what failed or is open is listed.",
)


def workbook(results: Results, language: str = "zh") -> bytes:
    """Results as xlsx: ranking, commonest missing items, every row with its reason and
    where it is printed, problems of the file, and the rules with the readings used."""
    details, cut = shortened(detail_table(results, language), language)
    tables = {
        "ranking": ranking(results, language),
        "missing": missing_items(results, language),
        "details": details,
        "problems": problem_table(results.problems, language),
        "settings": settings_table(results, language),
    }
    if cut:
        settings = tables["settings"]
        settings.loc[len(settings)] = [SHEET_NAMES["details"][language], cut, ""]
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, OPTIONS) as book:
        formats = {"head": {"bold": True, "bg_color": "#DCEAF3"}, "cell": {}}
        made = {
            name: book.add_format({"text_wrap": True, "valign": "top", **look})
            for name, look in formats.items()
        }
        for id_, table in tables.items():
            sheet = book.add_worksheet(SHEET_NAMES[id_][language])
            write(sheet, table, made["head"], made["cell"])
            if id_ == "ranking":
                colour(book, sheet, results, language, len(table))
    return buffer.getvalue()


def shortened(table: pd.DataFrame, language: str) -> tuple[pd.DataFrame, str]:
    """A table that fits on a sheet, and what to say if it had to be cut."""
    if len(table) <= MOST_ROWS:
        return table, ""
    kept = [STATE_WORDS[state][language] for state in ("failed", "unanswered")]
    return table[table.iloc[:, 5].isin(kept)].head(MOST_ROWS), CUT[language]


def write(sheet: Worksheet, table: pd.DataFrame, head: Format, cell: Format) -> None:
    """A table with frozen headings and a filter; empty stays empty."""
    sheet.write_row(0, 0, table.columns, head)
    for position, column in enumerate(table.columns):
        cells = table[column]
        numeric = pd.api.types.is_numeric_dtype(cells)
        for row, value in enumerate(cells.tolist(), 1):
            if pd.isna(value) or value == "":
                continue
            if numeric:
                sheet.write_number(row, position, value, cell)
            else:
                sheet.write_string(row, position, str(value), cell)
        longest = max([len(str(column)) * 1.6, *(width(v) for v in cells.head(200))])
        sheet.set_column(position, position, min(WIDE, longest + 2))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(table), 1), max(len(table.columns) - 1, 0))


def width(value: object) -> float:
    """Roughly how wide a cell is; a Chinese character takes two."""
    if value is None or value is pd.NA or value != value:
        return 0
    return sum(1.9 if ord(c) > 0x2E7F else 1.0 for c in str(value))


def colour(
    book: xlsxwriter.Workbook, sheet: Worksheet, results: Results, language: str, rows: int
) -> None:
    """Verdicts in their colours, the word always beside."""
    for verdict, words in results.standard.verdicts.items():
        rule = {"type": "cell", "criteria": "==", "value": f'"{words[language]}"'}
        rule["format"] = book.add_format({"bg_color": COLOURS[verdict]})
        sheet.conditional_format(1, 3, max(rows, 1), 4, rule)
