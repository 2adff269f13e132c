"""How long does a portfolio of sites take under the AWS Standard, as codes and as a table?

    python -m benchmarks.portfolio [sites, default 100,000]

The same sites are scored as a batch, with every row's state, and through `waterstats.score` from a
table of words; the results are compared first.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd

import waterstats
from benchmarks.timing import fastest
from waterstats.scoring.batches import expected_answers
from waterstats.scoring.compiled import plans
from waterstats.scoring.outcomes import Batch
from waterstats.scoring.plans import Plan
from waterstats.scoring.scorer import score_batch
from waterstats.standards.rulechecks import VERDICTS

sys.path.append(str(Path(__file__).parent.parent / "tests"))
from enterprises import random_batch

STANDARD = "aws_v2"
ROUNDS = 3


def main(n: int) -> None:
    plan = plans(STANDARD)[""]
    batch = random_batch(plan, n, np.random.default_rng(0))
    table = words(plan, batch)
    outcome = score_batch(plan, batch)
    frame = waterstats.score(STANDARD, table)
    assert (frame["verdict"].to_numpy() == np.array(VERDICTS, object)[outcome.verdict]).all()
    assert np.array_equal(frame["points_low"], outcome.low.sum(axis=0) / plan.scale)
    runs = {
        "score_batch": lambda: score_batch(plan, batch),
        "score_batch, every row's state": lambda: score_batch(plan, batch, details=True),
        "waterstats.score, a table of words": lambda: waterstats.score(STANDARD, table),
    }
    print(f"{n:,} sites, {len(plan.asked)} indicators each, best of {ROUNDS}, results equal")
    for name, run in runs.items():
        print(f"  {name:36} {fastest(run, ROUNDS):7.3f} s")


def words(plan: Plan, batch: Batch) -> pd.DataFrame:
    """The answers in words, as a table of sites; a code that means nothing is left empty."""
    columns: dict[str, object] = {"enterprise": [f"site {i}" for i in range(len(batch))]}
    for clause, codes in zip(plan.asked, batch.answers, strict=True):
        meaning = np.full(256, "", object)
        for word in expected_answers(clause):
            meaning[plan.answer_code(clause, word)] = word
        columns[clause.id] = meaning[codes]
        if clause.may_be_not_applicable:
            columns[f"{clause.id}_reason"] = "the condition does not hold"
    return pd.DataFrame(columns)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
