"""Whole numbers behind printed percentages."""

import math
from collections.abc import Mapping


def behind(percents: Mapping[str, float], total: int) -> dict[str, int] | None:
    """The counts of which whole per cents were printed, when there is only one answer.

    Parameters
    ----------
    percents : name to its printed share [%, rounded to whole per cents]
    total : the printed total [sites]

    Returns name to count [sites]; None when a percentage fits several counts or none, or when
    the counts do not make the total. Below 100 sites a percentage fits one count at most.
    """
    counts = {}
    for name, percent in percents.items():
        low = math.ceil(total * (percent - 0.5) / 100)
        high = math.floor(total * (percent + 0.5) / 100)
        if low != high:
            return None
        counts[name] = low
    return counts if sum(counts.values()) == total else None
