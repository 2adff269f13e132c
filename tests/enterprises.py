"""Random enterprises for every plan: mostly plausible, often on a limit, sometimes broken."""

from dataclasses import replace

import numpy as np

from waterstats.scoring.outcomes import Batch, blank
from waterstats.scoring.plans import FIRST_GRADE, Plan
from waterstats.scoring.verdicts import value_row
from waterstats.whatif.cheapest import Way

BROKEN = np.array([np.nan, -1.0, np.inf, -np.inf, 1e9])


def random_batch(plan: Plan, n: int, rng: np.random.Generator) -> Batch:
    """n enterprises; about one in five has every answer and number in order."""
    batch = blank(plan, n)
    sloppy = rng.random(n) * rng.choice([0, 0.02, 0.1, 0.6], n)
    answers = np.where(
        rng.random(batch.answers.shape) < sloppy, rng.integers(0, 6, batch.answers.shape), 1
    )
    for row, clause in enumerate(plan.asked):
        if getattr(clause, "grades", ()):
            answers[row] = rng.integers(0, FIRST_GRADE + len(clause.grades) + 1, n)
        elif row >= plan.asked_must and clause.most <= 0:
            answers[row] = rng.choice([0, 1, 2, 2, 2], n)
    batch.answers[:] = answers
    number = max(1, plan.declared)
    batch.made[:] = rng.random(batch.made.shape) < rng.choice([0.5, 1, 2, 4], n) / number
    batch.absent[:] = rng.random(batch.absent.shape) < 0.1
    fill_values(plan, batch, rng, sloppy)
    return batch


def fill_values(plan: Plan, batch: Batch, rng: np.random.Generator, sloppy: np.ndarray) -> None:
    n = len(batch)
    outputs, own = [], []
    for position, asked in enumerate(plan.inputs):
        if asked.measure == "output":
            outputs.append(position)
        values = rng.integers(1, 2000, n).astype(float)
        if asked.maximum == 100:
            values = rng.integers(0, 101, n) * 1.0
        batch.values[position] = values
    for limit in plan.limits:
        if limit.limit is None:
            continue
        position = value_row(plan, limit)
        own += [position] if limit.variant else []
        better = -1 if limit.op in ("<=", "<") else 1
        # in steps of a twentieth of the limit, from clearly better to just worse
        steps = rng.choice(
            [-2, -1, 0, 0, 1, 2, 3, 6], n, p=[0.02, 0.04, 0.2, 0.14, 0.2, 0.2, 0.1, 0.1]
        )
        values = np.round(limit.limit * (1 + better * steps / 20), 4)
        batch.values[position] = np.minimum(values, plan.inputs[position].maximum)
    for position, asked in enumerate(plan.inputs):
        if asked.measure.startswith("annual"):
            batch.values[position] = rng.choice([0, 40000, 60000, 99999, 100000, 100001, 5e6], n)
        if asked.measure.startswith("shared"):
            guess = 10.0 ** rng.integers(2, 7, n)
            batch.values[position] = np.where(rng.random(n) < 0.5, guess, np.nan)
    on_meter = rng.random((len(own), n)) < 0.3
    batch.values[own] = np.where(on_meter, np.nan, batch.values[own])
    broken = rng.random(batch.values.shape) < sloppy
    batch.values[broken] = rng.choice(BROKEN, broken.sum())


def with_improvements(plan: Plan, batch: Batch, way: Way) -> Batch:
    """The enterprise after the improvements of a way, its numbers as they are."""
    after = replace(batch, answers=batch.answers.copy())
    ids = [clause.id for clause in plan.asked]
    for improvement in way.improvements:
        after.answers[ids.index(improvement.id)] = improvement.answer
    return after
