"""A sheet somebody sent, as a plain grid of cells, and the ways a file can be refused whole."""

from dataclasses import dataclass, field

from waterstats.problems import NOTHING, Problem
from waterstats.standards.limits import Words

Spot = tuple[int, int]
TABLE = Words("xlsx、CSV或Parquet表", "a table as xlsx, CSV or Parquet")
SAVE_AS = Words("请另存为.xlsx或CSV后再传。", "Save it as .xlsx or CSV and send it again.")


@dataclass
class Grid:
    """One sheet. Rows and columns count from 0.

    rows: the cells as they stand, None or "" where empty. merged: each cell that a merge covers,
    with the one that holds its content. percent: cells shown as a percentage, whose number is a
    ratio. unsolved: cells with a formula whose result was never stored.
    """

    name: str
    rows: list[list]
    merged: dict[Spot, Spot] = field(default_factory=dict)
    percent: set[Spot] = field(default_factory=set)
    unsolved: set[Spot] = field(default_factory=set)


class UnreadableError(Exception):
    """A file that cannot be read: what it is, what is expected, what to do about it."""

    def __init__(self, found: Words, expected: Words = TABLE, remedy: Words = SAVE_AS) -> None:
        super().__init__(found, expected, remedy)


def about_file(
    name: str, found: Words, expected: Words, remedy: Words = NOTHING, warning: bool = False
) -> Problem:
    """A problem of a whole file or sheet."""
    return Problem(name, 0, "", found, expected, remedy, warning)
