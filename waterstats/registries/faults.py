"""What is wrong with a registry, in both languages, where it stands in the file."""

from collections.abc import Mapping

from waterstats.language import message
from waterstats.problems import NOTHING, Problem
from waterstats.standards.limits import Words


def words(key: str, **values: object) -> Words:
    """A message in both languages."""
    return Words(message(key, "zh", **values), message(key, "en", **values))


def nearest_words(names: Mapping[str, str]) -> Words:
    """A hint at the nearest known word, which each language calls by its own name."""
    return Words(*(message("fault.nearest", lang, name=names[lang]) for lang in ("zh", "en")))


def fault(
    table: str,
    row: int,
    column: str,
    found: object,
    kind: str,
    remedy: Words = NOTHING,
    warning: bool = False,
    **values: object,
) -> Problem:
    """A problem of a kind that messages/registry.toml words, at a row as the file counts."""
    shown = found if isinstance(found, Words) else "" if found is None else str(found)
    return Problem(table, row, column, shown, words(f"fault.{kind}", **values), remedy, warning)
