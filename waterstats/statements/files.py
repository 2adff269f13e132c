"""Read data/statements.toml; anything not understood is an error that names the entry and key."""

import math
from collections.abc import Collection as Codes
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from waterstats.datafiles import DATA, DataError, Fault, read_csv
from waterstats.standards.limits import Words
from waterstats.standards.records import RuleError, nearest, only, parse, record, records
from waterstats.statements.statement import (
    RELATIONS,
    UNITS,
    Collection,
    Geography,
    Reading,
    Scope,
    Statement,
)

FILE = "statements.toml"
FROM_FIGURE = ("source_id", "locator", "as_published", "value", "relation")


@dataclass(frozen=True)
class _Sum:
    """A code that stands for places added up, without others."""

    code: str
    place: tuple[str, ...]
    without: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Reading:
    id: str
    text: Words
    why: Words
    changes: tuple[object, ...]


def load_statements(data: Path = DATA) -> Collection:
    """The statements, their readings and the places they speak of.

    Numbers that stand in data/figures are taken from there: an entry names the row (`figure`) and
    adds what the number is of. Raises DataError naming the entry, the key and the nearest valid
    word.
    """
    try:
        return _load(data)
    except RuleError as error:
        raise DataError(
            [
                Fault(
                    f"{data.name}/{FILE}",
                    str(error),
                    "entries as the head of the file explains",
                    "Mend the entry named.",
                )
            ]
        ) from error


def _load(data: Path) -> Collection:
    tables = parse(data / FILE)
    only(tables, ["source_id", "on", "sums", "statements", "readings"], FILE)
    figures = _by_key(data, [p.stem for p in sorted((data / "figures").glob("*.csv"))])
    defaults = {key: tables[key] for key in ("source_id", "on") if key in tables}
    entries = {}
    for number, entry in enumerate(_list(tables, "statements"), 1):
        name = entry.get("id", f"no. {number}")
        if name in entries:
            raise RuleError(f"statements {name}: id {name!r} stands twice")
        entries[name] = defaults | _with_figure(entry, figures, f"statements {name}")
    statements = {name: _statement(e, f"statements {name}") for name, e in entries.items()}
    readings = []
    for read in records(_Reading, _list(tables, "readings"), "readings"):
        where = f"readings {read.id}"
        changes = [_change(dict(c), entries, statements, where) for c in read.changes]
        readings.append(Reading(read.id, read.text, read.why, tuple(changes)))
    sums = tuple(
        (each.code, Scope(place=each.place, without=each.without))
        for each in records(_Sum, _list(tables, "sums"), "sums")
    )
    if not isinstance(tables.get("on"), date):
        raise RuleError("on: give the date of the statements without one of their own")
    collection = Collection(
        tables["on"], tuple(statements.values()), tuple(readings), _geography(data, dict(sums))
    )
    _check_codes(collection, data)
    return collection


def _list(tables: Mapping[str, Any], name: str) -> list[dict]:
    entries = tables.get(name, [])
    if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
        raise RuleError(f"{name}: write [[{name}]], one entry each")
    return entries


def _by_key(data: Path, files: list[str]) -> dict[str, dict]:
    rows = [
        row for file in files for row in read_csv(data / "figures" / f"{file}.csv", data.parent)
    ]
    return {row.cells["figure_id"]: row.cells for row in rows}


def _with_figure(entry: dict, figures: Mapping[str, dict], where: str) -> dict:
    """The entry, with what the row of data/figures it names already says."""
    if "figure" not in entry:
        return entry
    figure = figures.get(entry["figure"])
    if figure is None:
        raise RuleError(
            f"{where}, figure: no such row of data/figures" + nearest(entry["figure"], figures)
        )
    given = {key: figure[key] for key in FROM_FIGURE}
    given["value"] = float(figure["value"])
    given["on"] = date.fromisoformat(figure["period_end"])
    if not {"count", "order", "not_testable"} & set(entry):
        given["count"] = {
            key: [figure[key]] for key in ("place", "industry", "level") if figure[key]
        }
    return given | entry


