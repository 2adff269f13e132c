"""How indicators follow from meter readings: what was read, the formula, what comes out."""

from collections.abc import Mapping

from ..measures import definitions, indicators
from ..records import RuleError, nearest
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
    for name, ids in (("meters", meters), ("meters", own)):
        known = definitions().meters if ids is meters else [v.id for v in e.plan.variants]
        for id_ in ids:
            if id_ not in known:
                raise RuleError(f"{name}: {id_!r} is not known here{nearest(id_, known)}")
    rows = [*read(e, site, ""), *computed(e, site, "", set(site))]
    for variant, readings in own.items():
        rows += read(e, readings, variant)
        rows += computed(e, {**site, **readings}, variant, set(readings))
    return Table(sheet.name, sheet.title, sheet.widths, (head(sheet.heads), *rows), 1)


def read(e: Entry, readings: Mapping[str, float], variant: str) -> list[Row]:
    known = definitions().meters
    return [
        line(e, known[id_].label.zh, variant, known[id_].symbol, known[id_].unit, value, "")
        for id_, value in readings.items()
    ]


def computed(e: Entry, readings: Mapping[str, float], variant: str, own: set[str]) -> list[Row]:
    """The indicators of these readings that use at least one of `own`."""
    known, badges = definitions().indicators, definitions().badges
    values = {id_: v for id_, v in indicators(readings).items() if own & set(known[id_].meters)}
    return [
        line(
            e,
            k.label.zh,
            variant,
            k.formula,
            k.unit,
            float(value),
            f"{k.reference}\n{badges[k.badge].zh}",
        )
        for k, value in ((known[id_], value) for id_, value in values.items())
    ]


def line(
    e: Entry, label: str, variant: str, formula: str, unit: str, value: float, basis: str
) -> Row:
    who = e.plan.standard.by_id[variant].label.zh if variant else ""
    cells = [Cell(x) for x in (label, who, formula)]
    numbers = [Cell(x, kind="centre") for x in (e.layout.unit(unit), number(value))]
    return (*cells, *numbers, Cell(basis))
