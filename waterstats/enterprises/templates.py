"""Empty tables to fill in: a workbook with drop-downs and units, or the same as CSV."""

import io
from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd
import xlsxwriter
from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from waterstats.enterprises.templateguide import guide
from waterstats.enterprises.vocabulary import (
    ENTERPRISES,
    MEASUREMENTS,
    SHEETS,
    Vocabulary,
    vocabulary,
)
from waterstats.scoring.batches import answer_words
from waterstats.scoring.plans import Input, Plan
from waterstats.standards.limits import Words
from waterstats.standards.records import RuleError, nearest

ROWS = 2000  # rows that get a drop-down
CODE_COLUMNS = (
    Words("行业", "Industry"),
    Words("指标", "Indicator"),
    Words("产品或路线", "Product or route"),
    Words("单位", "Unit"),
    Words("产量单位", "Unit of output"),
    Words("限值", "Limit"),
    Words("行业代码", "Industry id"),
    Words("指标代码", "Indicator id"),
    Words("产品代码", "Product id"),
)
PRESENT = {"zh": ("有", "无"), "en": ("yes", "no")}


def template(standard_id: str | Path, industry: str | None = None, language: str = "zh") -> bytes:
    """An xlsx workbook to fill in: enterprises, numbers, how to fill them in, and the codes.

    With an industry, every number it is asked for has its row, with its unit. Headings and
    drop-downs are in `language`; either language and the ids are read back. There is no example
    row, so nothing has to be removed. Raises RuleError for an unknown standard or industry.
    """
    words = vocabulary(standard_id)
    tables = template_tables(standard_id, industry, language)
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"strings_to_formulas": False, "in_memory": True}) as book:
        sheets = {}
        for id_, table in tables.items():
            sheets[id_] = book.add_worksheet(SHEETS[id_][language])
            write_table(book, sheets[id_], table, id_)
        lists = Lists(book)
        codes = code_table(words, industry, language)
        enterprise_choices(sheets[ENTERPRISES], lists, words, codes, language)
        if MEASUREMENTS in sheets:
            measurement_choices(sheets[MEASUREMENTS], lists, words, codes, language)
    return buffer.getvalue()


def template_csv(
    standard_id: str | Path, industry: str | None = None, language: str = "zh"
) -> dict[str, bytes]:
    """The same tables as CSV that Excel opens with Chinese intact, by name."""
    tables = template_tables(standard_id, industry, language)
    return {
        id_: table.to_csv(index=False, lineterminator="\n").encode("utf-8-sig")
        for id_, table in tables.items()
    }


def template_tables(
    standard_id: str | Path, industry: str | None = None, language: str = "zh"
) -> dict[str, pd.DataFrame]:
    """The sheets of a template as frames; no second table where no number is asked."""
    words = vocabulary(standard_id)
    if industry is not None and industry not in words.plans:
        raise RuleError(f"no industry {industry!r}{nearest(industry, words.plans)}")
    columns = [*words.table_columns(ENTERPRISES), *words.clause_columns]
    numbers = words.table_columns(MEASUREMENTS)
    alone = industry is not None or not words.industries
    rows = list(number_rows(words.plans[industry or ""], language)) if alone else []
    title = words.standard.header.title[language]
    tables = {
        ENTERPRISES: pd.DataFrame(columns=[words.heading(c, language) for c in columns]),
        MEASUREMENTS: pd.DataFrame(rows, columns=numbers, dtype="str")
        .fillna("")
        .set_axis([words.heading(c, language) for c in numbers], axis=1),
        "guide": pd.DataFrame({title: [text[language] for text in guide(words)]}),
        "codes": code_table(words, industry, language),
    }
    unused = () if words.numbers else (MEASUREMENTS, "codes")
    return {id_: table for id_, table in tables.items() if id_ not in unused}


def asked_inputs(plan: Plan) -> Iterator[Input]:
    """The numbers with a row of their own: output has a column."""
    return (asked for asked in plan.inputs if asked.measure != "output")


def number_rows(plan: Plan, language: str) -> Iterator[dict[str, str]]:
    """One row for each number of an industry: empty but for its names and its unit."""
    for asked in asked_inputs(plan):
        measure, variant = labels(plan, asked)
        yield {"measure": measure[language], "variant": variant[language], "unit": asked.unit}


