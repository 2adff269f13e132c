"""The calendar page, upper half: one certificate or one planned audit, its steps and its file."""

import datetime
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from waterstats.analyses.selection import matching
from waterstats.certificates import calendar
from waterstats.certificates.calendar import NEWEST, Step
from waterstats.certificates.dates import DayError, read_day, two_ways
from waterstats.certificates.renewals import runs
from waterstats.language import date
from waterstats.widgets import data, state
from waterstats.widgets.certification import certificaterules
from waterstats.widgets.data import prepared
from waterstats.widgets.state import language, t
from waterstats.widgets.statistics import exhibits

FIRST = "AWS V2.0"
HIGHEST = "platinum"


@dataclass(frozen=True)
class Case:
    """What the page is about: its kind ("site", "own", "planned"), name, steps, and dates.

    scope names it in the calendar file, the same whenever the file is made again;
    covered is the number of sites on the certificate.
    """

    kind: str
    name: str
    scope: str
    steps: tuple[Step, ...]
    version: str = ""
    source: str = ""
    covered: int = 1
    valid_until: datetime.date | None = None


def choose(source: str) -> Case | None:
    """Ask for a certificate of a registry, one's own, or a planned audit; None while something
    is missing or wrong."""
    kinds = {kind: t(f"calendar.of_{kind}") for kind in ("site", "own", "planned")}
    kind = state.choice("of", kinds, t("calendar.of"), "site")
    if kind == "site":
        return _site(source)
    return _own() if kind == "own" else _planned()


@prepared
def _options(source: str) -> dict[str, str]:
    """Registration number to the name of every site."""
    names = data.names()
    return {
        row.registration_no: " · ".join(
            (row.certificate_name, names[row.country], row.registration_no)
        )
        for row in data.sites(source).itertuples()
    }


def _site(source: str) -> Case:
    options = _options(source)
    if st.session_state.get("site") not in options:  # another registry has other sites
        st.session_state.pop("site", None)
    chosen = state.one_of("site", options, t("calendar.site"), next(iter(options)))
    return _case_of_site(source, chosen)


@prepared
def _case_of_site(source: str, chosen: str) -> Case:
    sites = data.sites(source)
    site = sites[sites["registration_no"] == chosen].iloc[0]
    issued, until = site["date_issued"].date(), site["valid_until"].date()
    version, highest = site["aws_standard"], site["level"] == HIGHEST
    rules = certificaterules.rules()
    steps = calendar.of_certificate(issued, until, rules, version, highest)
    same = matching(sites, {"certificate_name": [site["certificate_name"]]})
    shared = site["certificate_type"] != "single"
    covered = int((same["date_issued"] == site["date_issued"]).sum()) if shared else 1
    return Case(
        "site", site["certificate_name"], chosen, tuple(steps), version, source, covered, until
    )


def _own() -> Case | None:
    columns = st.columns(3)
    for column, name in zip(columns, ("issued", "until"), strict=False):
        with column:
            state.words(name, t(f"calendar.{name}"), t("calendar.day_hint"))
    with columns[2]:
        versions = {FIRST: FIRST, NEWEST: NEWEST}
        version = state.choice("version", versions, t("calendar.version"), FIRST)
    days = {name: _day(name) for name in ("issued", "until")}
    if not _complete(days):
        return None
    lang, (issued, until) = language(), days.values()
    if until < issued:
        words = {"until": date(until, lang), "issued": date(issued, lang)}
        st.error(t("calendar.fault_reverse", **words), icon=":material/error:")
        return None
    steps = calendar.of_certificate(issued, until, certificaterules.rules(), version)
    name = t("calendar.own_name", issued=date(issued, lang))
    scope = f"own-{issued}-{until}-{version[-4:]}"
    return Case("own", name, scope, tuple(steps), version, valid_until=until)


