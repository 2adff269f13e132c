"""The practices page: filters, headline numbers, who acts on what, all facts as a table."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from waterstats import corrections
from waterstats.analyses.practices import counted, speaking_of
from waterstats.charts.matrix import counts_grid
from waterstats.language import number
from waterstats.sources import Citation, cite
from waterstats.widgets import data, labels, state
from waterstats.widgets.blocks import Exhibit, Headline
from waterstats.widgets.data import BLUE_BOOK, prepared
from waterstats.widgets.state import language, t
from waterstats.widgets.statistics import exhibits

PAGE = "evidence/practices.py"
BASINS = ("yangtze", "pearl", "yellow", "huai")
OUTCOMES = ("governance", "balance", "quality", "areas", "wash")
FEW = 5


@dataclass(frozen=True)
class Choice:
    """Which companies a visitor asks for: words, and accepted codes of each filter."""

    words: str = ""
    where: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    types: tuple[str, ...] = ()

    @property
    def about_measures(self) -> bool:
        """Whether outcomes or kinds of measures are asked for."""
        return bool(self.outcomes or self.types)


def outcome_names() -> dict[str, str]:
    """The five outcomes of the AWS Standard with their names, in the standard's order."""
    return {code: t(f"practices.outcome_{code}") for code in OUTCOMES}


@prepared
def _options() -> dict[str, dict[str, str]]:
    """What each filter offers: only what occurs."""
    names = data.names()
    groups = data.table("practice_company_described")["industry_group"].value_counts().index
    provinces = data.table("practice_site")["province"].dropna().value_counts().index
    types = data.table("practice_measure")["type"].value_counts().index
    return {
        "where": {code: t(f"practices.basin_{code}") for code in BASINS}
        | {code: names[code] for code in provinces},
        "industry_group": {code: names[code] for code in groups},
        "acts_on": outcome_names(),
        "measure": {code: t(f"practices.type_{code}") for code in types},
    }


def filters() -> Choice:
    """One row of filters, kept in the address."""
    headings = {
        "where": "practices.where",
        "industry_group": "word.industry",
        "acts_on": "practices.outcome",
        "measure": "practices.type",
    }
    columns, options = st.columns([3, 2, 2, 2, 2]), _options()
    with columns[0]:
        words = state.words("words", t("practices.search"), t("practices.search_hint"))
    chosen = []
    for column, (name, heading) in zip(columns[1:], headings.items(), strict=True):
        with column:
            codes = state.several(name, options[name], t(heading), t("word.choose"))
        chosen.append(tuple(codes))
    return Choice(words, *chosen)


@prepared
def _texts() -> pd.DataFrame:
    """Everything a word may be found in, in both languages: company, text."""
    columns = {
        "practice_company_described": "name printed_as products waters sector group",
        "practice_measure": "text",
        "practice_fact": "label note",
        "practice_site": "name",
    }
    texts = []
    for view, names in columns.items():
        rows = data.table(view)
        for name in names.split():
            own = [name] if name in rows else [f"{name}_zh", f"{name}_en"]
            texts += [rows[["company", c]].set_axis(["company", "text"], axis=1) for c in own]
    return pd.concat(texts, ignore_index=True)


@prepared
def companies(choice: Choice) -> list[dict]:
    """The companies that match every filter, in the order of the source."""
    sites, measures = data.table("practice_site"), measures_asked(choice)
    found = set(speaking_of(_texts(), choice.words)["company"])
    there = set(sites[sites["province"].isin(choice.where)]["company"])
    return [
        row
        for row in data.records("practice_company_described")
        if row["company"] in found
        and (not choice.where or row["basin"] in choice.where or row["company"] in there)
        and (not choice.industries or row["industry_group"] in choice.industries)
        and (not choice.about_measures or row["company"] in set(measures["company"]))
    ]


@prepared
def measures_asked(choice: Choice) -> pd.DataFrame:
    """The measures of the outcomes and kinds asked for, of all companies."""
    rows = data.table("practice_measure")
    for column, codes in (("outcome", choice.outcomes), ("type", choice.types)):
        rows = rows[rows[column].isin(codes)] if codes else rows
    return rows


def of_companies(view: str, choice: Choice) -> pd.DataFrame:
    """The rows of a table that belong to the matching companies."""
    rows = data.table(view)
    return rows[rows["company"].isin([row["company"] for row in companies(choice)])]