def labels(plan: Plan, asked: Input) -> tuple[Words, Words]:
    known = plan.standard.by_id
    return known[asked.measure].label, known[asked.variant].label if asked.variant else Words(
        "", ""
    )


def code_table(words: Vocabulary, industry: str | None, language: str) -> pd.DataFrame:
    """Everything that can be written: industries, indicators, products, units, limits, answers."""
    rows = []
    for id_, plan in words.plans.items():
        if industry in (None, id_):
            rows += [code_row(plan, asked, language) for asked in asked_inputs(plan)]
    return pd.DataFrame(rows, columns=[c[language] for c in CODE_COLUMNS], dtype="str")


def code_row(plan: Plan, asked: Input, language: str) -> list[str]:
    measure, variant = labels(plan, asked)
    limits = [
        f"{x.op} {x.limit:g}"
        for x in plan.limits
        if x.measure == asked.measure and x.limit is not None
        if asked.variant in ("", x.variant) or not x.variant
    ]
    made = plan.standard.by_id[asked.variant].unit if asked.variant else ""
    industry = plan.label[language] if plan.industry else ""
    names = [industry, measure[language], variant[language], asked.unit, made]
    return [*names, " / ".join(dict.fromkeys(limits)), plan.industry, asked.measure, asked.variant]


# --- the workbook -----------------------------------------------------------------------------


def write_table(book: xlsxwriter.Workbook, sheet: Worksheet, table: pd.DataFrame, id_: str) -> None:
    head = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#DCEAF3", "border": 1}
    )
    fixed = book.add_format({"font_color": "#666666"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.write_row(0, 0, table.columns, head)
    for number, row in enumerate(table.itertuples(index=False), 1):
        for column, cell in enumerate(row):
            if cell:
                given = wrap if id_ == "guide" else fixed
                sheet.write_string(number, column, cell, given)
    sheet.freeze_panes(1, 0 if id_ == "guide" else 1)
    sheet.set_column(0, 0, 100 if id_ == "guide" else 28)
    if id_ != "guide":
        sheet.set_column(1, len(table.columns), 18)
        sheet.set_row(0, 75 if id_ == ENTERPRISES else 30)


class Lists:
    """The choices of the drop-downs, on a hidden sheet: a list in the rule itself holds 255
    characters and no comma."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.sheet = book.add_worksheet("lists")
        self.sheet.hide()
        self.columns: dict[tuple[str, ...], str] = {}

    def source(self, known: tuple[str, ...]) -> str:
        """The range that holds these choices."""
        if known not in self.columns:
            column = len(self.columns)
            self.sheet.write_column(0, column, known)
            area = xl_range_abs(0, column, len(known) - 1, column)
            self.columns[known] = f"=lists!{area}"
        return self.columns[known]

    def offer(self, sheet: Worksheet, column: int, known: Iterable[str]) -> None:
        """A drop-down for a column. Other text passes after a question, as ids are read too."""
        if known := tuple(dict.fromkeys(filter(None, known))):
            rule = {"validate": "list", "source": self.source(known), "error_type": "warning"}
            sheet.data_validation(1, column, ROWS, column, rule)


def enterprise_choices(
    sheet: Worksheet, lists: Lists, words: Vocabulary, codes: pd.DataFrame, language: str
) -> None:
    columns = [*words.table_columns(ENTERPRISES), *words.clause_columns]
    for position, id_ in enumerate(columns):
        if id_ == "industry":
            lists.offer(sheet, position, codes.iloc[:, 0])
        elif id_ in words.asked:
            answers = answer_words(words.asked[id_]).values()
            lists.offer(sheet, position, [answer[language] for answer in answers])


def measurement_choices(
    sheet: Worksheet, lists: Lists, words: Vocabulary, codes: pd.DataFrame, language: str
) -> None:
    choices = {
        "measure": codes.iloc[:, 1],
        "variant": codes.iloc[:, 2],
        "present": PRESENT[language],
    }
    for position, id_ in enumerate(words.table_columns(MEASUREMENTS)):
        if id_ in choices:
            lists.offer(sheet, position, choices[id_])
