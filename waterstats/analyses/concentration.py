"""How concentrated certification is: Herfindahl-Hirschman index and the largest few."""

import narwhals.stable.v2 as nw
from narwhals.stable.v2.typing import IntoFrameT


@nw.narwhalify
def concentration(counts: IntoFrameT, largest: int = 3) -> IntoFrameT:
    """How unevenly a count is spread over its groups.

    Parameters
    ----------
    counts : frame with a column `sites` [sites], one row for each group
    largest : how many of the largest groups to add up

    Returns one row: groups, sites [sites], hhi [0 to 1], equal_groups [groups], top_share
    [ratio]. HHI is the sum of squared shares (Hirschman 1945; Herfindahl 1950): 1 when one
    group has everything, 1/groups when all are equal; its inverse, equal_groups, is the number
    of equal groups that would be as concentrated. A frame without rows gives no row.
    """
    shares = counts.with_columns(share=nw.col("sites") / nw.col("sites").sum())
    top = (
        shares.sort("share", descending=True).head(largest).select(top_share=nw.col("share").sum())
    )
    return (
        shares.select(
            groups=nw.len(),
            sites=nw.col("sites").sum(),
            hhi=(nw.col("share") * nw.col("share")).sum(),
        )
        .filter(nw.col("groups") > 0)
        .join(top, how="cross")
        .with_columns(equal_groups=1 / nw.col("hhi"))
    )
