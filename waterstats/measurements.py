"""The long table of numbers poured into batches: one row per enterprise, measure and variant."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .limits import Limit
from .outcomes import Batch
from .plans import FINITE, Plan
from .problems import Problem

NO_WORDS = ("no", "n", "false", "0", "0.0", "否", "无")
YES_WORDS = ("", "yes", "y", "true", "1", "1.0", "是", "有")


@dataclass(frozen=True)
class Target:
    """Where a (measure, variant) goes in the arrays of an industry; -1 for nowhere."""

    input: int = -1
    output: int = -1
    variant: int = -1
    absent: int = -1
    expected: str = ""


def target(plan: Plan, measure: str, variant: str) -> Target:
    """Find the place of a pair; a limit may be named by its own id instead of measure and variant.
    `expected` says what is wrong where there is no place for a value."""
    limit = plan.standard.by_id.get(measure)
    if isinstance(limit, Limit) and limit.industry in (plan.industry, ""):
        keep = any(i.measure == limit.measure and i.variant for i in plan.inputs)
        measure, variant = limit.measure, limit.variant if keep else ""
    keys = {(i.measure, i.variant): position for position, i in enumerate(plan.inputs)}
    declared = [v.id for v in plan.variants[: plan.declared]]
    absent = plan.absences.index(measure) if measure in plan.absences else -1
    if variant and variant not in declared:
        return Target(expected=f"a variant of {plan.industry}: {', '.join(declared) or 'none'}")
    place = declared.index(variant) if variant else -1
    if (measure, variant) in keys:
        return Target(keys[measure, variant], keys.get(("output", variant), -1), place, absent)
    asked = [v for m, v in keys if m == measure]
    if not asked:
        expected = f"a number asked of {plan.industry}: {', '.join({m: 0 for m, _ in keys})}"
    elif variant:
        expected = f"no variant: {measure} is asked once per site"
    else:
        expected = f"a variant: {', '.join(asked)}"
    return Target(absent=absent, variant=place, expected=expected)


@dataclass
class Readings:
    """The columns of the table as arrays, with the row each stands in."""

    row: NDArray[np.intp]
    enterprise: NDArray[np.intp]
    pair: NDArray[np.intp]
    value: NDArray[np.float64]
    output: NDArray[np.float64]
    present: NDArray[np.bool_]
    reason: NDArray[np.bool_]

    def part(self, keep: NDArray) -> "Readings":
        return Readings(*(column[keep] for column in vars(self).values()))


def fill(
    plan: Plan, batch: Batch, pairs: list[tuple[str, str]], given: Readings
) -> Iterator[Problem]:
    """Pour the readings of one industry into its batch. `given.enterprise` are columns of it."""
    targets = [target(plan, *pair) for pair in pairs]
    place = {
        name: np.array([getattr(t, name) for t in targets], int)[given.pair]
        for name in ("input", "output", "variant", "absent")
    }
    asked = place["input"] >= 0
    for i in np.flatnonzero(given.present & ~asked):
        found = ".".join(filter(None, pairs[given.pair[i]]))
        yield problem(given, i, "measure", found, targets[given.pair[i]].expected)

    maxima = np.array([i.maximum for i in plan.inputs])[place["input"]]
    with np.errstate(invalid="ignore"):
        refused = asked & ~np.isnan(given.value) & ~((given.value >= 0) & (given.value <= maxima))
        no_output = ~np.isnan(given.output) & ~((given.output > 0) & (given.output <= FINITE))
    for i in np.flatnonzero(refused):
        top = f" to {maxima[i]:g}" if maxima[i] < FINITE else ""
        yield problem(given, i, "value", f"{given.value[i]:g}", f"a number from 0{top}")
    for i in np.flatnonzero(no_output):
        yield problem(given, i, "output", f"{given.output[i]:g}", "an amount above 0")

    stated = given.present & asked & ~refused
    batch.values[place["input"][stated], given.enterprise[stated]] = given.value[stated]
    put = stated & (place["output"] >= 0) & ~no_output & ~np.isnan(given.output)
    batch.values[place["output"][put], given.enterprise[put]] = given.output[put]
    made = given.present & (place["variant"] >= 0)
    batch.made[place["variant"][made], given.enterprise[made]] = True
    yield from leave_out(batch, given, place)


def leave_out(batch: Batch, given: Readings, place: dict[str, NDArray]) -> Iterator[Problem]:
    """Rows marked as not present: systems with a reason, or variants that are not made."""
    missing = ~given.present
    allowed = missing & (place["absent"] >= 0)
    for i in np.flatnonzero(missing & ~allowed & (place["variant"] < 0)):
        yield problem(given, i, "present", "no", "a value: this row cannot be left out")
    for i in np.flatnonzero(allowed & ~given.reason):
        yield problem(given, i, "reason", "", "why the system is not present")
    for i in np.flatnonzero(missing & ~np.isnan(given.value)):
        yield problem(given, i, "value", f"{given.value[i]:g}", "nothing, as it is not present")
    allowed &= given.reason & np.isnan(given.value)
    batch.absent[place["absent"][allowed], given.enterprise[allowed]] = True


def problem(given: Readings, i: int, column: str, found: str, expected: str) -> Problem:
    return Problem("measurements", int(given.row[i]) + 1, column, found, expected)


def as_numbers(frame: pd.DataFrame, column: str) -> tuple[NDArray[np.float64], list[Problem]]:
    """A column as float64, NaN where empty; text is a problem, never a guess."""
    if column not in frame:
        return np.full(len(frame), np.nan), []
    cells = frame[column]
    if pd.api.types.is_numeric_dtype(cells) and not pd.api.types.is_bool_dtype(cells):
        return cells.to_numpy(np.float64, na_value=np.nan), []
    words = text(frame, column)
    numbers = pd.to_numeric(words.mask(words == ""), errors="coerce").to_numpy(np.float64)
    wrong = np.flatnonzero((words != "").to_numpy() & np.isnan(numbers))
    return numbers, [
        Problem("measurements", int(i) + 1, column, words[i], "a plain number") for i in wrong
    ]


def text(frame: pd.DataFrame, column: str) -> pd.Series:
    """A column as trimmed text; empty where there is none."""
    if column not in frame:
        return pd.Series([""] * len(frame), dtype="str")
    cells = frame[column].reset_index(drop=True)
    return cells.astype("str").mask(cells.isna(), "").str.strip()


def read_measurements(
    frame: pd.DataFrame, names: pd.Series
) -> tuple[Readings, list[tuple[str, str]], list[Problem]]:
    """The table as arrays; `enterprise` is the row of the enterprise table. Rows that name no
    known enterprise, or repeat an earlier row, are problems and left out."""
    enterprise, measure, variant = (text(frame, c) for c in ("enterprise", "measure", "variant"))
    codes, pairs = pd.factorize(pd.MultiIndex.from_arrays([measure, variant]))
    first = names[~names.duplicated() & (names != "")]
    found = pd.Index(first).get_indexer(enterprise)
    rows = np.where(found >= 0, first.index.to_numpy()[found] if len(first) else -1, -1)
    value, problems = as_numbers(frame, "value")
    output, more = as_numbers(frame, "output")
    present = text(frame, "present").str.lower()
    problems += more
    known = {
        "enterprise": (rows >= 0, enterprise, "an enterprise of the first table"),
        "present": (present.isin([*YES_WORDS, *NO_WORDS]).to_numpy(), present, "yes or no"),
    }
    keep = np.ones(len(frame), bool)
    for column, (right, cells, expected) in known.items():
        keep &= right
        problems += [
            Problem("measurements", int(i) + 1, column, cells[i], expected)
            for i in np.flatnonzero(~right)
        ]
    repeated = pd.Series(rows * len(pairs) + codes).duplicated().to_numpy() & keep
    problems += [
        Problem("measurements", int(i) + 1, "measure", measure[i], "each number once")
        for i in np.flatnonzero(repeated)
    ]
    given = Readings(
        np.arange(len(frame)),
        rows,
        codes,
        value,
        output,
        (~present.isin(NO_WORDS)).to_numpy(),
        (text(frame, "reason") != "").to_numpy(),
    )
    return given.part(keep & ~repeated), [tuple(map(str, p)) for p in pairs], problems
