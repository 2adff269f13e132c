"""Points of a batch: section totals as bounds, gates, levels, and the musts that are answered.

A total is two numbers: with everything still open lost, and with everything still open won.
"""

import numpy as np
from numpy.typing import NDArray

from waterstats.scoring.outcomes import Batch, Flags, Totals
from waterstats.scoring.plans import NO, NOT_APPLICABLE, UNANSWERED, YES, GateRow, Plan, Typed


def totals(plan: Plan, batch: Batch) -> tuple[Totals, Totals]:
    """Low and high points per section, in 1/scale; an unknown code or number counts as
    unanswered."""
    answers, kind = batch.answers, plan.points_type
    shape = len(plan.base_low), answers.shape[1]
    low, high = np.empty(shape, kind), np.empty(shape, kind)
    low[:] = np.array(plan.base_low, kind)[:, None]
    high[:] = np.array(plan.base_high, kind)[:, None]
    for term in plan.terms:
        given = (answers[term.rows] == term.code).view(np.int8)
        count = given[0] if len(given) == 1 else given.sum(axis=0, dtype=np.int8)
        for total, points in ((low, term.low), (high, term.high)):
            if points:
                total[term.section] += count if points == 1 else count * kind(points)
    for item in plan.typed:
        known, points = typed_points(item, batch.values[item.input], plan.scale)
        for total, blank in ((low, item.low), (high, item.high)):
            total[item.section] += np.where(known, points - blank, 0).astype(kind)
    return low, high


def typed_points(
    item: Typed, values: NDArray[np.float64], scale: int
) -> tuple[Flags, NDArray[np.int64]]:
    """Whether each number can be the points of an item, and the points in 1/scale: the most that
    are not above the number, so that 39.999 is not 40."""
    known = (values >= 0) & (values <= item.maximum)
    values = np.where(known, values, 0)
    points = np.rint(values * scale).astype(np.int64)
    return known, points - (points / scale > values)


def gate_state(gate: GateRow, low: Totals, high: Totals) -> tuple[Flags, Flags]:
    """Whether a gate is missed whatever the open answers turn out to be, and whether it is open."""
    below = total(high, gate.sections) < gate.minimum
    reached = total(low, gate.sections) >= gate.minimum
    return below, ~(below | reached)


def total(points: Totals, sections: tuple[int, ...]) -> Totals:
    """Some sections added up; all together they stay within the type of the points."""
    whole = len(sections) == len(points)
    return (points if whole else points[list(sections)]).sum(axis=0, dtype=points.dtype)


def gate_codes(gate: GateRow, below: Flags, open_: Flags) -> NDArray[np.uint8]:
    """0 open, 1 reached, 2 missed, 3 not binding."""
    states = np.where(below, NO, np.where(open_, UNANSWERED, YES))
    return (states if gate.binding else np.full_like(states, NOT_APPLICABLE)).astype(np.uint8)


def must_states(plan: Plan, answers: NDArray[np.uint8]) -> tuple[Flags, Flags]:
    """For the musts that are answered: does any fail, and is every one decided?"""
    block = answers[: plan.asked_must]
    failed = block == NO
    decided = (block == YES) | failed
    for row in plan.may_skip:
        decided[row] |= block[row] == NOT_APPLICABLE
    return failed.any(axis=0), decided.all(axis=0)


def clean(plan: Plan, answers: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The answers with every code that the clause does not know set to unanswered."""
    states = np.where(answers <= NO, answers, np.uint8(UNANSWERED))
    for row, known in plan.unusual_codes.items():
        states[row] = known[answers[row]]
    return states


def levels(
    plan: Plan, answers: NDArray[np.uint8], low: Totals, high: Totals
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """The level surely and possibly reached: 0 for none, else its position from 1. A level whose
    minimum is not known is never sure by its own; it stays possible, so the two differ."""
    answers = clean(plan, answers)
    sure = np.zeros(answers.shape[1], np.uint8)
    possible = sure.copy()
    every = tuple(range(len(low)))
    for position, level in enumerate(plan.levels, 1):
        needed = answers[list(level.requires)]
        missing = ((needed == NO) | (needed == UNANSWERED)).any(axis=0)
        sure[(total(low, every) >= level.minimum) & ~missing] = position
        possible[(total(high, every) >= level.possible) & ~(needed == NO).any(axis=0)] = position
    return sure, possible
