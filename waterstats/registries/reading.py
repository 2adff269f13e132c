"""A table of certified sites as the frame that pages show, and what is wrong with it.

Every column is read by its distinct cells, so that a large table costs little more than a small
one. A row with an error is left out, listed and counted; the other rows stay as they are.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from waterstats.problems import Problem
from waterstats.registries.columns import REQUIRED
from waterstats.registries.dates import caption_facts
from waterstats.registries.described import described
from waterstats.registries.distinct import Reader
from waterstats.registries.faults import fault, words
from waterstats.registries.opening import Table
from waterstats.registries.vocabulary import Vocabulary

SIMULATED = "SIM-"
ReadAs = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Unknown:
    """A word that no code is known for: its column, in how many rows, the nearest code if any."""

    column: str
    text: str
    rows: int
    nearest: str | None


@dataclass(frozen=True)
class Registry:
    """What a table of certified sites says.

    sites: the rows without an error, with the columns of the view site_described. rows: how many
    the table has. problems: errors first, then warnings. unknown: words to settle. as_of:
    the date of the list. simulated: whether its numbers are invented.
    """

    sites: pd.DataFrame
    rows: int
    problems: list[Problem] = field(default_factory=list)
    unknown: list[Unknown] = field(default_factory=list)
    as_of: datetime.date | None = None
    simulated: bool = False

    @property
    def left_out(self) -> int:
        """How many rows have an error and are not among the sites."""
        return self.rows - len(self.sites)


def read_registry(
    table: Table,
    mapping: Mapping[str, str],
    vocabulary: Vocabulary,
    source_id: str,
    as_of: datetime.date | None = None,
    read_as: ReadAs | None = None,
    day_first: bool | None = None,
) -> Registry:
    """Read a table of sites.

    mapping: column to the heading that gives it; every required column must be in it. as_of: the
    date of the list; None takes the caption's. read_as: for words that no code is known for, the
    code that the user has confirmed. day_first: how 08/06/2026 is meant; None reads it from
    the dates that can only be one or the other, and day first if there are none.

    Never raises for what the table contains: that is in `problems`. KeyError for a mapping
    without a required column.
    """
    reader = Reader(table, {name: mapping[name] for name in [*REQUIRED, *mapping]}, vocabulary)
    reader.texts("registration_no", "account_name", "certificate_name", "address", "catchment")
    reader.texts("aws_standard", "city", "holder", "source")
    reader.levels(read_as or {})
    for column in ("country", "sector", "province"):
        reader.codes(column, read_as or {})
    reader.days(day_first)
    stated, count = _caption(table, reader)
    as_of = as_of or stated
    rows, kept = reader.rows, ~reader.wrong
    _days_in_order(reader, rows, kept)
    _numbers_once(reader, rows, kept)
    _about_the_date(reader, rows, kept, as_of)
    if count is not None and count != len(rows):
        remedy = words("fault.count_do")
        found = words("fault.count_found", n=len(rows))
        reader.problems.append(
            fault(table.name, 0, "", found, "count", remedy, warning=True, n=count)
        )
    if not kept.any():
        reader.problems.append(fault(table.name, 0, "", words("fault.nothing_found"), "nothing"))
    sites = described(rows[kept], vocabulary, source_id)
    problems = [*table.problems, *reader.problems]
    problems.sort(key=lambda problem: (problem.warning, problem.row))
    unknown = [
        Unknown(column, text, rows, vocabulary.nearest(column, text))
        for (column, text), rows in reader.unknown.items()
    ]
    return Registry(sites, len(rows), problems, unknown, as_of, _simulated(rows))


def _caption(table: Table, reader: Reader) -> tuple[datetime.date | None, int | None]:
    """What the caption states; a simulated registry carries its own in a column."""
    source = reader.rows["source"]
    text = table.caption
    if not text and len(source) and isinstance(source.iloc[0], str) and _simulated(reader.rows):
        text = source.iloc[0]
    return caption_facts(text)


def _simulated(rows: pd.DataFrame) -> bool:
    numbers = rows["registration_no"]
    return bool(len(numbers) and numbers.astype("str").str.startswith(SIMULATED).any())


def _days_in_order(reader: Reader, rows: pd.DataFrame, kept: np.ndarray) -> None:
    """A certificate is issued before it expires."""
    wrong = (rows["date_issued"] > rows["valid_until"]).to_numpy()
    issued = rows["date_issued"]
    reader.list_rows(
        "valid_until", wrong, "order", "order_do", lambda n: {"day": issued.iloc[n].date()}
    )
    kept &= ~wrong


def _numbers_once(reader: Reader, rows: pd.DataFrame, kept: np.ndarray) -> None:
    """A registration number stands once; of several rows the first is kept."""
    numbers = rows["registration_no"].where(kept)
    again = numbers.duplicated().to_numpy() & kept
    if again.any():
        first = pd.Series(rows.index[kept], index=numbers[kept])
        first = first[~first.index.duplicated()]
        reader.list_rows(
            "registration_no",
            again,
            "again",
            "again_do",
            lambda n: {"first": first[numbers.iloc[n]]},
        )
    kept &= ~again


def _about_the_date(reader: Reader, rows: pd.DataFrame, kept: np.ndarray, as_of) -> None:
    """Certificates from after the date of the list, or over by then: kept, but said."""
    if as_of is None:
        return
    day = pd.Timestamp(as_of)
    for column, odd in (
        ("date_issued", rows["date_issued"] > day),
        ("valid_until", rows["valid_until"] < day),
    ):
        kind = "later" if column == "date_issued" else "over"
        reader.list_rows(
            column, odd.to_numpy() & kept, kind, warning=True, values=lambda _: {"day": as_of}
        )
