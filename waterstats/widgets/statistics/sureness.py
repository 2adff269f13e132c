"""How sure a comparison is: the test and its reason, the census, certificates shared by sites."""

import pandas as pd
import streamlit as st

from waterstats.analyses.association import linked
from waterstats.analyses.comparison import OUTCOMES, REST, certificates, table, tally
from waterstats.language import number
from waterstats.widgets import data, labels
from waterstats.widgets.data import prepared
from waterstats.widgets.state import language, t
from waterstats.widgets.statistics.comparing import Asked, counted, counts, grade_names


def hits(frame: pd.DataFrame, grade: str) -> pd.DataFrame:
    """Sites at the grade in question and all others of each group: hit and miss [sites]."""
    at = frame[list(OUTCOMES[grade])].sum(axis=1)
    return pd.DataFrame({"hit": at, "miss": frame.sum(axis=1) - at})


def chance(p: float) -> str:
    """A probability as so many of a hundred or thousand."""
    if p < 0.001:
        return t("compare.in_1000_fewer")
    if p < 0.01:
        return t("compare.in_1000", n=round(1000 * p))
    return t("compare.in_100", n=round(100 * p))


def p_text(p: float) -> str:
    """A p-value as journals print it."""
    if p != p:
        return "–"
    return "< 0.001" if p < 0.001 else f"{p:.3f}"


def p_said(p: float) -> str:
    """A p-value as it stands in a sentence: "< 0.001" or "= 0.103"."""
    return p_text(p) if p < 0.001 else f"= {p_text(p)}"


def how_sure(asked: Asked) -> None:
    """The test with its reason, what an interval means for a census, sites that are not alone."""
    with st.expander(t("compare.sure"), key="compare_sure", on_change="rerun") as details:
        if details.open:
            st.markdown(_test_words(asked))
            st.markdown(t("compare.census"))
            st.markdown(_together(asked))


@prepared
def _test_words(asked: Asked) -> str:
    test = linked(counts(asked))
    if test.method == "none":
        return t("compare.no_test")
    lang = language()
    return t(
        f"compare.why_{test.method}",
        p=p_said(test.p),
        statistic=number(test.statistic, lang, 1) if test.statistic == test.statistic else "",
        freedom=f"{test.freedom:.0f}",
        smallest=number(test.smallest_expected, lang, 1),
        v=number(test.v, lang, 2),
        strength=t(f"compare.strength_{test.strength}"),
    )


@prepared
def _together(asked: Asked) -> str:
    """How many sites share a certificate, and the answer when each certificate counts once."""
    rows = counted(asked.source, asked.by)
    if REST not in asked.groups:
        rows = rows[rows["group"].isin(asked.groups)]
    shared = int(rows.loc[rows["certificate_type"] != "single", "sites"].sum())
    whole = int(rows["sites"].sum())
    once = table(
        tally(certificates(data.sites(asked.source), asked.by), asked.by),
        asked.groups,
        list(labels.level_names()),
    )
    at = hits(once, asked.grade)
    lang = language()
    said = t("compare.and_then").join(
        t(
            "compare.once_group",
            group=asked.name(code),
            n=row["hit"],
            whole=row["hit"] + row["miss"],
        )
        for code, row in at.iterrows()
    )
    return t(
        "compare.together",
        shared=number(shared, lang),
        whole=number(whole, lang),
        grade=grade_names()[asked.grade],
        said=said,
        p=p_said(linked(at).p),
    )
