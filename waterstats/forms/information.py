"""The basic information sheet: fields given, fields the answers already say, and blanks."""

from itertools import groupby

from .content import Cell, Row, Table, Value, number, written
from .entry import Entry
from .layout import Field

ACROSS = 5  # label, two columns of a value (or sub-label and first year), label, value
YEARS = 3


def information_table(e: Entry) -> Table | None:
    """The sheet as the notice has it; None if the standard has none."""
    fields = [f for f in e.layout.fields if f.sheet]
    if not fields:
        return None
    sheet, rows = e.layout.tables["information"], []
    for key, group in groupby(fields, lambda f: (f.half, f.group, f.section if f.section else "")):
        members = list(group)
        if key[2]:
            rows.append((Cell(key[2], across=ACROSS, kind="head"),))
        rows += field_rows(e, members)
    return Table(sheet.name, sheet.title, sheet.widths, tuple(rows), 0, notes=sheet.notes)


def field_rows(e: Entry, fields: list[Field]) -> list[Row]:
    if fields[0].half:
        pairs = zip(fields[::2], fields[1::2], strict=True)
        return [(*labelled(e, left, 2), *labelled(e, right, 1)) for left, right in pairs]
    if fields[0].group:
        return grouped(e, fields)
    return [labelled(e, f, ACROSS - 1) for f in fields]


def labelled(e: Entry, f: Field, across: int) -> Row:
    if f.kind == "by_hand" and f.lines:
        shown: Value = "\n".join(f.lines)
    else:
        shown = field_value(e, f)
    return Cell(e.numbered(f.label.zh), kind="label"), Cell(shown, across)


def grouped(e: Entry, fields: list[Field]) -> list[Row]:
    """Fields under one label; those of three years get a line of years above them."""
    rows: list[Row] = []
    if fields[0].kind == "series":
        years = [Cell(e.word("each_year").format(year=y), kind="label") for y in data_years(e)]
        rows.append((Cell(None, kind="label"), *years))
    for f in fields:
        words = Cell(e.numbered(f.label.zh), kind="label")
        if f.kind == "series":
            values = [Cell(value, kind="centre") for value in series(e, f).values()]
            rows.append((words, *values))
        else:
            rows.append((words, Cell(field_value(e, f), across=ACROSS - 2)))
    heading = Cell(e.numbered(fields[0].group), down=len(rows), kind="label")
    return [(heading, *rows[0]), *rows[1:]]


def field_value(e: Entry, f: Field) -> Value:
    """What a field says: given, or taken from the answers, or nothing."""
    if f.kind == "industry":
        boxes = [e.box(i.label.zh, i.id == e.plan.industry) for i in e.plan.standard.industries]
        return "　".join(boxes)
    if f.kind == "choice":
        return choice_boxes(e, f)
    given = e.information.get(f.id)
    return filled(e, f) if given in (None, "") else plain(e, given)


def plain(e: Entry, given: object) -> Value:
    """A number stays a number; everything else is text."""
    if isinstance(given, int | float) and not isinstance(given, bool):
        return number(given)
    return e.text(given)


def choice_boxes(e: Entry, f: Field) -> str:
    chosen = e.information.get(f.id)
    parts = []
    for group, options in groupby(f.options, lambda option: option.group):
        boxes = "　".join(e.box(o.label.zh, o.id == chosen) for o in options)
        parts.append(f"{group}（{boxes}）" if group else boxes)
    return "　".join(parts)


def filled(e: Entry, f: Field) -> Value:
    """What the answers already say about a field."""
    if f.fill == "name":
        return e.text(e.name) or None
    if f.fill in [family.id for family in e.plan.standard.families]:
        return "、".join(made(e, f.fill)) or None
    return measured(e, f) if f.fill else None


def made(e: Entry, family: str) -> list[str]:
    """The declared variants of a family in words."""
    declared = zip(e.plan.variants, e.batch.made[:, 0].tolist(), strict=False)
    return [variant.label.zh for variant, yes in declared if yes and variant.family == family]


def measured(e: Entry, f: Field) -> Value:
    """A measure (or all that decide a must) as given: a bare number if the field asks for one,
    else with its unit, and with the product or route it belongs to."""
    known = e.plan.standard.by_id
    wanted = {limit.measure for limit in e.plan.limits if limit.decides == f.fill} or {f.fill}
    found = [
        (asked, number(e.batch.values[i, 0]))
        for i, asked in enumerate(e.plan.inputs)
        if asked.measure in wanted
    ]
    given = [(asked, value) for asked, value in found if value is not None]
    if f.kind == "number" and len(given) == 1:
        return given[0][1]
    parts = [
        (known[asked.variant].label.zh if asked.variant else "", written(value), asked.unit)
        for asked, value in given
    ]
    words = [" ".join(filter(None, (who, value, e.layout.unit(u)))) for who, value, u in parts]
    return "；".join(words) or None


def data_years(e: Entry) -> list[int]:
    last = e.plan.standard.header.data_year
    return [] if last is None else list(range(last - YEARS + 1, last + 1))


def series(e: Entry, f: Field) -> dict[int, Value]:
    """A value for each of the data years; the last from the answers where none was given."""
    given = e.information.get(f.id) or {}
    values = {year: given.get(year, given.get(str(year))) for year in data_years(e)}
    shown = {year: None if v in (None, "") else plain(e, v) for year, v in values.items()}
    last = max(shown)
    if shown[last] is None and f.fill:
        shown[last] = measured(e, f)
    return shown
