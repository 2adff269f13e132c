"""What would change the answer: two numbers swept over a grid, and readings that may be off.

Both are batches like any other. Which answers to change is in cheapest.py.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from waterstats.scoring.outcomes import Batch
from waterstats.scoring.plans import Plan
from waterstats.scoring.scorer import score_batch
from waterstats.standards.rulechecks import VERDICTS


def sweep(
    plan: Plan,
    batch: Batch,
    across: tuple[int, Sequence[float]],
    down: tuple[int, Sequence[float]],
    settled: Mapping[str, str] | None = None,
) -> NDArray[np.uint8]:
    """The verdict of one enterprise on a grid of two of its numbers.

    across, down: the position of a number (`plan.input`) and the values it takes, in its unit.
    Returns positions in VERDICTS, shape (len(down), len(across)).
    """
    shape = len(down[1]), len(across[1])
    grid = batch.repeat(shape[0] * shape[1])
    grid.values[across[0]] = np.tile(across[1], shape[0])
    grid.values[down[0]] = np.repeat(down[1], shape[1])
    return score_batch(plan, grid, settled).verdict.reshape(shape)


def likelihood(
    plan: Plan,
    batch: Batch,
    spread: float,
    draws: int = 10_000,
    seed: int = 0,
    settled: Mapping[str, str] | None = None,
) -> dict[str, float]:
    """How often each verdict comes out when readings may be off by up to ±`spread` %.

    Every known number but outputs, points and exact shares (rows with "=") is multiplied by an
    independent factor, uniform within the spread, and held to what is possible. The same seed gives
    the same answer. Returns the share of draws per verdict, 0 to 1.
    """
    uncertain = np.array([asked.measure != "output" for asked in plan.inputs])
    uncertain[[item.input for item in plan.typed]] = False  # points are given, not metered
    for versions in plan.units:
        for row in versions.first.rows:
            if row.op == "=":
                uncertain[list(row.inputs)] = False
    drawn = batch.repeat(draws)
    factors = np.random.default_rng(seed).uniform(-1, 1, (int(uncertain.sum()), draws))
    maxima = np.array([asked.maximum for asked in plan.inputs])[uncertain, None]
    values = drawn.values[uncertain]
    moved = np.minimum(values * (1 + factors * spread / 100), maxima)
    drawn.values[uncertain] = np.where(values <= maxima, moved, values)
    counts = np.bincount(score_batch(plan, drawn, settled).verdict, minlength=len(VERDICTS))
    return dict(zip(VERDICTS, (counts / draws).tolist(), strict=True))
