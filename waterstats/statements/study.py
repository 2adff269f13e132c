"""Can the statements all be true together? The whole answer, made once for a collection."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from waterstats.statements.conflicts import Conflict, Names, conflict_of, conflicts, reread
from waterstats.statements.found import Range, Solutions
from waterstats.statements.linear import AtLeast, inequalities, interval
from waterstats.statements.solve import System
from waterstats.statements.statement import Collection, Reading, Scope, Statement

PRINTED, REREAD = "printed", "reread"
COLUMNS = ("levels", "industries", "provinces")


@dataclass(frozen=True)
class Evidence:
    """What other statements leave for the quantity of one: its sites, what they are of, the
    share (a ratio), or the sites of both sides of an order that cannot hold. None: no limit."""

    count: Range | None = None
    of: Range | None = None
    share: tuple[Fraction, Fraction] | None = None
    larger: tuple[Scope, Range] | None = None
    smaller: tuple[Scope, Range] | None = None


@dataclass(frozen=True)
class Column:
    """Printed shares of one whole: their statements, and the parts they count."""

    topic: str
    of: Scope
    names: tuple[str, ...]
    parts: tuple[Scope, ...]


@dataclass(frozen=True, eq=False)
class Study:
    """The answer for a collection.

    statements : by name; a reading of a statement is named "statement@reading"
    names : the testable ones as printed
    found : the conflicts between them
    bases : names that are consistent: as printed, the disputed set aside; or with readings
    """

    collection: Collection
    statements: Mapping[str, Statement]
    system: System
    names: Names
    found: tuple[Conflict, ...]
    bases: Mapping[str, Names]

    @property
    def readings(self) -> dict[str, Reading]:
        return {reading.id: reading for reading in self.collection.readings}

    @property
    def in_conflict(self) -> dict[str, Conflict]:
        """Statements without which a conflict is gone, each with its conflict."""
        return {name: conflict for conflict in self.found for name in conflict.dropped}

    def with_more(self, added: Mapping[str, Statement], asked: Iterable[Scope] = ()) -> System:
        """The same statements and more, and further quantities to ask for."""
        return System({**self.statements, **added}, self.collection.geography, asked)


@lru_cache(maxsize=2)
def study(collection: Collection) -> Study:
    """Find every conflict of a collection and what repairs it; solved once for each collection."""
    statements = {each.id: each for each in collection.statements if each.testable}
    names = frozenset(statements)
    for reading in collection.readings:
        statements |= {f"{name}@{reading.id}": read for name, read in reading.changes}
    system = System(statements, collection.geography)
    readings = {reading.id: reading for reading in collection.readings}
    found = conflicts(system, names, readings)
    printed = names - {conflict.disputed for conflict in found}
    bases = {PRINTED: printed}
    repairs = [readings[conflict.reread[0]] for conflict in found if conflict.reread]
    repaired = printed | {conflict.disputed for conflict in found if conflict.reread}
    for reading in repairs:
        repaired = reread(repaired, reading)
    if repairs and system.fits(repaired):
        bases[REREAD] = repaired
    return Study(collection, statements, system, names, tuple(found), bases)


def evidence(system: System, names: Iterable[str], statement: Statement) -> Evidence:
    """What the statements named leave for the quantity of another."""
    names = sorted(names)
    if statement.count:
        count, of = statement.count[0], statement.of
        for each in statement.count[1:]:  # the last that cannot hold
            if any(not system.fits(names, [d]) for d in _about(statement, each)):
                count = each
        sites = system.bounds(names, count)
        if not of:
            return Evidence(sites)
        whole = system.bounds(names, of)
        known = sites and whole and whole.low and None not in (sites.high, whole.high)
        if known and (sites.known or whole.known):
            share = Fraction(sites.low, whole.high), Fraction(sites.high, whole.low)
        else:
            share = system.share(names, count, of)
        return Evidence(sites, whole, share)
    for tier, following in pairwise(statement.order):
        for larger in tier:
            for smaller in following:
                if not system.fits(names, [AtLeast(((larger, 1), (smaller, -1)), 0)]):
                    return Evidence(
                        larger=(larger, system.bounds(names, larger)),
                        smaller=(smaller, system.bounds(names, smaller)),
                    )
    return Evidence()


def _about(statement: Statement, count: Scope) -> list[AtLeast]:
    return [each for each in inequalities(statement) if each.terms[0][0] == count]


def columns(found: Study, base: str) -> list[Column]:
    """The printed shares of each whole, in the order of the file."""
    groups: dict[tuple[str, Scope], list[str]] = {}
    for name, each in found.statements.items():
        shares = each.unit == "percent" and each.relation == "="
        if name in found.bases[base] and shares and _is_part(each):
            groups.setdefault((each.topic, each.of), []).append(name)
    return [
        Column(topic, of, tuple(own), tuple(found.statements[name].count[0] for name in own))
        for (topic, of), own in groups.items()
        if len(own) > 1
    ]


def counts_behind(found: Study, base: str, column: Column, most: int) -> Solutions:
    """The numbers of sites that can stand behind the shares of a column together.

    All other statements of the base are taken into account; at most `most` are listed.
    """
    names = found.bases[base]
    whole = found.system.bounds(names, column.of)
    near = [_rounded(found.statements[name], whole) for name in column.names]
    return found.system.every(names, list(column.parts), most, near)


def _rounded(statement: Statement, whole: Range) -> Range:
    """The numbers of sites that round to a printed share, whatever else is known."""
    ends = interval(statement)
    return Range(math.ceil(ends.low * whole.low), math.floor(ends.high * whole.high))


def _is_part(statement: Statement) -> bool:
    """A share of all the sites of a place, by level, industry or province."""
    of = statement.of
    return statement.topic in COLUMNS and not (of.level or of.industry)


def years_before(found: Study, base: str) -> list[tuple[str, Range]]:
    """Statements of growth, with the number of sites a year before that each leaves."""
    names = found.bases[base]
    return [
        (name, found.system.bounds(names, found.statements[name].of))
        for name in sorted(names)
        if found.statements[name].unit == "growth"
    ]


def follows(system: System, names: Iterable[str], statement: Statement) -> bool:
    """Whether the statements named already say what another says."""
    names = list(names)
    return not any(system.fits(names, [each.otherwise()]) for each in inequalities(statement))


@dataclass(frozen=True)
class Trial:
    """A statement somebody adds: does it fit, does it say anything new, or what does it contradict.

    before : what the others leave for its quantity
    """

    fits: bool
    new: bool
    before: Evidence
    conflict: Conflict | None


def trial(found: Study, base: str, statement: Statement) -> Trial:
    """Try a further statement on a consistent base."""
    system = found.with_more({statement.id: statement})
    names = found.bases[base]
    before = evidence(system, names, statement)
    if system.fits(names | {statement.id}):
        return Trial(True, not follows(system, names, statement), before, None)
    conflict = conflict_of(system, names | {statement.id}, statement.id, found.readings)
    return Trial(False, True, before, conflict)


def ranges(found: Study, base: str, scopes: list[Scope]) -> list[Range]:
    """Least and greatest number of sites of any quantities, exactly."""
    system = found.with_more({}, scopes)
    return [system.bounds(found.bases[base], scope) for scope in scopes]