def sections(rows: pd.DataFrame) -> list[Citation]:
    """The sources of rows by section ("ch. 4.1"), where a list of every case would be long."""
    return cite(rows.assign(locator=[place.partition(",")[0] for place in rows["locator"]]))


@prepared
def doubts() -> dict[str, list[dict]]:
    """What does not add up, by company."""
    known: dict[str, list[dict]] = {}
    for doubt in corrections.declared()["doubt"]:
        known.setdefault(doubt.get("company", ""), []).append(doubt)
    return known


@prepared
def headlines(choice: Choice) -> tuple[list[Headline], list[Citation]]:
    """How many companies match, what they did and stated, and what does not add up."""
    lang, day = language(), exhibits.day_of(BLUE_BOOK)
    shown = [row["company"] for row in companies(choice)]
    facts, sites = of_companies("practice_fact", choice), of_companies("practice_site", choice)
    measures = measures_asked(choice)
    measures = measures[measures["company"].isin(shown)]
    joined = sites.dropna(subset="registration_no")["company"].nunique()
    doubtful = [len(doubts()[company]) for company in shown if company in doubts()]
    everyone = number(len(data.table("practice_company")), lang)
    every_measure = number(len(data.table("practice_measure")), lang)

    def line(name: str, value: int, below: str, above: str) -> Headline:
        return Headline(t(f"practices.{name}"), number(value, lang), below, above)

    numbers = [
        line(
            "companies",
            len(shown),
            t("practices.of_all", n=everyone),
            t("practices.in_directory", n=joined),
        ),
        line("measures", len(measures), day, t("practices.of_all", n=every_measure)),
        line("facts", int(facts["value"].notna().sum()), day, t("practices.not_to_add")),
        line("doubts", sum(doubtful), day, t("practices.for_companies", n=len(doubtful))),
    ]
    return numbers, sections(of_companies("practice_company", choice))


@prepared
def matrix(choice: Choice) -> Exhibit:
    """How many measures each matching company took for each outcome; the title names the rarest."""
    names = {row["company"]: row[f"name_{language()}"] for row in companies(choice)}
    outcomes = outcome_names()
    measures = measures_asked(choice)
    measures = measures[measures["company"].isin(names)]
    asked = {c: n for c, n in outcomes.items() if c in choice.outcomes} or outcomes
    acting = counted(measures, ["outcome"]).set_index("outcome")["companies"]
    acting = acting.reindex(list(asked), fill_value=0)
    least = acting.index[::-1][acting[::-1].argmin()]
    title = t("practices.chart_title_plain")
    if len(names) > FEW and len(asked) == len(outcomes) and not choice.types:
        title = t(
            "practices.chart_title", outcome=outcomes[least], n=acting[least], whole=len(names)
        )
    cells = counted(measures, ["company", "outcome"])
    order = {company: i for i, company in enumerate(names)}
    cells = cells.sort_values("company", key=lambda codes: codes.map(order), kind="stable")
    cells = cells.assign(name=[names[company] for company in cells["company"]])
    summary = [t("practices.chart_part", outcome=asked[code], n=n) for code, n in acting.items()]
    return Exhibit(
        "practices_matrix",
        title,
        counts_grid(cells, "name", "outcome", "measures", asked, t("practices.unit_word")),
        labels.table(
            measures.assign(
                name=[names[company] for company in measures["company"]],
                about=[outcomes[code] for code in measures["outcome"]],
                kind=[t(f"practices.type_{code}") for code in measures["type"]],
                words=measures[f"text_{language()}"],
            ),
            name="practices.company",
            about="practices.outcome",
            kind="practices.type",
            words="practices.measure",
        ),
        sections(measures),
        alt=t("practices.chart_alt", summary=", ".join(summary)),
        unit=t("practices.unit"),
        as_of=exhibits.day_of(BLUE_BOOK),
        note=t("practices.chart_note"),
    )


def group_of(standard: str, rule_industry: str) -> str | None:
    """The industry group an industry of a rule set evidently belongs to; None when not evident."""
    for row in data.records("practice_industry"):
        if (row["standard"], row["rule_industry"]) == (standard, rule_industry):
            return row["industry"]
    return None


def link(industry_group: str | None = None) -> None:
    """A link to this page, filtered by an industry group when one is given."""
    label, query = t("practices.link"), {state.LANGUAGE_KEY: language()}
    if industry_group:
        label = t("practices.link_industry", industry=data.names()[industry_group])
        query["industry_group"] = industry_group
    st.page_link(PAGE, label=label, icon=":material/diversity_3:", query_params=query)
