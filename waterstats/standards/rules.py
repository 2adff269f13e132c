"""A published rule set as frozen records: what the files of data/standards/ID say, nothing more.

Three kinds of criterion: `Must` has to hold, `Points` adds or deducts, `Limit` compares a measured
value. `Gate` and `Level` are minimum totals. A `Reading` is a place where the text is ambiguous;
each of its choices lists the fields of other records it would change.
"""

from dataclasses import dataclass, field, fields
from datetime import date
from functools import cached_property

from waterstats.standards.limits import Adjustment, Family, Industry, Limit, Measure, Variant, Words


@dataclass(frozen=True)
class Header:
    """Identity of a standard: what it is called, who it comes from, when it counts."""

    id: str
    version: str
    title: Words
    source_id: str
    locator: str
    published: date | None = None
    document: str = ""
    valid_years: tuple[int, ...] = ()
    data_year: int | None = None


@dataclass(frozen=True)
class Fact:
    """Something a reader should know that is shown and not scored; also a step of the procedure.

    `source_id` is the source it comes from, if that is not the standard's own.
    """

    id: str
    text: Words
    locator: str
    label: Words | None = None
    source_id: str = ""


@dataclass(frozen=True)
class Section:
    """A part of the points list with its own sub-total."""

    id: str
    number: str
    label: Words
    locator: str


@dataclass(frozen=True)
class Group:
    """A heading between a section and its items, such as a criterion; it is not scored."""

    id: str
    number: str
    section: str
    label: Words
    locator: str


@dataclass(frozen=True)
class Must:
    """Has to hold. Asked as yes or no, or derived: from its own limit on a yearly amount
    (`measure`, `op`, `limit`), or from the limit rows that name it in `decides` (`follows`)."""

    id: str
    number: str
    label: Words
    locator: str
    help: Words | None = None
    section: str = ""
    group: str = ""
    outcomes: tuple[str, ...] = ()
    may_be_not_applicable: bool = False
    follows: bool = False
    measure: str = ""
    adds: tuple[str, ...] = ()
    op: str = ""
    limit: float | None = None

    @property
    def asked(self) -> bool:
        """Whether somebody answers it; a derived item is never answered."""
        return not (self.follows or self.measure)


@dataclass(frozen=True)
class Grade:
    """One step of a graded item: answering with its id earns its points, (least, most)."""

    id: str
    points: tuple[float, float]
    label: Words

    @property
    def fixed(self) -> bool:
        """Whether it earns a certain number, with nothing left to an assessor."""
        return self.points[0] == self.points[1]


@dataclass(frozen=True)
class Points:
    """Adds points (or deducts, when negative) if answered yes.

    `points` is (least, most): equal for a fixed award, a range where the award is at an assessor's
    discretion. `grades` replaces it where a yes has steps; with `measure` nothing is answered and
    the item earns the value of that measure, any number from 0 to the most. `blank` says what an
    unanswered item is: "open" (anything it could earn) or "no" (not claimed).
    """

    id: str
    number: str
    section: str
    label: Words
    locator: str
    points: tuple[float, float] = (0.0, 0.0)
    help: Words | None = None
    group: str = ""
    outcomes: tuple[str, ...] = ()
    grades: tuple[Grade, ...] = ()
    measure: str = ""
    blank: str = "open"
    may_be_not_applicable: bool = False

    @property
    def asked(self) -> bool:
        """Whether somebody answers it in words; points that are typed are a number."""
        return not self.measure

    @property
    def unanswered(self) -> tuple[float, float]:
        """What it may still earn while nobody has answered it."""
        return (self.least, self.most) if self.blank == "open" else (0.0, 0.0)

    @cached_property
    def most(self) -> float:
        """The best this item can add: 0 for a deduction."""
        return max(0.0, self.points[1], *(grade.points[1] for grade in self.grades))

    @cached_property
    def least(self) -> float:
        """The worst this item can add: 0 unless it deducts."""
        return min(0.0, self.points[0], *(grade.points[0] for grade in self.grades))


@dataclass(frozen=True)
class Gate:
    """A minimum total over some sections (all if none is named), for some industries (or all)."""

    id: str
    minimum: float
    label: Words
    locator: str
    sections: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()


@dataclass(frozen=True)
class Level:
    """A band of the total, in rising order; `requires` names items that must be met for it.

    `minimum` is absent where the sources do not give it: then only somebody who has the text can
    say it (`Scenario.thresholds`).
    """

    id: str
    label: Words
    locator: str
    minimum: float | None = None
    requires: tuple[str, ...] = ()


@dataclass(frozen=True)
class Change:
    """What a choice changes: fields of one record, by its id."""

    of: str
    values: tuple[tuple[str, object], ...]


@dataclass(frozen=True)
class Choice:
    """One way to read an ambiguous place. The default changes nothing."""

    id: str
    label: Words
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Reading:
    """An ambiguous place that can change a verdict. `vary`: tried both ways without being asked."""

    id: str
    ref: str
    question: Words
    choices: tuple[Choice, ...]
    default: str
    reason: Words
    locator: str
    confidence: str
    vary: bool = True


@dataclass(frozen=True)
class Note:
    """A decision about an unclear place, shown `at` the records it concerns."""

    id: str
    at: tuple[str, ...]
    text: Words
    locator: str
    confidence: str


@dataclass(frozen=True)
class Standard:
    """A complete rule set."""

    header: Header
    verdicts: dict[str, Words]
    absences: dict[str, Words] = field(default_factory=dict)
    topics: dict[str, Words] = field(default_factory=dict)
    outcomes: dict[str, Words] = field(default_factory=dict)
    facts: tuple[Fact, ...] = ()
    steps: tuple[Fact, ...] = ()
    not_modelled: tuple[Fact, ...] = ()
    sections: tuple[Section, ...] = ()
    groups: tuple[Group, ...] = ()
    must: tuple[Must, ...] = ()
    points: tuple[Points, ...] = ()
    gates: tuple[Gate, ...] = ()
    levels: tuple[Level, ...] = ()
    measures: tuple[Measure, ...] = ()
    industries: tuple[Industry, ...] = ()
    families: tuple[Family, ...] = ()
    variants: tuple[Variant, ...] = ()
    limits: tuple[Limit, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    readings: tuple[Reading, ...] = ()
    notes: tuple[Note, ...] = ()
    cases: tuple[dict, ...] = ()

    @property
    def id(self) -> str:
        return self.header.id

    @cached_property
    def clauses(self) -> tuple[Must | Points, ...]:
        """Everything that is answered or derived in words: the musts, then the points."""
        return (*self.must, *self.points)

    @cached_property
    def by_id(self) -> dict[str, object]:
        """Every record that has an id, for looking up words, locators and changes."""
        groups = (getattr(self, f.name) for f in fields(self))
        return {r.id: r for g in groups if isinstance(g, tuple) for r in g if hasattr(r, "id")}

    @cached_property
    def defaults(self) -> dict[str, str]:
        """The default choice of every reading."""
        return {reading.id: reading.default for reading in self.readings}

    def notes_at(self, id_: str) -> tuple[Note, ...]:
        """The notes to show beside one record."""
        return tuple(note for note in self.notes if id_ in note.at)
