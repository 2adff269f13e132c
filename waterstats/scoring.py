"""Score a batch: answers and measured values in, states, totals and verdicts out.

Array arithmetic only. Every array has one column per enterprise; its rows follow the plan. A state
is one of four, and a missing, negative, infinite or impossible number never becomes "met". What no
reading touches is judged once, the rest once per version. The whole is worked off in chunks that
stay in the processor's cache.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from itertools import product

import numpy as np
from numpy.typing import NDArray

from .compiled import FIRST_GRADE, YES, Plan, Versions
from .judging import RowStates, judge, only_unlisted, sites
from .points import Totals, clean, gate_codes, gate_state, levels, must_states, totals
from .rulechecks import VERDICTS

Flags = NDArray[np.bool_]
Combination = tuple[int, ...]

NOT_ELIGIBLE, BELOW_POINTS, LIMIT_FAILED, INCOMPLETE, MEETS, DEPENDS = range(len(VERDICTS))
CHUNK = 1 << 17


@dataclass
class Batch:
    """Enterprises of one industry, n columns each.

    answers: uint8, a row per asked clause: 0 unanswered, 1 yes, 2 no, 3 not applicable, 4… grades.
    values: float64, a row per input in its unit; NaN where unknown.
    made: bool, a row per variant that can be declared.
    absent: bool, a row per measure that may be absent; True only where a reason was given.
    """

    answers: NDArray[np.uint8]
    values: NDArray[np.float64]
    made: Flags
    absent: Flags

    def __len__(self) -> int:
        return self.answers.shape[1]

    def part(self, columns: slice | NDArray) -> "Batch":
        """Some of the enterprises."""
        return Batch(*(getattr(self, f.name)[:, columns] for f in fields(self)))

    def repeat(self, n: int) -> "Batch":
        """Every enterprise n times: the start of a sweep."""
        return Batch(*(np.repeat(getattr(self, f.name), n, axis=1) for f in fields(self)))


def blank(plan: Plan, n: int = 1) -> Batch:
    """n forms in which nothing is filled in."""
    return Batch(
        np.zeros((len(plan.asked), n), np.uint8),
        np.full((len(plan.inputs), n), np.nan),
        np.zeros((plan.declared, n), bool),
        np.zeros((len(plan.absences), n), bool),
    )


@dataclass
class Details:
    """The state of every row under the chosen readings: 0 unanswered, 1 met, 2 failed, 3 n/a.

    must, points, limits, gates: uint8, in the order of the standard (limits: of `plan.limits`,
    gates: of `plan.gates`). shared: bool per limit, judged in an aggregate. bounds: float64 per
    limit, the limit in force with its footnotes.
    """

    must: NDArray[np.uint8]
    points: NDArray[np.uint8]
    limits: NDArray[np.uint8]
    gates: NDArray[np.uint8]
    shared: Flags
    bounds: NDArray[np.float64]


@dataclass
class Outcome:
    """What became of a batch, n columns (or entries) each.

    verdict: uint8, position in VERDICTS; "depends" where an open reading changes it.
    chosen: uint8, the verdict under the chosen readings (the default where none is chosen).
    decisive: bool, a row per reading of the plan: does the verdict turn on it?
    low, high: integers, points per section, in 1/scale, with everything open lost and won.
    level, best_level: uint8, surely and possibly reached; 0 is none, else the position from 1.
    details: see Details; None unless asked for.
    """

    verdict: NDArray[np.uint8]
    chosen: NDArray[np.uint8]
    decisive: Flags
    low: Totals
    high: Totals
    level: NDArray[np.uint8]
    best_level: NDArray[np.uint8]
    details: Details | None = None


def score_batch(
    plan: Plan, batch: Batch, settled: Mapping[str, str] | None = None, details: bool = False
) -> Outcome:
    """Judge every enterprise of a batch.

    settled: choices of readings, by reading id. A settled reading is not varied, every other is
    tried in every combination; `plan.standard.defaults` settles them all.
    details: also give the state of every row.
    Raises KeyError for an unknown reading, ValueError for an unknown choice or a wrong shape.
    """
    check_shapes(plan, batch)
    chosen, tried = choices(plan, settled or {})
    parts = [
        score_chunk(plan, batch.part(slice(start, start + CHUNK)), chosen, tried, details)
        for start in range(0, max(1, len(batch)), CHUNK)
    ]
    return parts[0] if len(parts) == 1 else join(parts)


def score_chunk(
    plan: Plan, batch: Batch, chosen: Combination, tried: list[list[int]], details: bool
) -> Outcome:
    site = sites(plan, batch.values, batch.absent, batch.made)
    low, high = totals(plan, batch.answers)
    units = under_choices(plan.units, tried, lambda unit: judge(unit, site))
    gates = under_choices(plan.gates, tried, lambda gate: gate_state(gate, low, high))

    steady = Tally(*must_states(plan, batch.answers))
    for family, declared in zip(plan.families, site.declared, strict=True):
        if len(family.listed) < len(family.members) and not family.optional:
            steady.decided &= ~only_unlisted(site, family, declared)
    steady.add_units(plan.units, units, None)

    verdicts = {}
    for combination in product(*tried):
        tally = steady.copy()
        tally.add_units(plan.units, units, combination)
        tally.add_gates(plan.gates, gates, combination)
        verdicts[combination] = tally.verdict()

    outcome = Outcome(
        *turning(verdicts, chosen, tried),
        low,
        high,
        *levels_of(plan, batch, low, high, verdicts[chosen]),
    )
    if details:
        states = [units[i][v.key(chosen)] for i, v in enumerate(plan.units)]
        gate_states = [
            gate_codes(v.under(chosen), *gates[i][v.key(chosen)]) for i, v in enumerate(plan.gates)
        ]
        outcome.details = row_details(plan, batch, states, gate_states)
    return outcome


@dataclass
class Tally:
    """What is known of each enterprise so far: did something fail, is everything decided?"""

    must_failed: Flags
    decided: Flags
    limit_failed: Flags | None = None
    below: Flags | None = None

    def __post_init__(self) -> None:
        if self.limit_failed is None:
            self.limit_failed = np.zeros_like(self.decided)
            self.below = np.zeros_like(self.decided)

    def copy(self) -> "Tally":
        return Tally(*(getattr(self, f.name).copy() for f in fields(self)))

    def add_units(self, versions, judged, combination: Combination | None) -> None:
        """Count rows in: those of one combination, or (None) those that no reading touches."""
        for i, version in enumerate(versions):
            if (combination is None) == (not version.readings):
                for state in judged[i][version.key(combination or ())]:
                    self.add(state)

    def add(self, state: RowStates) -> None:
        if state.row.must >= 0:
            self.must_failed |= state.failed
        else:
            self.limit_failed |= state.failed
        done = state.met | state.failed
        self.decided &= done if state.skipped is None else done | state.skipped

    def add_gates(self, versions, judged, combination: Combination) -> None:
        for i, version in enumerate(versions):
            if version.under(combination).binding:
                below, open_ = judged[i][version.key(combination)]
                self.below |= below
                self.decided &= ~open_

    def verdict(self) -> NDArray[np.uint8]:
        """A definite failure decides, the gravest first; then anything open; else it meets."""
        worst = (~self.decided).view(np.uint8) * np.uint8(MEETS - INCOMPLETE)
        for failed, code in (
            (self.limit_failed, LIMIT_FAILED),
            (self.below, BELOW_POINTS),
            (self.must_failed, NOT_ELIGIBLE),
        ):
            np.maximum(worst, failed.view(np.uint8) * np.uint8(MEETS - code), out=worst)
        return np.uint8(MEETS) - worst


def under_choices(versions: tuple[Versions, ...], tried: list[list[int]], judge_one) -> list[dict]:
    """Each unit or gate under every combination of the tried choices that touch it."""
    return [
        {
            key: judge_one(v)
            for key, v in version.versions.items()
            if all(k in tried[r] for k, r in zip(key, version.readings, strict=True))
        }
        for version in versions
    ]


def choices(plan: Plan, settled: Mapping[str, str]) -> tuple[Combination, list[list[int]]]:
    """The chosen choice of each reading of the plan, and those to try."""
    names = {r.id: [c.id for c in r.choices] for r in plan.standard.readings}
    picked = {id_: names[id_].index(choice) for id_, choice in settled.items()}
    chosen, tried = [], []
    for reading in plan.readings:
        pick = picked.get(reading.id, names[reading.id].index(reading.default))
        fixed = reading.id in picked or not reading.vary
        chosen.append(pick)
        tried.append([pick] if fixed else list(range(len(reading.choices))))
    return tuple(chosen), tried


def turning(
    verdicts: dict[Combination, NDArray], chosen: Combination, tried: list[list[int]]
) -> tuple[NDArray[np.uint8], NDArray[np.uint8], Flags]:
    """The verdict, "depends" where combinations disagree, and the readings it turns on: those
    whose choice, the others kept, changes it."""
    first = verdicts[chosen]
    decisive = np.zeros((len(tried), len(first)), bool)
    if len(verdicts) == 1:
        return first.copy(), first, decisive
    cube = np.array(list(verdicts.values())).reshape(*(len(t) for t in tried), len(first))
    for i, choices_ in enumerate(tried):
        if len(choices_) > 1:
            differs = cube.min(axis=i) != cube.max(axis=i)
            decisive[i] = differs.any(axis=tuple(range(differs.ndim - 1)))
    verdict = np.where(decisive.any(axis=0), np.uint8(DEPENDS), first)
    return verdict, first, decisive


def levels_of(
    plan: Plan, batch: Batch, low: NDArray, high: NDArray, verdict: NDArray[np.uint8]
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """No level without the rest: surely only where all is met, possibly where nothing failed."""
    if not plan.levels:
        none = np.zeros(len(verdict), np.uint8)
        return none, none
    sure, possible = levels(plan, batch.answers, low, high)
    return np.where(verdict == MEETS, sure, 0), np.where(verdict >= INCOMPLETE, possible, 0)


def row_details(
    plan: Plan, batch: Batch, units: list[list[RowStates]], gates: list[NDArray[np.uint8]]
) -> Details:
    """The states of every row, in the order a reader knows."""
    n = len(batch)
    rows = [state for unit in units for state in unit]
    own = {state.row.id: state for state in rows}
    answers = clean(plan, batch.answers)
    asked = {clause.id: answers[i] for i, clause in enumerate(plan.asked)}
    must = []
    for i, clause in enumerate(plan.standard.must):
        if clause.asked:
            must.append(asked[clause.id])
        elif clause.measure:
            must.append(own[clause.id].codes())
        else:
            must.append(follow([state.codes() for state in rows if state.row.must == i], n))
    points = answers[plan.asked_must :]
    limits = [own[limit.id] for limit in plan.limits]
    none = np.zeros(n, bool)
    return Details(
        must=np.array(must, np.uint8).reshape(-1, n),
        points=np.where(points >= FIRST_GRADE, np.uint8(YES), points),
        limits=np.array([s.codes() for s in limits], np.uint8).reshape(-1, n),
        gates=np.array(gates, np.uint8).reshape(-1, n),
        shared=np.array([none if s.shared is None else s.shared for s in limits]).reshape(-1, n),
        bounds=np.array([np.broadcast_to(s.limit, n) for s in limits]).reshape(-1, n),
    )


def follow(states: list[NDArray[np.uint8]], n: int) -> NDArray[np.uint8]:
    """A must that follows from rows: failed if one fails, met if all that apply are met; if none
    applies nobody can say."""
    table = np.array(states, np.uint8).reshape(-1, n)
    failed, open_ = (table == 2).any(axis=0), (table == 0).any(axis=0)
    met = (table == 1).any(axis=0)
    return np.where(failed, 2, np.where(open_ | ~met, 0, 1)).astype(np.uint8)


def join(parts: list[Outcome]) -> Outcome:
    """Chunks put together again."""
    joined = {
        f.name: np.concatenate([getattr(part, f.name) for part in parts], axis=-1)
        for f in fields(Outcome)
        if f.name != "details"
    }
    if parts[0].details is None:
        return Outcome(**joined)
    rows = (
        np.concatenate([getattr(part.details, f.name) for part in parts], axis=-1)
        for f in fields(Details)
    )
    return Outcome(**joined, details=Details(*rows))


def check_shapes(plan: Plan, batch: Batch) -> None:
    wanted = [len(plan.asked), len(plan.inputs), plan.declared, len(plan.absences)]
    for f, rows in zip(fields(Batch), wanted, strict=True):
        array = getattr(batch, f.name)
        if array.shape != (rows, len(batch)):
            raise ValueError(f"{f.name}: expected {rows} rows by {len(batch)}, found {array.shape}")
