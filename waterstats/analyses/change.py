"""What is different between two dates, group by group."""

import narwhals.stable.v2 as nw
from narwhals.stable.v2.typing import IntoFrameT


@nw.narwhalify
def change(before: IntoFrameT, after: IntoFrameT, by: str) -> IntoFrameT:
    """Numbers of two dates side by side.

    Parameters
    ----------
    before, after : frames with column `by` and `value`, one row for each group

    Returns `by`, before, after, difference, largest first; groups known on one date only are
    left out, because missing is not zero.
    """
    return (
        before.select(by, before="value")
        .join(after.select(by, after="value"), on=by)
        .with_columns(difference=nw.col("after") - nw.col("before"))
        .sort("after", by, descending=[True, False])
    )
