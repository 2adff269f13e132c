"""When today's certificates expire, read from what the directory prints."""

from collections.abc import Sequence

import narwhals.stable.v2 as nw
from narwhals.stable.v2.typing import IntoFrameT


@nw.narwhalify
def expiries(sites: IntoFrameT, by: Sequence[str] = ()) -> IntoFrameT:
    """Sites whose certificate expires in each quarter, for each value of `by`.

    Returns columns quarter [first day of the quarter] + `by` + sites [sites], in order of time.
    Quarters without an expiry have no row. `valid_until` is imported, never computed: some
    certificates run longer or shorter than three years.
    """
    return (
        sites.with_columns(quarter=nw.col("valid_until").dt.truncate("1q"))
        .group_by("quarter", *by)
        .agg(sites=nw.len())
        .sort("quarter", *by)
    )
