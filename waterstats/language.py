"""Every word a page shows, in both languages; numbers and dates as each language writes them."""

import datetime
import math
import re
import tomllib
from functools import cache
from pathlib import Path

LANGUAGES = {"zh": "中文", "en": "English"}
FOLDER = Path(__file__).with_name("messages")


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """All messages: key ("section.name") to {"zh": ..., "en": ...}, from messages/*.toml."""
    messages = {}
    for path in sorted(FOLDER.glob("*.toml")):
        for section, entries in tomllib.loads(path.read_text(encoding="utf-8")).items():
            for name, words in entries.items():
                messages[f"{section}.{name}"] = words
    return messages


def message(key: str, language: str, **values: object) -> str:
    """The message in a language with its {placeholders} filled; KeyError for an unknown key."""
    text = catalogue()[key][language]
    return text.format(**values) if values else text


def number(value: float | None, language: str, decimals: int | None = None) -> str:
    """A number with thousands separators; whole numbers bare, others with at most one decimal.

    Missing and NaN give the word for "not published".
    """
    if value is None or math.isnan(value):
        return message("word.not_published", language)
    if decimals is None:
        decimals = 0 if float(value).is_integer() else min(2, len(f"{value:g}".partition(".")[2]))
    return f"{value:,.{decimals}f}"


def large(value: float, language: str) -> str:
    """A number in full, or in the language's large units: 1200000 is "120 万" or "1.2 million".

    No digit is lost. Chinese counts in 万 from 100,000 (from 10,000 when round) and in 亿.
    """
    if language == "zh":
        if value >= 1e8:
            return f"{value / 1e8:,.10g} 亿"
        if value >= 1e5 or (value >= 1e4 and value % 1000 == 0):
            return f"{value / 1e4:,.10g} 万"
    elif value >= 1e6:
        name, size = ("billion", 1e9) if value >= 1e9 else ("million", 1e6)
        return f"{value / size:,.10g} {name}"
    return f"{value:,.10g}"


def percent(ratio: float | None, language: str, decimals: int = 0) -> str:
    """A ratio as a percentage: 0.169 is "17%" in Chinese and "17 %" in English."""
    if ratio is None or math.isnan(ratio):
        return message("word.not_published", language)
    return f"{100 * ratio:.{decimals}f}" + ("%" if language == "zh" else " %")


def signed(value: float, language: str) -> str:
    """A change with its sign; a true minus for negative numbers."""
    sign = "+" if value > 0 else "−" if value < 0 else "±"
    return f"{sign}{number(abs(value), language)}"


def date(day: datetime.date | None, language: str) -> str:
    """A day as the language writes it; missing gives "date not stated"."""
    if day is None or day != day:
        return message("word.no_date", language)
    if language == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {day:%b %Y}"


def period(start: datetime.date | None, end: datetime.date | None, language: str) -> str:
    """An as-of date, or a period as short as it can be said: 2024, Sept 2015, or two days."""
    if start is None or start != start:
        return date(end, language)
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31) and start.year == end.year:
        return f"{start.year}年" if language == "zh" else str(start.year)
    if start.day == 1 and (start.year, start.month) == (end.year, end.month):
        return f"{start.year}年{start.month}月" if language == "zh" else f"{start:%b %Y}"
    return f"{date(start, language)} – {date(end, language)}"


LOCATOR_WORDS = [
    (r"\bch\. ([\d.]+)", r"第 \1 节"),
    (r"\bfig\. (\w+)", r"图 \1"),
    (r"\bcase (\d+)", r"案例 \1"),
    (r"\bprofile\b", "企业简介"),
    (r"\bactions\b", "水管理行动"),
    (r"\blessons\b", "经验与启示"),
    (r"\bannex tables? ", "附表"),
    (r"\bannex ", "附件"),
    (r"\btables? ", "表"),
    (r"\bitems? ", "序号"),
    (r"\blast row\b", "末行"),
    (r"\brows? (?=\d)", "行"),
    (r"\bnotes to ", "注："),
    (r"\bnotes? (?=\w)", "注"),
    (r"\bnotes\b", "注"),
    (r"\bpart (\d)", r"第\1部分"),
    (r"\bstep (\d)", r"第\1步"),
    (r"\bself-assessment\b", "自评"),
    (r"\bbasic information form\b|\bform\b", "基本信息表"),
    (r"\bpledge\b", "承诺"),
    (r"\bnotice\b", "通知"),
    (r"\bcolumn ([A-Z][\w ]+?)(?=,|;|$)", r"“\1”列"),
    (r"\barticle\b", "正文"),
    (r"\binterview\b", "采访"),
    (r"\bkey facts\b", "要点"),
    (r"\bhidden block of the page\b", "网页隐藏区块"),
    (r"\bhead of the table\b", "表头说明"),
    (r"\brubric of June 2020\b", "2020年6月评分表"),
    (r"\brubric\b", "评分表"),
    (r"\bcertification requirements\b", "认证要求"),
    (r"\bstandard\b", "标准"),
    (r"\bguidance\b", "指南"),
    (r"\bindicators? ", "指标"),
    (r"\bcriteri(?:on|a) ", "准则"),
    (r"\bblue book\b", "蓝皮书"),
    (r"\bcase (\d)", r"案例\1"),
    (r"\bpage on V3\.0\b", "3.0版网页"),
    (r"\blist of documents\b", "文件清单"),
    (r"\bp\. (\d+)", r"第\1页"),
    (r"\bmap section\b", "地图部分"),
    (r"\blaunch timeline\b", "发布时间表"),
    (r"\bgroup certification\b", "团体认证"),
    (r"\blist of documents\b", "文件列表"),
    (r"\bsource note\b", "资料说明"),
    (r"\baudit dates\b", "审核日期"),
    (r"\b(\d+) rows?\b", r"\1 行"),
    (r" and ", "、"),
    (r"(?<=\d) to (?=\d)", "至"),
]


def locator(text: str, language: str) -> str:
    """A place in a source ("ch. 3.2.1, fig. 3") in the words of a language."""
    if language == "zh":
        for pattern, words in LOCATOR_WORDS:
            text = re.sub(pattern, words, text)
        text = text.replace(", ", "，").replace("; ", "；")
    return text


def relation(text: str, sign: str, language: str) -> str:
    """A printed number with how its source means it: "> 270" becomes "more than 270"."""
    return message(f"relation.{RELATIONS[sign]}", language, value=text)


def unit(text: str) -> str:
    """A unit of a rule file as it is written for readers: "m3/t" is "m³/t"."""
    return text.replace("m3", "m³")


RELATIONS = {
    "=": "equal",
    ">": "more",
    ">=": "least",
    "<": "less",
    "<=": "most",
    "~": "about",
}
