"""What happened to the sites between two registries: joined, left, moved level, renewed."""

import pandas as pd
import streamlit as st

from waterstats.analyses.moved import KINDS, changes
from waterstats.charts.bars import ranked
from waterstats.language import date, number
from waterstats.sources import cite
from waterstats.widgets import blocks, data, labels, state
from waterstats.widgets.blocks import Exhibit
from waterstats.widgets.data import prepared
from waterstats.widgets.state import language, t
from waterstats.widgets.statistics.comparing import when
from waterstats.widgets.statistics.exhibits import day_of


def between_dates() -> None:
    """The section on change between two registries; nothing with a single one."""
    if len(state.registries()) < 2:
        return
    st.header(t("compare.moved"), anchor=False)
    offered = dict(sorted(state.registries().items(), key=lambda named: when(named[0])))
    first, last = next(iter(offered)), list(offered)[-1]
    if len(offered) > 2:
        columns = st.columns(2)
        with columns[0]:
            first = state.one_of("from", offered, t("compare.before"), first)
        with columns[1]:
            last = state.one_of("to", offered, t("compare.after"), last)
    if first == last:
        st.info(t("compare.same_registry"), icon=":material/event_repeat:")
        return
    blocks.show(movements(first, last))


@prepared
def movements(before: str, after: str) -> Exhibit:
    """How many sites joined, left, rose, fell, renewed; the table names them."""
    moved = changes(data.sites(before), data.sites(after))
    tally = moved["kind"].value_counts().reindex(KINDS, fill_value=0)
    rows = pd.DataFrame({"key": tally.index, "value": tally.to_numpy()})
    rows["label"] = [t(f"compare.kind_{kind}") for kind in rows["key"]]
    rows["text"] = [number(n, language()) for n in rows["value"]]
    days = {"first": day_of(before), "second": day_of(after)}
    return Exhibit(
        "compare_moved",
        t("compare.moved_title", joined=tally["joined"], left=tally["left"]),
        ranked(rows, "key", "label", "value", "text"),
        _table(moved),
        cite(pd.concat([data.sites(before), data.sites(after)])),
        alt=t("compare.moved_alt", **days),
        unit=t("word.site_unit"),
        as_of=" / ".join(days.values()),
        note=t("compare.moved_note"),
    )


def _table(moved: pd.DataFrame) -> pd.DataFrame:
    """Every site that is not as it was, in words."""
    lang, names = language(), data.names()
    rows = moved[moved["kind"] != "unchanged"]
    rows = rows.assign(
        kind=[t(f"compare.kind_{kind}") for kind in rows["kind"]],
        country=[names.get(code, code) for code in rows["country"]],
        **{c: [names.get(code, "–") for code in rows[c]] for c in ("level_before", "level_after")},
        **{
            c: [date(day, lang) if pd.notna(day) else "–" for day in rows[c]]
            for c in ("valid_before", "valid_after")
        },
    )
    return labels.table(
        rows,
        kind="compare.change",
        registration_no="sites.number",
        certificate_name="sites.name",
        country="word.country",
        level_before="compare.level_before",
        level_after="compare.level_after",
        valid_before="compare.valid_before",
        valid_after="compare.valid_after",
    )
