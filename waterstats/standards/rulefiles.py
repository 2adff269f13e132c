"""Read the folder of a standard into records. Anything not understood is an error that names the
file, the entry, the key and the nearest valid one: a misspelt rule must not silently not apply."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from functools import cache
from pathlib import Path
from typing import Any, get_type_hints

from waterstats.datafiles import DATA
from waterstats.standards import limits, rules
from waterstats.standards.limits import Limit
from waterstats.standards.records import (
    RuleError,
    nearest,
    only,
    parse,
    record,
    records,
    value,
    words,
)
from waterstats.standards.rulechecks import check
from waterstats.standards.rules import Change, Reading, Standard

STANDARDS = DATA / "standards"

# Which records the tables of rules.toml and readings.toml hold, and which come as CSV.
TABLES = {
    "facts": rules.Fact,
    "steps": rules.Fact,
    "not_modelled": rules.Fact,
    "sections": rules.Section,
    "groups": rules.Group,
    "must": rules.Must,
    "points": rules.Points,
    "gates": rules.Gate,
    "levels": rules.Level,
    "measures": limits.Measure,
    "families": limits.Family,
    "adjustments": limits.Adjustment,
}
WORD_TABLES = ("verdicts", "absences", "topics", "outcomes")
CSV_TABLES = {
    "industries": limits.Industry,
    "variants": limits.Variant,
    "limits": limits.Limit,
}


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
