"""What the calendar page shows of one certificate: next step, timeline, table, calendar file."""

import datetime

import pandas as pd
import streamlit as st

from waterstats.certificates import calendar
from waterstats.certificates.calendar import Step, next_deadline, standard_of_audit, state_of
from waterstats.certificates.calendarfile import Entry, to_ics
from waterstats.charts.timeline import timeline
from waterstats.language import date, locator, number
from waterstats.sources import Citation
from waterstats.widgets import blocks, data
from waterstats.widgets.blocks import Exhibit, Headline
from waterstats.widgets.certification import certificaterules
from waterstats.widgets.certification.certificate import (
    Case,
    label_of,
    rows_of,
    standard_of,
    when_of,
)
from waterstats.widgets.data import prepared
from waterstats.widgets.state import language, t

RULE_OF = {
    calendar.AUDIT: "transition_plan",
    calendar.SURVEILLANCE: "surveillance",
    calendar.RENEWAL: "renewal",
    calendar.UPGRADE: "upgrade",
    calendar.TRANSITION: "transition",
    calendar.LAPSE: "registration_lapse",
}


def _sources(case: Case) -> list[Citation]:
    """Where the dates are printed, and the rules that follow from them."""
    rules = certificaterules.cited(*(RULE_OF[s.kind] for s in case.steps if s.kind in RULE_OF))
    return [*([Citation(case.source, (case.scope,))] if case.source else []), *rules]


@prepared
def headlines(case: Case, today: datetime.date) -> tuple[list[Headline], list[Citation]]:
    """The next step, how long the certificate is valid, and which standard comes next."""
    lang, step = language(), next_deadline(case.steps, today)
    as_of = t("word.as_of", date=date(today, lang))
    coming = Headline(t("calendar.next"), t("calendar.nothing"), as_of)
    if step:
        words = label_of(step)
        left = t("calendar.days_left", n=number((step.end - today).days, lang))
        coming = Headline(t("calendar.next"), words, left, when_of(step))
    kind = calendar.AUDIT if case.kind == "planned" else calendar.RENEWAL
    audit = next(step for step in case.steps if step.kind == kind)
    standard = standard_of(audit, case.version)
    if case.kind == "planned":
        day = date(audit.end, lang)
        uses = Headline(t("calendar.audit_uses"), standard, t("calendar.at_audit"), day)
        return [coming, uses], _sources(case)
    printed = t("calendar.valid_printed" if case.source else "calendar.valid_own")
    days = (case.valid_until - today).days
    state = t("calendar.days_left" if days >= 0 else "calendar.expired", n=number(abs(days), lang))
    valid = Headline(t("calendar.valid_until"), date(case.valid_until, lang), printed, state)
    when = t("calendar.at_renewal")
    if days < 0:  # the last day of validity is over: what counts is an audit now
        code = standard_of_audit(today, certificaterules.rules(), case.version)
        standard, when = (
            t(f"calendar.standard_{code}", version=case.version),
            t("calendar.at_today"),
        )
    uses = Headline(t("calendar.renewal_uses"), standard, when)
    return [coming, valid, uses], _sources(case)


@prepared
def exhibit(case: Case, today: datetime.date) -> Exhibit:
    """The timeline of a case, with its steps as the table."""
    lang, rows = language(), rows_of(case, today)
    steps = "; ".join(f"{label_of(step)}: {when_of(step)}" for step in case.steps)
    return Exhibit(
        f"calendar_{case.scope}",
        t("calendar.chart_title", name=case.name),
        timeline(rows, today, t("calendar.today"), t("calendar.axis_year")),
        _table(case, today),
        _sources(case),
        alt=t("calendar.chart_alt", steps=steps),
        unit=t("calendar.chart_unit"),
        as_of=date(today, lang),
        note=t("calendar.chart_note"),
    )


@prepared
def _table(case: Case, today: datetime.date) -> pd.DataFrame:
    """What, when, under which standard, and on what ground."""
    return pd.DataFrame(
        {
            t("calendar.what"): [label_of(step) for step in case.steps],
            t("calendar.when"): [when_of(step) for step in case.steps],
            t("calendar.standard"): [standard_of(step, case.version) for step in case.steps],
            t("calendar.state"): [
                t(f"calendar.state_{state_of(step, today)}") for step in case.steps
            ],
            t("calendar.why"): [_ground(step, case) for step in case.steps],
        }
    )


def _ground(step: Step, case: Case) -> str:
    """The rule a step follows, or that its day is printed."""
    if step.kind == calendar.ISSUED:
        return t("calendar.printed_why" if case.source else "calendar.entered_why")
    return certificaterules.text_of(RULE_OF[step.kind])


def table(case: Case, today: datetime.date) -> None:
    """The steps as a table to read, and the file for a calendar."""
    st.subheader(t("calendar.table"), anchor=False)
    shown = _table(case, today)
    with blocks.wide("steps"):
        st.table(shown.set_index(shown.columns[0]))
    entries, lang = _entries(case), language()
    st.download_button(
        t("calendar.download"),
        data=lambda: to_ics(f"{case.scope}@waterstats", case.name, entries, today, lang),
        file_name=f"waterstats_{case.scope}.ics",
        mime="text/calendar",
        on_click="ignore",
        icon=":material/event_available:",
        key="calendar_file",
    )


@prepared
def _entries(case: Case) -> list[Entry]:
    """The deadlines of a case as all-day entries; windows stand on their last day."""
    return [_entry(step, case) for step in case.steps if step.kind != calendar.UPGRADE]


def _entry(step: Step, case: Case) -> Entry:
    lines = [when_of(step)]
    if step.standard:
        lines.append(t("calendar.entry_standard", words=standard_of(step, case.version)))
    lines.append(_ground(step, case))
    for citation in _cited(step, case):
        title = data.source(citation.source_id)[f"title_{language()}"]
        place = locator("; ".join(citation.locators), language())
        lines.append(t("calendar.entry_source", title=title, place=place))
    window = step.kind == calendar.SURVEILLANCE
    return Entry(
        uid=f"{case.scope}-{step.kind}-{step.number}@waterstats",
        start=step.end if window else step.start,
        end=step.end,
        summary=f"{label_of(step)} · {case.name}",
        description="\n".join(lines),
    )


def _cited(step: Step, case: Case) -> list[Citation]:
    if step.kind in RULE_OF:
        return certificaterules.cited(RULE_OF[step.kind])
    return [Citation(case.source, (case.scope,))] if case.source else []
