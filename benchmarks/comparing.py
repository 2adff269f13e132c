"""Comparing a million sites: the counts of the compare page against hand-written SQL.

The sites are the directory's rows drawn again with a fixed seed: as many as asked for, with the
directory's margins, and no statement about any real site. Counts are compared before times.
Budget: within 3 times the SQL.
"""

import sys

import duckdb
import numpy as np
import pandas as pd

from benchmarks.timing import fastest
from waterstats import store
from waterstats.analyses.association import linked
from waterstats.analyses.comparison import REST, differences, shares, table, tally
from waterstats.analyses.moved import changes
from waterstats.analyses.standardised import standardised
from waterstats.widgets.statistics.comparing import STRATA

ROUNDS = 5
LEVELS = ["core", "gold", "platinum"]
BY_HAND = """
    select country as "group", industry, certificate_type, level, count(*) as sites
    from many where country is not null and level is not null group by all
"""


def main(n: int) -> None:
    """Print the time of the counts on DuckDB and pandas, of the statistics, and of a join."""
    sites = drawn(n)
    with duckdb.connect() as connection:
        connection.register("incoming", sites)
        connection.execute("create table many as select * from incoming")
        relation = connection.table("many")

        def by_hand() -> pd.DataFrame:
            return connection.execute(BY_HAND).df()

        runs = {
            "hand-written SQL, counts to pandas": by_hand,
            "tally of a DuckDB relation": lambda: tally(relation, "country", STRATA),
            "tally of a pandas frame, as on the page": lambda: tally(sites, "country", STRATA),
        }
        keys = ["group", *STRATA, "level"]
        expected = by_hand().sort_values(keys, ignore_index=True)
        print(f"{n:,} sites, best of {ROUNDS}, counts equal")
        base = None
        for name, run in runs.items():
            found = run()
            if len(found) == len(expected):
                found = found.sort_values(keys, ignore_index=True).astype(expected.dtypes)
            assert found.equals(expected), name
            seconds = fastest(run, ROUNDS)
            base = base or seconds
            print(f"  {name:42} {1e3 * seconds:8.1f} ms {seconds / base:6.2f} x")
    seconds = fastest(lambda: statistics(expected), ROUNDS)
    print(f"  {'all statistics from those counts':42} {1e3 * seconds:8.1f} ms")
    seconds = fastest(lambda: changes(sites, sites), ROUNDS)
    print(f"  {'changes between two such registries':42} {1e3 * seconds:8.1f} ms")


def statistics(tallied: pd.DataFrame) -> None:
    counts = table(tallied, ["CHN", REST], LEVELS)
    china = tallied["group"] == "CHN"
    shares(counts), differences(counts), linked(counts)
    standardised(tallied[china], tallied[~china], "industry", ["gold"])


def drawn(n: int, seed: int = 1) -> pd.DataFrame:
    """The directory's rows drawn n times, each with a number of its own."""
    with store.connect() as connection:
        rows = store.read(connection, "site_described")
    many = rows.sample(n, replace=True, random_state=seed, ignore_index=True)
    return many.assign(registration_no=np.char.mod("S-%08d", np.arange(n)))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
