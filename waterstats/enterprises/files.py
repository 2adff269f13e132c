"""Files of enterprises as the two frames that are scored, and what is wrong with them, cell by
cell. An enterprise with an error anywhere is set aside whole; the others stay as they are."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

import pandas as pd

from waterstats.enterprises.enterpriserows import by_name, columns_of, enterprise, frame, name_key
from waterstats.enterprises.numberrows import Measurement, long_row, wide_rows
from waterstats.enterprises.plausibility import doubts
from waterstats.enterprises.sheetrows import SheetRow, sheet_rows
from waterstats.enterprises.vocabulary import ENTERPRISES, MEASUREMENTS, Vocabulary, vocabulary
from waterstats.problems import Problem
from waterstats.scoring.batches import read_tables
from waterstats.sheets.filegrids import open_file
from waterstats.sheets.grids import about_file
from waterstats.standards.limits import Words

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
        self.numbers_lost = False
        self.spoilt: dict[str, str] = {}

    def add(self, name: str, content: bytes) -> None:
        self.files.append(name)
        grids, problems = open_file(name, content)
        self.problems += problems
        self.numbers_lost |= has_errors(problems)
        for grid in grids:
            table, rows, problems = sheet_rows(grid, self.words)
            self.problems += problems
            self.numbers_lost |= table == MEASUREMENTS and not rows and has_errors(problems)
            if table:
                self.seen.add(table)
                self.rows[table] += rows

    def tables(self, standard_id: str | Path) -> FileTables:
        self.name_enterprises()
        measurements = list(self.measurements())
        columns = columns_of(list(self.enterprises.values()), self.words)
        enterprises = self.enterprise_cells(columns)
        self.check(frame(enterprises, columns), measurements)
        self.spoil(measurements)
        cells = dict(zip(self.enterprises, enterprises, strict=True))
        kept = [cells[key] for key in cells if key not in self.spoilt]
        numbers = [m for m in measurements if m.enterprise not in self.spoilt]
        self.problems += doubts(self.words, numbers)
        if not self.rows[ENTERPRISES] and not has_errors(self.problems):
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
        named, problems = by_name(self.rows[ENTERPRISES])
        self.problems += problems
        for key, rows in named.items():
            if len(rows) > 1:
                self.spoilt[key] = rows[0].text("enterprise")
                continue
            self.enterprises[key] = rows[0]
            written = rows[0].text("industry") if self.words.industries else ""
            self.industries[key] = self.words.industry(written)

    def enterprise_cells(self, columns: list[str]) -> list[dict[str, object]]:
        made = []
        for key, row in self.enterprises.items():
            cells, problems = enterprise(row, self.industries[key], columns)
            self.problems += problems
            made.append(cells)
        return made

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
        if close:
            self.spoilt[close[0]] = near  # the number is probably its own
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
        """Set aside every enterprise with an error; all of them if a file or sheet of numbers
        could not be read, as nobody knows whose they are."""
        rows = [*self.enterprises.items(), *((m.enterprise, m.row) for m in measurements)]
        for key, row in rows:
            if row.spoilt or self.numbers_lost:
                self.spoilt[key] = self.enterprises[key].text("enterprise")


def has_errors(problems: list[Problem]) -> bool:
    return not all(problem.warning for problem in problems)
