"""Minimum totals of levels that the sources do not give, as somebody who has the text enters
them. They stay in a scenario and are never part of a rule set."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from math import isfinite

from waterstats.standards.records import RuleError, nearest
from waterstats.standards.rules import Standard

DECIMALS = 3


def with_thresholds(standard: Standard, thresholds: Mapping[str, float]) -> Standard:
    """The rule set with these minimums [points] for levels that have none, by level id.

    A level that is not named stays without. Raises RuleError for a level that is unknown or whose
    minimum is published, for what is not a number from 0 to all points together with at most three
    decimals, and where the minimums do not rise from level to level.
    """
    if not thresholds:
        return standard
    open_ = {level.id: level for level in standard.levels if level.minimum is None}
    most = sum(item.most for item in standard.points)
    for id_, minimum in thresholds.items():
        if id_ not in open_:
            raise RuleError(f"thresholds: no level {id_!r} to be entered{nearest(id_, open_)}")
        if isinstance(minimum, bool) or not isinstance(minimum, int | float):
            raise RuleError(f"thresholds {id_!r}: expected a number, found {minimum!r}")
        if not (isfinite(minimum) and 0 <= minimum <= most):
            raise RuleError(f"thresholds {id_!r}: expected 0 to {most:g}, found {minimum}")
        if round(minimum, DECIMALS) != minimum:
            raise RuleError(f"thresholds {id_!r}: {minimum} has more than {DECIMALS} decimals")
    levels = [
        replace(level, minimum=float(thresholds[level.id])) if level.id in thresholds else level
        for level in standard.levels
    ]
    known = [(level.minimum, level.id) for level in levels if level.minimum is not None]
    for (lower, below), (upper, above) in pairwise(known):
        if lower >= upper:
            raise RuleError(
                f"thresholds: {above!r} ({upper:g}) has to be above {below!r} ({lower:g})"
            )
    return replace(standard, levels=tuple(levels))
