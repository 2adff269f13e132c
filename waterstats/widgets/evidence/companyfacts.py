"""The facts of the practices page in words: amounts, dates, scopes, and all of them as a table."""

import pandas as pd
import streamlit as st

from waterstats.language import large, period, relation
from waterstats.widgets import blocks, data, labels
from waterstats.widgets.data import prepared
from waterstats.widgets.evidence.practices import (
    Choice,
    companies,
    doubts,
    of_companies,
    outcome_names,
    sections,
)
from waterstats.widgets.state import language, t

SCOPES = ("site", "group", "customers", "community")


def amount(fact: dict) -> str:
    """A fact's number with its unit and how the source means it, marked when it is in doubt."""
    lang = language()
    if fact["value"] is None:
        return t("practices.no_number")
    value = large(fact["value"], lang)
    gap = "" if lang == "zh" and (fact["unit"] == "percent" or value[-1] in "万亿") else " "
    words = f"{value}{gap}{fact[f'unit_{lang}']}"
    mark = " ⚠" if fact["fact_id"] in _doubted() else ""
    return relation(words, fact["relation"], lang) + mark


@prepared
def _doubted() -> set[str]:
    """The facts that a doubt is about."""
    return {fact for own in doubts().values() for d in own for fact in d.get("facts", ())}


def when(text: str | None) -> str:
    """A year, month, day or span of years in words; "not stated" when the source gives none."""
    if text is None:
        return t("practices.unstated")
    if "/" in text:
        return text.replace("/", "–")
    if len(text) == 10:
        return period(None, pd.Timestamp(text), language())
    span = pd.Period(text)
    return period(span.start_time.normalize(), span.end_time.normalize(), language())


def scope(fact: dict) -> str:
    """What a fact is about: the site (named when the source does), the group, others."""
    site = fact[f"site_{language()}"]
    return t("practices.site_named", site=site) if site else t(f"practices.scope_{fact['scope']}")


@prepared
def fact_table(*chosen: str) -> pd.DataFrame:
    """The facts of some companies under headings, with scope, period, as printed and sources."""
    names = {r["company"]: r[f"name_{language()}"] for r in data.records("practice_company")}
    facts = [r for r in data.records("practice_fact_described") if r["company"] in chosen]
    outcomes = outcome_names()
    rows = pd.DataFrame(
        {
            "company": names[fact["company"]],
            "scope": scope(fact),
            "what": fact[f"label_{language()}"],
            "number": amount(fact),
            "when": when(fact["period"]),
            "kind": t(f"practices.kind_{fact['kind']}"),
            "outcome": outcomes.get(fact["outcome"], ""),
            "note": fact[f"note_{language()}"] or "",
            "printed": fact["as_published"],
            "source_id": fact["source_id"],
            "locator": fact["locator"],
        }
        for fact in facts
    )
    headings = [c for c in rows if c not in ("source_id", "locator")]
    return labels.table(rows, **{c: f"practices.{c}" for c in headings})


def all_facts(choice: Choice) -> None:
    """Every fact of the matching companies, to read and take away."""
    st.caption(t("practices.names_note"))
    with st.expander(t("practices.all_facts"), key="practice_facts", on_change="rerun") as details:
        if details.open:
            table = fact_table(*(row["company"] for row in companies(choice)))
            st.dataframe(table, hide_index=True, alt=t("practices.all_facts_alt"))
            cited = sections(of_companies("practice_fact", choice))
            blocks.downloads("practice_facts", table, cited, t("practices.question"))
