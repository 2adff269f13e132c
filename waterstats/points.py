"""Points of a batch: section totals as bounds, gates, levels, and the musts that are answered.

A total is two numbers: with everything still open lost, and with everything still open won.
"""

import numpy as np
from numpy.typing import NDArray

from .compiled import NO, NOT_APPLICABLE, UNANSWERED, YES, GateRow, Plan

Flags = NDArray[np.bool_]
Totals = NDArray[np.int16]


def totals(plan: Plan, answers: NDArray[np.uint8]) -> tuple[Totals, Totals]:
    """Low and high points per section, in 1/scale; an unknown code counts as unanswered."""
    n = answers.shape[1]
    low = np.empty((len(plan.base_low), n), np.int16)
    high = np.empty_like(low)
    low[:] = np.array(plan.base_low, np.int16)[:, None]
    high[:] = np.array(plan.base_high, np.int16)[:, None]
    for term in plan.terms:
        given = (answers[term.rows] == term.code).view(np.int8)
        count = given[0] if len(given) == 1 else given.sum(axis=0, dtype=np.int8)
        if term.low:
            low[term.section] += count * np.int16(term.low)
        if term.high:
            high[term.section] += count * np.int16(term.high)
    return low, high


def gate_state(gate: GateRow, low: Totals, high: Totals) -> tuple[Flags, Flags]:
    """Whether a gate is missed whatever the open answers turn out to be, and whether it is open."""
    sections = list(gate.sections)
    below = high[sections].sum(axis=0, dtype=np.int16) < gate.minimum
    reached = low[sections].sum(axis=0, dtype=np.int16) >= gate.minimum
    return below, ~(below | reached)


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
    return plan.known_codes[np.arange(len(plan.asked))[:, None], answers]


def levels(
    plan: Plan, answers: NDArray[np.uint8], low: Totals, high: Totals
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """The level surely and possibly reached: 0 for none, else its position from 1."""
    answers = clean(plan, answers)
    sure = np.zeros(answers.shape[1], np.uint8)
    possible = sure.copy()
    for position, level in enumerate(plan.levels, 1):
        needed = answers[list(level.requires)]
        missing = ((needed == NO) | (needed == UNANSWERED)).any(axis=0)
        sure[(low.sum(axis=0) >= level.minimum) & ~missing] = position
        possible[(high.sum(axis=0) >= level.minimum) & ~(needed == NO).any(axis=0)] = position
    return sure, possible
