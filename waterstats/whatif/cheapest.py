"""The cheapest way to pass: which answers to change, and how far each missed limit is off.

Solved exactly, for any compiled standard. Readings that are left open have to be passed under every
choice; settle them to look at one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from waterstats.scoring.judging import RowStates, judge, sites
from waterstats.scoring.outcomes import Batch, Outcome
from waterstats.scoring.plans import NO, NOT_APPLICABLE, UNANSWERED, YES, GateRow, Plan, worths
from waterstats.scoring.points import clean, totals
from waterstats.scoring.scorer import choices, under_choices
from waterstats.standards.rules import Must, Points


@dataclass(frozen=True)
class Improvement:
    """An answer to change: from what it is to `answer`, for so many points (at least) and effort.
    `required`: a must, or needed for the level, whatever the points."""

    id: str
    answer: int
    points: float
    effort: float
    required: bool


@dataclass(frozen=True)
class Shortfall:
    """A limit not met: the value (NaN if unknown), the limit in force, and the change needed.
    On a shared meter, value and limit are volumes of the whole meter."""

    id: str
    state: str
    value: float
    limit: float
    change: float
    shared: bool = False


@dataclass(frozen=True)
class Way:
    """The cheapest way to pass. `reachable` is False if no set of answers reaches every gate."""

    reachable: bool
    improvements: tuple[Improvement, ...]
    effort: float
    shortfalls: tuple[Shortfall, ...]


def cheapest_way(
    plan: Plan,
    batch: Batch,
    effort: Mapping[str, float] | None = None,
    settled: Mapping[str, str] | None = None,
    level: str = "",
) -> Way:
    """The set of answers with the least total effort that satisfies every must and every gate.

    batch: one enterprise. effort: by clause id, 1 where nothing is given; infinite for what cannot
    be done. level: also reach this level. An unanswered item counts as still to be done, and an
    item at an assessor's discretion at its least. Points that are typed stay as they are. Limits
    are not chosen among: each one missed has to be mended, and is reported with the change it
    needs. Solved exactly (HiGHS, integers). Raises ValueError if the batch is not one enterprise,
    or for a level that is unknown or whose minimum is not known.
    """
    if len(batch) != 1:
        raise ValueError(f"one enterprise at a time, not {len(batch)}")
    answers = clean(plan, batch.answers)[:, 0]
    options = list(improvements(plan, answers, effort or {}, level))
    start = totals(plan, batch)[0][:, 0] / plan.scale
    chosen = cheapest(plan, start, options, gates_to_reach(plan, settled or {}, level))
    shortfalls = tuple(limits_missed(plan, batch, settled or {}))
    if chosen is None:
        return Way(False, (), float("inf"), shortfalls)
    return Way(True, tuple(chosen), sum(o.effort for o in chosen), shortfalls)


def improvements(
    plan: Plan, answers: NDArray[np.uint8], effort: Mapping[str, float], level: str
) -> Iterator[Improvement]:
    """Every answer that would be better than the present one."""
    needed = plan.standard.by_id[level].requires if level else ()
    for row, clause in enumerate(plan.asked):
        cost = float(effort.get(clause.id, 1.0))
        missing = answers[row] in (UNANSWERED, NO)
        if isinstance(clause, Must):
            if missing:
                yield Improvement(clause.id, YES, 0.0, cost, True)
            continue
        before, required = now(clause, answers[row]), missing and clause.id in needed
        offered = set()
        for code, (least, _) in worths(clause):
            better = code not in (NO, NOT_APPLICABLE) if required else least > before
            # Of steps that are surely worth the same, the first will do.
            if better and least not in offered:
                offered.add(least)
                yield Improvement(clause.id, code, least - before, cost, required)


def now(item: Points, answer: int) -> float:
    """The least an item is worth as it stands; blank is what it could cost."""
    return dict(worths(item)).get(int(answer), item.unanswered)[0]


def gates_to_reach(plan: Plan, settled: Mapping[str, str], level: str) -> list[GateRow]:
    """Every gate that binds under some reading left open, and the total of a level."""
    _, tried = choices(plan, settled)
    versions = under_choices(plan.gates, tried, lambda gate: gate)
    gates = {gate for each in versions for gate in each.values() if gate.binding}
    if level:
        position = [known.id for known in plan.standard.levels].index(level)
        if plan.standard.levels[position].minimum is None:
            raise ValueError(f"level {level!r}: its minimum is not known")
        every = tuple(range(len(plan.base_low)))
        gates.add(GateRow(level, True, plan.levels[position].minimum, every))
    return sorted(gates, key=lambda gate: (gate.id, gate.minimum))


def next_level(plan: Plan, outcome: Outcome) -> str:
    """The level above the one an enterprise surely has, as far as its minimum is known; "" at the
    top. The lowest, if it has none yet."""
    above = plan.standard.levels[int(outcome.level[0]) :]
    return next((level.id for level in above if level.minimum is not None), "")


def cheapest(
    plan: Plan, start: NDArray[np.float64], options: list[Improvement], gates: list[GateRow]
) -> list[Improvement] | None:
    """Least effort such that every gate is reached, one answer per item; None if impossible.
    start: the points each section surely has."""
    sections = [section.id for section in plan.standard.sections]
    of = {item.id: sections.index(item.section) for item in plan.standard.points}
    if not options:
        reached = all(start[list(g.sections)].sum() * plan.scale >= g.minimum for g in gates)
        return [] if reached else None
    rows, least = [], []
    for gate in gates:
        rows.append([o.points if of.get(o.id) in gate.sections else 0.0 for o in options])
        least.append(gate.minimum / plan.scale - start[list(gate.sections)].sum() - 1e-9)
    constraints = [LinearConstraint(np.array(rows), least, np.inf)] if rows else []
    items = dict.fromkeys(o.id for o in options)
    same = np.array([[o.id == id_ for o in options] for id_ in items], float)
    must = [float(any(o.required for o in options if o.id == id_)) for id_ in items]
    constraints.append(LinearConstraint(same, must, 1))
    possible = np.array([np.isfinite(o.effort) for o in options])
    # Among equal efforts prefer fewer changes; the nudge is too small to outweigh any effort.
    cost = np.array([o.effort if np.isfinite(o.effort) else 0.0 for o in options]) + 1e-6
    solution = milp(
        cost,
        integrality=np.ones(len(options)),
        bounds=Bounds(0, possible.astype(float)),
        constraints=constraints,
    )
    if solution.x is None:
        return None
    return [o for o, take in zip(options, solution.x, strict=True) if take > 0.5]


def limits_missed(plan: Plan, batch: Batch, settled: Mapping[str, str]) -> Iterator[Shortfall]:
    """Every limit that fails or is unanswered, under the strictest of the readings left open."""
    _, tried = choices(plan, settled)
    site = sites(plan, batch.values, batch.absent, batch.made)
    worst: dict[str, Shortfall] = {}
    for each in under_choices(plan.units, tried, lambda unit: (unit, judge(unit, site))):
        for unit, states in each.values():
            for state in states:
                if state.codes()[0] not in (YES, NOT_APPLICABLE):
                    found = shortfall(state, states, batch.values[:, 0], unit.shared)
                    known = worst.get(found.id)
                    if known is None or not abs(found.change) <= abs(known.change):
                        worst[found.id] = found
    yield from worst.values()


def shortfall(
    state: RowStates, unit: list[RowStates], values: NDArray[np.float64], shared: int
) -> Shortfall:
    """How far one row is from its limit; the rows of a shared meter move together."""
    word = "failed" if state.codes()[0] == NO else "unanswered"
    limit = float(np.broadcast_to(state.limit, 1)[0])
    value = float(sum(values[i] for i in state.row.inputs))
    if state.shared is not None and state.shared[0]:
        together = [s for s in unit if s.shared is not None and s.shared[0]]
        limit = float(sum(np.broadcast_to(s.limit, 1)[0] * values[s.row.output] for s in together))
        value = float(values[shared])
        return Shortfall(state.row.id, word, value, limit, limit - value, shared=True)
    return Shortfall(state.row.id, word, value, limit, limit - value)
