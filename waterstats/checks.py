"""Check rows of text against the declared schema: columns, types, keys and references."""

import datetime
import math
from collections.abc import Callable
from dataclasses import dataclass

from waterstats.datafiles import Fault, Row, nearest


@dataclass(frozen=True)
class Column:
    """A column as schema.sql declares it; `refers_to` is (table, column) of a foreign key."""

    name: str
    type: str
    required: bool
    refers_to: tuple[str, str] | None = None


@dataclass(frozen=True)
class Table:
    """A table as schema.sql declares it."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    def key_of(self, row: Row) -> str:
        """The primary key of a row, its parts joined by a space."""
        return " ".join(row.cells.get(column) or "" for column in self.key)


def _number(text: str) -> float:
    value = float(text)
    if not math.isfinite(value) or not text.isascii():
        raise ValueError(text)
    return value


def _boolean(text: str) -> bool:
    return {"true": True, "false": False}[text]


PARSERS: dict[str, tuple[Callable[[str], object], str]] = {
    "VARCHAR": (str, "text"),
    "DATE": (datetime.date.fromisoformat, "a real date written yyyy-mm-dd"),
    "DOUBLE": (_number, "a plain number such as 12.5"),
    "INTEGER": (int, "a whole number"),
    "BOOLEAN": (_boolean, "true or false"),
}


def check_header(table: Table, row: Row) -> list[Fault]:
    """Columns that a file lacks, or has and should not."""
    names = [column.name for column in table.columns]
    problems = []
    optional = {column.name for column in table.columns if not column.required}
    for name in names:
        if name not in row.cells and not (row.line is None and name in optional):
            problems.append(
                Fault(
                    row.file,
                    f"no column {name!r}",
                    f"the columns {', '.join(names)}",
                    f"Add the column{' (cells may be empty)' if name in optional else ''}.",
                )
            )
    for name in row.cells:
        if name not in names:
            remedy = "Remove it, or correct its name." + nearest(name, names)
            problems.append(
                Fault(row.file, f"an unknown column {name!r}", f"only {', '.join(names)}", remedy)
            )
    return problems


def check_cells(table: Table, row: Row) -> list[Fault]:
    """Cells of a row that are empty and must not be, or are not of their column's type."""
    problems = []
    for column in table.columns:
        text = row.cells.get(column.name)
        parser, expected = PARSERS[column.type]
        found, remedy = repr(text), "Correct the cell."
        if text is None:
            if not column.required:
                continue
            found, remedy = "an empty cell", "Fill it in; a row without it cannot be kept."
        else:
            try:
                parser(text)
                continue
            except (ValueError, KeyError):
                pass
        problems.append(Fault(row.file, found, expected, remedy, row.line, column.name))
    return problems


def check_keys(table: Table, rows: list[Row]) -> list[Fault]:
    """Rows whose primary key another row of the table has already."""
    first: dict[str, Row] = {}
    problems = []
    for row in rows if table.key else []:
        key = table.key_of(row)
        if key in first:
            other = first[key]
            problems.append(
                Fault(
                    row.file,
                    f"{key!r} again",
                    f"a {' + '.join(table.key)} of its own",
                    f"It stands already in {other.file}, row {other.line}: delete or rename one.",
                    row.line,
                    table.key[-1],
                )
            )
        else:
            first[key] = row
    return problems


def check_references(
    table: Table, rows: list[Row], known: dict[tuple[str, str], set[str]]
) -> list[Fault]:
    """Cells that name something which is not there, with the nearest known name."""
    problems = []
    for column in table.columns:
        if not column.refers_to:
            continue
        target = known[column.refers_to]
        for row in rows:
            text = row.cells.get(column.name)
            if text is not None and text not in target:
                problems.append(
                    Fault(
                        row.file,
                        f"an unknown {column.refers_to[0]} {text!r}",
                        f"a {column.refers_to[1]} of table {column.refers_to[0]}",
                        "Correct it, or add it there first." + nearest(text, target),
                        row.line,
                        column.name,
                    )
                )
    return problems


def check_table(
    table: Table, rows: list[Row], known: dict[tuple[str, str], set[str]]
) -> list[Fault]:
    """Every fault found in the rows of a table, headers first.

    `known` maps (table, column) to the values a foreign key may hold.
    """
    problems = [p for row in _first_of_each_file(rows) for p in check_header(table, row)]
    if problems:
        return problems
    cells = [p for row in rows for p in check_cells(table, row)]
    return cells + check_keys(table, rows) + check_references(table, rows, known)


def _first_of_each_file(rows: list[Row]) -> list[Row]:
    return list({row.file: row for row in reversed(rows)}.values())
