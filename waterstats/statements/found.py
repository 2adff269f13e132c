"""What solving finds: ranges of numbers, and sets of numbers that are possible together."""

from dataclasses import dataclass


class SolverError(RuntimeError):
    """The solver gave up, or its solution does not hold in whole numbers."""


@dataclass(frozen=True)
class Range:
    """Least and greatest possible number; `high` is None when there is no limit."""

    low: int
    high: int | None

    @property
    def known(self) -> bool:
        return self.low == self.high


@dataclass(frozen=True)
class Solutions:
    """Numbers some scopes can have together: ranges, tuples, and whether these are all tuples."""

    ranges: tuple[Range, ...]
    tuples: tuple[tuple[int, ...], ...]
    complete: bool
