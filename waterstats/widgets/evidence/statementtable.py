"""The statements page: every statement with its verdict, beside the directory, to take away."""

import pandas as pd
import streamlit as st

from waterstats.language import date, locator, number, percent
from waterstats.sources import Citation
from waterstats.statements.directory import Observed, observed
from waterstats.statements.statement import Statement
from waterstats.statements.study import Study
from waterstats.widgets import blocks, data, state
from waterstats.widgets.data import DIRECTORY, prepared
from waterstats.widgets.evidence.statements import cited, studied
from waterstats.widgets.evidence.statementwords import scope_words, statement_words
from waterstats.widgets.state import language, t
from waterstats.widgets.statistics.exhibits import day_of

MANY = 3  # "all but ten countries" is a quantity that nobody would look for


def verdict_of(found: Study, statement: Statement) -> str:
    """fits, conflict or untested."""
    if not statement.testable:
        return "untested"
    return "conflict" if statement.id in found.in_conflict else "fits"


@prepared
def verdicts(source_id: str) -> pd.DataFrame:
    """All statements: verdict, reason, as printed, where it stands, what the directory counts."""
    found, lang = studied(), language()
    main = found.collection.on
    rows = []
    for each in found.collection.statements:
        seen = Observed()
        if each.testable and all(s.on == main and len(s.without) < MANY for s in each.scopes):
            seen = observed(data.sites(source_id), each, found.collection.geography)
        rows.append(
            {
                "id": each.id,
                "kind": verdict_of(found, each),
                t("statements.statement"): each.text[lang],
                t("statements.verdict"): {
                    "fits": t("statements.verdict_fits"),
                    "conflict": t("statements.verdict_conflict"),
                    "untested": t("statements.verdict_untested"),
                }[verdict_of(found, each)],
                t("statements.with_which"): _reason(found, each),
                t("statements.directory"): _seen(seen),
                t("statements.by_then"): " / ".join(number(n, lang) for n in seen.by_then),
                t("statements.topic"): _topic(each.topic),
                t("statements.dated"): date(each.on, lang),
                t("statements.as_printed"): each.as_published,
                t("word.locator"): locator(each.locator, lang),
                t("word.source"): data.source(each.source_id)[f"title_{lang}"],
                t("statements.note"): each.note[lang] if each.note else "",
            }
        )
    return pd.DataFrame(rows)


def _topic(topic: str) -> str:
    names = {
        "time": t("statements.topic_time"),
        "world": t("statements.topic_world"),
        "china": t("statements.topic_china"),
        "industries": t("statements.topic_industries"),
        "levels": t("statements.topic_levels"),
        "provinces": t("statements.topic_provinces"),
    }
    return names.get(topic, t("statements.topic_other"))


def _reason(found: Study, statement: Statement) -> str:
    """Why it is not testable, or the other members of its smallest conflict."""
    if not statement.testable:
        return statement.not_testable[language()]
    conflict = found.in_conflict.get(statement.id)
    if conflict is None:
        return ""
    others = sorted(conflict.members - {statement.id})
    return "; ".join(statement_words(found, name) for name in others)


def _seen(seen: Observed) -> str:
    """The directory's counts in words; empty where the dates do not allow a comparison."""
    lang = language()
    if seen.tiers:
        return ", ".join("/".join(number(n, lang) for n in tier) for tier in seen.tiers)
    if seen.of:
        return " / ".join(
            t(
                "statements.directory_share",
                count=number(n, lang),
                of=number(seen.of, lang),
                share=percent(n / seen.of, lang),
            )
            for n in seen.count
        )
    return " / ".join(number(n, lang) for n in seen.count)


@prepared
def _beyond(source_id: str) -> list[str]:
    """Statements that the directory's older certificates alone exceed."""
    found, lang = studied(), language()
    lines = []
    for each in found.collection.statements:
        if not each.testable or each.order:
            continue
        seen = observed(data.sites(source_id), each, found.collection.geography)
        if seen.beyond:
            most = max(range(len(each.count)), key=seen.by_then.__getitem__)
            lines.append(
                t(
                    "statements.beyond",
                    text=each.text[lang],
                    place=scope_words(each.count[most]),
                    n=number(seen.by_then[most], lang),
                    date=date(each.on, lang),
                )
            )
    return lines


@prepared
def _shown(verdict: str) -> tuple[pd.DataFrame, list[Citation]]:
    """The statements with a verdict, or all, and their sources."""
    rows = verdicts(DIRECTORY)
    rows = rows if verdict == "all" else rows[rows["kind"] == verdict]
    return rows.drop(columns="kind"), cited(studied().collection.statements)


def table() -> None:
    """The verdict table with its filter and downloads."""
    st.header(t("statements.table"), anchor=False)
    st.markdown(t("statements.table_lead", date=day_of(DIRECTORY)))
    for line in _beyond(DIRECTORY):
        st.info(line, icon=":material/search:")
    options = {
        "all": t("statements.show_all"),
        "conflict": t("statements.verdict_conflict"),
        "fits": t("statements.verdict_fits"),
        "untested": t("statements.verdict_untested"),
    }
    shown = state.choice("verdicts", options, t("statements.show"), "all")
    rows, sources = _shown(shown)
    st.dataframe(
        rows.drop(columns="id"), hide_index=True, alt=t("statements.table_alt"), height=420
    )
    blocks.downloads("statements", rows, sources, t("statements.table_title"))
    with st.expander(t("statements.method")):
        st.markdown(t("statements.method_text"))
