"""The sites page: filters, clickable bars, the table with one site's card, expiry, holders."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from waterstats.analyses.distribution import counts
from waterstats.analyses.holders import holders as holders_of
from waterstats.analyses.outlook import expiries
from waterstats.analyses.selection import matching
from waterstats.charts.bars import columns, ranked
from waterstats.charts.style import LEVELS
from waterstats.language import date, number
from waterstats.sources import Citation, cite
from waterstats.widgets import blocks, data, labels, state
from waterstats.widgets.blocks import Exhibit, Headline
from waterstats.widgets.data import DIRECTORY, prepared
from waterstats.widgets.state import language, t
from waterstats.widgets.statistics import exhibits

SOON = pd.DateOffset(months=6)
TOP_HOLDERS = 10
MOST_SHOWN = 10_000  # rows of the table; a browser slows down beyond
FILTERS = ("country", "province", "sector", "level")
CLICKABLE = ("level", "industry")
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


@dataclass(frozen=True)
class Choice:
    """Which sites a visitor asks for: a registry, words, and accepted codes of some columns."""

    source: str = DIRECTORY
    words: str = ""
    codes: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def sites(self) -> pd.DataFrame:
        """The sites of the registry that match."""
        return _matching(self)

    def also(self, column: str, codes: list[str]) -> "Choice":
        """The same with one more column restricted."""
        return Choice(self.source, self.words, (*self.codes, (column, tuple(codes))))


@prepared
def _matching(choice: Choice) -> pd.DataFrame:
    sites = matching(data.sites(choice.source), words=choice.words)
    for column, codes in choice.codes:  # a column may be restricted twice: by a filter and a click
        sites = matching(sites, {column: codes})
    return sites


@prepared
def _options(source: str, column: str) -> dict[str, str]:
    """Codes of a column to their names, the most frequent first."""
    codes = counts(data.sites(source), [column])[column]
    return {code: data.names().get(code, code) for code in codes}


def filters(source: str) -> Choice:
    """One row of filters of a registry, kept in the address."""
    widths = st.columns([3, *[2] * len(FILTERS)])
    with widths[0]:
        words = state.words("q", t("sites.search"), t("sites.search_hint"))
    codes = []
    for column, name in zip(widths[1:], FILTERS, strict=True):
        with column:
            chosen = state.several(
                name, _options(source, name), t(f"word.{name}"), t("word.choose")
            )
        codes.append((name, tuple(chosen)))
    return Choice(source, words, tuple(codes))


def clicked() -> dict[str, list[str]]:
    """What is selected in the clickable bars: {"level": [...], "industry": [...]}."""
    return {by: blocks.selected(st.session_state.get(f"chart_sites_by_{by}")) for by in CLICKABLE}


@prepared
def headlines(choice: Choice) -> tuple[list[Headline], list[Citation]]:
    """How many sites match, how many are Gold or Platinum, how many expire soon."""
    lang, day, sites = language(), exhibits.day_of(choice.source), choice.sites()
    deadline = data.source(choice.source)["as_of"] + SOON
    soon = int((sites["valid_until"] < deadline).sum())
    high = int(sites["level"].isin(["gold", "platinum"]).sum())
    numbers = [
        Headline(
            t("sites.shown"),
            number(len(sites), lang),
            day,
            t("sites.of_all", n=number(len(data.sites(choice.source)), lang)),
        ),
        Headline(t("sites.high"), number(high, lang), day),
        Headline(
            t("sites.soon"), number(soon, lang), day, t("sites.until", date=date(deadline, lang))
        ),
    ]
    return numbers, cite(sites)


@prepared
def bars(by: str, choice: Choice) -> Exhibit:
    """Clickable bars of the matching sites by level or industry."""
    sites = choice.sites()
    rows = counts(sites, [by]).rename(columns={by: "key", "sites": "value"})
    if by == "level":
        order = list(labels.level_names())
        rows = rows.sort_values("key", key=lambda codes: codes.map(order.index))
    rows = labels.with_text(rows, "sites")
    colours = LEVELS if by == "level" else {}
    return Exhibit(
        f"sites_by_{by}",
        t(f"sites.by_{by}"),
        ranked(rows, "key", "label", "value", "text", colours=colours),
        labels.table(rows, label=f"word.{by}", text="word.count"),
        cite(sites),
        alt=t(f"sites.by_{by}_alt"),
        unit=t("word.site_unit"),
        as_of=exhibits.day_of(choice.source),
        selectable=True,
    )


def in_words() -> Callable[[pd.DataFrame], pd.DataFrame]:
    """What turns sites into a table under the headings and names of the session's language."""
    names = data.names()
    headings = {column: t(word) for column, word in COLUMNS.items()}
    kinds = {kind: t(f"sites.{kind}") for kind in ("single", "multi", "group")}

    def worded(sites: pd.DataFrame) -> pd.DataFrame:
        coded = {
            column: [names.get(code) for code in sites[column]]
            for column in ("country", "province", "level", "sector")
        }
        types = [kinds.get(kind) for kind in sites["certificate_type"]]
        days = {column: sites[column].dt.date for column in ("date_issued", "valid_until")}
        plain = sites.astype({"aws_standard": "str"})
        shown = plain.assign(**coded, certificate_type=types, **days)[list(COLUMNS)].fillna("")
        return shown.rename(columns=headings)

    return worded


