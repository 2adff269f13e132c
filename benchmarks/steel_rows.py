"""The steel rules for one enterprise at a time: a pandas row function, and a rule engine (zen).

Columns as in leader_sql.load: a0 … a46, the numbers by name, absent_*. Only the verdict.
"""

import json
from collections.abc import Iterator

import numpy as np
import pandas as pd

from benchmarks.leader_numpy import FOUR, REST, SITE

WORTH = [(i, worth) for rows, worth in (*FOUR, *REST) for i in range(rows.start, rows.stop)]


def frame(answers, x, absent) -> pd.DataFrame:
    columns = {f"a{i}": row for i, row in enumerate(answers)} | x
    return pd.DataFrame(columns | {f"absent_{name}": row for name, row in absent.items()})


def verdict(row: pd.Series) -> int:
    """For `frame.apply(verdict, axis=1)`."""
    veto = any(row[f"a{i}"] == 2 for i in range(7))
    open_ = any(row[f"a{i}"] not in ((1, 2, 3) if i == 5 else (1, 2)) for i in range(7))
    low = high = 0
    for i, worth in WORTH:
        low += worth if row[f"a{i}"] == 1 else 0
        high += worth if row[f"a{i}"] != 2 else 0
    bonus = (row["a44"] == 1) + (row["a45"] == 1) + {4: 1, 5: 2}.get(row["a46"], 0)
    low += bonus - (3 if row["a43"] != 2 else 0)
    high += bonus - (3 if row["a43"] == 1 else 0)
    veto = veto or 0 <= row["annual_withdrawal"] < 100000
    open_ = open_ or low < 48 or not 0 <= row["annual_withdrawal"] < np.inf
    failed = False
    for column, op, limit, maximum, system in SITE["steel"]:
        value = row[column]
        if not 0 <= value <= maximum:
            open_ = open_ or not (system and row[f"absent_{column}"] and np.isnan(value))
        elif value > limit if op == "<=" else value < limit:
            if column == "unit_withdrawal":
                veto = True
            else:
                failed = True
    return 0 if veto else 1 if high < 48 else 2 if failed else 3 if open_ else 4


def contexts(table: pd.DataFrame) -> list[dict]:
    """Rows as the JSON an engine takes: NaN is null, an infinite number -1, as impossible."""
    known = table.replace([np.inf, -np.inf], -1.0)
    return known.astype(object).where(known.notna(), None).to_dict("records")


def expressions() -> Iterator[tuple[str, str]]:
    """The rules in the engine's language; `$` is what earlier expressions gave."""
    yield "veto_answer", " or ".join(f"a{i} == 2" for i in range(7))
    plain = " and ".join(f"a{i} in [1, 2]" for i in range(7) if i != 5)
    yield "vetoes_decided", f"{plain} and a5 in [1, 2, 3]"
    bonus = "(a44 == 1 ? 1 : 0) + (a45 == 1 ? 1 : 0) + (a46 == 4 ? 1 : a46 == 5 ? 2 : 0)"
    low = " + ".join(f"(a{i} == 1 ? {worth} : 0)" for i, worth in WORTH)
    high = " + ".join(f"(a{i} == 2 ? 0 : {worth})" for i, worth in WORTH)
    yield "low", f"{low} + {bonus} - (a43 == 2 ? 0 : 3)"
    yield "high", f"{high} + {bonus} - (a43 == 1 ? 3 : 0)"
    size = "annual_withdrawal"
    yield "small", f"{size} != null and {size} >= 0 and {size} < 100000"
    yield "sized", f"{size} != null and {size} >= 0"
    bad, done = [], []
    for column, op, limit, maximum, system in SITE["steel"]:
        top = f" and {column} <= {maximum}" if maximum == 100 else ""
        known = f"({column} != null and {column} >= 0{top})"
        skip = f" or (absent_{column} and {column} == null)" if system else ""
        done.append(f"({known}{skip})")
        wrong = f"({known} and {column} {'>' if op == '<=' else '<'} {limit})"
        if column == "unit_withdrawal":
            yield "too_much", wrong
        else:
            bad.append(wrong)
    yield "failed", " or ".join(bad)
    yield "decided", " and ".join(["$.vetoes_decided", "$.sized", "$.low >= 48", *done])
    vetoed = "$.veto_answer or $.small or $.too_much"
    yield "verdict", f"{vetoed} ? 0 : $.high < 48 ? 1 : $.failed ? 2 : $.decided ? 4 : 3"


def decision() -> str:
    """A decision (JDM) with one node of expressions, as its editor would save it."""
    content = [{"id": key, "key": key, "value": value} for key, value in expressions()]
    place = {"position": {"x": 0, "y": 0}}
    nodes = [
        {"id": "in", "name": "in", "type": "inputNode", **place},
        {
            "id": "rules",
            "name": "rules",
            "type": "expressionNode",
            "content": {"expressions": content},
            **place,
        },
        {"id": "out", "name": "out", "type": "outputNode", **place},
    ]
    edges = [
        {"id": "1", "sourceId": "in", "targetId": "rules", "type": "edge"},
        {"id": "2", "sourceId": "rules", "targetId": "out", "type": "edge"},
    ]
    return json.dumps({"nodes": nodes, "edges": edges})
