"""How a whole divides: counts and shares of one dimension, also within the groups of another."""

from collections.abc import Sequence

import narwhals.stable.v2 as nw
from narwhals.stable.v2.typing import IntoFrameT


def _words(columns: Sequence[str]) -> nw.Expr:
    """Columns of groups as words, also where a large registry keeps them as categories."""
    return nw.col(*columns).cast(nw.String)


@nw.narwhalify
def counts(sites: IntoFrameT, by: Sequence[str]) -> IntoFrameT:
    """Number of sites for each value of `by`, largest first.

    Returns columns `by` + [sites [sites], share [ratio of all rows, 0 to 1]]. Rows with a
    missing value in `by` form no group but stay in the whole, so shares then add up to less
    than 1. Ties are ordered by `by`.
    """
    whole = sites.select(whole=nw.len())
    return (
        sites.drop_nulls(list(by))
        .group_by(*by)
        .agg(sites=nw.len())
        .join(whole, how="cross")
        .with_columns(share=nw.col("sites") / nw.col("whole"))
        .drop("whole")
        .with_columns(_words(by))
        .sort("sites", *by, descending=[True, *[False] * len(by)])
    )


@nw.narwhalify
def within(sites: IntoFrameT, by: Sequence[str], of: Sequence[str]) -> IntoFrameT:
    """How each group of `by` divides over the values of `of`.

    Returns columns `by` + `of` + [sites [sites], whole [sites of the group], share [ratio of
    the group, 0 to 1]], largest group first. Combinations that do not occur have no row; rows
    missing `by` or `of` are left out of the parts and of the wholes.
    """
    known = sites.drop_nulls([*by, *of])
    wholes = known.group_by(*by).agg(whole=nw.len())
    return (
        known.group_by(*by, *of)
        .agg(sites=nw.len())
        .join(wholes, on=list(by))
        .with_columns(_words([*by, *of]), share=nw.col("sites") / nw.col("whole"))
        .sort("whole", *by, *of, descending=[True, *[False] * (len(by) + len(of))])
    )
