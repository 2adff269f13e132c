"""Mappings read from files turned into frozen records, strictly: an error names file, entry and
key, and the nearest valid one."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields
from datetime import date
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from waterstats.datafiles import closest
from waterstats.standards.limits import Words
from waterstats.standards.rules import Change


class RuleError(ValueError):
    """A rule file that cannot be understood; the message says where and what is expected."""


def parse(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"{path.name}: {error}") from error


def records(kind: type, entries: Any, where: str) -> Iterator[Any]:
    if not isinstance(entries, list):
        raise RuleError(f"{where}: write [[{where.rsplit(' ', 1)[-1]}]], one entry each")
    for number, entry in enumerate(entries, 1):
        yield record(kind, entry, f"{where} {entry.get('id', number)}")


def record(kind: type, entry: Any, where: str, cells: bool = False) -> Any:
    """A frozen record from a mapping; keys are the field names (a trailing _ left off)."""
    if not isinstance(entry, Mapping):
        raise RuleError(f"{where}: expected a table, found {entry!r}")
    if kind is Change:
        return Change(str(entry.get("of")), tuple((k, v) for k, v in entry.items() if k != "of"))
    names = {f.name.rstrip("_"): f for f in fields(kind)}
    only(entry, list(names), where)
    hints = get_type_hints(kind)
    for key, f in names.items():
        if key not in entry and f.default is MISSING and f.default_factory is MISSING:
            raise RuleError(f"{where}: key {key!r} is missing")
    values = {
        names[key].name: value(hints[names[key].name], raw, f"{where}, {key}", cells)
        for key, raw in entry.items()
    }
    return kind(**values)


def value(hint: Any, raw: Any, where: str, cells: bool = False) -> Any:
    """One typed value; text is read as the type only in CSV cells, never in TOML."""
    if get_origin(hint) is UnionType:
        hint = next(h for h in get_args(hint) if h is not type(None))
    if hint is Words:
        return words(raw, where)
    if get_origin(hint) is tuple:
        return sequence(get_args(hint), raw, where, cells)
    if hint is float:
        return number(raw, where, cells)
    if hint is object or (hint in (str, bool, int, date) and type(raw) is hint):
        return raw
    if hint in (str, bool, int, date):
        raise RuleError(f"{where}: expected {hint.__name__}, found {raw!r}")
    return record(hint, raw, where)


def sequence(args: tuple, raw: Any, where: str, cells: bool) -> tuple:
    pair = args == (float, float)
    if pair and not isinstance(raw, list):
        raw = [raw, raw]
    if cells and isinstance(raw, str):
        raw = raw.split()
    if not isinstance(raw, list) or (pair and len(raw) != 2):
        expected = "a number or [least, most]" if pair else "a list"
        raise RuleError(f"{where}: expected {expected}, found {raw!r}")
    return tuple(value(args[0], item, where, cells) for item in raw)


def number(raw: Any, where: str, cells: bool) -> float:
    if cells and isinstance(raw, str):
        try:
            raw = float(raw)
        except ValueError:
            raise RuleError(f"{where}: expected a number, found {raw!r}") from None
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        raise RuleError(f"{where}: expected a number, found {raw!r}")
    return float(raw)


def words(raw: Any, where: str) -> Words:
    if not isinstance(raw, Mapping) or set(raw) != {"zh", "en"} or not all(raw.values()):
        raise RuleError(f'{where}: expected {{zh = "...", en = "..."}}, found {raw!r}')
    return Words(**raw)


def only(entry: Mapping[str, Any], keys: list[str], where: str) -> None:
    for key in entry:
        if key not in keys:
            raise RuleError(f"{where}: unknown key {key!r}{nearest(key, keys)}")


def nearest(word: str, known: Any) -> str:
    """The end of an error sentence: the most similar valid word, or all if they are few."""
    if close := closest(word, known):
        return f"; did you mean {close!r}?"
    return f"; known are {', '.join(map(repr, known))}" if 0 < len(known) <= 12 else ""
