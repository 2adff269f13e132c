"""A million simulated sites: the pages' analyses against hand-written SQL for the same numbers.

Both run in turn on the same rows, so that a noisy machine disturbs both alike. The SQL runs on a
DuckDB table of its own. Budget: within three times of it.
"""

import statistics
import time
from collections.abc import Callable

import duckdb
import pandas as pd

from waterstats import store
from waterstats.analyses.distribution import counts, within
from waterstats.analyses.holders import holders
from waterstats.analyses.outlook import expiries
from waterstats.analyses.portrait import counted
from waterstats.registries.columns import recognised
from waterstats.registries.opening import open_table
from waterstats.registries.reading import read_registry
from waterstats.registries.simulate import simulate, to_parquet
from waterstats.registries.vocabulary import vocabulary

ROUNDS = 7
PARTS = {
    "sites by country": (
        lambda s: counts(s, ["country"]),
        "select country, count(*) from s group by 1",
    ),
    "sites by level": (lambda s: counts(s, ["level"]), "select level, count(*) from s group by 1"),
    "sites by sector": (
        lambda s: counts(s, ["sector"]),
        "select sector, count(*) from s group by 1",
    ),
    "levels within countries": (
        lambda s: within(s, ["country"], ["level"]),
        "select country, level, count(*), sum(count(*)) over (partition by country)"
        " from s group by 1, 2",
    ),
    "expiry by quarter and level": (
        lambda s: expiries(s, ["level"]),
        "select date_trunc('quarter', valid_until), level, count(*) from s group by 1, 2",
    ),
    "holders": (
        holders,
        "select holder, count(*), count(distinct country), count(*) filter (level <> 'core'),"
        " min(valid_until) from s group by 1",
    ),
    "the whole portrait": (
        lambda s: counted(s, "upload_1"),
        """select continent, count(*) from s group by 1;
        select country, count(*) from s group by 1;
        select province, count(*) from s where side = 'CHN' group by 1;
        select side, industry, count(*) from s group by 1, 2;
        select side, level, count(*) from s group by 1, 2""",
    ),
}


def _answers(connection: duckdb.DuckDBPyConnection, queries: list[str]) -> list[list]:
    return [connection.execute(query).fetchall() for query in queries]


def _seconds(work: Callable, *arguments: object) -> float:
    start = time.perf_counter()
    work(*arguments)
    return time.perf_counter() - start


def registry(number: int) -> tuple[pd.DataFrame, float, float]:
    """A simulated registry as a visitor's upload gives it; seconds to simulate and to read it."""
    with store.connect(store.build()) as connection:
        names = ("place", "industry", "level", "holder", "site_described")
        tables = {name: store.read(connection, name) for name in names}
    start = time.perf_counter()
    made = simulate(tables["site_described"], tables["industry"], number, 1, "2026-06-08")
    simulated, content = time.perf_counter() - start, to_parquet(made)
    words = vocabulary(*(tables[name] for name in names[:4]))
    start = time.perf_counter()
    table, _ = open_table("simulated.parquet", content)
    sites = read_registry(table, recognised(table.headings), words, "upload_1").sites
    return sites, simulated, time.perf_counter() - start


def run(number: int = 1_000_000) -> None:
    """Print each analysis as a ratio to its SQL, and what simulating and reading took."""
    sites, simulated, read = registry(number)
    print(f"registry of {number:,}: simulated in {simulated:.1f} s, read in {read:.1f} s")
    print(f"  in memory: {sites.memory_usage(deep=True).sum() / 2**20:.0f} MiB")
    with duckdb.connect() as connection:
        plain = sites.astype({c: "str" for c in sites if sites[c].dtype == "category"})
        connection.register("plain", plain)
        connection.execute("create table s as select * from plain")
        for name, (analysis, sql) in PARTS.items():
            queries = sql.split(";")
            ours, theirs = [], []
            for _ in range(ROUNDS):
                ours.append(_seconds(analysis, sites))
                theirs.append(_seconds(_answers, connection, queries))
            own, base = statistics.median(ours), statistics.median(theirs)
            print(f"  {name}: {own / base:.2f} x SQL ({1e3 * own:.0f} / {1e3 * base:.0f} ms)")


if __name__ == "__main__":
    run()
