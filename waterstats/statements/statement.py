"""What a published statement says: which sites it counts, of which, how many; frozen records."""

from dataclasses import dataclass
from datetime import date

from waterstats.standards.limits import Words

RELATIONS = ("=", ">", ">=", "<", "<=", "~")
UNITS = ("sites", "percent", "times", "growth")


@dataclass(frozen=True)
class Scope:
    """Some of the world's certified sites: those that a statement counts.

    place: codes of data/places.csv, whose sites are added; without: places taken off again.
    industry, level: codes of groups and levels; empty means all of them. on: the date.
    """

    place: tuple[str, ...]
    industry: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    on: date | None = None


@dataclass(frozen=True)
class Statement:
    """One statement of a source.

    It says either "`count` is (more than ...) `value` sites, per cent of `of`, times `of`, or has
    grown by so many per cent since `of`", for each scope of `count`; or `order`: every scope of a
    tier has at least as many sites as every scope of the next (more, if the relation is ">").

    decimals: digits printed behind the point, where the value does not show them ("57.0 %").
    tolerance: what "about" allows, in per cent of the value; 0 means two units of the last digit.
    not_testable: why nothing in our sources could contradict it; then it says nothing else.
    figure: the row of data/figures it repeats, from which value, date and place are taken.
    """

    id: str
    topic: str
    text: Words
    source_id: str
    locator: str
    as_published: str
    on: date | None = None
    count: tuple[Scope, ...] = ()
    relation: str = "="
    value: float = 1.0
    unit: str = "sites"
    of: Scope | None = None
    decimals: int = 0
    tolerance: float = 0.0
    order: tuple[tuple[Scope, ...], ...] = ()
    not_testable: Words | None = None
    note: Words | None = None
    figure: str = ""

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """Everything it counts or compares with."""
        of = (self.of,) if self.of else ()
        return (*self.count, *of, *(scope for tier in self.order for scope in tier))

    @property
    def testable(self) -> bool:
        return self.not_testable is None


@dataclass(frozen=True)
class Reading:
    """Another way to understand some statements: id of each, to the statement as then read."""

    id: str
    text: Words
    why: Words
    changes: tuple[tuple[str, Statement], ...]


@dataclass(frozen=True)
class Geography:
    """Which place lies in which, and which codes stand for sums: XCN is WLD without CHN."""

    parents: tuple[tuple[str, str], ...]
    sums: tuple[tuple[str, Scope], ...]
    industries: tuple[str, ...]
    levels: tuple[str, ...]


@dataclass(frozen=True)
class Collection:
    """All statements of the file, their alternative readings, and the places they speak of.

    on: the date that statements without one of their own speak of.
    """

    on: date
    statements: tuple[Statement, ...]
    readings: tuple[Reading, ...]
    geography: Geography

    def __getitem__(self, id_: str) -> Statement:
        return next(statement for statement in self.statements if statement.id == id_)