def _statement(entry: Mapping[str, Any], where: str) -> Statement:
    if isinstance(entry.get("count"), Mapping):
        entry = {**entry, "count": [entry["count"]]}
    read = record(Statement, entry, where)

    def dated(scope: Scope) -> Scope:
        return scope if scope.on else replace(scope, on=read.on)

    read = replace(
        read,
        count=tuple(map(dated, read.count)),
        of=dated(read.of) if read.of else None,
        order=tuple(tuple(map(dated, tier)) for tier in read.order),
    )
    for problem in _faults(read):
        raise RuleError(f"{where}, {problem}")
    return read


def _faults(read: Statement):
    """What is wrong with one statement by itself: "key: what is expected"."""
    said = [bool(read.count), bool(read.order), not read.testable]
    if said.count(True) != 1:
        yield "count: give one of count, order and not_testable"
    if read.relation not in RELATIONS:
        yield f"relation: unknown {read.relation!r}{nearest(read.relation, RELATIONS)}"
    if read.unit not in UNITS:
        yield f"unit: unknown {read.unit!r}{nearest(read.unit, UNITS)}"
    if not math.isfinite(read.value) or read.value < 0:
        yield f"value: expected a finite number of at least 0, found {read.value!r}"
    if not math.isfinite(read.tolerance) or read.tolerance < 0 or read.decimals < 0:
        yield "tolerance: expected a finite number of at least 0, like decimals"
    if read.count and (read.unit == "sites") != (read.of is None):
        yield "of: give what the number is of, unless it is a number of sites"
    if read.count and read.unit == "sites" and read.relation == "=" and read.value % 1:
        yield f"value: expected a whole number of sites, found {read.value!r}"
    if read.order and (len(read.order) < 2 or read.relation not in ("=", ">")):
        yield 'order: needs two tiers or more, and no relation but ">"'
    if not all((read.locator.strip(), read.as_published.strip())):
        yield "locator: say where it stands, and as_published how it is printed"
    if read.testable and any(scope.on is None for scope in read.scopes):
        yield "on: give the date"
    if any(not scope.place for scope in read.scopes):
        yield "place: name at least one"


def _change(
    change: dict, entries: Mapping[str, dict], statements: Mapping[str, Statement], where: str
) -> tuple[str, Statement]:
    """The statement as another reading understands it."""
    name = change.pop("statement", None)
    if name not in statements:
        raise RuleError(f"{where}: no such statement {name!r}{nearest(str(name), statements)}")
    return name, _statement({**entries[name], **change}, f"{where}, {name}")


def _geography(data: Path, sums: Mapping[str, Scope]) -> Geography:
    places = [row.cells for row in read_csv(data / "places.csv", data.parent)]
    parents = tuple(
        (row["place"], row["parent"])
        for row in places
        if row["parent"] and row["place"] not in sums and row["kind"] != "rest"
    )
    groups = [row.cells for row in read_csv(data / "industries.csv", data.parent)]
    levels = [row.cells["level"] for row in read_csv(data / "levels.csv", data.parent)]
    return Geography(
        parents,
        tuple(sums.items()),
        tuple(row["industry"] for row in groups if row["scheme"] == "group"),
        tuple(levels),
    )


def _check_codes(collection: Collection, data: Path) -> None:
    """Every code and every source named exists."""
    geography = collection.geography
    sums = dict(geography.sums)
    places = {code for pair in geography.parents for code in pair} | set(sums)
    sources = [path.stem for path in (data / "sources").glob("*.toml")]
    changed = [read for reading in collection.readings for _, read in reading.changes]
    for read in (*collection.statements, *changed):
        where = f"statements {read.id}"
        _known([read.source_id], sources, f"{where}, source_id")
        for scope in read.scopes:
            _known([*scope.place, *scope.without], places, f"{where}, place")
            _known(scope.industry, geography.industries, f"{where}, industry")
            _known(scope.level, geography.levels, f"{where}, level")
    for code, scope in sums.items():
        _known([*scope.place, *scope.without], places - {code}, f"sums {code}, place")


def _known(words: Codes[str], known: Codes[str], where: str) -> None:
    for word in words:
        if word not in known:
            raise RuleError(f"{where}: unknown {word!r}{nearest(word, known)}")
