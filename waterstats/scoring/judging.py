"""Judge limit rows for a batch: met, failed, left out, or none of these (unanswered).

A value is a band [least, most] where parts of it are missing: a sum of amounts cannot be less than
the parts that are known. A row is met if the whole band meets the limit, failed if none of it does.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from waterstats.scoring.outcomes import Flags
from waterstats.scoring.plans import FamilyRow, Plan, Row, Unit


@dataclass
class RowStates:
    """One row for n enterprises. `skipped`: it does not apply. `shared`: judged in an aggregate."""

    row: Row
    met: Flags
    failed: Flags
    skipped: Flags | None
    limit: NDArray[np.float64] | float
    shared: Flags | None = None

    def unanswered(self) -> Flags:
        decided = self.met | self.failed
        return ~(decided if self.skipped is None else decided | self.skipped)

    def codes(self) -> NDArray[np.uint8]:
        """0 unanswered, 1 met, 2 failed, 3 not applicable."""
        states = self.met.view(np.uint8) + 2 * self.failed.view(np.uint8)
        return states if self.skipped is None else states + 3 * self.skipped.view(np.uint8)


@dataclass
class Sites:
    """What judging reads of a batch: values, absences, what is made, and families declared."""

    values: NDArray[np.float64]
    absent: Flags
    made: Flags
    declared: list[Flags] = field(default_factory=list)


def sites(plan: Plan, values: NDArray, absent: Flags, made: Flags) -> Sites:
    """Add the variants that follow from others (an integrated mill makes pulp and paper)."""
    if plan.derived:
        made = np.concatenate([made, np.zeros((len(plan.derived), made.shape[1]), bool)])
        for variant in plan.derived:
            follows = ~any_of(made, variant.excludes)
            for class_ in variant.needs:
                follows &= any_of(made, class_)
            made[variant.variant] = follows
    declared = [any_of(made, family.members) for family in plan.families]
    return Sites(values, absent, made, declared)


def any_of(made: Flags, positions: tuple[int, ...]) -> Flags:
    return made[list(positions)].any(axis=0)


def only_unlisted(site: Sites, family: FamilyRow, declared: Flags) -> Flags:
    """Makes something of the family, but nothing that has a limit: cannot be decided."""
    return declared & ~any_of(site.made, family.listed)


def judge(unit: Unit, site: Sites) -> list[RowStates]:
    """The states of the rows of a unit; those on a shared meter are judged together."""
    rows = [judge_row(row, site) for row in unit.rows]
    if unit.shared >= 0 and (site.values[unit.shared] >= 0).any():
        judge_shared(unit, rows, site)
    return rows


def judge_row(row: Row, site: Sites) -> RowStates:
    limit = limit_in_force(row, site.values)
    if row.op == "-":
        met, failed = np.zeros((2, site.values.shape[1]), bool)
    elif len(row.inputs) == 1:
        met, failed = compare(row, site.values[row.inputs[0]], limit)
    else:
        met, failed = compare_sum(row, site.values[list(row.inputs)], limit)
    skipped = None
    if row.variant >= 0:
        skipped = ~site.made[row.variant]
        if row.op == "-":
            skipped = site.declared[row.family].copy()
        elif not row.optional:
            skipped &= site.declared[row.family]
        met &= site.made[row.variant]
        failed &= site.made[row.variant]
    elif row.op == "-":
        skipped = ~met
    if row.unless >= 0:
        replaced = site.made[row.unless]
        skipped = replaced if skipped is None else skipped | replaced
        met, failed = met & ~replaced, failed & ~replaced
    if row.absent >= 0:
        missing = site.absent[row.absent] & np.isnan(site.values[row.inputs[0]])
        skipped = missing if skipped is None else skipped | missing
    return RowStates(row, met, failed, skipped, limit)


def compare(row: Row, x: NDArray[np.float64], limit: NDArray | float) -> tuple[Flags, Flags]:
    """Met and failed; both false for NaN, negative, infinite and impossible values."""
    match row.op:
        case "<=":
            return (x >= 0) & (x <= limit), (x > limit) & (x <= row.maximum)
        case "<":
            return (x >= 0) & (x < limit), (x >= limit) & (x <= row.maximum)
        case ">=":
            return (x >= limit) & (x <= row.maximum), (x >= 0) & (x < limit)
        case ">":
            return (x > limit) & (x <= row.maximum), (x >= 0) & (x <= limit)
        case _:
            met = x == limit
            return met, (x >= 0) & (x <= row.maximum) & ~met


def compare_sum(row: Row, parts: NDArray, limit: NDArray | float) -> tuple[Flags, Flags]:
    """The same for a sum of amounts, of which some may be missing."""
    valid = (parts >= 0) & (parts <= row.maximum)
    least = np.where(valid, parts, 0.0).sum(axis=0)
    most = np.where(valid.all(axis=0), least, np.inf)
    match row.op:
        case "<=":
            return most <= limit, least > limit
        case "<":
            return most < limit, least >= limit
        case ">=":
            return least >= limit, most < limit
        case ">":
            return least > limit, most <= limit
        case _:
            return most == limit, (least > limit) | (most < limit)


def limit_in_force(row: Row, values: NDArray[np.float64]) -> NDArray[np.float64] | float:
    """The printed limit moved by its footnotes. Rounding at the ninth decimal only removes binary
    noise (4 - 3 × 0.1 is 3.7); measured values are never rounded."""
    limit: NDArray[np.float64] | float = row.limit
    for shift in row.shifts:
        share = values[shift.input]
        steps = np.where((share >= 0) & (share <= 100), share, 0.0) / shift.per
        limit = np.round(limit + shift.step * (np.floor(steps) if shift.whole else steps), 9)
    return limit


def judge_shared(unit: Unit, rows: list[RowStates], site: Sites) -> None:
    """Variants without a value of their own, on one meter: volume against sum of limit × output.

    Open if an output is missing, or if the meter also serves a variant without a limit.
    """
    volume = site.values[unit.shared]
    allowed = np.zeros(len(volume))
    known = (volume >= 0) & (volume < np.inf)
    for variant, own in unit.unlisted:
        known &= ~(site.made[variant] & np.isnan(site.values[own]))
    for state in rows:
        row = state.row
        output = site.values[row.output]
        on_meter = site.made[row.variant] & np.isnan(site.values[row.inputs[0]])
        if state.skipped is not None:
            on_meter &= ~state.skipped
        known &= ~on_meter | ((output > 0) & (output < np.inf))
        allowed += np.where(on_meter & known, state.limit * output, 0.0)
        state.shared = on_meter
    allowed = np.round(allowed, 6)
    met = volume < allowed if unit.rows[0].op == "<" else volume <= allowed
    for state in rows:
        state.shared &= known
        state.met |= state.shared & met
        state.failed |= state.shared & ~met
