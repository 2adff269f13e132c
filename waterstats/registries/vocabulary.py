"""Which words mean which country, province, level, certificate type and sector."""

import difflib
import re
from dataclasses import dataclass

import pandas as pd

from waterstats.registries.columns import fold, other_words

NEAR = 0.6
CODED = ("country", "province", "level", "certificate_type", "sector")


@dataclass(frozen=True)
class Vocabulary:
    """The codes of the database and the words for them.

    places, industries, levels: the tables place, industry and level. holders: account name to
    holder. known: column to {folded word: code}. provinces: how an address names each province.
    """

    places: pd.DataFrame
    industries: pd.DataFrame
    levels: pd.DataFrame
    holders: dict[str, str]
    known: dict[str, dict[str, str]]
    provinces: list[tuple[re.Pattern, str]]

    def code(self, column: str, text: str) -> str | None:
        """The code a word means, None for an unknown word."""
        return self.known[column].get(fold(text))

    def nearest(self, column: str, text: str) -> str | None:
        """The code of the known word that comes nearest, None if none is near."""
        close = difflib.get_close_matches(fold(text), self.known[column], n=1, cutoff=NEAR)
        return self.known[column][close[0]] if close else None

    def names(self, column: str, code: str) -> dict[str, str]:
        """What a code is called: {"zh": ..., "en": ...}."""
        frames = {"level": (self.levels, "level"), "sector": (self.industries, "industry")}
        frame, key = frames.get(column, (self.places, "place"))
        row = frame[frame[key] == code]
        if row.empty:
            return {"zh": code, "en": code}
        return {language: row[f"name_{language}"].iloc[0] for language in ("zh", "en")}

    def province_in(self, address: str) -> str | None:
        """The one province of China that an address names; None when it names none or several."""
        found = {code for pattern, code in self.provinces if pattern.search(address)}
        return found.pop() if len(found) == 1 else None


def _names(rows: pd.DataFrame, key: str) -> list[tuple[str, str]]:
    """The names of a table's rows in both languages, with their codes."""
    return [
        (row[name], row[key]) for row in rows.to_dict("records") for name in ("name_zh", "name_en")
    ]


def _bounded(word: str) -> str:
    """A Latin word stands alone; Chinese has no spaces to tell."""
    return rf"(?<![a-z]){re.escape(word)}(?![a-z])" if word.isascii() else re.escape(word)


def vocabulary(
    places: pd.DataFrame, industries: pd.DataFrame, levels: pd.DataFrame, holders: pd.DataFrame
) -> Vocabulary:
    """The vocabulary of the tables place, industry, level and holder."""
    sectors = industries[industries["scheme"] == "sector"]
    rows = {
        "country": (places[places["kind"] == "country"], "place"),
        "province": (places[places["kind"] == "province"], "place"),
        "level": (levels, "level"),
        "sector": (sectors, "industry"),
    }
    known: dict[str, dict[str, str]] = {}
    for column in CODED:
        words = known.setdefault(column, {})
        if column in rows:
            frame, key = rows[column]
            words |= {fold(code): code for code in frame[key]}
            words |= {fold(word): code for word, code in _names(frame, key)}
        for code, others in other_words()[column].items():
            words |= {fold(word): code for word in [code, *others]}
    known["sector"] |= {
        fold(row.printed_as): row.industry for row in sectors.itertuples() if row.printed_as
    }
    owners = dict(zip(holders["account_name"], holders["holder"], strict=True))
    named = _names(*rows["province"])
    named += [(word, code) for code, others in other_words()["province"].items() for word in others]
    patterns = [(re.compile(_bounded(word), re.I), code) for word, code in named]
    return Vocabulary(places, industries, levels, owners, known, patterns)
