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

if printed:
    exhibits.tiles(
        "world_map",
        t("world.map_title_ranks"),
        "country",
        labels.with_text(top, "rank"),
        day,
        alt=t("world.map_alt_ranks"),
        unit="rank",
        note=t("world.map_note_ranks"),
    )
else:
    exhibits.tiles(
        "world_map",
        t("world.map_title", n=f"{portrait.countries_total:.0f}"),
        "country",
        portrait.countries,
        day,
        alt=t("world.map_alt", top=", ".join(names[key] for key in top["key"][:3])),
        note=t("world.map_note"),
    )
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
    exhibits.industries(
        "world_industries",
        t("world.industries_title"),
        portrait,
        day,
        t("world.industries_note_printed" if printed else "world.industries_note"),
    )
with right:
    if printed:
        exhibits.levels(
            "world_levels",
            t("world.levels_title_printed"),
            {names[side]: (portrait, side) for side in ("CHN", "XCN")},
            day,
            alt=t("china.levels_alt"),
            note=t("china.levels_note_printed"),
        )
    else:
        exhibits.bars(
            "world_top",
            t("world.top_title", n=len(top)),
            portrait.countries[: len(top)],
            "word.country",
            day,
            alt=t("world.top_alt"),
            emphasis=("CHN",),
        )
        exhibits.level_shares(
            "world_levels",
            t("world.levels_title"),
            labels.levels_by_country(data.sites(shown), list(top["key"]), shown),
            day,
            alt=t("world.levels_alt"),
        )
