"""The sites page: filters, clickable bars, the table with one site's card, expiry, holders."""

import datetime

import pandas as pd
import streamlit as st

from waterstats.analyses.distribution import counts
from waterstats.analyses.holders import holders as holders_of
from waterstats.analyses.outlook import expiries
from waterstats.analyses.selection import matching
from waterstats.charts.bars import columns, ranked
from waterstats.charts.style import LEVELS
from waterstats.language import date, number
from waterstats.sources import cite
from waterstats.widgets import blocks, data, exhibits, labels, state
from waterstats.widgets.state import language, t

SOON = pd.DateOffset(months=6)
TOP_HOLDERS = 10
TABLE_KEY = "sites_table"
COLUMNS = {
    "registration_no": "sites.number",
    "certificate_name": "sites.name",
    "holder": "word.holder",
    "country": "word.country",
    "province": "word.province",
    "city": "sites.city",
    "catchment": "sites.catchment",
    "level": "word.level",
    "certificate_type": "sites.type",
    "sector": "word.sector",
    "date_issued": "sites.issued",
    "valid_until": "sites.valid",
    "aws_standard": "sites.standard",
    "account_name": "sites.account",
}


def filters(sites: pd.DataFrame) -> pd.DataFrame:
    """One row of filters, kept in the address; returns the sites that pass."""
    names = data.names(language())

    def options(column: str) -> dict[str, str]:
        ranked_codes = counts(sites, [column])[column]
        return {code: names.get(code, code) for code in ranked_codes}

    widths = st.columns([3, 2, 2, 2, 2])
    with widths[0]:
        words = state.words("q", t("sites.search"), t("sites.search_hint"))
    chosen = {}
    for column, parameter in zip(
        widths[1:], ("country", "province", "sector", "level"), strict=True
    ):
        with column:
            chosen[parameter] = state.several(
                parameter, options(parameter), t(f"word.{parameter}"), t("word.choose")
            )
    return matching(sites, chosen, words)


def clicked() -> dict[str, list[str]]:
    """What is selected in the clickable bars: {"level": [...], "industry": [...]}."""
    return {
        by: blocks.selected(st.session_state.get(f"chart_sites_by_{by}"))
        for by in ("level", "industry")
    }


def expiring(sites: pd.DataFrame) -> tuple[int, str]:
    """Certificates that expire within six months of the directory, and the last day in words."""
    day = data.source(data.DIRECTORY)["as_of"] + SOON
    return int((sites["valid_until"] < day).sum()), date(day, language())


def bars(by: str, sites: pd.DataFrame, day: str) -> None:
    """Clickable bars of the matching sites by level or industry."""
    rows = counts(sites, [by]).rename(columns={by: "key", "sites": "value"})
    rows["value"] = rows["value"].astype(float)
    if by == "level":
        order = list(labels.level_names())
        rows = rows.sort_values("key", key=lambda codes: codes.map(order.index))
    rows = labels.with_text(rows, "sites")
    blocks.exhibit(
        f"sites_by_{by}",
        t(f"sites.by_{by}"),
        ranked(rows, "key", "label", "value", "text", colours=LEVELS if by == "level" else {}),
        labels.table(rows, label=f"word.{by}", text="word.count"),
        sites,
        alt=t(f"sites.by_{by}_alt"),
        unit=t("word.site_unit"),
        as_of=day,
        selectable=True,
    )


def in_words(sites: pd.DataFrame) -> pd.DataFrame:
    """The sites under the headings and names of the session's language."""
    names = data.names(language())
    coded = {
        column: [names.get(code) for code in sites[column]]
        for column in ("country", "province", "level", "sector")
    }
    types = [t(f"sites.{kind}") for kind in sites["certificate_type"]]
    days = {column: sites[column].dt.date for column in ("date_issued", "valid_until")}
    shown = sites.assign(**coded, certificate_type=types, **days)
    return (
        shown[list(COLUMNS)].fillna("").rename(columns={c: t(word) for c, word in COLUMNS.items()})
    )


def table(sites: pd.DataFrame, picked: dict[str, list[str]]) -> None:
    """The matching sites as a table to sort, select and download, and the selected site's card."""
    names = data.names(language())
    st.header(t("sites.table_title", n=number(len(sites), language())), anchor=False)
    chosen = [names[code] for codes in picked.values() for code in codes]
    if chosen:
        st.markdown(t("sites.selected", names=", ".join(chosen)))
    st.caption(t("sites.table_hint"))
    words = in_words(sites)
    event = st.dataframe(
        words,
        hide_index=True,
        key=TABLE_KEY,
        on_select="rerun",
        selection_mode="single-row",
        alt=t("sites.table_alt"),
        height=390,
    )
    rows = (event or {}).get("selection", {}).get("rows", [])
    if rows and rows[0] < len(sites):
        _card(sites.iloc[rows[0]], words.iloc[rows[0]], data.sites())
    located = words.assign(**{t("word.source"): data.source(data.DIRECTORY)[f"title_{language()}"]})
    blocks.downloads("sites", located, cite(sites), t("sites.question"))


def _card(site: pd.Series, words: pd.Series, everything: pd.DataFrame) -> None:
    """Everything the directory says about one site."""
    with st.container(border=True):
        st.subheader(site["certificate_name"], anchor=False)
        same = everything[
            (everything["certificate_name"] == site["certificate_name"])
            & (everything["date_issued"] == site["date_issued"])
        ]
        if site["certificate_type"] != "single":
            st.caption(t("sites.card_same", n=len(same)))
        left, right = st.columns(2)
        facts = [
            f"**{name}** {date(value, language()) if isinstance(value, datetime.date) else value}"
            if value
            else f"**{name}** :gray[{t('sites.blank')}]"
            for name, value in words.items()
        ]
        half = (len(facts) + 1) // 2
        left.markdown("  \n".join(facts[:half]))
        right.markdown("  \n".join(facts[half:]))


def outlook(sites: pd.DataFrame, day: str) -> None:
    """When certificates expire, by quarter and level."""
    rows = expiries(sites, ["level"])
    quarters = pd.date_range(rows["quarter"].min(), rows["quarter"].max(), freq="QS")
    ticks = {
        t("sites.quarter", year=q.year, q=q.quarter): f"Q{q.quarter}"
        + (f"<br>{q.year}" if q.quarter == 1 or q == quarters[0] else "")
        for q in quarters
    }
    rows["label"] = [t("sites.quarter", year=q.year, q=q.quarter) for q in rows["quarter"]]
    rows["name"] = [labels.level_names()[level] for level in rows["level"]]
    blocks.exhibit(
        "outlook",
        t("sites.outlook"),
        columns(rows, "label", "level", "sites", labels.level_names(), ticks),
        labels.table(rows, label="word.date", name="word.level", sites="word.count"),
        sites,
        alt=t("sites.outlook_alt"),
        legend=exhibits.level_legend(),
        unit=t("word.site_unit"),
        as_of=day,
        note=t("sites.outlook_note"),
    )


def holders(sites: pd.DataFrame, day: str) -> None:
    """The holders with the most sites."""
    rows = holders_of(sites).head(TOP_HOLDERS)
    rows["text"] = rows["sites"].astype(str)
    blocks.exhibit(
        "holders",
        t("sites.holders"),
        ranked(rows, "holder", "holder", "sites", "text"),
        labels.table(rows, holder="word.holder", sites="word.count", countries="world.countries"),
        sites,
        alt=t("sites.holders_alt"),
        unit=t("word.site_unit"),
        as_of=day,
        note=t("sites.holders_note"),
    )
