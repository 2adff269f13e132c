"""Two groups compared as if their sites were spread alike over industries (or other strata)."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Standardised:
    """Two groups, as they are and with each other's mix.

    Attributes
    ----------
    shares : a row for each of first, first_with_seconds_mix, second_with_firsts_mix, second; a
        column for each level; shares [ratio]. The two in the middle are NaN without shared strata
    strata : one row a stratum: stratum, sites_first, sites_second [sites], share_first,
        share_second [ratio at the levels asked for, NaN without sites], shared (on both sides)
    crude : the first's share minus the second's, at the levels asked for [ratio]
    unmatched : the part of `crude` from strata that only one side has
    explained : the part from the different mix of the shared strata; two numbers, the lower
        first: by the first's shares within the strata, and by the second's
    """

    shares: pd.DataFrame
    strata: pd.DataFrame
    crude: float
    unmatched: float
    explained: tuple[float, float]

    def unmatched_sites(self, side: str) -> float:
        """Sites of "first" or "second" in strata that the other does not have [ratio]."""
        sites = self.strata[f"sites_{side}"]
        return float(sites[~self.strata["shared"]].sum() / sites.sum())


def standardised(
    first: pd.DataFrame, second: pd.DataFrame, stratum: str, outcome: Sequence[str]
) -> Standardised:
    """Directly standardised shares, and how much of a difference the strata explain.

    Parameters
    ----------
    first, second : rows of a tally with columns `stratum`, level, sites [sites], each with at
        least one site. Sites without a stratum form one of their own, called "".
    outcome : the levels whose share is decomposed

    Direct standardisation weighs the shares within strata by the other group's mix. Only strata
    with sites on both sides can be standardised, so the mixes are those of the shared strata.
    The difference is the sum of three parts, as in Ñopo (2008): strata on one side only, the mix
    of the shared ones, and what remains within them. The part of the mix depends on whose shares
    are kept (Kitagawa 1955); both answers are given, because they may lie far apart.

    Raises ValueError when a group has no sites.
    """
    one, two = _by_stratum(first, stratum), _by_stratum(second, stratum)
    if not len(one) or not len(two):
        raise ValueError("both groups need at least one site to be standardised")
    levels = one.columns.union(two.columns, sort=False)
    one, two = (side.reindex(columns=levels, fill_value=0) for side in (one, two))
    shared = one.index.intersection(two.index)
    matched = (one.loc[shared], two.loc[shared])
    rows = {
        "first": _share(one),
        "first_with_seconds_mix": _weighted(*matched),
        "second_with_firsts_mix": _weighted(*reversed(matched)),
        "second": _share(two),
    }
    held = [level for level in outcome if level in levels]
    of = {name: row[held].sum(min_count=len(held)) for name, row in rows.items()}
    common = [float(_share(side)[held].sum()) if len(shared) else float("nan") for side in matched]
    crude = float(of["first"] - of["second"])
    explained = sorted(
        (common[0] - of["first_with_seconds_mix"], of["second_with_firsts_mix"] - common[1])
    )
    return Standardised(
        shares=pd.DataFrame(rows).T,
        strata=_side_by_side(one, two, held),
        crude=crude,
        unmatched=crude - (common[0] - common[1]),
        explained=(float(explained[0]), float(explained[1])),
    )


def _by_stratum(rows: pd.DataFrame, stratum: str) -> pd.DataFrame:
    filled = rows[stratum].astype(object).where(rows[stratum].notna(), "")
    wide = rows.groupby([filled, "level"])["sites"].sum().unstack(fill_value=0)
    return wide[wide.sum(axis=1) > 0]


def _share(side: pd.DataFrame) -> pd.Series:
    return side.sum() / side.to_numpy().sum()


def _weighted(rates: pd.DataFrame, mix: pd.DataFrame) -> pd.Series:
    """Shares within the strata of `rates`, weighted by the sites of `mix`."""
    within = rates.div(rates.sum(axis=1), axis=0)
    sites = mix.sum(axis=1)
    return within.mul(sites / sites.sum(), axis=0).sum(min_count=1)


def _side_by_side(one: pd.DataFrame, two: pd.DataFrame, held: list[str]) -> pd.DataFrame:
    strata = one.index.union(two.index)
    frame = pd.DataFrame(index=strata)
    for name, side in (("first", one), ("second", two)):
        frame[f"sites_{name}"] = side.sum(axis=1).reindex(strata, fill_value=0)
        frame[f"share_{name}"] = (side[held].sum(axis=1) / side.sum(axis=1)).reindex(strata)
    frame["shared"] = (frame[["sites_first", "sites_second"]] > 0).all(axis=1)
    order = frame[["sites_first", "sites_second"]].sum(axis=1).sort_values(ascending=False).index
    return frame.loc[order].rename_axis("stratum").reset_index()
