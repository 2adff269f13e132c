"""The calendar page, lower half: when a registry's certificates expire, who moves to V3.0."""

import datetime

import pandas as pd
import streamlit as st

from waterstats.analyses.distribution import counts
from waterstats.analyses.outlook import expiries
from waterstats.analyses.selection import matching
from waterstats.certificates.renewals import RENEWALS, with_renewal
from waterstats.certificates.sampling import certificates_in
from waterstats.charts.bars import columns
from waterstats.charts.style import ACCENT, CATEGORIES, MUTED
from waterstats.language import date, number
from waterstats.sources import Citation, cite
from waterstats.widgets import blocks, data, labels, state
from waterstats.widgets.blocks import Exhibit, Headline
from waterstats.widgets.certification import certificaterules
from waterstats.widgets.data import prepared
from waterstats.widgets.state import language, t
from waterstats.widgets.statistics import exhibits

BY = ("renewal", "country", "sector", "aws_standard")
OTHERS = "others"
COLOURS = {"passed": MUTED, "either": "#1a9c96", "depends": "#8a6fc0", "new": ACCENT}
COLUMNS = {
    "registration_no": "sites.number",
    "certificate_name": "sites.name",
    "country": "word.country",
    "valid_until": "sites.valid",
    "days": "renewals.rest_of_time",
    "renewal": "calendar.renewal_uses",
    "sector": "word.sector",
    "level": "word.level",
    "aws_standard": "renewals.by_aws_standard",
}


@prepared
def _sites(source: str, today: datetime.date) -> pd.DataFrame:
    """The sites of a registry with what their renewal uses, the earliest expiry first."""
    sites = with_renewal(data.sites(source), certificaterules.rules(), today)
    return sites.sort_values(["valid_until", "registration_no"], ignore_index=True)


def _sources(source: str) -> list[Citation]:
    return [*cite(data.sites(source)), *certificaterules.cited("transition")]


@prepared
def headlines(source: str, today: datetime.date) -> tuple[list[Headline], list[Citation]]:
    """How many sites expire before and after the end of the transition, and on how many
    certificates."""
    lang, sites = language(), _sites(source, today)
    found = sites["renewal"].value_counts()
    day = t("word.as_of", date=date(today, lang))
    numbers = [
        Headline(
            t(f"renewals.{code}"),
            number(int(found.get(code, 0)), lang),
            day,
            t(f"renewals.{code}_note"),
        )
        for code in ("passed", "either", "new")
    ]
    note = t("renewals.certificates_note", n=number(len(sites), lang))
    total = number(certificates_in(sites), lang)
    printed = exhibits.day_of(source)
    numbers.append(Headline(t("renewals.certificates"), total, printed, note))
    return numbers, _sources(source)


def _names(by: str, rows: pd.DataFrame) -> dict[str, str]:
    """Codes of the parts, in the order they are stacked, to their names."""
    if by == "renewal":
        return {code: t(f"renewals.{code}") for code in RENEWALS if (rows[by] == code).any()}
    names = data.names()
    codes = [code for code in counts(rows, [by])[by] if code != OTHERS]
    named = {code: names.get(code, code) for code in codes}
    return named | ({OTHERS: t("renewals.others")} if (rows[by] == OTHERS).any() else {})


@prepared
def outlook(source: str, by: str, today: datetime.date) -> Exhibit:
    """Sites whose certificate expires in each quarter, divided by country, sector or standard."""
    sites = _sites(source, today)
    largest = counts(sites, [by])[by].head(len(CATEGORIES))
    sites = sites.assign(**{by: sites[by].where(sites[by].isin(largest), OTHERS)})
    names = _names(by, sites)
    colours = COLOURS if by == "renewal" else dict(zip(names, CATEGORIES, strict=False))
    colours = {OTHERS: MUTED} | colours
    rows = expiries(sites, [by])
    quarters = pd.date_range(rows["quarter"].min(), rows["quarter"].max(), freq="QS")
    ticks = {
        t("sites.quarter", year=q.year, q=q.quarter): f"Q{q.quarter}"
        + (f"<br>{q.year}" if q.quarter == 1 or q == quarters[0] else "")
        for q in quarters
    }
    rows["label"] = [t("sites.quarter", year=q.year, q=q.quarter) for q in rows["quarter"]]
    rows["name"] = [names[code] for code in rows[by]]
    totals = rows.groupby("label")["sites"].sum()
    return Exhibit(
        f"renewals_by_{by}",
        t("renewals.chart_title"),
        columns(rows, "label", by, "sites", names, ticks, colours),
        labels.table(rows, label="word.date", name=f"renewals.by_{by}", sites="word.count"),
        _sources(source),
        alt=t("renewals.chart_alt", peak=totals.idxmax(), n=number(int(totals.max()), language())),
        unit=t("word.site_unit"),
        as_of=exhibits.day_of(source),
        note=_conflict(source, today),
        legend={name: colours[code] for code, name in names.items()},
    )


def _conflict(source: str, today: datetime.date) -> str:
    """What the disagreement about the end of the transition means for this registry."""
    ends = [date(day, language()) for day in certificaterules.rules().ends]
    between = int((_sites(source, today)["renewal"] == "depends").sum())
    words = {"first": ends[0], "last": ends[-1]}
    if between:
        return t("renewals.differs", n=number(between, language()), **words)
    return t("renewals.same", **words)


@prepared
def _in_words(source: str, today: datetime.date, renewal: tuple, country: tuple) -> pd.DataFrame:
    """The sites asked for under the headings and names of the session's language."""
    asked = {"renewal": list(renewal), "country": list(country)}
    sites, names = matching(_sites(source, today), asked), data.names()
    coded = {c: [names.get(code) for code in sites[c]] for c in ("country", "sector", "level")}
    days = (sites["valid_until"] - pd.Timestamp(today)).dt.days
    uses = {code: t(f"calendar.standard_{code}") for code in RENEWALS if code != "passed"}
    uses["passed"] = t("renewals.passed")
    shown = sites.assign(
        **coded,
        days=days,
        renewal=[uses[code] for code in sites["renewal"]],
        valid_until=sites["valid_until"].dt.date,
    )[list(COLUMNS)]
    return shown.rename(columns={column: t(word) for column, word in COLUMNS.items()})


@prepared
def _countries(source: str) -> dict[str, str]:
    return {code: data.names()[code] for code in counts(data.sites(source), ["country"])["country"]}


def show(source: str, today: datetime.date) -> None:
    """The registry's outlook, and the table of who moves by when."""
    st.header(t("renewals.title"), anchor=False)
    st.markdown(t("renewals.lead"))
    blocks.headlines(*headlines(source, today), key="renewals")
    by = state.choice("by", {by: t(f"renewals.by_{by}") for by in BY}, t("renewals.by"), BY[0])
    blocks.show(outlook(source, by, today))
    left, right = st.columns(2)
    with left:
        options = {code: t(f"renewals.{code}") for code in RENEWALS}
        renewal = state.several("renewal", options, t("renewals.renewal"), t("word.choose"))
    with right:
        chosen = state.several("country", _countries(source), t("word.country"), t("word.choose"))
    words = _in_words(source, today, tuple(renewal), tuple(chosen))
    title = t("renewals.table_title", n=number(len(words), language()))
    st.subheader(title, anchor=False)
    if words.empty:
        st.info(t("word.none"), icon=":material/filter_alt_off:")
        return
    st.dataframe(words, hide_index=True, height=390, alt=t("renewals.alt_table"))
    blocks.downloads("renewals", words, _sources(source), title)
