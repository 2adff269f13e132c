"""Read the files of data/ into rows of text, and say exactly what is wrong with them."""

import csv
import datetime
import difflib
import io
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"


@dataclass(frozen=True)
class Fault:
    """One fault of a data file: where, what was found, what is expected, what to do."""

    file: str
    found: str
    expected: str
    remedy: str
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        place = self.file + (f", row {self.row}" if self.row else "")
        place += f", column {self.column}" if self.column else ""
        return f"{place}: found {self.found}; expected {self.expected}. {self.remedy}"


class DataError(Exception):
    """The data folder cannot be built; `problems` says why, fault by fault."""

    def __init__(self, problems: Iterable[Fault]):
        self.problems = list(problems)
        super().__init__("\n".join(map(str, self.problems)))


@dataclass
class Row:
    """One record as text, with the file and line it stands on (line 1 is the header)."""

    file: str
    line: int | None
    cells: dict[str, str | None] = field(default_factory=dict)


def closest(word: str, known: Iterable[str]) -> str | None:
    """The known word most similar to one that is not known; None when none comes near."""
    return next(iter(difflib.get_close_matches(str(word), list(known), 1, 0.55)), None)


def nearest(word: str, known: Iterable[str]) -> str:
    """The closest known word as a sentence of its own, or the empty string."""
    close = closest(word, known)
    return f" Did you mean {close!r}?" if close else ""


def read_csv(path: Path, root: Path) -> list[Row]:
    """Rows of a UTF-8 CSV file with a header; empty cells become None.

    Raises DataError when the file is not UTF-8, is empty, or a row is not as wide as the header.
    """
    name = path.relative_to(root).as_posix()
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise DataError(
            [
                Fault(
                    name,
                    f"byte 0x{error.object[error.start]:02x}",
                    "text in UTF-8",
                    "Save the file again as UTF-8 (in Excel: CSV UTF-8).",
                    row=line,
                )
            ]
        ) from None
    lines = csv.reader(io.StringIO(text))
    header = next(lines, [])
    if not header:
        raise DataError([Fault(name, "an empty file", "a header row", "Restore the header.")])
    rows, problems = [], []
    for cells in lines:
        if len(cells) != len(header):
            problems.append(
                Fault(
                    name,
                    f"{len(cells)} cells",
                    f"{len(header)}, as in the header",
                    'Put text that holds a comma in "quotes".',
                    row=lines.line_num,
                )
            )
            continue
        values = {k: v.strip() or None for k, v in zip(header, cells, strict=True)}
        rows.append(Row(name, lines.line_num, values))
    if problems:
        raise DataError(problems)
    return rows


def read_toml(path: Path, root: Path) -> dict:
    """A TOML file as a dictionary; raises DataError naming the line that cannot be read."""
    name = path.relative_to(root).as_posix()
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(
            [Fault(name, str(error), "a TOML file in UTF-8", "Mend the line named.")]
        ) from None


def flatten(record: Mapping) -> dict[str, str | None]:
    """A TOML record as cells of text: `title = {zh, en}` becomes title_zh and title_en."""
    cells: dict[str, str | None] = {}
    for key, value in record.items():
        if isinstance(value, Mapping):
            cells |= {f"{key}_{inner}": str(text) or None for inner, text in value.items()}
        elif isinstance(value, datetime.date):
            cells[key] = value.isoformat()
        else:
            cells[key] = str(value) or None
    return cells


def read_tables(data: Path = DATA) -> dict[str, list[Row]]:
    """All tables of a data folder as rows of text, in an order that satisfies their references."""
    root = data.parent
    tables = {"source": []}
    for path in sorted((data / "sources").glob("*.toml")):
        cells = {"source_id": path.stem} | flatten(read_toml(path, root))
        tables["source"].append(Row(path.relative_to(root).as_posix(), None, cells))
    for table, file in {
        "unit": "units",
        "place": "places",
        "industry": "industries",
        "level": "levels",
        "series": "series",
        "holder": "holders",
        "programme": "programmes",
        "participant": "participants",
        "practice_company": "practices/companies",
        "practice_site": "practices/sites",
        "practice_certification": "practices/certifications",
        "practice_fact": "practices/facts",
        "practice_measure": "practices/measures",
        "practice_industry": "practices/industries",
        "certification_rule": "certification_rules",
    }.items():
        tables[table] = read_csv(data / f"{file}.csv", root)
    tables["figure"] = [
        row for path in sorted((data / "figures").glob("*.csv")) for row in read_csv(path, root)
    ]
    tables["site"] = []
    for path in sorted((data / "registry").glob("*.csv")):
        for row in read_csv(path, root):
            row.cells = {"source_id": path.stem} | row.cells
            tables["site"].append(row)
    return tables
