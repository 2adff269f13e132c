"""Columns of a table read by their distinct cells: text, codes, days, and the faults of each."""

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from waterstats.problems import NOTHING, Problem
from waterstats.registries import dates
from waterstats.registries.columns import COLUMNS
from waterstats.registries.faults import fault, nearest_words, words
from waterstats.registries.opening import Table
from waterstats.registries.vocabulary import CODED, Vocabulary

MOST_LISTED = 200
ODD = "^[\\s'\u00a0\u3000]|[\\s\u00a0\u3000]$|\\s\\s|[\t\r\n\f\v\u00a0\u3000]|^[^0-9A-Za-z]*$"
FORMULA = ("'=", "'+", "'-", "'@")  # our own downloads mark text that looks like a formula so


class Reader:
    """Reads one table.

    rows: the cells as they are meant, under our names, by row of the file. wrong: rows with an
    error. unknown: (column, word) to the number of its rows.
    """

    def __init__(self, table: Table, mapping: Mapping[str, str], vocabulary: Vocabulary) -> None:
        self.table, self.mapping, self.vocabulary = table, mapping, vocabulary
        self.rows = pd.DataFrame(index=table.cells.index)
        self.wrong = np.zeros(len(self.rows), dtype=bool)
        self.problems: list[Problem] = []
        self.unknown: dict[tuple[str, str], int] = {}

    # --- what the cells say -------------------------------------------------------------------

    def _distinct(self, column: str) -> tuple[np.ndarray, list]:
        """The number of each row's distinct cell (-1 is empty), and those cells."""
        codes, cells = pd.factorize(self.table.cells[self.mapping[column]])
        return codes, list(cells)

    def _give(self, column: str, codes: np.ndarray, values: list) -> None:
        """The value of each distinct cell to its rows; None where it is empty."""
        given = np.array([*values, None], dtype=object)
        self.rows[column] = pd.Categorical(given)[codes] if column in CODED else given[codes]

    def texts(self, *columns: str) -> None:
        """Columns taken as they stand, without spaces around and between lines."""
        for column in columns:
            if column not in self.mapping:
                self.rows[column] = pd.Series(None, index=self.rows.index, dtype="str")
                continue
            self.rows[column] = _texts(self.table.cells[self.mapping[column]])
            if COLUMNS[column].required:
                empty = self.rows[column].isna().to_numpy()
                self.list_rows(column, empty, "empty")
                self.wrong |= empty

    def codes(self, column: str, read_as: Mapping[str, Mapping[str, str]]) -> None:
        """A column of words that mean codes; a word that means none is an error if it must."""
        if column not in self.mapping:
            self.rows[column] = None
            return
        codes, cells = self._distinct(column)
        words_ = [_text(cell) or "" for cell in cells]
        self._coded(column, codes, words_, read_as)

    def _coded(self, column: str, codes: np.ndarray, cells: list[str], read_as) -> None:
        given = read_as.get(column, {})
        values = [self.vocabulary.code(column, text) or given.get(text) for text in cells]
        self._give(column, codes, values)
        faults = {
            n: "empty" if not text else column
            for n, (text, value) in enumerate(zip(cells, values, strict=True))
            if value is None
        }
        counts = np.bincount(codes[codes >= 0], minlength=len(cells))
        for n, kind in faults.items():
            if kind != "empty":
                self.unknown[column, cells[n]] = int(counts[n])
        self._faulty(column, codes, cells, faults)

    def levels(self, read_as: Mapping[str, Mapping[str, str]]) -> None:
        """The level; the directory prints the type of certificate behind it, others apart."""
        codes, cells = self._distinct("level")
        parts = [(_text(cell) or "").replace("（", "(").partition("(")[::2] for cell in cells]
        self._coded("level", codes, [level.strip() for level, _ in parts], read_as)
        if "certificate_type" in self.mapping:
            self.codes("certificate_type", read_as)
            return
        kinds = [
            self.vocabulary.code("certificate_type", kind) if kind else None for _, kind in parts
        ]
        self._give("certificate_type", codes, kinds)
        odd = {n: "certificate_type" for n, (_, kind) in enumerate(parts) if kind and not kinds[n]}
        self._faulty("level", codes, cells, odd, warning=True)

    def days(self, day_first: bool | None) -> None:
        """Both dates, read in the same order of day and month."""
        read = {column: self._distinct(column) for column in ("date_issued", "valid_until")}
        if day_first is None:
            day_first = self._order([cell for _, cells in read.values() for cell in cells])
        for column, (codes, cells) in read.items():
            values, faults = [], {}
            for n, cell in enumerate(cells):
                try:
                    values.append(pd.Timestamp(dates.read_day(cell, day_first)))
                except dates.NotADayError as error:
                    values.append(pd.NaT)
                    faults[n] = error.args[0]
            days = pd.DatetimeIndex([*values, pd.NaT]).as_unit("us")
            self.rows[column] = days[codes]
            self._faulty(column, codes, cells, faults)

    def _order(self, cells: list) -> bool:
        """Whether days come first, with a warning when months do or the dates disagree."""
        day, month = dates.order(cells)
        if month is not None:
            kind = "month_first" if day is None else "both_orders"
            found = words("fault.orders_found", month=month, day=day or "–")
            self.problems.append(
                fault(self.table.name, 0, "", found, kind, words("fault.orders_do"), warning=True)
            )
        return day is not None or month is None

    # --- what is wrong ------------------------------------------------------------------------

    def _faulty(
        self, column: str, codes: np.ndarray, cells: list, faults: Mapping[int, str], warning=False
    ) -> None:
        """List the rows of faulty cells; rows whose cell is empty too, where it must not be."""
        kinds = np.array([*(faults.get(n) for n in range(len(cells))), "empty"], dtype=object)
        required = COLUMNS[column].required
        if not required:
            kinds[kinds == "empty"] = None
        of_row = kinds[codes]
        bad = of_row != None  # noqa: E711 - element by element
        for kind in dict.fromkeys(kinds):
            if kind is not None:
                rows = of_row == kind
                self.list_rows(column, rows, kind, warning=warning or not required)
        if required and not warning:
            self.wrong |= bad

    def list_rows(
        self,
        column: str,
        rows: np.ndarray,
        kind: str,
        remedy: str | None = None,
        values: Callable[[int], dict] | None = None,
        warning: bool = False,
    ) -> None:
        """A problem for each of some rows; beyond `MOST_LISTED` only how many more there are."""
        heading = self.mapping.get(column, "")
        name, places = self.table.name, np.flatnonzero(rows)
        if not len(places):
            return
        cells = self.table.cells[heading] if heading else None
        for n in places[:MOST_LISTED]:
            cell = cells.iloc[n] if cells is not None else None
            found = None if cell is None or cell != cell else _shown(cell)
            row = int(self.rows.index[n])
            told = words(f"fault.{remedy}") if remedy else self._near(kind, _text(cell))
            more = values(n) if values else {}
            self.problems.append(fault(name, row, heading, found, kind, told, warning, **more))
        if len(places) > MOST_LISTED:
            more = words("fault.more_found", n=f"{len(places) - MOST_LISTED:,}")
            self.problems.append(
                fault(
                    name,
                    0,
                    heading,
                    more,
                    kind,
                    NOTHING,
                    warning,
                    **(values(places[-1]) if values else {}),
                )
            )

    def _near(self, kind: str, text: str | None):
        """The nearest known word, as a hint."""
        if kind not in self.vocabulary.known or not text:
            return NOTHING
        text = text.replace("（", "(").partition("(")[0].strip() if kind == "level" else text
        code = self.vocabulary.nearest(kind, text)
        return nearest_words(self.vocabulary.names(kind, code)) if code else NOTHING


def _texts(cells: pd.Series) -> pd.Series:
    """A column of cells as text; those that are plain text already are not gone through."""
    if cells.dtype != "str" and pd.api.types.infer_dtype(cells, skipna=True) != "string":
        codes, distinct = pd.factorize(cells)
        given = np.array([*map(_text, distinct), None], dtype=object)
        return pd.Series(given[codes], index=cells.index, dtype="str")
    plain = cells.astype("str")
    found = pc.match_substring_regex(pa.array(plain, pa.large_string()), ODD)
    odd = found.fill_null(False).to_numpy(zero_copy_only=False)
    if odd.any():
        plain = plain.copy()
        plain[odd] = [_text(cell) for cell in plain[odd]]
    return plain


def _text(cell: object) -> str | None:
    """A cell as text with single spaces, None when nothing is left."""
    if cell is None or cell != cell:
        return None
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = " ".join(str(cell).split())
    if text.startswith(FORMULA):
        text = text[1:]
    return text if any(map(str.isalnum, text)) else None


def _shown(cell: object) -> str:
    """A cell as its owner would recognise it."""
    return str(cell.date()) if hasattr(cell, "date") else str(cell)[:80]
