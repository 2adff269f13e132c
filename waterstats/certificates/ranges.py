"""A number known only to lie between two others, as a planner writes it: "3", "3-5", "3 至 5"."""

import math
import re
import unicodedata
from dataclasses import dataclass

from waterstats.enterprises.cellnumbers import NotANumberError, read_number

LARGEST, MOST_SITES = 1e12, 10**9
BETWEEN = re.compile(r"(?<=[^\seE(])\s*(?:-+|[–—~]|\.\.+|…|至|到|\bto\b)\s*")


class RangeError(ValueError):
    """Text that is no range; `fault` is "number", "negative", "order", "large" or "whole"."""

    def __init__(self, fault: str, text: str) -> None:
        super().__init__(f"{fault}: {text!r}")
        self.fault, self.text = fault, text


@dataclass(frozen=True)
class Range:
    """Everything from `low` to `high`, both included, at least 0; raises RangeError otherwise."""

    low: float
    high: float

    def __post_init__(self) -> None:
        written = f"{self.low} – {self.high}"
        if not (math.isfinite(self.low) and math.isfinite(self.high)):
            raise RangeError("number", written)
        if self.low < 0:
            raise RangeError("negative", written)
        if self.low > self.high:
            raise RangeError("order", written)


def read_range(text: str) -> Range | None:
    """A range as people write it, None for nothing at all; a single number is a range of one.

    Full-width digits, thousands separators and 万 are read. Raises RangeError.
    """
    written = unicodedata.normalize("NFKC", text).replace("−", "-").strip()
    if not written:
        return None
    if written.startswith("-"):
        raise RangeError("negative", text)
    parts = BETWEEN.split(written)
    if len(parts) > 2:
        raise RangeError("number", text)
    ends = [_number(part, text) for part in parts]
    if ends[0] > ends[-1]:
        raise RangeError("order", text)
    if ends[-1] > LARGEST:
        raise RangeError("large", text)
    return Range(ends[0], ends[-1])


def read_count(text: str) -> int | None:
    """A whole number from 1 to 10⁹, None for nothing at all. Raises RangeError."""
    given = read_range(text)
    if given is None:
        return None
    single = given.low == given.high and given.low.is_integer()
    if not single or not 1 <= given.low <= MOST_SITES:
        raise RangeError("whole", text)
    return int(given.low)


def _number(part: str, text: str) -> float:
    try:
        value, _ = read_number(part, "")
    except NotANumberError:
        value = None
    if value is None:
        raise RangeError("number", text)
    return value
