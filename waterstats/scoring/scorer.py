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

from waterstats.scoring.details import row_details
from waterstats.scoring.judging import RowStates, judge, only_unlisted, sites
from waterstats.scoring.outcomes import Batch, Details, Flags, Outcome
from waterstats.scoring.plans import Plan, Versions
from waterstats.scoring.points import gate_codes, gate_state, levels, must_states, totals
from waterstats.standards.rulechecks import VERDICTS

Combination = tuple[int, ...]

NOT_ELIGIBLE, BELOW_POINTS, LIMIT_FAILED, INCOMPLETE, MEETS, DEPENDS = range(len(VERDICTS))
CHUNK = 1 << 17


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
    low, high = totals(plan, batch)
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
