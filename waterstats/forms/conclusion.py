"""What every export says about itself: rule set and version, verdict, what failed, what is open,
what was left out and why, and how ambiguous places were read."""

from dataclasses import replace
from datetime import date

from .assessment import head
from .content import Cell, Row, Table, written
from .entry import FAILED, OPEN, Entry

MadeOn = date | str | None


def conclusion_table(e: Entry, made_on: MadeOn) -> Table:
    sheet = e.layout.tables["conclusion"]
    parts = (identity(e, made_on), judgement(e), spanned(readings(e)), spanned(caveats(e)))
    rows = [head(sheet.heads), *(row for part in parts for row in part)]
    return Table(sheet.name, sheet.title, sheet.widths, tuple(rows), 1)


def line(label: str, text: str, locator: str = "") -> Row:
    return Cell(label, kind="label"), Cell(text), Cell(locator)


def spanned(rows: list[Row]) -> list[Row]:
    """Rows of one label: it stands once, beside them all."""
    if not rows:
        return []
    first = replace(rows[0][0], down=len(rows))
    return [(first, *rows[0][1:]), *(row[1:] for row in rows[1:])]


def identity(e: Entry, made_on: MadeOn) -> list[Row]:
    header = e.plan.standard.header
    industry = e.plan.standard.by_id.get(e.plan.industry)
    rows = [line(e.word("enterprise"), e.text(e.name))]
    if industry:
        rows.append(line(e.word("industry"), industry.label.zh, e.layout.place(industry.locator)))
    source = "，".join(filter(None, (header.document, header.source_id)))
    return [
        *rows,
        line(e.word("rules"), f"{header.title.zh}（{rule_set(e)}）"),
        line(e.word("source"), source, e.layout.place(header.locator)),
        line(e.word("dated"), dated(e, made_on)),
    ]


def rule_set(e: Entry) -> str:
    header = e.plan.standard.header
    return f"{header.id}，{e.word('version')} {header.version}"


def dated(e: Entry, made_on: MadeOn) -> str:
    """The date the caller gives, or room to write one."""
    return e.text(made_on) if made_on else e.word("date")


def judgement(e: Entry) -> list[Row]:
    points = e.points(list(range(len(e.plan.standard.sections))), e.plan.standard.points)
    rows = [line(e.word("verdict"), verdict_words(e))]
    if e.plan.standard.points:
        rows.append(line(e.word("points"), written(points)))
    if e.plan.standard.levels:
        rows.append(line(e.word("level"), level_words(e)))
    for key, ids in (("failures", with_state(e, FAILED)), ("blanks", with_state(e, OPEN))):
        rows.append(line(e.word(key), "\n".join(ids) or e.word("nothing")))
    rows.append(line(e.word("left_out"), "\n".join(left_out_words(e)) or e.word("nothing")))
    return rows


def verdict_words(e: Entry) -> str:
    words = e.plan.standard.verdicts
    if e.verdict == e.chosen:
        return words[e.verdict].zh
    return f"{words[e.verdict].zh}；{e.word('under_choices')}{words[e.chosen].zh}"


def level_words(e: Entry) -> str:
    names = [e.word("nothing"), *(level.label.zh for level in e.plan.standard.levels)]
    sure, possible = names[e.outcome.level[0]], names[e.outcome.best_level[0]]
    return sure if sure == possible else f"{sure}～{possible}"


def with_state(e: Entry, state: int) -> list[str]:
    """What is in a state, in words with its place; an item without points is no failure."""
    items = {item.id: item for item in e.plan.standard.points}
    ids = [id_ for id_, found in e.states.items() if found == state]
    words = [described(e, id_) for id_ in ids if id_ not in items]
    blank = [items[id_].number for id_ in ids if id_ in items and items[id_].blank == "open"]
    if state == OPEN and blank:
        words.append(e.word("blank_items").format(count=len(blank), numbers="、".join(blank)))
    return words


def described(e: Entry, id_: str) -> str:
    record = e.plan.standard.by_id[id_]
    variant = e.plan.standard.by_id.get(getattr(record, "variant", ""))
    words = record.label.zh + (f"·{variant.label.zh}" if variant else "")
    return f"{words}（{e.layout.place(record.locator)}）"


def left_out_words(e: Entry) -> list[str]:
    words = []
    for id_ in e.skipped:
        measure = getattr(e.plan.standard.by_id[id_], "measure", "")
        reason = e.reasons.get(id_) or e.reasons.get(measure)
        given = f"：{e.text(reason)}" if reason else ""
        words.append(described(e, id_) + given)
    return words


def readings(e: Entry) -> list[Row]:
    decisive = e.decisive
    return [
        line(
            e.word("reading"),
            f"{reading.question.zh}\n{choice.label.zh}"
            + (f"（{e.word('depends_on')}）" if reading in decisive else ""),
            e.layout.place(reading.locator),
        )
        for reading, choice in e.choices.items()
    ]


def caveats(e: Entry) -> list[Row]:
    return [
        line(e.word("limits_of_use"), fact.text.zh, e.layout.place(fact.locator))
        for fact in e.plan.standard.not_modelled
    ]


def footer(e: Entry, made_on: MadeOn, *more: str) -> str:
    parts = (f"{e.word('rules')} {rule_set(e)}", *more, f"{e.word('dated')} {dated(e, made_on)}")
    return "　".join(parts)
