"""The Shandong leader rules written by hand in DuckDB SQL: one table and one query per industry.

Literal limits, no states of rows, default readings, only the verdict; missing is NULL, so every
condition says what NULL means. The limits are those typed out in leader_numpy.py.
"""

import duckdb
import numpy as np
import pandas as pd

from benchmarks.leader_numpy import (
    ETHYLENE,
    FOUR,
    INF,
    PAPERS,
    PRODUCTS,
    PULPS,
    REST,
    SITE,
    UNLISTED,
    percent,
)


def load(con: duckdb.DuckDBPyConnection, industry: str, answers, x, made, absent) -> None:
    """A table of one industry: answers a0.., numbers, made_*, absent_*; NaN becomes NULL."""
    columns = {f"a{i}": row for i, row in enumerate(answers)}
    columns |= {name.replace(".", "__"): row for name, row in x.items()}
    columns |= {f"made_{name}": row for name, row in made.items()}
    columns |= {f"absent_{name}": row for name, row in absent.items()}
    frame = pd.DataFrame(columns)
    names = [
        f"CASE WHEN isnan({c}) THEN NULL ELSE {c} END AS {c}" if v.dtype == np.float64 else c
        for c, v in columns.items()
    ]
    con.register("frame", frame)
    con.execute(f"CREATE TABLE {industry} AS SELECT {', '.join(names)} FROM frame")
    con.unregister("frame")


def points(code: int, parts: list) -> str:
    """The points of the sub-items that are answered with a code."""
    sums = (
        f"{worth} * ({' + '.join(f'(a{i} = {code})::INT' for i in range(rows.start, rows.stop))})"
        for rows, worth in parts
    )
    return " + ".join(sums)


def query(industry: str) -> str:
    """The verdict of every enterprise of an industry, 0 not eligible to 4 meets."""
    strict = industry in (
        "chlor_alkali",
        "nitrogen_fertiliser",
        "coal_chemicals",
        "filament_weaving",
        "shipbuilding",
    )
    veto = [f"a{i} = 2" for i in range(7)] + ["annual_withdrawal BETWEEN 0 AND 99999.9999999"]
    open_ = [f"a{i} NOT IN (1, 2)" for i in range(7) if i != 5] + ["a5 NOT IN (1, 2, 3)"]
    open_.append(f"NOT coalesce(annual_withdrawal BETWEEN 0 AND {INF}, false)")
    failed: list[str] = []
    for column, op, limit, maximum, system in site_rows(industry):
        good, bad = compare(column, op, limit, maximum)
        (veto if column == "unit_withdrawal" else failed).append(f"coalesce({bad}, false)")
        undecided = f"NOT coalesce({good} OR {bad}, false)"
        if system:
            undecided += f" AND NOT (absent_{column} AND {column} IS NULL)"
        open_.append(any_made(industry, undecided, column))
    if industry == "alumina":
        failed = [f"({condition}) AND {made_any(PRODUCTS['alumina'])}" for condition in failed]
    if industry in PRODUCTS:
        pool(industry, PRODUCTS[industry], "unit_withdrawal", "shared_withdrawal", veto, open_)
    if industry == "ethylene":
        pool(industry, ETHYLENE, "chemical_water_factor", "shared_chemical_feed", failed, open_)
    if industry == "coking":
        applies = made_any(["conventional_oven", "semi_coke_oven"])
        failed.append(f"{applies} AND coalesce(reuse_rate >= 0 AND reuse_rate < 98, false)")
        open_.append(f"{applies} AND NOT coalesce(reuse_rate BETWEEN 0 AND 100, false)")
    if industry == "paper":
        pulp, paper = made_any([*PULPS, "other_pulp"]), made_any([*PAPERS, "other_paper"])
        bound = f"CASE WHEN NOT {pulp} THEN 88 WHEN {paper} THEN 90 ELSE 75 END"
        some = f"({pulp} OR {paper})"
        failed.append(f"{some} AND coalesce(reuse_rate >= 0 AND reuse_rate < {bound}, false)")
        open_.append(f"NOT {some} OR NOT coalesce(reuse_rate BETWEEN 0 AND 100, false)")
    any_of = {
        name: " OR ".join(f"({condition})" for condition in conditions) or "false"
        for name, conditions in (("veto", veto), ("failed", failed), ("open_", open_))
    }
    minimum = 52 if strict else 48
    below, undecided = f"high < {minimum}", f"low < {minimum}"
    if strict:
        below, undecided = f"{below} OR four_high < 34", f"{undecided} OR four_low < 34"
    return f"""
        SELECT CASE WHEN {any_of["veto"]} THEN 0 WHEN {below} THEN 1 WHEN {any_of["failed"]} THEN 2
            WHEN {any_of["open_"]} OR {undecided} THEN 3 ELSE 4 END::UTINYINT AS verdict
        FROM (
            SELECT *, four_low + {points(1, REST)} + bonus - 3 * (a43 <> 2)::INT AS low,
                four_high + 23 - ({points(2, REST)}) + bonus - 3 * (a43 = 1)::INT AS high
            FROM (
                SELECT *, {points(1, FOUR)} AS four_low, 37 - ({points(2, FOUR)}) AS four_high,
                    (a44 = 1)::INT + (a45 = 1)::INT + (a46 = 4)::INT + 2 * (a46 = 5)::INT AS bonus
                FROM {industry}))
    """


