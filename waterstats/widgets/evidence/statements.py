"""The statements page: how many statements hold together, and every conflict as a card."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from waterstats.charts.ranges import range_lines
from waterstats.charts.scoring import STATES
from waterstats.charts.style import ACCENT
from waterstats.language import date, locator, number
from waterstats.sources import Citation
from waterstats.statements.conflicts import Conflict, reread
from waterstats.statements.files import load_statements
from waterstats.statements.linear import interval
from waterstats.statements.statement import Statement
from waterstats.statements.study import PRINTED, REREAD, Evidence, Study, evidence, study
from waterstats.widgets import blocks, state
from waterstats.widgets.blocks import PLOTLY, Headline
from waterstats.widgets.data import prepared
from waterstats.widgets.evidence.statementwords import (
    brief,
    range_words,
    share_words,
    statement_words,
    value_words,
)
from waterstats.widgets.state import language, t

DISPUTED, OTHERS, REPAIRED = STATES["failed"], ACCENT, STATES["met"]


@prepared
def studied() -> Study:
    """All statements with the conflicts between them, solved once."""
    return study(load_statements())


def base() -> str:
    """Which consistent statements counts and ranges follow from; in the address."""
    options = {PRINTED: t("statements.base_printed"), REREAD: t("statements.base_reread")}
    options = {key: name for key, name in options.items() if key in studied().bases}
    return state.choice("disputed", options, t("statements.base"), PRINTED)


@prepared
def headlines() -> tuple[list[Headline], list[Citation]]:
    """How many statements there are, hold together, conflict, and cannot be tested."""
    found, lang = studied(), language()
    statements = found.collection.statements
    untestable = sum(not each.testable for each in statements)
    wrong = len(found.in_conflict)
    fits = len(statements) - untestable - wrong
    day = date(found.collection.on, lang)
    counted = {
        "total": (len(statements), t("statements.total_note")),
        "consistent": (fits, t("statements.consistent_note")),
        "conflicting": (wrong, t("statements.conflicting_note", n=len(found.found))),
        "untestable": (untestable, t("statements.untestable_note")),
    }
    numbers = [
        Headline(t(f"statements.{name}"), number(value, lang), day, note)
        for name, (value, note) in counted.items()
    ]
    return numbers, cited(statements)


def cited(statements: Sequence[Statement]) -> list[Citation]:
    """The sources of statements with their places."""
    places: dict[str, dict[str, None]] = {}
    for each in statements:
        places.setdefault(each.source_id, {})[each.locator] = None
    return [Citation(source, tuple(found)[:6]) for source, found in places.items()]


@dataclass(frozen=True)
class Card:
    """One conflict in words; figure: the ranges of either side, None where one has no end."""

    key: str
    title: str
    reasons: tuple[str, ...]
    members: tuple[str, ...]
    repairs: tuple[str, ...]
    figure: Any
    cited: tuple[Citation, ...]


@prepared
def cards() -> list[Card]:
    """Every conflict of the published statements."""
    found = studied()
    disputed = {conflict.disputed for conflict in found.found}
    made = []
    for conflict in sorted(found.found, key=lambda each: len(each.members)):
        statement = found.statements[conflict.disputed]
        rest = found.names - disputed
        left = evidence(found.system, rest, statement)
        after = None
        if conflict.reread and statement.unit == "percent":
            reading = found.readings[conflict.reread[0]]
            if statement.id not in {name for name, _ in reading.changes}:
                after = evidence(found.system, reread(rest, reading), statement)
        made.append(card(found, conflict, statement, left, after))
    return made


def card(
    found: Study,
    conflict: Conflict,
    statement: Statement,
    left: Evidence,
    after: Evidence | None = None,
    name: Callable[[str], str] | None = None,
) -> Card:
    """A conflict in words. left: what the others leave; after: the same after a rereading."""
    name = name or (lambda each: statement_words(found, each))
    lang = language()
    members, sources = [], []
    for each in sorted(conflict.members, key=lambda n: (n != conflict.disputed, n)):
        if each in found.statements:
            place = locator(found.statements[each].locator, lang).replace(" ", "\N{NO-BREAK SPACE}")
            members.append(f"{name(each)} :gray[· {place}]")
            sources.append(found.statements[each])
        else:
            members.append(name(each))
    return Card(
        conflict.disputed,
        name(conflict.disputed),
        (t("statements.says_line", value=value_words(statement)), _left(left)),
        tuple(members),
        tuple(_repairs(found, conflict, after, name)) or (t("statements.repair_none"),),
        _figure(statement, left, after),
        tuple(cited(sources)),
    )


def _left(left: Evidence) -> str:
    if left.larger:
        shared = left.larger[0].place == left.smaller[0].place
        return t(
            "statements.leave_order",
            larger=brief(left.larger[0], shared),
            low=range_words(left.larger[1]),
            smaller=brief(left.smaller[0], shared),
            high=range_words(left.smaller[1]),
        )
    if left.share and left.of:
        return t(
            "statements.leave_share",
            share=share_words(left.share),
            count=range_words(left.count),
            of=range_words(left.of),
        )
    if left.count:
        return t("statements.leave_count", count=range_words(left.count))
    return t("statements.leave_little")


def _repairs(found: Study, conflict: Conflict, after: Evidence | None, name: Callable[[str], str]):
    for id_ in conflict.reread:
        reading = found.readings[id_]
        words = t(
            "statements.repair_read", text=reading.text[language()], why=reading.why[language()]
        )
        if after and after.share and id_ == conflict.reread[0]:
            words += " " + t("statements.repair_after", share=share_words(after.share))
        yield words
    for id_ in conflict.dropped:
        yield t("statements.repair_drop", text=name(id_))


def _figure(statement: Statement, left: Evidence, after: Evidence | None) -> Any:
    """What either side allows, drawn one above the other."""
    rows: list[tuple[str, float, float, str, str]] = []
    if left.larger:
        shared = left.larger[0].place == left.smaller[0].place
        for (scope, found), colour in ((left.larger, DISPUTED), (left.smaller, OTHERS)):
            if found.high is not None:
                words = range_words(found)
                rows.append((brief(scope, shared), found.low, found.high, words, colour))
    else:
        sides = [("says", _own(statement), DISPUTED)]
        if left.share:
            sides.append(("leave", left.share, OTHERS))
        elif not statement.of and left.count and left.count.high is not None:
            sides.append(("leave", (left.count.low, left.count.high), OTHERS))
        if after and after.share:
            sides.append(("after", after.share, REPAIRED))
        for side, ends, colour in sides:
            if ends is None:
                return None
            low, high = map(float, ends)
            words = share_words(ends) if statement.of else _sites(low, high)
            rows.append((t(f"statements.{side}"), low, high, words, colour))
    if len(rows) < 2:
        return None
    frame = pd.DataFrame(rows, columns=["label", "low", "high", "text", "colour"])
    return range_lines(frame, list(frame["colour"]), above=True, zero=False)


def _sites(low: float, high: float) -> str:
    ends = [number(end, language()) for end in (low, high)]
    return "–".join(dict.fromkeys(ends))


def _own(statement: Statement) -> tuple | None:
    """The interval of a statement, when it has two ends."""
    ends = interval(statement)
    return None if ends.low is None or ends.high is None else (ends.low, ends.high)


def conflicts() -> None:
    """Every conflict as a card: reasons, the smallest set, what repairs it."""
    st.header(t("statements.conflicts"), anchor=False)
    if not cards():
        st.success(t("statements.conflicts_none"))
        return
    st.markdown(t("statements.conflicts_lead"))
    for each in cards():
        draw(each)


def draw(each: Card) -> None:
    """Draw one conflict."""
    with st.container(border=True, gap="small", key=f"conflict-{each.key}"):
        st.subheader(f":red[✗] {each.title}", anchor=False)
        left, right = st.columns([3, 2], gap="large")
        with left:
            st.markdown("  \n".join(each.reasons))
            st.markdown(
                t("statements.members", n=len(each.members))
                + "\n"
                + "\n".join(f"- {member}" for member in each.members)
            )
        with right:
            if each.figure:
                st.plotly_chart(
                    each.figure,
                    key=f"chart_conflict_{each.key}",
                    config=PLOTLY,
                    alt=t("statements.conflict_alt"),
                )
            st.markdown(
                f":green[**{t('statements.repairs')}**]\n"
                + "\n".join(f"- {repair}" for repair in each.repairs)
            )
        blocks.source_line(f"conflict-{each.key}", each.cited)
