"""A standard compiled to numbers: for each industry a plan of what is asked and how it is judged.

A plan holds positions and numbers only, so that scoring (scoring.py) touches no string. Every
limit becomes an interval of values that meet it, inside the domain of values that can be. What a
reading changes is compiled beside the default, one version per combination of its choices.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import product
from pathlib import Path

from waterstats.scoring.plans import (
    Derived,
    FamilyRow,
    GateRow,
    Input,
    Plan,
    Row,
    Shift,
    Unit,
    Versions,
)
from waterstats.scoring.pointrows import level_rows, scale_of, terms, typed
from waterstats.scoring.versions import bound, changed_ids, renumber, without_idle
from waterstats.standards.limits import Limit
from waterstats.standards.rulefiles import load_standard
from waterstats.standards.rules import Gate, Must, Standard
from waterstats.standards.thresholds import with_thresholds


@cache
def plans(standard: str | Path) -> dict[str, Plan]:
    """The plan of every industry of a standard, by industry id ("" if it knows no industries).

    `standard`: an id under data/standards, or a folder. Compiled once, then kept.
    """
    return plans_of(load_standard(standard))


def plans_with(standard: str | Path, thresholds: Mapping[str, float] | None) -> dict[str, Plan]:
    """The same, with minimums of levels that somebody entered (`with_thresholds`); made anew."""
    if not thresholds:
        return plans(standard)
    return plans_of(with_thresholds(load_standard(standard), thresholds))


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
        self.scale = scale_of(standard)

    def plan(self) -> Plan:
        standard = self.standard
        musts = [m for m in standard.must if m.asked]
        units, gates = list(self.units()), list(self.gates())
        used = sorted({i for v in (*units, *gates) for i in v.readings})
        asked = (*musts, *(item for item in standard.points if item.asked))
        added, low, high = terms(standard, len(musts), self.scale)
        numbers = tuple(typed(standard, self.scale, self.input))
        return Plan(
            standard=standard,
            industry=self.industry,
            asked=asked,
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
            levels=tuple(level_rows(standard, asked, self.scale)),
            terms=added,
            base_low=low,
            base_high=high,
            scale=self.scale,
            typed=numbers,
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
        """The unit is that of the row it feeds (m³/kL of beer); for a product without a limit the
        volume's over the product's; else that of the measure."""
        record = self.measures[measure]
        unit = record.unit
        if variant:
            made = self.standard.by_id[variant]
            if measure == "output":
                unit = made.unit
            elif record.shared and made.unit:
                unit = f"{self.measures[record.shared].unit}/{made.unit}"
        printed = [x.unit for x in self.limits if (x.measure, x.variant) == (measure, variant)]
        return Input(measure, variant, printed[0] if printed else unit, bound(record.maximum))

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

    # --- gates ----------------------------------------------------------------------------

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
