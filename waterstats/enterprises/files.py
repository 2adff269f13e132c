"""Files of enterprises as the two frames that are scored, and what is wrong with them, cell by
cell. An enterprise with an error anywhere is set aside whole; the others stay as they are."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

import pandas as pd

from waterstats.enterprises.cellnumbers import NotANumberError, read_number
from waterstats.enterprises.filegrids import open_file
from waterstats.enterprises.grids import about_file
from waterstats.enterprises.numberrows import Measurement, long_row, wide_rows
from waterstats.enterprises.plausibility import doubts
from waterstats.enterprises.sheetrows import SheetRow, sheet_rows
from waterstats.enterprises.vocabulary import (
    ENTERPRISES,
    MEASUREMENTS,
    Vocabulary,
    folded,
    vocabulary,
)
from waterstats.scoring.batches import read_tables
from waterstats.scoring.problems import Problem
from waterstats.standards.limits import Words

AMOUNTS = {"output_value": "", "product_withdrawal": "m3"}
NUMBER_COLUMNS = ["enterprise", "measure", "variant", "value", "output", "present", "reason"]


@dataclass
class FileTables:
    """What was read from files.

    enterprises, measurements: the enterprises without an error, as `waterstats.score` takes them.
    problems: errors and warnings, where they stand in the files, errors first. set_aside: the
    names of the enterprises that were left out because of an error.
    """

    standard_id: str | Path
    enterprises: pd.DataFrame
    measurements: pd.DataFrame
    problems: list[Problem] = field(default_factory=list)
    set_aside: list[str] = field(default_factory=list)

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if not problem.warning]


def read_files(standard_id: str | Path, files: Iterable[tuple[str, bytes]]) -> FileTables:
    """Read the tables of enterprises in some files, each a name and its content.

    Sheets are told apart by their headings: one workbook may hold both tables, or each file one.
    A sheet of enterprises may have a column for each number instead of the second table. What is
    empty is missing and counts as unanswered. Never raises for what a file contains, that is in
    `problems`; raises RuleError for an unknown standard.
    """
    reader = Reader(vocabulary(standard_id))
    for name, content in files:
        reader.add(name, content)
    return reader.tables(standard_id)


class Reader:
    """Collects the rows of all files, then puts them together."""

    def __init__(self, words: Vocabulary) -> None:
        self.words = words
        self.files: list[str] = []
        self.rows: dict[str, list[SheetRow]] = {ENTERPRISES: [], MEASUREMENTS: []}
        self.problems: list[Problem] = []
        self.enterprises: dict[str, SheetRow] = {}
        self.industries: dict[str, str] = {}
        self.seen: set[str] = set()
        self.spoilt: dict[str, str] = {}

    def add(self, name: str, content: bytes) -> None:
        self.files.append(name)
        grids, problems = open_file(name, content)
        self.problems += problems
        for grid in grids:
            table, rows, problems = sheet_rows(grid, self.words)
            self.problems += problems
            if table:
                self.seen.add(table)
                self.rows[table] += rows

    def tables(self, standard_id: str | Path) -> FileTables:
        self.name_enterprises()
        measurements = list(self.measurements())
        columns = self.enterprise_columns()
        enterprises = [self.enterprise(key, columns) for key in self.enterprises]
        self.check(frame(enterprises, columns), measurements)
        self.spoil(measurements)
        kept = [
            e
            for e, key in zip(enterprises, self.enterprises, strict=True)
            if key not in self.spoilt
        ]
        numbers = [m for m in measurements if m.enterprise not in self.spoilt]
        self.problems += doubts(self.words, numbers)
        if not self.rows[ENTERPRISES] and all(problem.warning for problem in self.problems):
            self.problems.append(self.nothing())
        self.problems.sort(key=lambda p: (p.warning, p.table, p.row))
        return FileTables(
            standard_id,
            frame(kept, columns),
            self.number_frame(numbers),
            self.problems,
            list(self.spoilt.values()),
        )

    # --- enterprises ----------------------------------------------------------------------

    def name_enterprises(self) -> None:
        """The rows of enterprises by name; a name that stands twice cannot be used at all."""
        by_name: dict[str, list[SheetRow]] = {}
        for row in self.rows[ENTERPRISES]:
            if key := name_key(row.text("enterprise")):
                by_name.setdefault(key, []).append(row)
            else:
                expected = Words("企业名称", "a name or number")
                self.problems.append(row.problem("enterprise", expected))
        for key, rows in by_name.items():
            if len(rows) == 1:
                self.enterprises[key] = rows[0]
                written = rows[0].text("industry") if self.words.industries else ""
                self.industries[key] = self.words.industry(written)
                continue
            self.spoilt[key] = rows[0].text("enterprise")
            numbers = ", ".join(str(row.number) for row in rows)
            remedy = Words(
                f"第{numbers}行同名：请删去或改名。", f"Rows {numbers} share it: delete or rename."
            )
            expected = Words("每家企业只有一行", "each enterprise once")
            self.problems += [row.problem("enterprise", expected, remedy) for row in rows]

    def enterprise_columns(self) -> list[str]:
        seen = {id_ for row in self.enterprises.values() for id_ in row.cells}
        known = [*self.words.table_columns(ENTERPRISES), *self.words.clause_columns]
        return [id_ for id_ in known if id_ in seen]

    def enterprise(self, key: str, columns: list[str]) -> dict[str, object]:
        """One row of the frame: names in ids, answers as written, in half-width characters."""
        row = self.enterprises[key]
        cells: dict[str, object] = {
            id_: unicodedata.normalize("NFKC", row.text(id_)).strip() for id_ in columns
        }
        cells["enterprise"] = row.text("enterprise")
        if "industry" in columns:
            cells["industry"] = self.industries[key]
        for id_, unit in AMOUNTS.items():
            if id_ in columns:
                cells[id_] = self.amount(row, id_, unit)
        return cells

    def amount(self, row: SheetRow, id_: str, unit: str) -> float | None:
        """A number that is not scored; it has to be one all the same."""
        if id_ not in row.cells:
            return None
        cell = row.cells[id_]
        try:
            value, _ = read_number(cell.content, unit)
            if value is None or value >= 0:
                return value
            raise NotANumberError(Words("不小于0的数", "a number from 0"))
        except NotANumberError as error:
            self.problems.append(row.problem(id_, error.expected, error.remedy))
            return None

    # --- numbers --------------------------------------------------------------------------

    def measurements(self) -> Iterator[Measurement]:
        """The numbers in both tables that belong to an enterprise."""
        for key, row in self.enterprises.items():
            for given, problems in wide_rows(row, key, self.industries[key], self.words):
                self.problems += problems
                yield given
        for row in self.rows[MEASUREMENTS]:
            key = name_key(row.text("enterprise"))
            if not key and len(self.enterprises) == 1:
                key = next(iter(self.enterprises))
            given, problems = long_row(row, key, self.industries.get(key, ""), self.words)
            if given is None or key in self.spoilt:
                continue
            if key not in self.enterprises:
                self.problems.append(self.unknown(row))
                continue
            self.problems += problems
            yield given

    def unknown(self, row: SheetRow) -> Problem:
        names = {key: e.text("enterprise") for key, e in self.enterprises.items()}
        close = get_close_matches(name_key(row.text("enterprise")), names, 1)
        near = names[close[0]] if close else ""
        remedy = (
            Words(f"是不是“{near}”？", f"Did you mean {near!r}?")
            if near
            else Words(
                "请在企业表里加上这家企业，或改正名称。",
                "Add it to the table of enterprises, or mend the name.",
            )
        )
        return row.problem(
            "enterprise", Words("企业表里的企业", "an enterprise of the first table"), remedy
        )

    def number_frame(self, numbers: list[Measurement]) -> pd.DataFrame:
        rows = [
            {
                **{c: getattr(m, c) for c in NUMBER_COLUMNS},
                "enterprise": self.enterprises[m.enterprise].text("enterprise"),
            }
            for m in numbers
        ]
        return frame(rows, NUMBER_COLUMNS)

    def nothing(self) -> Problem:
        """No enterprise at all, in a file that could be read."""
        remedy = Words("请用模板填写。", "Fill in the template.")
        if ENTERPRISES in self.seen:
            found = Words("企业表没有填", "no enterprise filled in")
            expected = Words("每家企业一行", "one row for each enterprise")
        else:
            zh, en = (self.words.heading("enterprise", language) for language in ("zh", "en"))
            found = Words("没有企业表", "no table of enterprises")
            expected = Words(f"一张含“{zh}”列的表", f"a table with the heading {en!r}")
        return about_file(", ".join(self.files), found, expected, remedy)

    # --- what the rules say of them -----------------------------------------------------------

    def check(self, enterprises: pd.DataFrame, measurements: list[Measurement]) -> None:
        """What the scorer would refuse, said where it stands in the file."""
        rows = list(self.enterprises.values())
        found = read_tables(self.words.plans, enterprises, self.number_frame(measurements)).problems
        for problem in found:
            if problem.table == ENTERPRISES:
                row, id_ = rows[problem.row - 1], problem.column
            else:
                given = measurements[problem.row - 1]
                row, id_ = given.row, given.place(problem.column)
            self.problems.append(row.problem(id_, problem.expected, problem.remedy))

    def spoil(self, measurements: list[Measurement]) -> None:
        rows = [*self.enterprises.items(), *((m.enterprise, m.row) for m in measurements)]
        for key, row in rows:
            if row.spoilt:
                self.spoilt[key] = self.enterprises[key].text("enterprise")


def frame(rows: list[dict], columns: list[str]) -> pd.DataFrame:
    """Rows as a frame with all columns, text as text and numbers as float64."""
    table = pd.DataFrame(rows, columns=columns)
    numbers = [c for c in ("value", "output", *AMOUNTS) if c in columns]
    kinds = {c: "float64" if c in numbers else "str" for c in columns}
    return table.astype(kinds)


def name_key(name: str) -> str:
    """A name without what people vary between sheets: width, case and spaces."""
    return folded(name)
