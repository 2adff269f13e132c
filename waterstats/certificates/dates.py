"""Days as people write them, and years added to them."""

import re
import unicodedata
from datetime import date

import pandas as pd

YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
DAY_FIRST = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4})")
FIRST_YEAR, LAST_YEAR = 2000, 2100


class DayError(ValueError):
    """Text that is no day; `fault` is "format", "month_first", "impossible" or "range"."""

    def __init__(self, fault: str, text: str) -> None:
        super().__init__(f"{fault}: {text!r}")
        self.fault, self.text = fault, text


def read_day(text: str) -> date | None:
    """A day written yyyy-mm-dd or dd/mm/yyyy, None for nothing at all.

    The day stands first when the year is last, as the directory prints it; full-width digits
    are read. Raises DayError, with "month_first" for 03/25/2026, which can only be meant so.
    """
    written = unicodedata.normalize("NFKC", text).strip()
    if not written:
        return None
    if match := YEAR_FIRST.fullmatch(written):
        year, month, day = map(int, match.groups())
    elif match := DAY_FIRST.fullmatch(written):
        day, month, year = map(int, match.groups())
        if month > 12 >= day:
            raise DayError("month_first", text)
    else:
        raise DayError("format", text)
    try:
        found = date(year, month, day)
    except ValueError:
        raise DayError("impossible", text) from None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DayError("range", text)
    return found


def two_ways(text: str) -> bool:
    """Whether a day and a month could be exchanged, as in 03/04/2026."""
    match = DAY_FIRST.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return bool(match) and match[1] != match[2] and int(match[1]) <= 12 and int(match[2]) <= 12


def years_after(day: date, years: int) -> date:
    """The same day some years later; 29 February becomes 28 February where there is none."""
    return (pd.Timestamp(day) + pd.DateOffset(years=years)).date()
