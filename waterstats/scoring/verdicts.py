"""Verdicts of whole tables: frames in, one row per enterprise out, every row's state on request."""

from collections.abc import Mapping
from pathlib import Path

import narwhals.stable.v2 as nw
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from waterstats.problems import InputError
from waterstats.scoring.batches import Intake, Table, read_tables
from waterstats.scoring.compiled import plans_with
from waterstats.scoring.outcomes import Batch, Details, Outcome
from waterstats.scoring.plans import Plan
from waterstats.scoring.scorer import score_batch
from waterstats.standards.rulechecks import VERDICTS

STATES = ("unanswered", "met", "failed", "not_applicable")
OPEN, FAILED, LEFT_OUT = 0, 2, 3


def score(
    standard_id: str | Path,
    enterprises,
    measurements=None,
    readings: Mapping[str, str] | None = None,
    detail: bool = False,
    thresholds: Mapping[str, float] | None = None,
):
    """Judge a table of enterprises under a published rule set.

    standard_id: the id of a standard in data/standards, or the folder of another.
    enterprises, measurements: eager frames (pandas, Polars, PyArrow); columns as in
    `batches.read_tables`. Values are in the units of the limits.
    readings: settled choices of ambiguous places, by reading id; every other is tried both ways.
    detail: also return one row per enterprise and rule: state, value, limit in force, margin.
    thresholds: minimums of levels that the sources do not give, by level id [points]. Without them
    such a level is never sure: `level` and `level_possible` differ.

    Returns a frame of the kind given, one row per enterprise in the same order: verdict, the
    verdict under the chosen readings, the readings it turns on, points with everything open lost
    and won, levels, and the ids of what failed, what is open and what was left out. With `detail`,
    a pair of frames. A missing answer or value never passes: it is listed as open.

    Raises InputError listing every cell that cannot be used, RuleError for an unknown standard or
    a threshold that cannot be, ValueError for an unknown reading.
    """
    frame = nw.from_native(enterprises, eager_only=True)
    long = None if measurements is None else nw.from_native(measurements, eager_only=True)
    compiled = plans_with(standard_id, thresholds)
    check_readings(compiled, readings or {})
    intake = read_tables(compiled, as_pandas(frame), None if long is None else as_pandas(long))
    if intake.problems:
        raise InputError(intake.problems)
    outcomes = score_tables(compiled, intake, readings)
    verdicts = in_kind(verdict_rows(compiled, intake, outcomes), frame)
    if not detail:
        return verdicts
    return verdicts, in_kind(detail_rows(compiled, intake, outcomes), frame)


def score_tables(
    compiled: Mapping[str, Plan], intake: Intake, readings: Mapping[str, str] | None
) -> dict[str, Outcome]:
    """The outcome of each industry of an intake, with the state of every row."""
    return {
        industry: score_batch(compiled[industry], table.batch, readings, details=True)
        for industry, table in intake.tables.items()
    }


def verdict_rows(
    compiled: Mapping[str, Plan], intake: Intake, outcomes: Mapping[str, Outcome]
) -> pd.DataFrame:
    """One row per enterprise, in the order of the table; none for an unknown industry."""
    parts = [
        verdict_part(compiled[industry], table, outcomes[industry]).assign(row=table.rows)
        for industry, table in intake.tables.items()
    ]
    table = pd.concat(parts, ignore_index=True).sort_values("row", ignore_index=True)
    rows = table.pop("row")
    table.insert(0, "enterprise", intake.enterprises[rows].to_numpy())
    table.insert(1, "industry", intake.industries[rows].to_numpy())
    return table


def verdict_part(plan: Plan, table: Table, outcome: Outcome) -> pd.DataFrame:
    words = np.array(VERDICTS, object)
    states, ids = all_states(plan, outcome.details)
    levels = np.array(["", *(level.id for level in plan.standard.levels)], object)
    return pd.DataFrame(
        {
            "verdict": words[outcome.verdict],
            "verdict_chosen": words[outcome.chosen],
            "depends_on": listed(outcome.decisive, [r.id for r in plan.readings]),
            "points_low": outcome.low.sum(axis=0) / plan.scale,
            "points_high": outcome.high.sum(axis=0) / plan.scale,
            "level": levels[outcome.level],
            "level_possible": levels[outcome.best_level],
            "failed": listed(states == FAILED, ids),
            "open": listed(states == OPEN, ids),
            "left_out": listed(left_out(plan, table.batch, states), ids),
            "shared_meter": outcome.details.shared.any(axis=0),
        }
    )


def all_states(plan: Plan, details: Details) -> tuple[NDArray[np.uint8], list[str]]:
    """States of musts, gates and limits in one array, with their ids. An item that earns no points
    is not a failure of its own, so points rows are not among them."""
    ids = [must.id for must in plan.standard.must]
    ids += [v.first.id for v in plan.gates] + [limit.id for limit in plan.limits]
    return np.concatenate([details.must, details.gates, details.limits]), ids


