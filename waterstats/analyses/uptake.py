"""How certification grows: the curve over time, growth between dates, a place's share."""

import narwhals.stable.v2 as nw
from narwhals.stable.v2.typing import IntoFrameT


@nw.narwhalify
def trend(points: IntoFrameT) -> IntoFrameT:
    """Numbers of certified sites in order of time, with the change since the one before.

    Parameters
    ----------
    points : rows of the view sites_over_time: place, period_start, period_end [dates], value
        [sites], relation, and whatever else is to be kept

    Returns the rows with `since` [sites] and `growth` [ratio] against the previous point of
    the same place; missing for its first point. Growth is over the time between the two
    points, which is not a year.
    """
    before = nw.col("value").shift(1).over("place", order_by=["period_end", "value"])
    return (
        points.with_columns(_before=before)
        .with_columns(
            since=nw.col("value") - nw.col("_before"),
            growth=nw.col("value") / nw.col("_before") - 1,
        )
        .drop("_before")
        .sort("place", "period_end", "value")
    )


@nw.narwhalify
def implied_before(stocks: IntoFrameT, growths: IntoFrameT) -> IntoFrameT:
    """Whole numbers of sites a year before that a printed total and its growth allow.

    Parameters
    ----------
    stocks : place, period_end [date], value [sites]
    growths : place, period_start, period_end [dates], value [% over the period], rounded to
        whole per cents

    Returns place, period_end [date, the start of the growth period], low and high [sites]:
    total / (1 + growth) for every growth that rounds to the printed one. Places without both
    numbers have no row.
    """
    totals = stocks.select("place", "period_end", total="value")
    pairs = growths.select("place", "period_start", "period_end", percent="value").join(
        totals, on=["place", "period_end"]
    )
    least = nw.col("total") / (1 + (nw.col("percent") + 0.5) / 100)
    most = nw.col("total") / (1 + (nw.col("percent") - 0.5) / 100)
    return pairs.select(
        "place", period_end="period_start", low=least.ceil(), high=most.floor()
    ).sort("place")


@nw.narwhalify
def share_over_time(points: IntoFrameT, part: str, whole: str) -> IntoFrameT:
    """Share of one place in another on every date on which both are known.

    Returns period_end [date], part and whole [sites], share [ratio], in order of time.
    """
    parts = points.filter(nw.col("place") == part).select("period_end", part="value")
    wholes = points.filter(nw.col("place") == whole).select("period_end", whole="value")
    return (
        parts.join(wholes, on="period_end")
        .with_columns(share=nw.col("part") / nw.col("whole"))
        .sort("period_end", "part")
    )
