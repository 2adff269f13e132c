"""A statement as inequalities between whole numbers, exactly: no number is rounded on the way.

A printed percentage stands for every share that rounds to it. The two half-way shares are both
taken in, because a source does not say how it rounds them: 57 % is 56.5 % to 57.5 %. Shares are
multiplied out, so that 57 % of 61 becomes 200 n >= 113 * 61 and 200 n <= 115 * 61; "more than"
between whole numbers is "at least one more".
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from waterstats.statements.statement import Scope, Statement


@dataclass(frozen=True)
class AtLeast:
    """Sum of coefficient times sites of a scope, at least `least`; all whole numbers."""

    terms: tuple[tuple[Scope, int], ...]
    least: int

    def otherwise(self) -> "AtLeast":
        """Its contrary: the sum is at most one less."""
        return AtLeast(tuple((scope, -n) for scope, n in self.terms), 1 - self.least)


@dataclass(frozen=True)
class Interval:
    """Values that a printed number stands for; None is no end, open ends are not included."""

    low: Fraction | None
    high: Fraction | None
    open: bool = False


def decimals(statement: Statement) -> int:
    """How many digits of the value are printed behind the point."""
    shown = Decimal(repr(statement.value)).normalize().as_tuple().exponent
    return max(statement.decimals, -shown if isinstance(shown, int) else 0, 0)


def interval(statement: Statement) -> Interval:
    """Least and greatest number the statement stands for: sites, or a multiple of its `of`.

    "=" in per cent takes in what rounds to it; in sites it is exact. "~" allows two units of the
    last digit, or the tolerance; ">" and "<" exclude the number, ">=" and "<=" include it.
    """
    value, unit = Fraction(repr(statement.value)), Fraction(1, 10 ** decimals(statement))
    slack = {"=": unit / 2 if statement.unit in ("percent", "growth") else 0, "~": 2 * unit}
    half = Fraction(slack.get(statement.relation, 0))
    if statement.tolerance:
        half = value * Fraction(repr(statement.tolerance)) / 100
    low: Fraction | None = value - half
    high: Fraction | None = value + half
    if statement.relation in (">", ">="):
        high = None
    if statement.relation in ("<", "<="):
        low = None
    low, high = (_as_multiple(end, statement.unit) for end in (low, high))
    return Interval(low, high, statement.relation in ("<", ">"))


def _as_multiple(end: Fraction | None, unit: str) -> Fraction | None:
    if end is None or unit in ("sites", "times"):
        return end
    return end / 100 + (1 if unit == "growth" else 0)


def inequalities(statement: Statement) -> Iterator[AtLeast]:
    """Everything a testable statement demands of the numbers of sites."""
    ends = interval(statement)
    for count in statement.count:
        if ends.low is not None:
            yield _bounded(count, statement.of, ends.low, 1, ends.open)
        if ends.high is not None:
            yield _bounded(count, statement.of, ends.high, -1, ends.open)
    more = int(statement.relation == ">")
    for tier, following in zip(statement.order, statement.order[1:], strict=False):
        for larger in tier:
            for smaller in following:
                yield AtLeast(((larger, 1), (smaller, -1)), more)


def _bounded(count: Scope, of: Scope | None, end: Fraction, sign: int, is_open: bool) -> AtLeast:
    """`count` at least (sign 1) or at most (sign -1) `end`, or `end` times `of`."""
    if of is not None:
        terms = ((count, sign * end.denominator), (of, -sign * end.numerator))
        return AtLeast(terms, int(is_open))
    whole = math.ceil(sign * end)
    return AtLeast(((count, sign),), whole + int(is_open and whole == sign * end))
