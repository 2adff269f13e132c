"""One cell as a number in its unit: what people write, read exactly or refused with a reason."""

import math
import re
import unicodedata
from datetime import date, datetime, time
from decimal import Decimal

from waterstats.problems import NOTHING
from waterstats.standards.limits import Words

PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?", re.I)
GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
BLANK_SIGNS = ("-", "--", "—", "——", "–", "/", "\\", "无", "none", "n/a", "na", "nil", "*")
UNIT_WORDS = {
    "立方米": "m3", "万": "10^4", "千升": "kl", "公升": "l", "升": "l",
    "修正总吨": "cgt", "千标方": "knm3", "吨": "t", "百米": "100m", "倍": "times", "个百分点": "%",
    "每": "/",
}  # fmt: skip
LEAVE_EMPTY = Words(
    "不知道就留空；没有这一系统，请写“无：原因”。",
    "Leave it empty if unknown; if there is no such system, write 'none: why'.",
)


class NotANumberError(Exception):
    """A cell that is not the number asked for: what is expected, what to do."""

    def __init__(self, expected: Words, remedy: Words = NOTHING) -> None:
        super().__init__(expected, remedy)
        self.expected, self.remedy = expected, remedy


def read_number(cell: object, unit: str, percent: bool = False) -> tuple[float | None, int]:
    """The number of a cell in `unit`, None if it is empty; and what it was multiplied
    with: 10,000 if it was written in 10⁴ of the unit.

    percent: the cell is shown as a percentage, so that it holds a ratio.
    Full-width digits, thousands separators and "97%" for a percentage are read. Raises
    NotANumberError for everything else that is not a plain finite number; its sign and range are
    not judged here.
    """
    if cell is None:
        return None, 1
    if isinstance(cell, bool | date | datetime | time):
        raise NotANumberError(number_in(unit))
    if isinstance(cell, int | float):
        if not math.isfinite(cell):
            raise NotANumberError(number_in(unit), LEAVE_EMPTY)
        return (ratio(Decimal(repr(cell)), unit), 1) if percent else (float(cell), 1)
    text = unicodedata.normalize("NFKC", str(cell)).replace("−", "-").strip()
    if not text:
        return None, 1
    return from_text(text, unit)


def from_text(text: str, unit: str) -> tuple[float, int]:
    if text.casefold() in BLANK_SIGNS or text.casefold() == "nan":
        raise NotANumberError(number_in(unit), LEAVE_EMPTY)
    for pattern in (GROUPED, PLAIN):
        match = pattern.match(text)
        if match and not text[match.end() :].lstrip().startswith((",", ".")):
            digits = Decimal(match[0].replace(",", ""))
            return in_unit(digits, text[match.end() :].strip(), unit)
    raise NotANumberError(number_in(unit), DECIMAL_POINT if re.match(r"\d+,", text) else ONLY)


def in_unit(digits: Decimal, written: str, unit: str) -> tuple[float, int]:
    """A number with what is written behind it."""
    if written == "%":
        return ratio(digits / 100, unit), 1
    scale = factor(written, unit) if written else 1
    if scale is None:
        raise NotANumberError(number_in(unit), ONLY)
    value = float(digits * scale)
    if not math.isfinite(value):
        raise NotANumberError(number_in(unit))
    return value, scale


def in_full(value: float, scale: int) -> Decimal:
    """A number times 10,000, exactly as it is written."""
    return Decimal(repr(value)) * scale


def ratio(value: Decimal, unit: str) -> float:
    if unit != "%":
        remedy = Words("这里不填百分数。", "This is not a percentage.")
        raise NotANumberError(number_in(unit), remedy)
    return float(value * 100)


def factor(written: str, unit: str) -> int | None:
    """What turns a number in one unit into another: 1 if they are the same, 10,000 from 10⁴ of it,
    None if they cannot be compared."""
    given, wanted = folded_unit(written), folded_unit(unit)
    return {wanted: 1, f"104{wanted}": 10_000, f"10000{wanted}": 10_000}.get(given)


def folded_unit(unit: str) -> str:
    text = unit.replace("⁴", "4")
    text = unicodedata.normalize("NFKC", text).casefold()
    for word, sign in UNIT_WORDS.items():
        text = text.replace(word, sign)
    return re.sub(r"[\s()*·^]", "", text.replace("10^4", "104"))


def number_in(unit: str) -> Words:
    return Words(
        f"一个数（{unit}）" if unit else "一个数", f"a number in {unit}" if unit else "a number"
    )


DECIMAL_POINT = Words(
    "小数点请用“.”，千位分隔只用于整组三位。",
    "Write the decimal point as '.'; commas only part thousands.",
)
ONLY = Words("单元格里只写数，单位写在“单位”列。", "Put the number alone; its unit has a column.")
