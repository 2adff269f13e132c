"""The same quantities counted in a directory of sites, on its own date: a comparison, no test."""

from dataclasses import dataclass

import pandas as pd

from waterstats.statements.linear import inequalities, interval
from waterstats.statements.statement import Geography, Scope, Statement

PLACES = ("country", "province", "continent")


@dataclass(frozen=True)
class Observed:
    """Counts of a directory for a statement.

    count, of : sites on the directory's date, for a statement of a count or share
    tiers : sites of each scope of an order
    by_then : sites whose present certificate was issued by the statement's date; at least these
        were certified then
    beyond : whether these alone exceed what the statement allows
    """

    count: tuple[int, ...] = ()
    of: int | None = None
    tiers: tuple[tuple[int, ...], ...] = ()
    by_then: tuple[int, ...] = ()
    beyond: bool = False


def observed(sites: pd.DataFrame, statement: Statement, geography: Geography) -> Observed:
    """Count a statement's quantities in a directory.

    sites : rows with country, province, continent, industry (group), level and date_issued
    """
    if statement.order:
        tiers = [[counted(sites, scope, geography) for scope in t] for t in statement.order]
        return Observed(tiers=tuple(map(tuple, tiers)))
    then = sites[sites["date_issued"] <= pd.Timestamp(statement.on)]
    by_then = tuple(counted(then, scope, geography) for scope in statement.count)
    high = interval(statement).high if any(inequalities(statement)) else None
    return Observed(
        count=tuple(counted(sites, scope, geography) for scope in statement.count),
        of=counted(sites, statement.of, geography) if statement.of else None,
        by_then=by_then,
        beyond=statement.unit == "sites" and high is not None and max(by_then) > high,
    )


def counted(sites: pd.DataFrame, scope: Scope, geography: Geography) -> int:
    """The rows of a directory that a scope counts; its date is the directory's."""
    rows = within(sites, scope.place, geography) & ~within(sites, scope.without, geography)
    for column in ("industry", "level"):
        if codes := getattr(scope, column):
            rows &= sites[column].isin(codes)
    return int(rows.sum())


def within(sites: pd.DataFrame, places: tuple[str, ...], geography: Geography) -> pd.Series:
    """Which rows lie in one of the places."""
    sums, parents = dict(geography.sums), dict(geography.parents)
    rows = pd.Series(False, index=sites.index)
    for place in places:
        if place in sums:
            total = sums[place]
            rows |= within(sites, total.place, geography) & ~within(sites, total.without, geography)
        elif place not in parents:  # the world
            rows |= True
        else:
            for column in PLACES:
                rows |= sites[column].eq(place)
    return rows
