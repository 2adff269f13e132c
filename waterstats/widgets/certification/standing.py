"""Where a level stands among certified sites: the world, a country, a province, a sector."""

import pandas as pd
import streamlit as st

from waterstats.analyses.distribution import counts
from waterstats.analyses.selection import matching
from waterstats.charts.bars import parts
from waterstats.language import number
from waterstats.sources import cite
from waterstats.widgets import blocks, data, labels, state
from waterstats.widgets.blocks import Exhibit
from waterstats.widgets.data import DIRECTORY, prepared
from waterstats.widgets.state import language, t
from waterstats.widgets.statistics import exhibits

DIMENSIONS = ("country", "province", "sector")


def show(level: str) -> None:
    """Choose who to compare with; the distribution of levels there, and a sentence for each."""
    chosen = []
    for column, dimension in zip(st.columns(3), DIMENSIONS, strict=True):
        with column:
            options = {"": t("word.choose")} | _options(dimension)
            default = "CHN" if dimension == "country" else ""
            chosen.append(state.one_of(dimension, options, t(f"word.{dimension}"), default))
    groups = tuple(
        (dimension, code) for dimension, code in zip(DIMENSIONS, chosen, strict=True) if code
    )
    if level:
        lines = "\n".join(f"- {line}" for line in sentences(level, groups))
        st.markdown(t("standing.compared", level=labels.level_names()[level]) + "\n" + lines)
    else:
        st.info(t("standing.incomplete"), icon=":material/pending:")
    blocks.show(distribution(groups))


@prepared
def _options(dimension: str) -> dict[str, str]:
    codes = counts(data.sites(DIRECTORY), [dimension])[dimension]
    return {code: data.names().get(code, code) for code in codes}


def _groups(chosen: tuple[tuple[str, str], ...]) -> dict[str, pd.DataFrame]:
    """The sites of the world and of each choice, and of all choices together, by name."""
    sites, names = data.sites(DIRECTORY), data.names()
    groups = {t("word.world"): sites}
    for dimension, code in chosen:
        groups[names.get(code, code)] = matching(sites, {dimension: [code]})
    if len(chosen) > 1:
        together = matching(sites, {dimension: [code] for dimension, code in chosen})
        groups[" · ".join(names.get(code, code) for _, code in chosen)] = together
    return groups


@prepared
def sentences(level: str, chosen: tuple[tuple[str, str], ...]) -> list[str]:
    """For each group, how many sites hold a higher, the same and a lower level."""
    order, lines = list(labels.level_names()), []
    for name, sites in _groups(chosen).items():
        if sites.empty:
            lines.append(t("standing.none", name=name))
            continue
        ranks = sites["level"].map(order.index)
        own = order.index(level)
        split = {"higher": ranks > own, "same": ranks == own, "lower": ranks < own}
        n = number(len(sites), language())
        lines.append(
            t("standing.sentence", name=name, n=n, **{k: int(v.sum()) for k, v in split.items()})
        )
    return lines


@prepared
def distribution(chosen: tuple[tuple[str, str], ...]) -> Exhibit:
    """Levels of the world and of each choice: counts and shares."""
    groups = {name: sites for name, sites in _groups(chosen).items() if len(sites)}
    rows = pd.concat(
        counts(sites, ["level"]).assign(group=name) for name, sites in groups.items()
    ).rename(columns={"level": "key"})
    rows = labels.with_text(rows.assign(value=100 * rows["share"]), "percent")
    return Exhibit(
        "standing",
        t("standing.title"),
        parts(rows, "group", "key", "value", "text", labels.level_names()),
        labels.table(rows, group="word.group", label="word.level", text="word.value"),
        cite(pd.concat(groups.values()).drop_duplicates()),
        alt=t("standing.alt"),
        unit=t("word.share_unit"),
        as_of=exhibits.day_of(DIRECTORY),
        legend=exhibits.level_legend(),
    )
