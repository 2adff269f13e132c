"""What is different about certification in China?"""

import streamlit as st

from waterstats.widgets import blocks, exhibits, headlines, maps, programmes, state
from waterstats.widgets.data import DIRECTORY
from waterstats.widgets.headlines import high_levels, industry_share
from waterstats.widgets.state import t

blocks.question("china")
source = state.choice("data", state.snapshots(), t("word.snapshot"), DIRECTORY)
levels = {"china": high_levels(source, "CHN"), "rest": high_levels(source, "XCN")}
ict = {
    "china": industry_share(source, "ict", "CHN"),
    "rest": industry_share(source, "ict", "XCN"),
}
blocks.headlines(*headlines.china(source))
blocks.show(maps.provinces(source))
left, right = st.columns(2)
with left:
    blocks.show(exhibits.share_of_world())
    title = t("china.levels_title", **levels)
    blocks.show(exhibits.levels_of_sides("china_levels", title, source))
with right:
    title = t("china.industries_title", **ict)
    blocks.show(exhibits.industries("china_industries", title, source))
programmes.accelerators("CHN")
