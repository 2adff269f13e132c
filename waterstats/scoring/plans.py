"""What the compiler makes and the scorer reads: the rules of an industry in numbers."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from waterstats.standards.limits import Limit, Variant
from waterstats.standards.rules import Must, Points, Reading, Standard, Words

UNANSWERED, YES, NO, NOT_APPLICABLE, FIRST_GRADE = 0, 1, 2, 3, 4
FINITE = sys.float_info.max


@dataclass(frozen=True)
class Input:
    """A number to ask: a measure of the site, or of one variant."""

    measure: str
    variant: str
    unit: str
    maximum: float


@dataclass(frozen=True)
class Shift:
    """A footnote: limit + step × (declared share / per), in whole steps or in proportion."""

    input: int
    per: float
    step: float
    whole: bool


@dataclass(frozen=True)
class Row:
    """A limit in numbers. Positions are -1 where the row has no such thing."""

    id: str
    op: str
    limit: float
    maximum: float
    inputs: tuple[int, ...]
    variant: int
    family: int
    optional: bool
    unless: int
    absent: int
    must: int
    output: int
    shifts: tuple[Shift, ...]


@dataclass(frozen=True)
class Unit:
    """Rows judged together: one row, or the rows of variants that may share a meter (`shared`).

    `unlisted` are (variant, input) of variants without a limit that may run on the same meter.
    """

    rows: tuple[Row, ...]
    shared: int = -1
    unlisted: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class GateRow:
    """A gate in numbers; `binding` is False where it does not concern the industry."""

    id: str
    binding: bool
    minimum: int
    sections: tuple[int, ...]


@dataclass(frozen=True)
class LevelRow:
    """A level in numbers: the total from which it is sure, rows of answers that have to be met, and
    the total from which it is possible (the same, unless its minimum is not known)."""

    minimum: int
    requires: tuple[int, ...]
    possible: int


@dataclass(frozen=True)
class Versions:
    """A Unit or GateRow under each combination of the choices that touch it."""

    readings: tuple[int, ...]
    versions: dict[tuple[int, ...], Unit | GateRow]

    @property
    def first(self) -> Unit | GateRow:
        return next(iter(self.versions.values()))

    def key(self, combination: tuple[int, ...]) -> tuple[int, ...]:
        """The part of a combination (one choice per reading of the plan) that matters here."""
        return tuple(combination[i] for i in self.readings)

    def under(self, combination: tuple[int, ...]) -> Unit | GateRow:
        """The version for a combination."""
        return self.versions[self.key(combination)]


@dataclass(frozen=True)
class Term:
    """Points earned: rows of answers equal to `code` add `low` and `high` to a section."""

    section: int
    rows: slice
    code: int
    low: int
    high: int


@dataclass(frozen=True)
class Typed:
    """An item whose points are a number from 0 to `maximum`: its row among the points, its section,
    the position of the value, and what it counts for in a form left blank."""

    row: int
    section: int
    input: int
    maximum: float
    low: int
    high: int


@dataclass(frozen=True)
class FamilyRow:
    """The variants of one family, those of them that have a limit, and whether none will do."""

    members: tuple[int, ...]
    listed: tuple[int, ...]
    optional: bool


@dataclass(frozen=True)
class Derived:
    """A variant that follows from what is made: any of each of `needs`, none of `excludes`."""

    variant: int
    needs: tuple[tuple[int, ...], ...]
    excludes: tuple[int, ...]


@dataclass(frozen=True)
class Plan:
    """One industry of a standard, ready to score. All tuples are in the order of the arrays."""

    standard: Standard
    industry: str
    asked: tuple[Must | Points, ...]
    asked_must: int
    may_skip: tuple[int, ...]
    inputs: tuple[Input, ...]
    variants: tuple[Variant, ...]
    declared: int
    derived: tuple[Derived, ...]
    families: tuple[FamilyRow, ...]
    absences: tuple[str, ...]
    readings: tuple[Reading, ...]
    units: tuple[Versions, ...]
    gates: tuple[Versions, ...]
    levels: tuple[LevelRow, ...]
    terms: tuple[Term, ...]
    base_low: tuple[int, ...]
    base_high: tuple[int, ...]
    scale: int
    typed: tuple[Typed, ...] = ()

    @cached_property
    def limits(self) -> tuple[Limit, ...]:
        """The limit rows of the industry, as printed: the order of the outcome's details."""
        return tuple(x for x in self.standard.limits if x.industry in (self.industry, ""))

    @property
    def label(self) -> Words:
        """The name of the industry, or of the standard where it knows no industries."""
        return self.standard.by_id[self.industry].label if self.industry else self.title

    @property
    def title(self) -> Words:
        return self.standard.header.title

    @cached_property
    def points_type(self) -> type[np.signedinteger]:
        """The smallest integer type that holds every total, in 1/scale."""
        reach = self.scale * sum(item.most - item.least for item in self.standard.points)
        return np.int8 if reach <= 127 else np.int16 if reach <= 32767 else np.int32

    def input(self, measure: str, variant: str = "") -> int:
        """The position of a number in the values; KeyError if this industry has no such number."""
        for position, known in enumerate(self.inputs):
            if (known.measure, known.variant) == (measure, variant):
                return position
        raise KeyError((measure, variant))

    @cached_property
    def unusual_codes(self) -> dict[int, NDArray[np.uint8]]:
        """For asked clauses that take more than yes and no: each code itself if known, else 0."""
        tables = {}
        for row, clause in enumerate(self.asked):
            grades = [grade.id for grade in getattr(clause, "grades", ())]
            skip = ["not_applicable"] if clause.may_be_not_applicable else []
            if grades or skip:
                codes = [self.answer_code(clause, a) for a in [*(grades or ["yes"]), "no", *skip]]
                tables[row] = np.zeros(256, np.uint8)
                tables[row][codes] = codes
        return tables

    def answer_code(self, clause: Must | Points, answer: str) -> int:
        """The code of an answer in words: yes, no, not_applicable, a grade, or empty."""
        grades = [grade.id for grade in getattr(clause, "grades", ())]
        codes = {"": UNANSWERED, "no": NO}
        if not grades:
            codes["yes"] = YES
        if clause.may_be_not_applicable:
            codes["not_applicable"] = NOT_APPLICABLE
        codes |= {grade: FIRST_GRADE + i for i, grade in enumerate(grades)}
        return codes[answer]


def worths(item: Points) -> Iterator[tuple[int, tuple[float, float]]]:
    """What each answer to an item is worth, as (least, most)."""
    yield NO, (0.0, 0.0)
    if item.may_be_not_applicable:
        yield NOT_APPLICABLE, (0.0, 0.0)
    if not item.grades:
        yield YES, item.points
    for i, grade in enumerate(item.grades):
        yield FIRST_GRADE + i, grade.points
