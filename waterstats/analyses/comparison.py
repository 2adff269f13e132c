"""Groups of sites put side by side: how their levels divide, and how different they are.

Counts come from one pass over the sites (`tally`); everything else works on that small frame.
The statistics are those of statsmodels and SciPy.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations

import narwhals.stable.v2 as nw
import pandas as pd
from narwhals.stable.v2.typing import IntoFrame, IntoFrameT
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from waterstats.analyses.association import linked

CONFIDENCE = 0.95
REST = "rest"
OUTCOMES = {
    "core": ("core",),
    "gold": ("gold",),
    "platinum": ("platinum",),
    "high": ("gold", "platinum"),
}


def tally(sites: IntoFrame, by: str, strata: Sequence[str] = ()) -> pd.DataFrame:
    """How many sites each group has at each level, in one pass over the sites.

    Parameters
    ----------
    sites : any frame Narwhals knows, with columns `by`, `strata` and level; `by` may be "year",
        the year of date_issued
    strata : columns to keep apart, for standardising

    Returns group, `strata`, level, sites [sites]. Sites without a group or level belong to none
    and are left out; a stratum may be missing.
    """
    frame = nw.from_native(sites)
    if by == "year":
        frame = frame.with_columns(year=nw.col("date_issued").dt.year().cast(nw.String))
    keys = list(dict.fromkeys([by, *strata, "level"]))
    counted = frame.drop_nulls([by, "level"]).group_by(*keys).agg(sites=nw.len())
    counted = counted.with_columns(group=nw.col(by)).select("group", *strata, "level", "sites")
    rows = counted.lazy().collect("pandas").to_native()
    return rows.sort_values([c for c in rows if c != "sites"], ignore_index=True)


def certificates(sites: IntoFrameT, by: str) -> IntoFrameT:
    """Sites with each group or multi-site certificate kept once in every group of `by`.

    Rows that share certificate name and date of issue form one certificate; their sites got
    their level together, so they are not as many separate decisions.
    """
    frame = nw.from_native(sites)
    single = nw.col("certificate_type") == "single"
    own = "date_issued" if by == "year" else by
    keys = list(dict.fromkeys(["certificate_name", "date_issued", "level", own]))
    shared = frame.filter(~single).unique(subset=keys, keep="any")
    return nw.concat([frame.filter(single), shared]).to_native()


def table(tallied: pd.DataFrame, groups: Sequence[str], levels: Sequence[str]) -> pd.DataFrame:
    """A row for each group, a column for each level, sites in the cells.

    `groups` in the order of the rows; "rest" stands for all sites that are in none of the
    others. A group without sites has no row, because nothing can be said of it.
    """
    named = tallied["group"].where(tallied["group"].isin(groups), REST)
    wide = tallied.groupby([named, "level"])["sites"].sum().unstack(fill_value=0)
    wide = wide.reindex(index=dict.fromkeys(groups), columns=list(levels), fill_value=0)
    return wide[wide.sum(axis=1) > 0].astype(int).rename_axis(index="group")


def shares(counts: pd.DataFrame, outcomes: Mapping[str, Sequence[str]] = OUTCOMES) -> pd.DataFrame:
    """The share of each group that has each outcome, with its interval.

    Parameters
    ----------
    counts : a row for each group, a column for each level [sites]
    outcomes : name to the levels that count, "high" for Gold or Platinum

    Returns group, outcome, sites, whole [sites], share, low, high [ratio]: the 95 % interval of
    Wilson (1927), which stays within 0 and 1 and has a width for 0 of n as well.
    """
    wholes = counts.sum(axis=1)
    parts = [
        pd.DataFrame({"group": counts.index, "outcome": name, "whole": wholes.to_numpy()}).assign(
            sites=counts[list(levels)].sum(axis=1).to_numpy()
        )
        for name, levels in outcomes.items()
    ]
    rows = pd.concat(parts, ignore_index=True)
    low, high = proportion_confint(rows["sites"], rows["whole"], 1 - CONFIDENCE, method="wilson")
    return rows.assign(share=rows["sites"] / rows["whole"], low=low, high=high)


def differences(
    counts: pd.DataFrame, outcomes: Mapping[str, Sequence[str]] = OUTCOMES
) -> pd.DataFrame:
    """Every two groups against each other, for each outcome.

    Returns first, second, outcome, difference, low, high [ratio; the first's share minus the
    second's], p, p_holm, method. The 95 % interval is Newcombe's (1998, method 10) and is each
    pair's own; p_holm is p corrected by Holm (1979) for all rows returned.
    """
    rows = []
    for (first, a), (second, b) in combinations(counts.iterrows(), 2):
        for name, levels in outcomes.items():
            hits = (int(a[list(levels)].sum()), int(b[list(levels)].sum()))
            wholes = (int(a.sum()), int(b.sum()))
            low, high = confint_proportions_2indep(
                hits[0], wholes[0], hits[1], wholes[1], method="newcomb", alpha=1 - CONFIDENCE
            )
            misses = [whole - hit for hit, whole in zip(hits, wholes, strict=True)]
            test = linked(pd.DataFrame({"hit": hits, "miss": misses}))
            difference = hits[0] / wholes[0] - hits[1] / wholes[1]
            rows.append((first, second, name, difference, low, high, test.p, test.method))
    columns = ["first", "second", "outcome", "difference", "low", "high", "p", "method"]
    frame = pd.DataFrame(rows, columns=columns)
    known = frame["p"].notna()
    if known.any():
        frame.loc[known, "p_holm"] = multipletests(frame.loc[known, "p"], method="holm")[1]
    return frame.reindex(columns=[*columns, "p_holm"])
