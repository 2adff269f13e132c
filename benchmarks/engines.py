"""The same steel enterprises through what people use today for rules like these.

Steel only: writing all fifteen industries out three more times would prove nothing new. Verdicts
are compared before times. What works row by row judges a sample; its time is given per enterprise.
zen-engine and openfisca-core are no dependencies: without them their lines say "skipped".
"""

import importlib
from collections.abc import Callable

import numpy as np

from benchmarks import steel_rows
from benchmarks.leader_numpy import SITE
from benchmarks.leader_numpy import verdict as by_hand
from benchmarks.timing import fastest

SAMPLE = 5_000
ROUNDS = 5


def run(named: tuple, quick: dict[str, Callable]) -> None:
    """named: the steel enterprises as scoring.columns gives them. quick: functions without
    arguments that judge all of them as arrays; the first is the base of the ratios."""
    n = named[0].shape[1]
    hard = near_the_gate(named)
    expected = by_hand("steel", *hard)
    assert set(expected) == {0, 1, 2, 3, 4}, "the hard cases should end in every verdict"
    for name, (_, judge) in others(hard).items():
        assert np.array_equal(judge(), expected), name
    runs = {name: (n, judge) for name, judge in quick.items()} | others(named)
    base = next(iter(quick))
    expected = quick[base]()
    print(f"{n:,} steel enterprises, best of {ROUNDS}, verdicts equal; * a sample of {SAMPLE:,}")
    per_enterprise = {}
    for name, (size, judge) in runs.items():
        assert np.array_equal(judge(), expected[:size]), name
        per_enterprise[name] = fastest(judge, ROUNDS) / size
        note = "*" if size < n else " "
        microseconds = 1e6 * per_enterprise[name]
        ratio = per_enterprise[name] / per_enterprise[base]
        print(f"  {name:46}{note}{microseconds:10.3f} µs each {ratio:10,.1f}x")


def near_the_gate(named: tuple, seed: int = 1) -> tuple:
    """Some of the enterprises with points about the gate of 48, and little else in the way."""
    rng = np.random.default_rng(seed)
    n = min(SAMPLE, named[0].shape[1])
    answers = named[0][:, :n].copy()
    answers[:7] = np.where(rng.random((7, n)) < 0.02, rng.integers(0, 4, (7, n)), 1)
    answers[7:43] = rng.choice([0, 1, 2], (36, n), p=[0.05, 0.8, 0.15])
    x = {column: row[:n].copy() for column, row in named[1].items()}
    x["annual_withdrawal"][:] = rng.choice([99999, 1e5, 1e6], n, p=[0.1, 0.45, 0.45])
    for column, _, limit, *_ in SITE["steel"]:
        x[column] = np.where(rng.random(n) < 0.9, limit, x[column])
    made, absent = ({key: row[:n] for key, row in part.items()} for part in named[2:])
    return answers, x, made, absent


def others(named: tuple) -> dict[str, tuple[int, Callable]]:
    """What each judges, and how many of the enterprises."""
    answers, x, _, absent = named
    sample = steel_rows.frame(answers, x, absent).iloc[:SAMPLE]
    runs = {
        "pandas, a row at a time": (
            len(sample),
            lambda: sample.apply(steel_rows.verdict, axis=1).to_numpy(),
        ),
        "the same function, a dict at a time": (
            len(sample),
            lambda: [steel_rows.verdict(row) for row in sample.to_dict("records")],
        ),
    }
    runs |= optional("zen", lambda zen: zen_runs(zen, sample))
    return runs | optional("benchmarks.steel_openfisca", lambda own: fisca_runs(own, named))


def optional(module: str, runs: Callable) -> dict:
    try:
        return runs(importlib.import_module(module))
    except ImportError as error:
        print(f"skipped: {error}")
        return {}


def zen_runs(zen, sample) -> dict:
    """Through a loader that gives the content compiled; the JSON of the rows is made before."""
    content = zen.ZenDecisionContent(steel_rows.decision())
    engine = zen.ZenEngine({"loader": lambda _: content})
    rows = steel_rows.contexts(sample)

    def one_by_one() -> list[int]:
        return [engine.evaluate("steel", row)["result"]["verdict"] for row in rows]

    def at_once() -> list[int]:
        found = engine.evaluate_batch([{"key": "steel", "context": row} for row in rows])
        return [one["data"]["result"]["verdict"] for one in found]

    return {
        "zen-engine, evaluate": (len(rows), one_by_one),
        "zen-engine, evaluate_batch": (len(rows), at_once),
    }


def fisca_runs(module, named: tuple) -> dict:
    """Filling the simulation with the arrays counts, since a calculated one remembers."""
    answers, x, _, absent = named
    system = module.rules()
    n = answers.shape[1]
    return {"OpenFisca-core": (n, lambda: module.judge(system, answers, x, absent))}