def site_rows(industry: str) -> list:
    if industry == "alumina":
        return [
            percent("wastewater_reuse_rate", ">=", 98),
            percent("reuse_rate", ">=", 98, False),
            percent("leakage_rate", "<=", 1, False),
        ]
    return SITE[industry]


def any_made(industry: str, undecided: str, column: str) -> str:
    """In the alumina table every row hangs on a route; without a route it is undecided too."""
    if industry != "alumina":
        return undecided
    skipped = f"absent_{column} AND {column} IS NULL" if column.startswith("waste") else "false"
    return f"({undecided}) OR (NOT {made_any(PRODUCTS['alumina'])} AND NOT ({skipped}))"


def made_any(names) -> str:
    return f"({' OR '.join(f'made_{name}' for name in names)})"


def compare(column: str, op: str, limit: float, maximum: float) -> tuple[str, str]:
    if column == "concentration_ratio":
        share = "CASE WHEN reclaimed_share BETWEEN 0 AND 100 THEN reclaimed_share ELSE 0 END"
        limit = f"round({limit} - floor(({share}) / 10) / 10, 9)"
    if op == "<=":
        return f"{column} BETWEEN 0 AND {limit}", f"({column} > {limit} AND {column} <= {maximum})"
    if op == ">=":
        return f"{column} BETWEEN {limit} AND {maximum}", f"({column} >= 0 AND {column} < {limit})"
    return f"{column} = {limit}", f"({column} >= 0 AND {column} < {limit})"


def pool(industry: str, limits: dict, measure: str, meter: str, bad: list, open_: list) -> None:
    """Products on their own meters; those without a value together on the shared one."""
    allowed, outputs, here, own_bad, own_open = [], [], [], [], []
    skip = "absent_chemical_water_factor" if industry == "ethylene" else "false"
    for product, limit in limits.items():
        value = f"{measure}__{product}"
        if product in PULPS:
            board = f"board_share__{product}"
            share = f"CASE WHEN {board} BETWEEN 0 AND 100 THEN {board} ELSE 0 END"
            limit = f"round({limit} + 3 * ({share}) / 100, 9)"
        own_bad.append(
            f"made_{product} AND coalesce({value} > {limit} AND {value} <= {INF}, false)"
        )
        broken = f"coalesce({value} < 0 OR {value} > {INF}, false)"
        own_open.append(f"made_{product} AND {broken}")
        on_meter = f"(made_{product} AND {value} IS NULL AND NOT {skip})"
        here.append(on_meter)
        output = f"output__{product}"
        usable = f"coalesce({output} > 0 AND {output} <= {INF}, false)"
        outputs.append(f"({on_meter} AND NOT {usable})")
        allowed.append(f"CASE WHEN {on_meter} AND {usable} THEN {limit} * {output} ELSE 0 END")
    for product in UNLISTED.get(industry, ()):
        outputs.append(f"(made_{product} AND {measure}__{product} IS NULL)")
    some = " OR ".join(here)
    unknown = f"(NOT coalesce({meter} BETWEEN 0 AND {INF}, false) OR {' OR '.join(outputs)})"
    over = f"(({some}) AND NOT {unknown} AND {meter} > round({' + '.join(allowed)}, 6))"
    listed = made_any(limits)
    nothing = f"NOT {listed}"
    if industry == "ethylene":
        values = " AND ".join(f"{measure}__{product} IS NULL" for product in limits)
        nothing += f" AND NOT ({skip} AND {values})"
    conditions = [*own_bad, over]
    undecided = [*own_open, f"(({some}) AND {unknown})", nothing]
    if industry == "aluminium":
        plant = "plant_unit_withdrawal__deep_gas_cleaning"
        deep = "made_deep_gas_cleaning"
        conditions = [f"NOT {deep} AND ({c})" for c in conditions]
        conditions.append(f"{deep} AND coalesce({plant} > 2 AND {plant} <= {INF}, false)")
        undecided = [f"NOT {deep} AND ({c})" for c in undecided]
        undecided.append(f"{deep} AND NOT coalesce({plant} BETWEEN 0 AND {INF}, false)")
    bad.extend(conditions)
    open_.extend(undecided)
