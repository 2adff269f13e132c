"""Both languages are first-class: same keys, same placeholders, no key unused or missing."""

import datetime
import re
import string

import pytest

from waterstats.datafiles import ROOT
from waterstats.language import (
    LANGUAGES,
    catalogue,
    date,
    locator,
    message,
    number,
    percent,
    period,
    relation,
    signed,
)

SOURCES = "\n".join(
    path.read_text(encoding="utf-8")
    for folder in ("waterstats", "pages")
    for path in (ROOT / folder).rglob("*.py")
)


def placeholders(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", sorted(catalogue()))
def test_key_has_both_languages_and_the_same_placeholders(key):
    words = catalogue()[key]
    assert set(words) == set(LANGUAGES)
    assert all(text.strip() for text in words.values())
    assert placeholders(words["zh"]) == placeholders(words["en"])


def composed(key):
    """Whether code builds the key from a pattern and a word that stands in the code."""
    section = key.split(".")[0]
    for written in re.findall(rf'f["\']({section}\.[^"\']*)["\']', SOURCES):
        pattern = re.escape(re.sub(r"\{[^}]*\}", "\0", written)).replace("\\\0", "(.+)")
        found = re.fullmatch(pattern.replace("\0", "(.+)"), key)
        if found and (f'"{found[1]}"' in SOURCES or found[1].split("_")[0] in SOURCES):
            return True
    return False


@pytest.mark.parametrize("key", sorted(catalogue()))
def test_key_is_used(key):
    name = key.split(".")[1]
    literal = f'"{key}"' in SOURCES or f"'{key}'" in SOURCES
    assert literal or f'f"{{key}}.{name}"' in SOURCES or composed(key)


def test_a_key_that_nothing_names_is_noticed():
    assert not composed("verdict.zzzz")
    assert not composed("overview.qqqqq_xxxx")


def test_every_literal_key_exists():
    used = set(re.findall(r'\bt\(\s*"([a-z_]+\.[a-z_0-9]+)"', SOURCES))
    assert len(used) > 80
    assert used - set(catalogue()) == set()


def test_chinese_messages_are_chinese():
    for key, words in catalogue().items():
        if not re.fullmatch(r"[\W\d{}a-z]*", words["zh"]):
            assert re.search(r"[一-鿿]", words["zh"]), key


@pytest.mark.parametrize(
    ("value", "expected"),
    [(1234567, "1,234,567"), (3.11, "3.11"), (0, "0"), (12.0, "12"), (2.5, "2.5")],
)
def test_numbers_have_separators_and_no_spurious_decimals(value, expected):
    assert number(value, "en") == number(value, "zh") == expected


@pytest.mark.parametrize("missing", [None, float("nan")])
def test_missing_numbers_are_said_to_be_unpublished(missing):
    assert number(missing, "en") == percent(missing, "en") == "not published"
    assert number(missing, "zh") == "未公布"


def test_dates_and_periods():
    day = datetime.date(2026, 6, 8)
    assert (date(day, "zh"), date(day, "en")) == ("2026年6月8日", "8 Jun 2026")
    assert date(None, "en") == "date not stated"
    year = (datetime.date(2024, 1, 1), datetime.date(2024, 12, 31))
    assert (period(*year, "zh"), period(*year, "en")) == ("2024年", "2024")
    month = (datetime.date(2015, 9, 1), datetime.date(2015, 9, 30))
    assert (period(*month, "zh"), period(*month, "en")) == ("2015年9月", "Sep 2015")


def test_changes_carry_their_sign():
    assert [signed(v, "en") for v in (49, -2, 0)] == ["+49", "−2", "±0"]


def test_relations_are_words():
    assert relation("270", ">", "en") == "more than 270"
    assert relation("60%", "~", "zh") == "约 60%"


def test_locators_are_said_in_chinese():
    assert locator("ch. 3.2.1, fig. 3", "zh") == "第 3.2.1 节，图 3"
    assert locator("ch. 3.2.1, fig. 3", "en") == "ch. 3.2.1, fig. 3"
    assert locator("column Site Country, 78 rows", "zh") == "“Site Country”列，78 行"


def test_unknown_key_is_an_error():
    with pytest.raises(KeyError):
        message("no.such_key", "en")
