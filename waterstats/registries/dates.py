"""One cell as a day: dates of spreadsheets, their serial numbers, and what people type."""

import datetime
import math
import re
import unicodedata
from collections.abc import Iterable

EPOCH = datetime.date(1899, 12, 30)  # day 0 of Excel's count, as far as it is used here
SERIALS = range(20_000, 80_000)  # 1954 to 2119
YEARS = range(1990, 2101)
YEAR_FIRST = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$")
YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$")
WRITTEN = ("%d %b %Y", "%d %B %Y", "%b %d %Y", "%B %d %Y", "%d-%b-%Y")
TIME = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?$")


class NotADayError(ValueError):
    """A cell that is no day; its argument is the kind of fault."""


def _text(cell: object) -> str:
    text = unicodedata.normalize("NFKC", str(cell)).strip()
    return TIME.sub("", text)


def read_day(cell: object, day_first: bool = True) -> datetime.date:
    """The day in a cell.

    Dates, date-times, Excel's serial numbers, 2026-06-08, 2026年6月8日, 08/06/2026, 8 Jun 2026.
    day_first: whether 08/06/2026 is in June, as on the directory's page. Raises NotADayError of
    kind "date" (no date), "day" (no such day in the calendar) or "year" (not 1990 to 2100).
    """
    if isinstance(cell, datetime.datetime):
        return _in_range(cell.date())
    if isinstance(cell, datetime.date):
        return _in_range(cell)
    if isinstance(cell, bool):
        raise NotADayError("date")
    text = _text(cell)
    if re.fullmatch(r"\d{5}(\.\d+)?", text) or isinstance(cell, int | float):
        return _from_serial(float(text))
    if match := YEAR_FIRST.match(text):
        return _day(*match.groups())
    if match := YEAR_LAST.match(text):
        first, second, year = match.groups()
        return _day(year, second, first) if day_first else _day(year, first, second)
    plain = re.sub(r"(?<=\d)(st|nd|rd|th)\b|,|\bof\b", "", text)
    for pattern in WRITTEN:
        try:
            return _in_range(datetime.datetime.strptime(" ".join(plain.split()), pattern).date())
        except ValueError as error:
            if isinstance(error, NotADayError):
                raise
    raise NotADayError("date")


def _from_serial(number: float) -> datetime.date:
    if not math.isfinite(number) or int(number) not in SERIALS:
        raise NotADayError("date")
    return _in_range(EPOCH + datetime.timedelta(days=int(number)))


def _day(year: str, month: str, day: str) -> datetime.date:
    try:
        return _in_range(datetime.date(int(year), int(month), int(day)))
    except NotADayError:
        raise
    except ValueError:
        raise NotADayError("day") from None


def _in_range(day: datetime.date) -> datetime.date:
    if day.year not in YEARS:
        raise NotADayError("year")
    return day


def order(cells: Iterable[object]) -> tuple[object | None, object | None]:
    """What tells day-first from month-first: a cell that can only be the one, and the other."""
    day_first = month_first = None
    for cell in cells:
        match = YEAR_LAST.match(_text(cell)) if isinstance(cell, str) else None
        if match and int(match[1]) > 12 >= int(match[2]):
            day_first = day_first or cell
        elif match and int(match[2]) > 12 >= int(match[1]):
            month_first = month_first or cell
    return day_first, month_first


MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
ANYWHERE = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}|\d{4}年\d{1,2}月\d{1,2}日|\d{1,2}/\d{1,2}/\d{4}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {MONTH},? \d{{4}}"
    rf"|{MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}",
    re.I,
)
COUNT = re.compile(
    r"([\d,]+)\s+(?:[\w-]+\s+){0,3}?sites?\b|\bsites?\b\D{0,20}([\d,]+)|([\d,]+)\s*个", re.I
)


def caption_facts(text: str) -> tuple[datetime.date | None, int | None]:
    """The as-of date and the number of sites that a caption states, None where it does not."""
    day = None
    for found in ANYWHERE.findall(text):
        try:
            day = day or read_day(found)
        except NotADayError:
            continue
    counted = COUNT.search(ANYWHERE.sub(" ; ", text))
    digits = next(filter(None, counted.groups()), "") if counted else ""
    digits = digits.replace(",", "")
    return day, int(digits) if digits else None
