"""The long table of numbers poured into batches: one row per enterprise, measure and variant."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from waterstats.problems import NOTHING, Problem, suggestion
from waterstats.scoring.outcomes import Batch
from waterstats.scoring.plans import FINITE, Plan
from waterstats.standards.limits import Limit, Words

NO_WORDS = ("no", "n", "false", "0", "0.0", "否", "无")
YES_WORDS = ("", "yes", "y", "true", "1", "1.0", "是", "有")


@dataclass(frozen=True)
class Target:
    """Where a (measure, variant) goes in the arrays of an industry; -1 for nowhere."""

    input: int = -1
    output: int = -1
    variant: int = -1
    absent: int = -1
    expected: Words = NOTHING
    near: Words = NOTHING


def target(plan: Plan, measure: str, variant: str) -> Target:
    """Find the place of a pair; a limit may be named by its own id instead of measure and variant.
    `expected` says what is wrong where there is no place for a value."""
    limit = plan.standard.by_id.get(measure)
    if isinstance(limit, Limit) and limit.industry in (plan.industry, ""):
        keep = any(i.measure == limit.measure and i.variant for i in plan.inputs)
        measure, variant = limit.measure, limit.variant if keep else ""
    keys = {(i.measure, i.variant): position for position, i in enumerate(plan.inputs)}
    declared = {v.id: v.label for v in plan.variants[: plan.declared]}
    absent = plan.absences.index(measure) if measure in plan.absences else -1
    if variant and variant not in declared:
        expected = listed(plan, "的产品或路线", "a variant of", declared)
        return Target(expected=expected, near=suggestion(variant, declared))
    place = list(declared).index(variant) if variant else -1
    if (measure, variant) in keys:
        return Target(keys[measure, variant], keys.get(("output", variant), -1), place, absent)
    asked = {v: declared.get(v, NOTHING) for m, v in keys if m == measure}
    if not asked:
        known = {m: plan.standard.by_id[m].label for m, _ in keys}
        expected = listed(plan, "所填的指标", "a number asked of", known)
        return Target(
            absent=absent, variant=place, expected=expected, near=suggestion(measure, known)
        )
    if variant:
        words = "不分产品：全厂填一个数", f"no variant: {measure} is asked once per site"
    else:
        names = "、".join(w.zh for w in asked.values())
        words = f"分产品填写：{names}", f"a variant: {', '.join(asked)}"
    return Target(absent=absent, variant=place, expected=Words(*words))


def listed(plan: Plan, zh: str, en: str, known: dict[str, Words]) -> Words:
    """What an industry knows, as an expectation."""
    names = "、".join(w.zh for w in known.values()) or "无"
    ids = ", ".join(known) or "none"
    return Words(
        f"{plan.label.zh}{zh}：{names}", f"{en} {plan.industry or plan.standard.id}: {ids}"
    )


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
        wrong = targets[given.pair[i]]
        column = "variant" if pairs[given.pair[i]][1] and wrong.variant < 0 else "measure"
        yield problem(given, i, column, found, wrong.expected, wrong.near)

    maxima = np.array([i.maximum for i in plan.inputs])[place["input"]]
    with np.errstate(invalid="ignore"):
        refused = asked & ~np.isnan(given.value) & ~((given.value >= 0) & (given.value <= maxima))
        no_output = ~np.isnan(given.output) & ~((given.output > 0) & (given.output <= FINITE))
    for i in np.flatnonzero(refused):
        top = f"{maxima[i]:g}" if maxima[i] < FINITE else ""
        expected = Words(
            f"0到{top}的数" if top else "不小于0的数", f"a number from 0{top and f' to {top}'}"
        )
        yield problem(given, i, "value", f"{given.value[i]:g}", expected)
    for i in np.flatnonzero(no_output):
        expected = Words("大于0的产量", "an amount above 0")
        yield problem(given, i, "output", f"{given.output[i]:g}", expected)

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
        expected = Words("一个数：此项不能没有", "a value: this row cannot be left out")
        yield problem(given, i, "present", "no", expected)
    for i in np.flatnonzero(allowed & ~given.reason):
        expected = Words("没有该系统的原因", "why the system is not present")
        yield problem(given, i, "reason", "", expected)
    for i in np.flatnonzero(missing & ~np.isnan(given.value)):
        expected = Words("空格，因为没有该系统", "nothing, as it is not present")
        yield problem(given, i, "value", f"{given.value[i]:g}", expected)
    allowed &= given.reason & np.isnan(given.value)
    batch.absent[place["absent"][allowed], given.enterprise[allowed]] = True


def problem(
    given: Readings, i: int, column: str, found: str, expected: Words, near: Words = NOTHING
) -> Problem:
    return Problem("measurements", int(given.row[i]) + 1, column, found, expected, near)


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
    expected = Words("一个普通的数", "a plain number")
    return numbers, [Problem("measurements", int(i) + 1, column, words[i], expected) for i in wrong]


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
        "enterprise": (
            rows >= 0,
            enterprise,
            Words("企业表里的企业", "an enterprise of the first table"),
        ),
        "present": (
            present.isin([*YES_WORDS, *NO_WORDS]).to_numpy(),
            present,
            Words("有或无", "yes or no"),
        ),
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
        Problem(
            "measurements",
            int(i) + 1,
            "measure",
            measure[i],
            Words("每个数只有一行", "each number once"),
        )
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
