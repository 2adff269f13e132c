"""Enterprises as rows of the wide table: names in ids, answers as written, amounts as numbers."""

import unicodedata

import pandas as pd

from waterstats.enterprises.cellnumbers import NotANumberError, factor, in_full, read_number
from waterstats.enterprises.sheetrows import SheetRow
from waterstats.enterprises.vocabulary import ENTERPRISES, Vocabulary, folded
from waterstats.problems import Problem
from waterstats.standards.limits import Words

AMOUNTS = {"output_value": "万元", "product_withdrawal": "m3"}


def by_name(rows: list[SheetRow]) -> tuple[dict[str, list[SheetRow]], list[Problem]]:
    """The rows under each name, and the problems of those without one or with a shared one."""
    named: dict[str, list[SheetRow]] = {}
    problems = []
    for row in rows:
        if key := name_key(row.text("enterprise")):
            named.setdefault(key, []).append(row)
        else:
            problems.append(row.problem("enterprise", Words("企业名称", "a name or number")))
    for same in named.values():
        if len(same) > 1:
            numbers = ", ".join(str(row.number) for row in same)
            zh, en = (
                f"第{numbers}行同名：请删去或改名。",
                f"Rows {numbers} share it: delete or rename.",
            )
            expected = Words("每家企业只有一行", "each enterprise once")
            problems += [row.problem("enterprise", expected, Words(zh, en)) for row in same]
    return named, problems


def name_key(name: str) -> str:
    """A name without what people vary between sheets: width, case and spaces."""
    return folded(name)


def columns_of(rows: list[SheetRow], words: Vocabulary) -> list[str]:
    """The columns these rows have, in the order of the template."""
    seen = {id_ for row in rows for id_ in row.cells}
    known = [*words.table_columns(ENTERPRISES), *words.clause_columns]
    return [id_ for id_ in known if id_ in seen]


def enterprise(
    row: SheetRow, industry: str, columns: list[str]
) -> tuple[dict[str, object], list[Problem]]:
    """One row of the frame. Answers stay words, in half-width characters."""
    cells: dict[str, object] = {
        id_: unicodedata.normalize("NFKC", row.text(id_)).strip() for id_ in columns
    }
    cells["enterprise"] = row.text("enterprise")
    if "industry" in columns:
        cells["industry"] = industry
    problems = []
    for id_, unit in AMOUNTS.items():
        if id_ in columns:
            try:
                cells[id_] = amount(row, id_, unit)
            except NotANumberError as error:
                cells[id_] = None
                problems.append(row.problem(id_, error.expected, error.remedy))
    return cells, problems


def amount(row: SheetRow, id_: str, unit: str) -> float | None:
    """A number that is not scored; it has to be one all the same, in the unit of its heading."""
    cell = row.cells.get(id_)
    if cell is None:
        return None
    value, converted = read_number(cell.content, unit)
    scale = factor(cell.unit, unit) if cell.unit and converted == 1 else 1
    if value is None:
        return None
    if scale is None or value < 0:
        raise NotANumberError(Words(f"不小于0的数（{unit}）", f"a number from 0 in {unit}"))
    return float(in_full(value, scale))


def frame(rows: list[dict], columns: list[str]) -> pd.DataFrame:
    """Rows as a frame with all columns, text as text and numbers as float64."""
    table = pd.DataFrame(rows, columns=columns)
    numbers = [c for c in ("value", "output", *AMOUNTS) if c in columns]
    return table.astype({c: "float64" if c in numbers else "str" for c in columns})
