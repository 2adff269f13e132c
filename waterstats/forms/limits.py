"""Annex table 3 of the enterprise's industry, and the other numbers its judgement rests on."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from waterstats.standards.limits import Limit

from .assessment import head
from .content import Cell, Row, Table, Value, number, written
from .entry import FAILED, LEFT_OUT, MET, Entry


@dataclass(frozen=True)
class Line:
    """A row of the table before equal neighbours are joined."""

    item: str
    topic: str
    indicator: str
    variant: str
    unit: str
    limit: str
    value: Value
    result: str = ""
    proof: str = ""


def limits_table(e: Entry) -> Table | None:
    """Every printed limit of the industry with the limit in force, the own value and its state."""
    if not e.plan.limits:
        return None
    sheet, industry = e.layout.tables["limits"], e.plan.standard.by_id.get(e.plan.industry)
    names = {"table": industry.table if industry else "", "industry": e.plan.label.zh}
    heads = [Cell(word, 2 if i == 2 else 1, 2, "head") for i, word in enumerate(sheet.heads)]
    heads[-2] = Cell(sheet.heads[-2], across=2, kind="head")
    rows = [tuple(heads), head(sheet.subheads), *joined(list(lines(e)))]
    return Table(
        sheet.name.format(**names),
        sheet.title.format(**names),
        sheet.widths,
        tuple(rows),
        2,
        notes=tuple(footnotes(e)),
    )


def lines(e: Entry) -> Iterator[Line]:
    order = {limit.id: i for i, limit in enumerate(e.plan.limits)}
    for limit in sorted(e.plan.limits, key=lambda x: order[x.copy_of or x.id]):
        if limit.copy_of and e.states[limit.id] == LEFT_OUT:
            continue  # a mapped variant is not printed; it appears where somebody makes it
        line = limit_line(e, limit)
        yield line
        if beside := e.layout.beside.get(limit.id):
            asked = e.plan.input(beside)
            words = e.plan.standard.by_id[beside].label.zh
            value = number(e.batch.values[asked, 0])
            yield Line(line.item, line.topic, words, "", line.unit, "", value)


def limit_line(e: Entry, limit: Limit) -> Line:
    known, state = e.plan.standard.by_id, e.states[limit.id]
    return Line(
        limit.row.partition(".")[0],
        e.plan.standard.topics[limit.topic].zh,
        limit.printed or limit.label.zh,
        known[limit.variant].label.zh if limit.variant else "",
        e.layout.unit(limit.unit),
        in_force(e, limit),
        own_value(e, limit, state),
        result(e, limit, state),
        own_proof(e, limit, state),
    )


def in_force(e: Entry, limit: Limit) -> str:
    """The limit judged by; where footnotes or a reading moved it, the printed one below it."""
    row, bound = e.rows[limit.id], e.bound(limit)
    if row.op == "-":
        return e.layout.signs["-"]
    words = f"{e.layout.signs[row.op]}{written(bound)}"
    if bound == number(limit.limit):
        return words
    return f"{words}\n（{e.word('printed')}{e.layout.signs[limit.op]}{limit.limit:g}）"


def own_value(e: Entry, limit: Limit, state: int) -> Value:
    if state == LEFT_OUT:
        return None
    return e.word("shared") if e.is_shared(limit) else shown(e, limit)


def shown(e: Entry, limit: Limit) -> Value:
    """The own value to four decimals, unless that would change on which side of the limit it is."""
    value, bound = e.value(e.rows[limit.id]), e.bound(limit)
    if isinstance(value, float) and isinstance(bound, int | float):
        short = round(value, 4)
        if (short > bound) == (value > bound) and (short < bound) == (value < bound):
            return number(short)
    return value


def result(e: Entry, limit: Limit, state: int) -> str:
    if state == MET:
        return e.word("met")
    if state == FAILED:
        return e.word("failed")
    if state != LEFT_OUT:
        return ""
    if limit.id in e.skipped:
        return e.plan.standard.absences[limit.absent].zh
    return e.word("not_assessed" if e.rows[limit.id].op == "-" else "not_concerned")


def own_proof(e: Entry, limit: Limit, state: int) -> str:
    """The evidence index, and the reason for which the row is left out."""
    proof = [e.proof(limit.id, limit.copy_of, limit.measure)]
    if limit.id in e.skipped and e.reasons.get(limit.measure):
        proof.append(e.word("reason") + e.text(e.reasons[limit.measure]))
    return "\n".join(filter(None, proof))


def joined(lines_: list[Line]) -> Iterator[Row]:
    """Lines as rows; item, topic and indicator stand once beside the lines that share them."""
    for _, topic in groupby(lines_, lambda line: (line.item, line.topic)):
        rows = []
        for _, same in groupby(topic, lambda line: (line.indicator, bool(line.variant))):
            rows += indicator_rows(list(same))
        first = rows[0][0]
        left = (centred(first.item, len(rows)), centred(first.topic, len(rows)))
        yield (*left, *rows[0][1])
        yield from (row for _, row in rows[1:])


def indicator_rows(lines_: list[Line]) -> Iterator[tuple[Line, Row]]:
    for i, line in enumerate(lines_):
        cells = [centred(x) for x in (line.unit, line.limit, line.value, line.result)]
        row = (*cells, Cell(line.proof))
        if line.variant:
            row = (Cell(line.variant), *row)
            yield line, row if i else (Cell(line.indicator, down=len(lines_)), *row)
        else:
            yield line, (Cell(line.indicator, across=2), *row)


def centred(value: Value, down: int = 1) -> Cell:
    return Cell(value, down=down, kind="centre")


def footnotes(e: Entry) -> Iterator[str]:
    """Where the formulas are, the footnotes that move limits, and the notes on this industry."""
    standard = e.plan.standard
    industry = standard.by_id.get(e.plan.industry)
    if industry and industry.standard:
        yield f"{e.word('method')} {industry.standard}"
    ids = {limit.id for limit in e.plan.limits}
    for adjustment in standard.adjustments:
        if ids & set(adjustment.limits):
            yield f"{adjustment.label.zh}（{e.layout.place(adjustment.locator)}）"
    concerned = ids | {e.plan.industry} | {variant.id for variant in e.plan.variants}
    for note in standard.notes:
        if concerned & set(note.at):
            yield f"{note.text.zh}（{e.layout.place(note.locator)}）"


def numbers_table(e: Entry) -> Table | None:
    """The numbers given that stand in no row of the limits: outputs, shared meters, shares."""
    sheet, known = e.layout.tables["numbers"], e.plan.standard.by_id
    shown = {i for limit in e.plan.limits for i in e.rows[limit.id].inputs}
    shown |= {e.plan.input(measure) for id_, measure in e.layout.beside.items() if id_ in e.rows}
    rows = []
    for i, asked in enumerate(e.plan.inputs):
        value = number(e.batch.values[i, 0])
        if value is None or i in shown:
            continue
        variant = known[asked.variant].label.zh if asked.variant else ""
        words = Cell(known[asked.measure].label.zh), Cell(variant)
        rows.append((*words, centred(e.layout.unit(asked.unit)), centred(value)))
    if not rows:
        return None
    return Table(sheet.name, sheet.title, sheet.widths, (head(sheet.heads), *rows), 1, follows=True)
