"""The table by which a city recommends enterprises, and their verdicts on a second page."""

from collections.abc import Sequence

from .assessment import head
from .conclusion import (
    MadeOn,
    dated,
    footer,
    left_out_words,
    rule_set,
    verdict_words,
    with_state,
)
from .content import Cell, Form, Row, Table, Value, written
from .entry import FAILED, OPEN, Entry
from .information import field_value, series
from .layout import Field


def recommendation_form(entries: Sequence[Entry], filled_by: str, made_on: MadeOn) -> Form:
    """One row per enterprise, in the order given. Raises ValueError if there is none."""
    if not entries:
        raise ValueError("no enterprise to recommend")
    first = entries[0]
    return Form(
        first.layout.tables["recommendation"].title,
        (recommendation_table(entries, filled_by), verdicts_table(entries, made_on)),
        footer(first, made_on),
        first.word("page"),
        first.word("font"),
        landscape=True,
    )


def recommendation_table(entries: Sequence[Entry], filled_by: str) -> Table:
    first = entries[0]
    sheet, columns = first.layout.tables["recommendation"], first.layout.columns
    rows = [
        tuple(Cell(shown(e, column.show, i), kind="centre") for column in columns)
        for i, e in enumerate(entries, 1)
    ]
    empty = (Cell(None),) * (len(columns) - 1)
    for i in range(len(rows) + 1, sheet.least_rows + 1):
        rows.append((Cell(i, kind="centre"), *empty))
    return Table(
        sheet.name,
        sheet.title,
        tuple(column.width for column in columns),
        (head(tuple(first.numbered(column.head) for column in columns)), *rows),
        1,
        tuple(line.format(filled_by=first.text(filled_by)) for line in sheet.lines),
        sheet.notes,
    )


def shown(e: Entry, what: str, position: int) -> Value:
    if what == "number":
        return position
    if what == "name":
        return e.text(e.information.get("name") or e.name)
    if what == "industry":
        return e.plan.label.zh if e.plan.industry else ""
    return in_short(e, e.layout.field(what))


def in_short(e: Entry, f: Field) -> Value:
    """A field in one cell: of a choice its class, or the word given where it is none of them; of a
    series the last year."""
    if f.kind == "choice":
        given = str(e.information.get(f.id, ""))
        option = f.option(given)
        return (option.short or option.label.zh) if option else e.text(given) or None
    return list(series(e, f).values())[-1] if f.kind == "series" else field_value(e, f)


def verdicts_table(entries: Sequence[Entry], made_on: MadeOn) -> Table:
    first = entries[0]
    sheet, standard = first.layout.tables["recommended"], first.plan.standard
    rows = [verdict_row(e, i) for i, e in enumerate(entries, 1)]
    notes = [*readings_used(entries), *(fact.text.zh for fact in standard.not_modelled)]
    about = f"{first.word('rules')}：{standard.header.title.zh}（{rule_set(first)}）"
    source = f"{first.word('source')}：{standard.header.document} {standard.header.source_id}"
    date = f"{first.word('dated')}：{dated(first, made_on)}"
    return Table(
        sheet.name,
        sheet.title,
        sheet.widths,
        (head(sheet.heads), *rows),
        1,
        (f"{about}　{source}　{date}",),
        tuple(notes),
    )


def verdict_row(e: Entry, position: int) -> Row:
    sections = list(range(len(e.plan.standard.sections)))
    points = written(e.points(sections, e.plan.standard.points))
    return (
        Cell(position, kind="centre"),
        Cell(shown(e, "name", position)),
        Cell(verdict_words(e), kind="centre"),
        Cell(points, kind="centre"),
        Cell("\n".join([*with_state(e, FAILED), *with_state(e, OPEN)])),
        Cell("\n".join(left_out_words(e))),
        Cell("\n".join(reading.question.zh for reading in e.decisive)),
    )


def readings_used(entries: Sequence[Entry]) -> list[str]:
    """Each choice by which something was judged; with the numbers of the enterprises where they
    do not all share it."""
    used: dict[str, dict[str, list[int]]] = {}
    for position, e in enumerate(entries, 1):
        for reading, choice in e.choices.items():
            used.setdefault(reading.question.zh, {}).setdefault(choice.label.zh, []).append(
                position
            )
    first, lines = entries[0], []
    for question, choices in used.items():
        for choice, positions in choices.items():
            who = "、".join(map(str, positions))
            number = first.layout.tables["recommended"].heads[0]
            whose = f"（{number} {who}）" if len(choices) > 1 else ""
            lines.append(f"{first.word('reading')}：{question}{choice}{whose}")
    return lines
