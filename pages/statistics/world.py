"""Where in the world is certification, and in which industries?"""

import streamlit as st

from waterstats.widgets import blocks, state
from waterstats.widgets.data import BLUE_BOOK, DIRECTORY
from waterstats.widgets.state import t
from waterstats.widgets.statistics import exhibits, headlines, maps

blocks.question("world")
source = state.choice("data", state.snapshots(), t("word.snapshot"), DIRECTORY)
blocks.headlines(*headlines.world(source))
blocks.show(maps.countries(source))
left, right = st.columns(2)
with left:
    blocks.show(exhibits.continents(source))
    if source == BLUE_BOOK:
        title = t("world.levels_title_printed")
        blocks.show(exhibits.levels_of_sides("world_levels", title, source))
    else:
        blocks.show(exhibits.leading_countries(source))
with right:
    blocks.show(exhibits.industries("world_industries", t("world.industries_title"), source))
    if source != BLUE_BOOK:
        blocks.show(exhibits.levels_of_leaders(source))
