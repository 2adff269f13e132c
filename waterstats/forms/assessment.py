"""Annex tables 1 and 2: what has to hold, and what earns points."""

from itertools import groupby

from waterstats.standards.rules import Must, Points, Section

from .content import Cell, Row, Table, Value, number, written
from .entry import FAILED, LEFT_OUT, MET, Entry


def must_table(e: Entry) -> Table | None:
    """Every must with its boxes, its reason or its amount, and the evidence index."""
    sheet = e.layout.tables["must"]
    if not e.plan.standard.must:
        return None
    rows = [
        (
            Cell(must.number, kind="centre"),
            Cell(must.label.zh),
            Cell(must_answer(e, must), kind="centre"),
            Cell(e.proof(must.id)),
        )
        for must in e.plan.standard.must
    ]
    return Table(sheet.name, sheet.title, sheet.widths, (head(sheet.heads), *rows), 1)


def head(words: tuple[str, ...]) -> Row:
    return tuple(Cell(word, kind="head") for word in words)


def must_answer(e: Entry, must: Must) -> str:
    state = e.states[must.id]
    boxes = [e.box(e.word("yes"), state == MET), e.box(e.word("no"), state == FAILED)]
    if must.may_be_not_applicable:
        boxes.append(e.box(e.word("skip"), state == LEFT_OUT))
    lines = ["　".join(boxes)]
    if must.measure:
        lines += amounts(e, must)
    if state == LEFT_OUT and e.reasons.get(must.id):
        lines.append(e.word("reason") + e.text(e.reasons[must.id]))
    return "\n".join(lines)


def amounts(e: Entry, must: Must) -> list[str]:
    """The amounts a must is judged by, where they are known."""
    known = [(e.plan.inputs[i], number(e.batch.values[i, 0])) for i in e.rows[must.id].inputs]
    by_id = e.plan.standard.by_id
    return [
        f"{by_id[asked.measure].label.zh} {written(value)} {e.layout.unit(asked.unit)}"
        for asked, value in known
        if value is not None
    ]


def points_table(e: Entry) -> Table | None:
    """The points items by section and row, with subtotals, the total and the gates."""
    sheet, standard = e.layout.tables["points"], e.plan.standard
    if not standard.points:
        return None
    number_, section, demand, *rest = head(sheet.heads)
    rows = [(number_, section, Cell(demand.value, across=2, kind="head"), *rest)]
    for position, part in enumerate(standard.sections):
        rows += section_rows(e, position, part)
    rows += total_rows(e)
    return Table(sheet.name, sheet.title, sheet.widths, tuple(rows), 1, notes=sheet.notes)


def section_rows(e: Entry, position: int, section: Section) -> list[Row]:
    items = [item for item in e.plan.standard.points if item.section == section.id]
    rows = [row for _, group in groupby(items, row_number) for row in group_rows(e, list(group))]
    if len(items) > 1:
        subtotal = Cell(e.word("subtotal"), across=2, kind="label")
        earned = e.points([position], tuple(items))
        rows.append((subtotal, label(worth(items)), label(earned), label(None)))
    if rows:
        left = [
            Cell(words, down=len(rows), kind="centre")
            for words in (section.number, section.label.zh)
        ]
        rows[0] = (*left, *rows[0])
    return rows


def label(value: Value) -> Cell:
    return Cell(value, kind="label")


def row_number(item: Points) -> str:
    """The printed row an item stands in: 1.2 for item 1.2.3."""
    return ".".join(item.number.split(".")[:2])


def group_rows(e: Entry, items: list[Points]) -> list[Row]:
    """The items of one printed row; the row's own words and points stand once beside them."""
    title = e.layout.groups.get(row_number(items[0]))
    rows = []
    for position, item in enumerate(items):
        score, proof = Cell(earned(e, item), kind="centre"), Cell(e.proof(item.id))
        if not title:
            words = Cell(f"{item.number} {item.label.zh}", across=2)
            rows.append((words, Cell(worth([item]), kind="centre"), score, proof))
            continue
        words = Cell(item_words(e, item, position if len(items) > 1 else -1))
        if position:
            rows.append((words, score, proof))
        else:
            spans = Cell(title, down=len(items)), Cell(worth(items), down=len(items), kind="centre")
            rows.append((spans[0], words, spans[1], score, proof))
    return rows


def item_words(e: Entry, item: Points, position: int) -> str:
    """An item marked ①, ②, ③ within its row, with its points."""
    marks = e.layout.groups.get("marks", "")
    mark = marks[position] if 0 <= position < len(marks) else ""
    return f"{mark}{item.label.zh}（{worth([item])}）"


def worth(items: list[Points]) -> Value:
    """What items are worth together: 4, -3, +1, +1～2."""
    most, least = sum(item.most for item in items), sum(item.least for item in items)
    if not most:
        return number(least)
    claimed = all(item.blank == "no" for item in items)
    if len(items) == 1 and items[0].grades:
        steps = [grade.points[1] for grade in items[0].grades]
        most_text = f"{min(steps):g}～{max(steps):g}"
        return f"+{most_text}" if claimed else most_text
    return f"+{most:g}" if claimed else number(most)


def earned(e: Entry, item: Points) -> Value:
    """What an item earns: blank if unanswered, a range where the award is at discretion."""
    if e.states[item.id] == LEFT_OUT and item.may_be_not_applicable:
        return e.word("skip")
    if not (worth := e.earned(item)):
        return None
    low, high = worth
    return number(low) if low == high else f"{low:g}～{high:g}"


def total_rows(e: Entry) -> list[Row]:
    """The total, and below it each gate that binds."""
    standard = e.plan.standard
    everything = e.points(list(range(len(standard.sections))), standard.points)
    rows = [(strong(e.word("total"), 5), strong(everything), strong(None))]
    for versions in e.plan.gates:
        id_ = versions.first.id
        state = e.states[id_]
        if state != LEFT_OUT:
            word = {MET: "gate_met", FAILED: "gate_failed"}.get(state, "gate_open")
            words = f"{e.word('gate')}：{standard.by_id[id_].label.zh}"
            rows.append((strong(words, 5), strong(e.word(word), 2)))
    return rows


def strong(value: Value, across: int = 1) -> Cell:
    return Cell(value, across, kind="strong")
