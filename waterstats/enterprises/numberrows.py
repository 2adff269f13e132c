"""Numbers of enterprises as rows of the long table, whether they came one to a row or one to a
column: names resolved to ids, units compared, cells read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from waterstats.enterprises.cellnumbers import NotANumberError, factor, in_full, read_number
from waterstats.enterprises.sheetrows import Cell, SheetRow
from waterstats.enterprises.vocabulary import Vocabulary
from waterstats.problems import Problem
from waterstats.scoring.plans import Input
from waterstats.standards.limits import Words

ABSENT = re.compile(r"(?:无|没有|none|no|not present|absent)\s*[:：;；,，]\s*(.+)", re.I | re.S)


@dataclass
class Measurement:
    """One row of the long table, and where it came from. `cell`: the wide column it stood in."""

    row: SheetRow
    enterprise: str
    industry: str
    measure: str
    variant: str
    value: float | None = None
    output: float | None = None
    present: str = ""
    reason: str = ""
    cell: str = ""

    def place(self, column: str) -> str:
        """The cell of its row that a column of the long table came from."""
        return self.cell or column


def long_row(
    row: SheetRow, enterprise: str, industry: str, words: Vocabulary
) -> tuple[Measurement | None, list[Problem]]:
    """A row of the table of numbers; None if nothing is filled in beside its names."""
    if not any(row.text(id_) for id_ in ("value", "output", "present", "reason")):
        return None, []
    measure, variant = words.pair(industry, row.text("measure"), row.text("variant"))
    if variant and not measure:
        measure = words.first_measure(industry, variant)
    given = Measurement(row, enterprise, industry, measure, variant)
    given.present, given.reason = row.text("present"), row.text("reason")
    asked, problems = words.input(industry, measure, variant), []
    if asked:
        output = words.input(industry, "output", variant)
        problems += read_value(given, "value", asked, row.text("unit"))
        problems += number(given, "output", output.unit if output else "")
    return given, problems


def wide_rows(
    row: SheetRow, enterprise: str, industry: str, words: Vocabulary
) -> Iterator[tuple[Measurement, list[Problem]]]:
    """The numbers in the columns of a row of the table of enterprises."""
    for id_, cell in row.cells.items():
        measure, bar, variant = id_.partition("|")
        if not bar or not measure or not cell.text:
            continue
        pair = words.pair(industry, measure, variant)
        given = Measurement(row, enterprise, industry, *pair, cell=id_)
        asked = words.input(industry, *pair)
        yield given, list(read_value(given, "value", asked, "")) if asked else []


def read_value(given: Measurement, column: str, asked: Input, unit: str) -> Iterator[Problem]:
    """Read the value of a row into it; "none: why" says that the system is not present."""
    cell = given.row.cells.get(given.place(column), Cell(None, column))
    unit = unit or cell.unit
    if absent := ABSENT.fullmatch(cell.text):
        given.present, given.reason = "no", absent[1].strip()
        return
    scale = factor(unit, asked.unit) if unit and cell.text else 1
    if scale is None:
        place = "unit" if given.row.text("unit") else given.place(column)
        expected = Words(f"单位{asked.unit}", f"the unit {asked.unit}")
        remedy = Words(f"请换算成{asked.unit}。", f"Convert the number to {asked.unit}.")
        yield given.row.problem(place, expected, remedy)
        return
    yield from number(given, column, asked.unit, scale)


def number(given: Measurement, column: str, unit: str, scale: int = 1) -> Iterator[Problem]:
    """Read a number into a row; one in 10⁴ of its unit is converted, and that is said."""
    place = given.place(column)
    cell = given.row.cells.get(place, Cell(None, column))
    try:
        value, factor_written = read_number(cell.content, unit, cell.percent)
    except NotANumberError as error:
        yield given.row.problem(place, error.expected, error.remedy)
        return
    if value is not None and scale != 1 and factor_written == 1:
        value = float(in_full(value, scale))
    setattr(given, column, value)
    if value is not None and (scale != 1 or factor_written != 1):
        expected = Words(f"以{unit}计的数", f"a number in {unit}")
        full = f"{value:,.15g} {unit}"
        remedy = Words(f"按{full}读。", f"Read as {full}.")
        yield given.row.problem(place, expected, remedy, warning=True)
