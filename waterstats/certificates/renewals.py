"""A whole registry: which standard each renewal uses, and how long certificates really run."""

from datetime import date

import pandas as pd

from waterstats.certificates.calendar import Rules, standard_of_audit
from waterstats.certificates.dates import years_after

RENEWALS = ("passed", "either", "depends", "new")


def with_renewal(sites: pd.DataFrame, rules: Rules, today: date) -> pd.DataFrame:
    """Sites with `renewal`: "passed" when the printed expiry is over, else the standard of a
    renewal audit on that day, which is "either", "depends" or "new"."""
    days = sites["valid_until"].dt.date
    renewal = [
        "passed" if day < today else standard_of_audit(day, rules, version)
        for day, version in zip(days, sites["aws_standard"], strict=True)
    ]
    return sites.assign(renewal=["either" if code == "old" else code for code in renewal])


def runs(sites: pd.DataFrame, years: int) -> dict[str, int]:
    """How many sites' certificates run exactly so many years, a day less, or otherwise."""
    found = {"exact": 0, "day_less": 0, "other": 0}
    issued, valid = sites["date_issued"].dt.date, sites["valid_until"].dt.date
    for start, end in zip(issued, valid, strict=True):
        days = (end - years_after(start, years)).days
        found[{0: "exact", -1: "day_less"}.get(days, "other")] += 1
    return found