def left_out(plan: Plan, batch: Batch, states: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Rows left out for a reason somebody gave; a product that is not made needs none."""
    given = np.zeros(states.shape, bool)
    for i, must in enumerate(plan.standard.must):
        given[i] = must.may_be_not_applicable
    first = len(given) - len(plan.limits)
    for i, limit in enumerate(plan.limits, first):
        if limit.absent:
            given[i] = batch.absent[plan.absences.index(limit.measure)]
    return given & (states == LEFT_OUT)


def listed(flags: NDArray[np.bool_], ids: list[str]) -> list[str]:
    """For each column, the ids of the rows that are set, with spaces between."""
    words = [""] * flags.shape[1]
    columns, rows = np.nonzero(flags.T)
    for column, row in zip(columns.tolist(), rows.tolist(), strict=True):
        words[column] = f"{words[column]} {ids[row]}" if words[column] else ids[row]
    return words


def detail_rows(
    compiled: Mapping[str, Plan], intake: Intake, outcomes: Mapping[str, Outcome]
) -> pd.DataFrame:
    """One row per enterprise and rule: kind, state, and for limits value, limit and margin."""
    parts = [
        detail_part(compiled[industry], table.batch, outcomes[industry].details).assign(
            enterprise=lambda part, table=table: np.repeat(
                intake.enterprises[table.rows].to_numpy(), len(part) // len(table.rows)
            )
        )
        for industry, table in intake.tables.items()
    ]
    table = pd.concat(parts, ignore_index=True)
    return table[["enterprise", *(c for c in table.columns if c != "enterprise")]]


def detail_part(plan: Plan, batch: Batch, details: Details) -> pd.DataFrame:
    """All rules of an industry for all its enterprises, enterprise by enterprise."""
    standard, n = plan.standard, len(batch)
    gates = [standard.by_id[versions.first.id] for versions in plan.gates]
    records = [*standard.must, *standard.points, *gates, *plan.limits]
    kinds = [("must", standard.must), ("points", standard.points), ("gate", gates)]
    kinds.append(("limit", plan.limits))
    numbers = {name: np.full((len(records), n), np.nan) for name in ("value", "limit", "margin")}
    shared = np.zeros((len(records), n), bool)
    first = len(records) - len(plan.limits)
    for i, limit in enumerate(plan.limits):
        value, bound = batch.values[value_row(plan, limit)], details.bounds[i]
        numbers["value"][first + i], numbers["limit"][first + i] = value, bound
        numbers["margin"][first + i] = margin(limit.op, value, bound)
        shared[first + i] = details.shared[i]
    for item in plan.typed:
        numbers["value"][len(standard.must) + item.row] = batch.values[item.input]
    states = np.concatenate([details.must, details.points, details.gates, details.limits])
    fixed = {
        "rule": [record.id for record in records],
        "kind": [kind for kind, group in kinds for _ in group],
        "op": [getattr(record, "op", "") for record in records],
        "unit": [getattr(record, "unit", "") for record in records],
        "label_zh": [record.label.zh for record in records],
        "label_en": [record.label.en for record in records],
        "locator": [record.locator for record in records],
    }
    columns = {name: np.tile(np.array(words, object), n) for name, words in fixed.items()}
    columns["state"] = np.array(STATES, object)[states].T.ravel()
    columns |= {name: table.T.ravel() for name, table in numbers.items()}
    columns["shared_meter"] = shared.T.ravel()
    order = ["rule", "kind", "state", "value", "op", "limit", "unit", "margin", "shared_meter"]
    return pd.DataFrame(columns)[[*order, "label_zh", "label_en", "locator"]]


def value_row(plan: Plan, limit) -> int:
    """Where the value of a limit stands: by variant if each has its own, else once per site."""
    try:
        return plan.input(limit.measure, limit.variant)
    except KeyError:
        return plan.input(limit.measure)


def margin(op: str, value: NDArray[np.float64], limit: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far on the right side of a limit, in its unit; negative if on the wrong one."""
    if op.startswith("<"):
        return limit - value
    return value - limit if op.startswith(">") else -np.abs(value - limit)


def check_readings(compiled: Mapping[str, Plan], readings: Mapping[str, str]) -> None:
    standard = next(iter(compiled.values())).standard
    known = {reading.id: [c.id for c in reading.choices] for reading in standard.readings}
    for id_, choice in readings.items():
        if choice not in known.get(id_, ()):
            choices = ", ".join(known.get(id_, known))
            raise ValueError(f"reading {id_}={choice}: expected one of {choices}")


def as_pandas(frame: nw.DataFrame) -> pd.DataFrame:
    return frame.to_pandas().reset_index(drop=True)


def in_kind(table: pd.DataFrame, like: nw.DataFrame):
    """A result in the kind of frame that was given."""
    if like.implementation.is_pandas():
        return table
    columns = {name: table[name].tolist() for name in table.columns}
    return nw.from_dict(columns, backend=like.implementation).to_native()