@prepared
def first_in_words(choice: Choice) -> pd.DataFrame:
    """The first of the matching sites, as many as a browser can take, in words."""
    return in_words()(choice.sites().head(MOST_SHOWN))


def table(choice: Choice, picked: dict[str, list[str]]) -> None:
    """The matching sites as a table to sort, select and download, and the selected site's card."""
    sites, words = choice.sites(), first_in_words(choice)
    st.header(t("sites.table_title", n=number(len(sites), language())), anchor=False)
    chosen = [data.names()[code] for codes in picked.values() for code in codes]
    if chosen:
        st.markdown(t("sites.selected", names=", ".join(chosen)))
    st.caption(t("sites.table_hint"))
    event = st.dataframe(
        words,
        hide_index=True,
        key="sites_table",
        on_select="rerun",
        selection_mode="single-row",
        alt=t("sites.table_alt"),
        height=390,
    )
    if len(sites) > MOST_SHOWN:
        st.caption(t("registry.table_first", n=number(MOST_SHOWN, language())))
    rows = (event or {}).get("selection", {}).get("rows", [])
    if rows and rows[0] < len(words):
        _card(choice, sites.iloc[rows[0]], words.iloc[rows[0]])
    title, worded = data.source(choice.source)[f"title_{language()}"], in_words()
    origin = {t("word.source"): title}
    blocks.downloads(
        "sites",
        lambda: worded(sites).assign(**origin),
        headlines(choice)[1],
        title,
        excel=len(sites) <= MOST_SHOWN,
    )


def _card(choice: Choice, site: pd.Series, words: pd.Series) -> None:
    """Everything the registry says about one site."""
    with st.container(border=True):
        st.subheader(site["certificate_name"], anchor=False)
        if site["certificate_type"] in ("multi", "group"):
            same = matching(
                data.sites(choice.source), {"certificate_name": [site["certificate_name"]]}
            )
            same = same[same["date_issued"] == site["date_issued"]]
            st.caption(t("sites.card_same", n=len(same)))
        days = {t(COLUMNS[c]): date(site[c], language()) for c in ("date_issued", "valid_until")}
        facts = [
            f":gray[{name}] {days.get(name, value) or t('sites.blank')}"
            for name, value in words.items()
        ]
        half = (len(facts) + 1) // 2
        for column, part in zip(st.columns(2), (facts[:half], facts[half:]), strict=True):
            column.markdown("  \n".join(part))


@prepared
def outlook(choice: Choice) -> Exhibit:
    """When the matching certificates expire, by quarter and level."""
    sites = choice.sites()
    rows = expiries(sites, ["level"])
    quarters = pd.date_range(rows["quarter"].min(), rows["quarter"].max(), freq="QS")
    ticks = {
        t("sites.quarter", year=q.year, q=q.quarter): f"Q{q.quarter}"
        + (f"<br>{q.year}" if q.quarter == 1 or q == quarters[0] else "")
        for q in quarters
    }
    rows["label"] = [t("sites.quarter", year=q.year, q=q.quarter) for q in rows["quarter"]]
    rows["name"] = [labels.level_names()[level] for level in rows["level"]]
    return Exhibit(
        "outlook",
        t("sites.outlook"),
        columns(rows, "label", "level", "sites", labels.level_names(), ticks),
        labels.table(rows, label="word.date", name="word.level", sites="word.count"),
        cite(sites),
        alt=t("sites.outlook_alt"),
        legend=exhibits.level_legend(),
        unit=t("word.site_unit"),
        as_of=exhibits.day_of(choice.source),
        note=t("sites.outlook_note"),
    )


@prepared
def holders(choice: Choice) -> Exhibit:
    """The holders with the most matching sites."""
    sites = choice.sites()
    rows = holders_of(sites).head(TOP_HOLDERS)
    rows["text"] = rows["sites"].astype(str)
    return Exhibit(
        "holders",
        t("sites.holders"),
        ranked(rows, "holder", "holder", "sites", "text"),
        labels.table(rows, holder="word.holder", sites="word.count", countries="world.countries"),
        cite(sites),
        alt=t("sites.holders_alt"),
        unit=t("word.site_unit"),
        as_of=exhibits.day_of(choice.source),
        note=t("sites.holders_note"),
    )
