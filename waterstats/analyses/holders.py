"""Who holds the certificates."""

import narwhals.stable.v2 as nw
from narwhals.stable.v2.typing import IntoFrameT

HIGH = ("gold", "platinum")


@nw.narwhalify
def holders(sites: IntoFrameT) -> IntoFrameT:
    """Holders with their sites, the most first.

    Returns columns holder, sites [sites], countries [countries], high [sites at Gold or
    Platinum], next_expiry [date]. Ties are ordered by name.
    """
    return (
        sites.with_columns(_high=nw.col("level").is_in(list(HIGH)).cast(nw.Int64))
        .group_by("holder")
        .agg(
            sites=nw.len(),
            countries=nw.col("country").n_unique(),
            high=nw.col("_high").sum(),
            next_expiry=nw.col("valid_until").min(),
        )
        .sort("sites", "holder", descending=[True, False])
    )
