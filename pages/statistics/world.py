"""Where in the world is certification, and in which industries?"""

import streamlit as st

from waterstats.analyses.concentration import concentration
from waterstats.analyses.portrait import counted, published
from waterstats.language import number, percent
from waterstats.sources import cite
from waterstats.widgets import blocks, data, exhibits, labels, state
from waterstats.widgets.blocks import Headline
from waterstats.widgets.data import BLUE_BOOK, DIRECTORY
from waterstats.widgets.state import language, t

TOP = 10
lang = language()
blocks.question("world")
shown = state.choice("data", state.snapshots(), t("word.snapshot"), DIRECTORY)
printed = shown == BLUE_BOOK
if printed:
    portrait = published(data.table("figure_described"), BLUE_BOOK)
else:
    portrait = counted(data.sites(shown), shown)
day = exhibits.snapshot_day(shown)
names = data.names(lang)
china = portrait.value("countries", "CHN")
top = portrait.ranks[portrait.ranks["value"] <= TOP]
continent = portrait.continents.iloc[0]

numbers = [
    Headline(t("world.sites"), number(portrait.total, lang), day),
    Headline(t("world.countries"), number(portrait.countries_total, lang), day),
    Headline(
        t("world.top_country"),
        t("world.name_sites", place=names["CHN"], n=number(china, lang)),
        day,
        percent(china / portrait.total, lang),
    ),
]
if not printed:
    spread = concentration(portrait.countries).iloc[0]
    equal = t("world.equal", n=number(spread["equal_groups"], lang, 1))
    numbers.append(
        Headline(t("world.concentration"), percent(spread["top_share"], lang), day, equal)
    )
blocks.headlines(numbers, cite(portrait.countries))

exhibits.countries(portrait, top, day, printed)
left, right = st.columns(2)
with left:
    share = percent(continent["value"] / portrait.total, lang)
    exhibits.bars(
        "continents",
        t("world.continents_title", top=names[continent["key"]], share=share),
        portrait.continents,
        "word.continent",
        day,
        alt=t("world.continents_alt"),
    )
    if printed:
        exhibits.levels_of_sides(
            "world_levels", t("world.levels_title_printed"), portrait, day, printed
        )
with right:
    exhibits.industries("world_industries", t("world.industries_title"), portrait, day, printed)
if not printed:
    tied = "" if len(top) == TOP else "_tied"
    with left:
        exhibits.bars(
            "world_top",
            t(f"world.top_title{tied}", **({"n": len(top)} if tied else {})),
            portrait.countries[: len(top)],
            "word.country",
            day,
            alt=t("world.top_alt"),
            emphasis=("CHN",),
        )
    with right:
        exhibits.level_shares(
            "world_levels",
            t("world.levels_title"),
            labels.levels_by_country(data.sites(shown), list(top["key"]), shown),
            day,
            alt=t("world.levels_alt"),
        )
