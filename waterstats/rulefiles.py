"""Read the folder of a standard into records. Anything not understood is an error that names the
file, the entry, the key and the nearest valid one: a misspelt rule must not silently not apply."""

import csv
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields, replace
from datetime import date
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from . import limits, rules
from .limits import Limit, Words
from .rulechecks import check
from .rules import Change, Reading, Standard

STANDARDS = Path(__file__).resolve().parent.parent / "data" / "standards"

# Which records the tables of rules.toml and readings.toml hold, and which come as CSV.
TABLES = {
    "facts": rules.Fact,
    "steps": rules.Fact,
    "not_modelled": rules.Fact,
    "sections": rules.Section,
    "must": rules.Must,
    "points": rules.Points,
    "gates": rules.Gate,
    "levels": rules.Level,
    "measures": limits.Measure,
    "families": limits.Family,
    "adjustments": limits.Adjustment,
}
WORD_TABLES = ("verdicts", "absences", "topics")
CSV_TABLES = {
    "industries": limits.Industry,
    "variants": limits.Variant,
    "limits": limits.Limit,
}


class RuleError(ValueError):
    """A rule file that cannot be understood; the message says where and what is expected."""


def load_standard(standard: str | Path) -> Standard:
    """Load a rule set by its id under data/standards, or from a folder anywhere.

    Raises RuleError if a file says something the records do not know, or that contradicts itself.
    """
    folder = Path(standard)
    if folder.name == str(standard):
        folder = STANDARDS / standard
    return _load(folder)


@cache
def _load(folder: Path) -> Standard:
    if not (folder / "rules.toml").is_file():
        known = sorted(path.parent.name for path in STANDARDS.glob("*/rules.toml"))
        raise RuleError(f"no standard {folder.name!r}{nearest(folder.name, known)}")
    parts = read_rules(folder / "rules.toml")
    for name, kind in CSV_TABLES.items():
        if (folder / f"{name}.csv").is_file():
            parts[name] = tuple(read_csv(folder / f"{name}.csv", kind))
    parts["limits"] = (*parts.get("limits", ()), *limit_copies(parts))
    if (folder / "readings.toml").is_file():
        parts |= read_readings(folder / "readings.toml", Standard(**parts).by_id)
    if (folder / "cases.toml").is_file():
        cases = parse(folder / "cases.toml")
        only(cases, ["cases"], "cases.toml")
        parts["cases"] = tuple(cases.get("cases", ()))
    standard = Standard(**parts)
    if standard.id != folder.name:
        raise RuleError(f"rules.toml: standard id {standard.id!r} is not its folder's name")
    if problems := check(standard):
        raise RuleError("\n".join(problems))
    return standard


def read_rules(path: Path) -> dict[str, Any]:
    """The records of rules.toml, by table name."""
    tables = parse(path)
    only(tables, ["standard", *TABLES, *WORD_TABLES], path.name)
    if "standard" not in tables or "verdicts" not in tables:
        raise RuleError(f"{path.name}: needs the tables [standard] and [verdicts]")
    parts: dict[str, Any] = {
        "header": record(rules.Header, tables["standard"], f"{path.name}: standard")
    }
    for name in WORD_TABLES:
        where = f"{path.name}: {name}"
        parts[name] = {k: words(v, f"{where}.{k}") for k, v in tables.get(name, {}).items()}
    for name, kind in TABLES.items():
        parts[name] = tuple(records(kind, tables.get(name, []), f"{path.name}: {name}"))
    return parts


def read_readings(path: Path, by_id: Mapping[str, object]) -> dict[str, Any]:
    """Readings and notes; what a choice changes is typed like the record it changes."""
    tables = parse(path)
    only(tables, ["readings", "notes"], path.name)
    readings = []
    for reading in records(Reading, tables.get("readings", []), f"{path.name}: readings"):
        choices = tuple(
            replace(c, changes=tuple(typed(ch, by_id, path.name) for ch in c.changes))
            for c in reading.choices
        )
        readings.append(replace(reading, choices=choices))
    notes = tuple(records(rules.Note, tables.get("notes", []), f"{path.name}: notes"))
    return {"readings": tuple(readings), "notes": notes}


def read_csv(path: Path, kind: type) -> Iterator[Any]:
    """One record per line; an empty cell is an absent key, label_zh and label_en make a label."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        for line in csv.DictReader(file, restkey="more cells than columns"):
            where = f"{path.name}: {line.get('id') or 'a line without id'}"
            given = {key: cell for key, cell in line.items() if cell not in (None, "")}
            label = {lang: given.pop(f"label_{lang}", "") for lang in ("zh", "en")}
            yield record(kind, {**given, "label": label}, where, cells=True)


def limit_copies(parts: Mapping[str, Any]) -> Iterator[Limit]:
    """Rows for variants that take another's limits (semi-chemical pulp as unbleached pulp)."""
    for variant in parts.get("variants", ()):
        for limit in parts.get("limits", ()):
            if variant.same_as and limit.variant == variant.same_as:
                copy = f"{limit.id}_for_{variant.id}"
                yield replace(limit, id=copy, variant=variant.id, copy_of=limit.id)


# --- from mappings to records ---------------------------------------------------------------


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


def typed(change: Change, by_id: Mapping[str, object], file: str) -> Change:
    """Check that a change names a record and fields it has, and give its values their types."""
    if change.of not in by_id:
        raise RuleError(f"{file}: change of {change.of!r}: no such id{nearest(change.of, by_id)}")
    kind = type(by_id[change.of])
    where = f"{file}: change of {change.of}"
    only(dict(change.values), [f.name for f in fields(kind) if f.name != "id"], where)
    hints = get_type_hints(kind)
    return Change(
        change.of, tuple((k, value(hints[k], raw, f"{where}, {k}")) for k, raw in change.values)
    )


def only(entry: Mapping[str, Any], keys: list[str], where: str) -> None:
    for key in entry:
        if key not in keys:
            raise RuleError(f"{where}: unknown key {key!r}{nearest(key, keys)}")


def nearest(word: str, known: Any) -> str:
    """The end of an error sentence: the most similar valid word, or all if they are few."""
    if close := get_close_matches(str(word), known, 1):
        return f"; did you mean {close[0]!r}?"
    return f"; known are {', '.join(map(repr, known))}" if len(known) <= 12 else ""
