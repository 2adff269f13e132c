"""What goes into the scorer and what comes out, one column per enterprise."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from waterstats.scoring.plans import Plan

Flags = NDArray[np.bool_]
Totals = NDArray[np.signedinteger]


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
