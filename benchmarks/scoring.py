"""How fast is the general scorer? Measured against the same rules written by hand.

    python -m benchmarks.scoring [enterprises, default 1,000,000]

Everything is measured in one run on the same arrays, results are compared first, and times are
given as ratios to hand-written NumPy, because machines differ. The other engines judge steel only
(engines.py); Parquet is read in processes of their own (streaming.py).
"""

import sys
from pathlib import Path
from time import perf_counter

import duckdb
import numpy as np

from benchmarks import engines, streaming
from benchmarks.leader_numpy import verdict as by_hand
from benchmarks.leader_sql import load, query
from waterstats.scoring.compiled import plans
from waterstats.scoring.outcomes import Batch
from waterstats.scoring.plans import Plan
from waterstats.scoring.scenario import example, score_scenario
from waterstats.scoring.scorer import score_batch
from waterstats.standards.rulechecks import VERDICTS
from waterstats.whatif.sweeps import sweep

sys.path.append(str(Path(__file__).parent.parent / "tests"))
from enterprises import random_batch

ROUNDS = 7


def main(n: int) -> None:
    compiled = plans("shandong_leader_2025")
    rng = np.random.default_rng(0)
    batches = {i: random_batch(p, n // len(compiled), rng) for i, p in compiled.items()}
    named = {i: columns(compiled[i], batch) for i, batch in batches.items()}
    defaults = next(iter(compiled.values())).standard.defaults

    def hand() -> list:
        return [by_hand(i, *named[i]) for i in compiled]

    def general(**options) -> list:
        return [score_batch(p, batches[i], **options) for i, p in compiled.items()]

    con = duckdb.connect()
    for i in compiled:
        load(con, i, *named[i])
    queries = {i: query(i) for i in compiled}

    def sql() -> list:
        return [con.execute(text).fetchnumpy()["verdict"] for text in queries.values()]

    for i, by_sql, hands in zip(compiled, sql(), hand(), strict=True):
        assert np.array_equal(by_sql, hands), (i, np.flatnonzero(by_sql != hands))
    for hands, outcome in zip(hand(), general(settled=defaults), strict=True):
        assert np.array_equal(hands, outcome.verdict), np.flatnonzero(hands != outcome.verdict)
    runs = {
        "hand-written NumPy": hand,
        "hand-written DuckDB SQL": sql,
        "scorer, default readings": lambda: general(settled=defaults),
        "scorer, all readings": general,
        "scorer, default readings, every row's state": lambda: general(
            settled=defaults, details=True
        ),
    }
    times = best(runs)
    base = times["hand-written NumPy"]
    print(f"{n:,} mixed enterprises, best of {ROUNDS}, results equal")
    for name, seconds in times.items():
        print(f"  {name:46} {seconds:6.3f} s  {n / seconds / 1e6:6.1f} M/s  {seconds / base:5.2f}x")
    print("one industry at a time, scorer under default readings against hand")
    for i, plan in compiled.items():
        one = best(
            {
                "hand": lambda i=i: by_hand(i, *named[i]),
                "general": lambda i=i, plan=plan: score_batch(plan, batches[i], defaults),
            }
        )
        print(f"  {i:22} {one['general'] / one['hand']:5.2f}x")
    steel = named["steel"]
    quick = {
        "hand-written NumPy": lambda: by_hand("steel", *steel),
        "hand-written DuckDB SQL": lambda: con.execute(queries["steel"]).fetchnumpy()["verdict"],
        "scorer, default readings": lambda: (
            score_batch(compiled["steel"], batches["steel"], defaults).verdict
        ),
    }
    engines.run(steel, quick)
    single(compiled, batches)
    outcomes = general(settled=defaults)
    counts = sum(np.bincount(o.verdict, minlength=len(VERDICTS)) for o in outcomes)
    streaming.run(compiled, batches, counts)


def single(compiled: dict[str, Plan], batches: dict[str, Batch]) -> None:
    """One enterprise with every row's state under all readings; a sweep of 101 x 101."""
    standard = next(iter(compiled.values())).standard
    forms = [example(standard, case) for case in standard.cases]
    times = best({i: lambda f=form: score_scenario(f) for i, form in enumerate(forms)})
    words = 1000 * max(times.values())
    print(f"one enterprise, words to verdict, all readings: at most {words:.2f} ms of {len(times)}")
    alone = {i: batch.part(slice(0, 1)) for i, batch in batches.items()}
    times = best(
        {i: lambda i=i: score_batch(compiled[i], alone[i], details=True) for i in compiled}
    )
    slowest = max(times, key=times.get)
    print(f"  of it from codes: at most {1000 * times[slowest]:.2f} ms ({slowest})")
    steps = np.linspace(0, 100, 101)
    times = best(
        {i: lambda i=i: sweep(compiled[i], alone[i], (1, steps), (2, steps)) for i in compiled}
    )
    slowest = max(times, key=times.get)
    print(f"sweep of 101 x 101, all readings: at most {times[slowest]:.4f} s ({slowest})")


def best(runs: dict) -> dict[str, float]:
    """The fastest of several interleaved rounds of each, seconds."""
    times = dict.fromkeys(runs, float("inf"))
    for _ in range(ROUNDS):
        for name, run in runs.items():
            start = perf_counter()
            run()
            times[name] = min(times[name], perf_counter() - start)
    return times


def columns(plan: Plan, batch: Batch) -> tuple:
    """The batch under names, as somebody writing for one standard would hold it; views, no copy."""
    x = {
        f"{asked.measure}.{asked.variant}".rstrip("."): row
        for asked, row in zip(plan.inputs, batch.values, strict=True)
    }
    made = {v.id: row for v, row in zip(plan.variants, batch.made, strict=False)}
    absent = dict(zip(plan.absences, batch.absent, strict=True))
    return batch.answers, x, made, absent


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