def _planned() -> Case | None:
    for column, name in zip(st.columns(2), ("audit", "registered"), strict=True):
        with column:
            state.words(name, t(f"calendar.{name}"), t("calendar.day_hint"))
    audit, registered = _day("audit"), _day("registered")
    if not _complete({"audit": audit}):
        return None
    lang = language()
    steps = calendar.of_planned_audit(audit, certificaterules.rules(), registered)
    lapse = next((step.end for step in steps if step.kind == calendar.LAPSE), None)
    if lapse and lapse < audit:
        words = {"lapse": date(lapse, lang), "audit": date(audit, lang)}
        st.warning(t("calendar.late", **words), icon=":material/warning:")
    name = t("calendar.planned_name", day=date(audit, lang))
    return Case("planned", name, f"planned-{audit}", tuple(steps), FIRST)


def _day(name: str) -> datetime.date | None:
    """The day typed into a field, in either way of writing; says what cannot be read."""
    text = st.session_state[name]
    try:
        found = read_day(text)
    except DayError as error:
        label = t(f"calendar.{name}")
        words = t(f"calendar.fault_{error.fault}", name=label, text=error.text.strip())
        st.error(words, icon=":material/error:")
        return None
    if two_ways(text):
        st.caption(t("calendar.read_as", text=text.strip(), day=date(found, language())))
    return found


def _complete(days: dict[str, datetime.date | None]) -> bool:
    missing = [t(f"calendar.{name}") for name, day in days.items() if day is None]
    if missing:
        names = t("planner.separator").join(missing)
        st.info(t("calendar.needed", names=names), icon=":material/event:")
    return not missing


def notes(case: Case, source: str, today: datetime.date) -> None:
    """What a reader must know first: that the validity is over, or that an expiry is a window."""
    lang = language()
    if case.covered > 1:
        st.caption(t("sites.card_same", n=case.covered))
    if case.kind == "planned":
        expiry = next(step for step in case.steps if step.kind == calendar.RENEWAL)
        days = {"start": date(expiry.start, lang), "end": date(expiry.end, lang)}
        words = t("calendar.expiry_window", **days, **_runs(source))
        st.info(words, icon=":material/event_upcoming:")
    elif case.valid_until < today:
        day = date(case.valid_until, lang)
        words = t("calendar.expired_own", day=day)
        if case.source:
            words = t("calendar.expired_note", day=day, as_of=exhibits.day_of(case.source))
        st.warning(words, icon=":material/event_busy:")


@prepared
def _runs(source: str) -> dict[str, int]:
    """How long the certificates of a registry really run, in numbers of sites."""
    found = runs(data.sites(source), certificaterules.rules().validity)
    return {"n": sum(found.values()), **found}


def label_of(step: Step) -> str:
    """What a step is called."""
    return t(f"calendar.step_{step.kind}", n=step.number)


def when_of(step: Step) -> str:
    """When a step is, in words; an estimate says so."""
    days = {"start": date(step.start, language()), "end": date(step.end, language())}
    if step.kind == calendar.TRANSITION and step.start != step.end:
        return t("calendar.either_day", **days)
    if step.estimate and step.kind == calendar.RENEWAL:
        return t("calendar.estimated_day", **days)
    if step.estimate:
        return t("calendar.estimated", **days)
    if step.start != step.end:
        return t("calendar.within", **days)
    return t("calendar.by" if step.kind == calendar.RENEWAL else "calendar.on", **days)


def short_of(step: Step) -> str:
    """When a step is, as short as a chart on a telephone needs: its last day, or its two."""
    days = {"start": date(step.start, language()), "end": date(step.end, language())}
    if step.kind == calendar.TRANSITION and step.start != step.end:
        return t("calendar.two_days", **days)
    if step.estimate:
        return t("calendar.about", **days)
    deadline = step.start != step.end or step.kind == calendar.RENEWAL
    return t("calendar.by" if deadline else "calendar.on", **days)


def standard_of(step: Step, version: str) -> str:
    """Which version of the standard a step uses, in words; nothing where it uses none."""
    if not step.standard:
        return ""
    return t(f"calendar.standard_{step.standard}", version=version)


def rows_of(case: Case, today: datetime.date) -> pd.DataFrame:
    """The steps with label, text, start, end, state and background, for the timeline."""
    return pd.DataFrame(
        [
            {
                "label": label_of(step),
                "text": short_of(step),
                "start": step.start,
                "end": step.end,
                "state": calendar.state_of(step, today),
                "background": step.kind == calendar.UPGRADE,
            }
            for step in case.steps
        ]
    )
