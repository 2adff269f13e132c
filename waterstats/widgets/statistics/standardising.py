"""How much of a difference another variable explains: two groups with each other's mix."""

import pandas as pd
import streamlit as st

from waterstats.analyses.comparison import OUTCOMES, REST
from waterstats.analyses.standardised import Standardised, standardised
from waterstats.charts.bars import parts
from waterstats.charts.style import wrap
from waterstats.language import number, percent
from waterstats.widgets import blocks, data, labels, state
from waterstats.widgets.blocks import Exhibit
from waterstats.widgets.data import prepared
from waterstats.widgets.state import language, t
from waterstats.widgets.statistics import exhibits
from waterstats.widgets.statistics.compared import points
from waterstats.widgets.statistics.comparing import (
    DIMENSIONS,
    STRATA,
    Asked,
    counted,
    counts,
    grade_names,
)

FEW = 10
NAME, BAR = 34, 46  # letters in a line beside a bar, pixels of a bar with its gap
SAME = {"industry": ("industry",), "sector": ("industry",), "certificate_type": STRATA[1:]}


def explain(asked: Asked) -> None:
    """The section on what explains the difference between the first two groups."""
    offered = {s: t(DIMENSIONS[s][0]) for s in STRATA if s not in SAME.get(asked.by, ())}
    if asked.over_time or len(counts(asked)) < 2:
        return
    st.header(t("compare.explain"), anchor=False)
    st.markdown(t("compare.explain_lead"))
    if st.session_state.get("strata", next(iter(offered))) not in offered:
        del st.session_state["strata"]
    stratum = state.choice("strata", offered, t("compare.strata"), next(iter(offered)))
    st.subheader(words(asked, stratum), anchor=False)
    if _result(asked, stratum).strata["shared"].any():
        blocks.show(mixed(asked, stratum))


@prepared
def _result(asked: Asked, stratum: str) -> Standardised:
    rows = counted(asked.source, asked.by)
    named = rows["group"].where(rows["group"].isin(asked.groups), REST)
    first, second = (rows[named == code] for code in _two(asked))
    return standardised(first, second, stratum, OUTCOMES[asked.grade])


def _two(asked: Asked) -> tuple[str, str]:
    first, second = counts(asked).index[:2]
    return first, second


@prepared
def words(asked: Asked, stratum: str) -> str:
    """How much of the difference the mix explains, in a sentence."""
    found = _result(asked, stratum)
    first, second = map(asked.name, _two(asked))
    variable = t(f"compare.mix_{stratum}")
    if not found.strata["shared"].any():
        return t("compare.nothing_shared", mix=variable)
    low, high = found.explained
    key = "compare.explained" if round(100 * low) != round(100 * high) else "compare.explained_one"
    return t(
        key,
        first=first,
        second=second,
        grade=grade_names()[asked.grade],
        crude=points(found.crude, True),
        low=points(low, True),
        high=points(high, True),
        mix=variable,
    )


@prepared
def mixed(asked: Asked, stratum: str) -> Exhibit:
    """The two groups as they are, and each with the other's mix; strata in the table."""
    found, (first, second) = _result(asked, stratum), map(asked.name, _two(asked))
    mix = t(f"compare.mix_{stratum}")
    bars = {
        "first": t("compare.as_is", group=first),
        "first_with_seconds_mix": t("compare.with_mix", group=first, other=second, mix=mix),
        "second_with_firsts_mix": t("compare.with_mix", group=second, other=first, mix=mix),
        "second": t("compare.as_is", group=second),
    }
    rows = found.shares.rename_axis(index="bar", columns="key").stack().rename("share")
    rows = rows.dropna().reset_index()
    rows = rows.assign(
        bar=[wrap(bars[bar], NAME) for bar in rows["bar"]],
        value=100 * rows["share"],
        text=[percent(share, language()) for share in rows["share"]],
    )
    return Exhibit(
        "compare_mix",
        t("compare.mix_title", mix=mix),
        parts(rows, "bar", "key", "value", "text", labels.level_names(), BAR),
        _strata_table(asked, stratum, found),
        asked.cited(),
        alt=t("compare.mix_alt", first=first, second=second, mix=mix),
        unit=t("word.share_unit"),
        as_of=asked.day,
        note=" ".join(_cautions(asked, stratum, found)),
        legend=exhibits.level_legend(),
    )


def stratum_name(stratum: str, code: str) -> str:
    """The name of one industry or certificate type; "" is what the registry leaves blank."""
    if not code:
        return t("sites.blank")
    return t(f"sites.{code}") if stratum == "certificate_type" else data.names().get(code, code)


def _strata_table(asked: Asked, stratum: str, found: Standardised) -> pd.DataFrame:
    lang, grade = language(), grade_names()[asked.grade]
    out = {t(DIMENSIONS[stratum][0]): [stratum_name(stratum, c) for c in found.strata["stratum"]]}
    for side, code in zip(("first", "second"), _two(asked), strict=True):
        name = asked.name(code)
        out[t("compare.sites_in", group=name)] = found.strata[f"sites_{side}"]
        out[t("compare.share_in", grade=grade, group=name)] = [
            "–" if share != share else percent(share, lang)
            for share in found.strata[f"share_{side}"]
        ]
    return pd.DataFrame(out)


def _cautions(asked: Asked, stratum: str, found: Standardised) -> list[str]:
    """What the standardised shares cannot say: strata on one side only, thin ones, direction."""
    lang, said = language(), []
    for side, code in zip(("first", "second"), _two(asked), strict=True):
        alone = found.strata[~found.strata["shared"] & (found.strata[f"sites_{side}"] > 0)]
        if len(alone):
            said.append(
                t(
                    "compare.alone",
                    group=asked.name(code),
                    strata=t("compare.listed").join(
                        stratum_name(stratum, c) for c in alone["stratum"]
                    ),
                    share=percent(found.unmatched_sites(side), lang),
                )
            )
    thin = [
        t(
            "compare.thin_cell",
            stratum=stratum_name(stratum, row.stratum),
            group=asked.name(code),
            n=number(getattr(row, f"sites_{side}"), lang),
        )
        for row in found.strata[found.strata["shared"]].itertuples()
        for side, code in zip(("first", "second"), _two(asked), strict=True)
        if getattr(row, f"sites_{side}") < FEW
    ]
    if thin:
        said.append(t("compare.thin", cells=t("compare.and_then").join(thin)))
    return [*said, t("compare.two_ways")]
