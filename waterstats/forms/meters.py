"""How indicators follow from meter readings: what was read, the formula, what comes out."""

from collections.abc import Collection, Iterable, Mapping

from waterstats.meters.measures import definitions, indicators
from waterstats.standards.records import RuleError, nearest

from .assessment import head
from .content import Cell, Row, Table, number
from .entry import Entry

Readings = Mapping[str, float | Mapping[str, float]]


def meters_table(e: Entry, meters: Readings) -> Table | None:
    """The readings of the site, and of each variant that has its own, with every indicator that
    can be computed from them."""
    if not meters:
        return None
    sheet = e.layout.tables["meters"]
    site = {id_: given for id_, given in meters.items() if not isinstance(given, Mapping)}
    own: dict[str, dict[str, float]] = {}
    for id_, given in meters.items():
        for variant, reading in given.items() if isinstance(given, Mapping) else ():
            own.setdefault(variant, {})[id_] = reading
    check(meters, definitions().meters)
    check(own, [variant.id for variant in e.plan.variants])
    rows = [*read(e, site, ""), *computed(e, site, "", set(site))]
    for variant, readings in own.items():
        rows += read(e, readings, variant)
        rows += computed(e, {**site, **readings}, variant, set(readings))
    return Table(sheet.name, sheet.title, sheet.widths, (head(sheet.heads), *rows), 1, follows=True)


def check(ids: Iterable[str], known: Collection[str]) -> None:
    for id_ in ids:
        if id_ not in known:
            raise RuleError(f"meters: {id_!r} is not known here{nearest(id_, known)}")


def read(e: Entry, readings: Mapping[str, float], variant: str) -> list[Row]:
    known = definitions().meters
    return [
        line(e, known[id_].label.zh, variant, known[id_].symbol, known[id_].unit, value, "")
        for id_, value in readings.items()
    ]


def computed(e: Entry, readings: Mapping[str, float], variant: str, own: set[str]) -> list[Row]:
    """The indicators of these readings that use at least one of `own`."""
    known, badges = definitions().indicators, definitions().badges
    rows = []
    for id_, value in indicators(readings).items():
        found = known[id_]
        if own & set(found.meters):
            shown, badge = float(f"{value:.6g}"), badges[found.badge].zh
            rows.append(line(e, found.label.zh, variant, found.formula, found.unit, shown, badge))
    return rows


def line(
    e: Entry, label: str, variant: str, formula: str, unit: str, value: float, basis: str
) -> Row:
    who = e.plan.standard.by_id[variant].label.zh if variant else ""
    cells = [Cell(x) for x in (label, who, formula)]
    numbers = [Cell(x, kind="centre") for x in (e.layout.unit(unit), number(value))]
    return (*cells, *numbers, Cell(basis))
