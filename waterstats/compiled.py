"""A standard compiled to numbers: for each industry a plan of what is asked and how it is judged.

A plan holds positions and numbers only, so that scoring (scoring.py) touches no string. Every
limit becomes an interval of values that meet it, inside the domain of values that can be. What a
reading changes is compiled beside the default, one version per combination of its choices.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .rulefiles import load_standard
from .rules import Gate, Limit, Must, Points, Reading, Standard, Variant, Words

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
    """A level in numbers: a minimum total, and rows of answers that have to be met."""

    minimum: int
    requires: tuple[int, ...]


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


@cache
def plans(standard: str | Path) -> dict[str, Plan]:
    """The plan of every industry of a standard, by industry id ("" if it knows no industries).

    `standard`: an id under data/standards, or a folder. Compiled once, then kept.
    """
    return plans_of(load_standard(standard))


def plans_of(standard: Standard) -> dict[str, Plan]:
    """Compile a standard already loaded."""
    return {i: Compiler(standard, i).plan() for i in [x.id for x in standard.industries] or [""]}


class Compiler:
    """Turns the records that concern one industry into positions and numbers."""

    def __init__(self, standard: Standard, industry: str) -> None:
        self.standard, self.industry = standard, industry
        self.measures = {m.id: m for m in standard.measures}
        self.limits = [x for x in standard.limits if x.industry in (industry, "")]
        mine = [v for v in standard.variants if v.industry == industry]
        self.variants = sorted(mine, key=lambda v: bool(v.needs))  # declared first, then derived
        self.position = {v.id: i for i, v in enumerate(self.variants)}
        self.families = [
            f for f in standard.families if any(v.family == f.id for v in self.variants)
        ]
        self.absences = sorted({x.measure for x in self.limits if x.absent})
        self.inputs: dict[tuple[str, str], int] = {}
        numbers = [x for p in standard.points for x in (*p.points, *(g.points for g in p.grades))]
        numbers += [x.minimum for x in (*standard.gates, *standard.levels)]
        self.scale = next(
            s for s in (1, 2, 4, 10, 100, 1000) if all(x * s % 1 == 0 for x in numbers)
        )

    def plan(self) -> Plan:
        standard = self.standard
        musts = [m for m in standard.must if m.asked]
        units, gates = list(self.units()), list(self.gates())
        used = sorted({i for v in (*units, *gates) for i in v.readings})
        terms, low, high = self.terms(len(musts))
        return Plan(
            standard=standard,
            industry=self.industry,
            asked=(*musts, *standard.points),
            asked_must=len(musts),
            may_skip=tuple(i for i, m in enumerate(musts) if m.may_be_not_applicable),
            inputs=tuple(self.input_record(*key) for key in self.inputs),
            variants=tuple(self.variants),
            declared=sum(not v.needs for v in self.variants),
            derived=tuple(self.derived()),
            families=tuple(self.family_rows()),
            absences=tuple(self.absences),
            readings=tuple(standard.readings[i] for i in used),
            units=tuple(renumber(v, used) for v in units),
            gates=tuple(renumber(v, used) for v in gates),
            levels=tuple(self.levels([*musts, *standard.points])),
            terms=tuple(terms),
            base_low=low,
            base_high=high,
            scale=self.scale,
        )

    # --- limits ---------------------------------------------------------------------------

    def units(self) -> Iterator[Versions]:
        """Own limits of musts, then the limit rows; variants of a sharable measure as one unit."""
        pools: dict[str, list[Limit]] = {}
        singles: list[list[Must | Limit]] = [[m] for m in self.standard.must if m.measure]
        for limit in self.limits:
            if limit.variant and self.measures[limit.measure].shared:
                pools.setdefault(limit.measure, []).append(limit)
            else:
                singles.append([limit])
        for records in (*singles, *pools.values()):
            yield self.versions(records, self.unit)

    def unit(self, records: list[Must | Limit], changed: Mapping[str, object]) -> Unit:
        rows = [self.row(changed.get(r.id, r), changed) for r in records]
        first = records[0]
        shared = self.measures[first.measure].shared
        if len(records) == 1 and not (shared and getattr(first, "variant", "")):
            return Unit(tuple(rows))
        listed = {r.variant for r in records}
        family = self.standard.by_id[first.variant].family
        unlisted = [v for v in self.variants if v.family == family and v.id not in listed]
        outputs = [self.input("output", r.variant) for r in records]
        return Unit(
            tuple(replace(row, output=out) for row, out in zip(rows, outputs, strict=True)),
            self.input(shared),
            tuple((self.position[v.id], self.input(first.measure, v.id)) for v in unlisted),
        )

    def row(self, record: Must | Limit, changed: Mapping[str, object]) -> Row:
        limit = record if isinstance(record, Limit) else None
        measure = self.measures[record.measure]
        variant = limit.variant if limit else ""
        names = [m.id for m in self.standard.must]
        decides = limit.decides if limit else record.id
        listed = (limit.copy_of or limit.id) if limit else ""
        adjustments = [changed.get(a.id, a) for a in self.standard.adjustments]
        return Row(
            id=record.id,
            op=record.op,
            limit=record.limit / getattr(record, "basis", 1.0) if record.limit else 0.0,
            maximum=bound(measure.maximum),
            inputs=tuple(self.input(m, variant) for m in (record.measure, *record.adds)),
            variant=self.position.get(variant, -1),
            family=self.family_of(variant),
            optional=bool(variant) and self.families[self.family_of(variant)].optional,
            unless=self.position.get(limit.unless, -1) if limit else -1,
            absent=self.absences.index(record.measure) if limit and limit.absent else -1,
            must=names.index(decides) if decides else -1,
            output=-1,
            shifts=tuple(
                Shift(self.input(a.measure, variant), a.per, a.step, a.whole_steps)
                for a in adjustments
                if listed in a.limits
            ),
        )

    def input(self, measure: str, variant: str = "") -> int:
        """The position of a number, new or known; a site measure is one number for all variants."""
        per = self.measures[measure].per if measure in self.measures else "variant"
        key = (measure, variant if per == "variant" else "")
        return self.inputs.setdefault(key, len(self.inputs))

    def input_record(self, measure: str, variant: str) -> Input:
        """The unit is that of the row it feeds (m³/kL of beer), else that of the measure."""
        record = self.measures[measure]
        units = [x.unit for x in self.limits if (x.measure, x.variant) == (measure, variant)]
        made = self.standard.by_id[variant] if variant else None
        own = made.unit if measure == "output" and made else record.unit
        if made and made.same_as:
            units += [x.unit for x in self.limits if x.variant == made.same_as]
        return Input(measure, variant, units[0] if units else own, bound(record.maximum))

    # --- variants -------------------------------------------------------------------------

    def family_of(self, variant: str) -> int:
        families = [f.id for f in self.families]
        return families.index(self.standard.by_id[variant].family) if variant else -1

    def family_rows(self) -> Iterator[FamilyRow]:
        limited = {x.variant for x in self.limits}
        for family in self.families:
            members = [v for v in self.variants if v.family == family.id]
            yield FamilyRow(
                tuple(self.position[v.id] for v in members),
                tuple(self.position[v.id] for v in members if v.id in limited),
                family.optional,
            )

    def derived(self) -> Iterator[Derived]:
        def made_of(class_: str) -> tuple[int, ...]:
            return tuple(self.position[v.id] for v in self.variants if v.class_ == class_)

        for variant in (v for v in self.variants if v.needs):
            excludes = tuple(i for class_ in variant.excludes for i in made_of(class_))
            needs = tuple(made_of(class_) for class_ in variant.needs)
            yield Derived(self.position[variant.id], needs, excludes)

    # --- readings -------------------------------------------------------------------------

    def versions(self, records: list, build) -> Versions:
        """Build once per combination of the choices that change these records or their notes."""
        ids = {r.id for r in records} | {getattr(r, "copy_of", "") for r in records}
        ids |= {a.id for a in self.standard.adjustments if ids & set(a.limits)}
        readings = self.standard.readings
        touching = tuple(i for i, r in enumerate(readings) if ids & changed_ids(r))
        numbers = [range(len(readings[i].choices)) for i in touching]
        versions = {
            combination: build(records, self.changed(zip(touching, combination, strict=True)))
            for combination in product(*numbers)
        }
        return without_idle(Versions(touching, versions))

    def changed(self, chosen: Iterable[tuple[int, int]]) -> dict[str, object]:
        """The records as the chosen choices change them; a copied row changes with its original."""
        records: dict[str, object] = {}
        for reading, choice in chosen:
            for change in self.standard.readings[reading].choices[choice].changes:
                copies = [x.id for x in self.limits if x.copy_of == change.of]
                for id_ in (change.of, *copies):
                    record = records.get(id_, self.standard.by_id[id_])
                    records[id_] = replace(record, **dict(change.values))
        return records

    # --- points ---------------------------------------------------------------------------

    def gates(self) -> Iterator[Versions]:
        """The gates that bind this industry under some choice."""
        for gate in self.standard.gates:
            versions = self.versions([gate], self.gate)
            if any(g.binding for g in versions.versions.values()):
                yield versions

    def gate(self, records: list[Gate], changed: Mapping[str, object]) -> GateRow:
        gate = changed.get(records[0].id, records[0])
        ids = [s.id for s in self.standard.sections]
        return GateRow(
            gate.id,
            not gate.industries or self.industry in gate.industries,
            round(gate.minimum * self.scale),
            tuple(ids.index(s) for s in gate.sections) or tuple(range(len(ids))),
        )

    def levels(self, asked: list[Must | Points]) -> Iterator[LevelRow]:
        ids = [clause.id for clause in asked]
        for level in self.standard.levels:
            requires = tuple(ids.index(i) for i in level.requires if i in ids)
            yield LevelRow(round(level.minimum * self.scale), requires)

    def terms(self, first: int) -> tuple[list[Term], tuple[int, ...], tuple[int, ...]]:
        """What answers add to the section totals of a form left blank, and those totals."""
        ids = [s.id for s in self.standard.sections]
        low, high = [0] * len(ids), [0] * len(ids)
        terms: list[Term] = []
        for row, item in enumerate(self.standard.points, first):
            section = ids.index(item.section)
            blank = (item.least, item.most) if item.blank == "open" else (0.0, 0.0)
            low[section] += round(blank[0] * self.scale)
            high[section] += round(blank[1] * self.scale)
            for code, worth in worths(item):
                change = [round((w - b) * self.scale) for w, b in zip(worth, blank, strict=True)]
                if any(change):
                    terms.append(Term(section, slice(row, row + 1), code, *change))
        return merge(terms), tuple(low), tuple(high)


def worths(item: Points) -> Iterator[tuple[int, tuple[float, float]]]:
    """What each answer to an item is worth, as (least, most)."""
    yield NO, (0.0, 0.0)
    if item.may_be_not_applicable:
        yield NOT_APPLICABLE, (0.0, 0.0)
    if not item.grades:
        yield YES, item.points
    for i, grade in enumerate(item.grades):
        yield FIRST_GRADE + i, (grade.points, grade.points)


def merge(terms: list[Term]) -> list[Term]:
    """Join terms of neighbouring rows that add the same, so that they are counted in one go."""
    merged: list[Term] = []
    for term in sorted(terms, key=lambda t: (t.section, t.code, t.low, t.high, t.rows.start)):
        last = merged[-1] if merged else None
        if last and term == replace(last, rows=term.rows) and last.rows.stop == term.rows.start:
            merged[-1] = replace(last, rows=slice(last.rows.start, term.rows.stop))
        else:
            merged.append(term)
    return merged


def changed_ids(reading: Reading) -> set[str]:
    return {change.of for choice in reading.choices for change in choice.changes}


def without_idle(versions: Versions) -> Versions:
    """Leave out readings that change nothing here (the 34-point rule where it binds anyway)."""
    for i in range(len(versions.readings)):
        first = {c: v for c, v in versions.versions.items() if c[i] == 0}
        if all(v == first[(*c[:i], 0, *c[i + 1 :])] for c, v in versions.versions.items()):
            readings = (*versions.readings[:i], *versions.readings[i + 1 :])
            return without_idle(
                Versions(readings, {(*c[:i], *c[i + 1 :]): v for c, v in first.items()})
            )
    return versions


def renumber(versions: Versions, used: list[int]) -> Versions:
    """Positions of readings among those the plan uses."""
    return replace(versions, readings=tuple(used.index(i) for i in versions.readings))


def bound(maximum: float | None) -> float:
    return FINITE if maximum is None else maximum
