"""The columns of a table of certified sites: their names, and which a heading means."""

import difflib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from waterstats.datafiles import DATA, read_toml
from waterstats.language import LANGUAGES, message

SIMILAR = 0.75


@dataclass(frozen=True)
class Column:
    """A column of a registry.

    printed: its heading on the directory's page, where it has one. word: the message that heads
    it in our downloads. required: a row without it cannot be counted.
    """

    printed: str | None
    word: str
    required: bool = False


COLUMNS = {
    "registration_no": Column("AWS Site Registration No", "sites.number", True),
    "account_name": Column("Account Name", "sites.account", True),
    "certificate_name": Column("Certificate Name", "sites.name"),
    "address": Column("Site Address", "registry.address"),
    "country": Column("Site Country", "word.country", True),
    "catchment": Column("Catchment", "sites.catchment"),
    "level": Column("Level Attained", "word.level", True),
    "date_issued": Column("Date Issued", "sites.issued", True),
    "valid_until": Column("Valid Until", "sites.valid", True),
    "aws_standard": Column("AWS Standard", "sites.standard"),
    "sector": Column("Industry Sector", "word.sector", True),
    "certificate_type": Column(None, "sites.type"),
    "province": Column(None, "word.province"),
    "city": Column(None, "sites.city"),
    "holder": Column(None, "word.holder"),
    "source": Column(None, "word.source"),
}
PRINTED = [column.printed for column in COLUMNS.values() if column.printed]
REQUIRED = [name for name, column in COLUMNS.items() if column.required]


def fold(text: object) -> str:
    """Text for comparing: without case, accents, full-width forms, spaces and punctuation."""
    plain = unicodedata.normalize("NFKD", str(text)).casefold().replace("&", "and")
    return re.sub(r"[\W_]+", "", "".join(c for c in plain if not unicodedata.combining(c)))


@cache
def other_words() -> dict[str, dict[str, list[str]]]:
    """Other spellings of headings and cells, from data/registry_words.toml."""
    return read_toml(DATA / "registry_words.toml", DATA.parent)


@cache
def _known() -> dict[str, str]:
    """Folded heading to the column it means."""
    known = {}
    for name, column in COLUMNS.items():
        words = [name, column.printed, *(message(column.word, lang) for lang in LANGUAGES)]
        for word in [*words, *other_words()["headings"].get(name, [])]:
            if word:
                known.setdefault(fold(word), name)
    return known


def recognised(headings: Sequence[object]) -> dict[str, str]:
    """The columns whose heading is known: column to heading, the first of several."""
    found = {}
    for heading in headings:
        name = _known().get(fold(heading)) if heading not in (None, "") else None
        if name:
            found.setdefault(name, str(heading))
    return found


def guessed(headings: Sequence[str]) -> dict[str, str]:
    """Recognised columns and, for those not found, the heading that comes nearest."""
    found = recognised(headings)
    free = {fold(heading): heading for heading in headings if heading not in found.values()}
    for folded, heading in free.items():
        close = difflib.get_close_matches(folded, _known(), n=1, cutoff=SIMILAR)
        close = close or _contained(folded)
        if close:
            found.setdefault(_known()[close[0]], heading)
    return found


def _contained(folded: str) -> list[str]:
    """The longest known heading inside another: 所属行业分类 is an industry."""
    least = 5 if folded.isascii() else 2
    return sorted((k for k in _known() if len(k) >= least and k in folded), key=len)[-1:]


def missing(mapping: Mapping[str, str]) -> list[str]:
    """Required columns that a mapping does not give."""
    return [name for name in REQUIRED if name not in mapping]
