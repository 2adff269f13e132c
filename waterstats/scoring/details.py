"""The state of every row, in the order a reader knows: the reasons behind a verdict."""

import numpy as np
from numpy.typing import NDArray

from waterstats.scoring.judging import RowStates
from waterstats.scoring.outcomes import Batch, Details
from waterstats.scoring.plans import FIRST_GRADE, YES, Plan
from waterstats.scoring.points import clean, typed_points


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
    for item in plan.typed:
        known, _ = typed_points(item, batch.values[item.input], plan.scale)
        points = np.insert(points, item.row, known, axis=0)
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
