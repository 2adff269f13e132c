"""What is different about certification in China?"""

import pandas as pd
import streamlit as st

from waterstats.analyses.portrait import counted, published
from waterstats.language import number, percent
from waterstats.sources import cite
from waterstats.widgets import blocks, data, exhibits, programmes, state
from waterstats.widgets.blocks import Headline
from waterstats.widgets.data import BLUE_BOOK, DIRECTORY
from waterstats.widgets.state import language, t

lang = language()
blocks.question("china")
shown = state.choice("data", state.snapshots(), t("word.snapshot"), DIRECTORY)
printed = shown == BLUE_BOOK
figures = data.table("figure_described")
book = published(figures, BLUE_BOOK)
portrait = book if printed else counted(data.sites(shown), shown)
day = exhibits.snapshot_day(shown)
sites = portrait.value("countries", "CHN")
growths = figures[figures["series"].eq("certified_sites_growth")]
growth = growths.set_index("place")["value"]


def high(side: str) -> str:
    """Gold and Platinum together as a share of a side's sites."""
    levels = ("gold", "platinum")
    return percent(sum(portrait.value("levels", level, side) for level in levels) / 100, lang)


blocks.headlines(
    [
        Headline(t("china.sites"), number(sites, lang), day),
        Headline(t("china.share"), percent(sites / portrait.total, lang), day),
        Headline(
            t("china.growth"),
            percent(growth["CHN"] / 100, lang),
            exhibits.snapshot_day(BLUE_BOOK),
            t("china.world_growth", share=percent(growth["WLD"] / 100, lang)),
        ),
        Headline(t("china.high"), high("CHN"), day, t("china.elsewhere", share=high("XCN"))),
    ],
    cite(pd.concat([portrait.levels, growths])),
)
exhibits.provinces(portrait, day, printed)
left, right = st.columns(2)
with left:
    exhibits.share_of_world(data.table("sites_over_time"))
    title = t("china.levels_title", china=high("CHN"), rest=high("XCN"))
    exhibits.levels_of_sides("china_levels", title, portrait, day, printed)
with right:
    ict = [portrait.value("industries", "ict", side) / 100 for side in ("CHN", "XCN")]
    exhibits.industries(
        "china_industries",
        t("china.industries_title", china=percent(ict[0], lang), rest=percent(ict[1], lang)),
        portrait,
        day,
        printed,
    )
programmes.accelerators("CHN")
