"""A form as plain data, the same for every format: tables of cells that may join neighbours."""

import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST = 32_000  # characters; a worksheet cell takes 32,767

Value = str | float | None


@dataclass(frozen=True)
class Cell:
    """One cell. `across` and `down` count the columns and rows it takes; `kind` is head, label,
    centre, text (left), or strong (a total)."""

    value: Value = None
    across: int = 1
    down: int = 1
    kind: str = "text"


Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """A titled table. `widths` are centimetres, one per column; the first `heads` rows are repeated
    on every page; `lines` stand between title and table, `notes` below it. One that `follows` stays
    on the page of the table before it, where there are pages."""

    name: str
    title: str
    widths: tuple[float, ...]
    rows: tuple[Row, ...]
    heads: int = 1
    lines: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    follows: bool = False


@dataclass(frozen=True)
class Form:
    """Tables that belong together. `footer` is on every page, with its number (`page`)."""

    title: str
    tables: tuple[Table, ...]
    footer: str
    page: str
    font: str
    landscape: bool = False


def placed(table: Table) -> Iterator[tuple[int, int, Cell]]:
    """Every cell with its row and column: as in HTML, a row leaves out what is already taken."""
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(table.rows):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            yield row, column, cell
            taken |= {
                (row + down, column + across)
                for down in range(cell.down)
                for across in range(cell.across)
            }


def written(value: Value) -> str:
    """A value as a reader sees it: a number without noise, nothing for nothing."""
    if value is None:
        return ""
    return value if isinstance(value, str) else f"{value:.12g}"


def number(value: float) -> Value:
    """A number for a cell: None if unknown, text if a worksheet cannot hold it, without a needless
    decimal point."""
    value = float(value)
    if math.isnan(value):
        return None
    if math.isinf(value):
        return str(value)
    return int(value) if value.is_integer() and abs(value) < 1e15 else float(f"{value:.12g}")


def clean(text: str, cut: str) -> str:
    """Text that every format can hold: no control characters, and not longer than a cell; what is
    too long ends in `cut`."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c for c in lines if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs"))
    kept = kept.replace("\ufffe", "").replace("\uffff", "")
    return kept if len(kept) <= LONGEST else kept[:LONGEST] + cut
