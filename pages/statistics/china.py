"""What is different about certification in China?"""

import streamlit as st

from waterstats.widgets import blocks, data, state
from waterstats.widgets.data import DIRECTORY
from waterstats.widgets.state import t
from waterstats.widgets.statistics import exhibits, headlines, maps, programmes
from waterstats.widgets.statistics.headlines import high_levels, industry_share

blocks.question("china")
source = state.choice("data", state.snapshots(), t("word.snapshot"), DIRECTORY)
levels = {"china": high_levels(source, "CHN"), "rest": high_levels(source, "XCN")}
ict = {
    "china": industry_share(source, "ict", "CHN"),
    "rest": industry_share(source, "ict", "XCN"),
}
blocks.headlines(*headlines.china(source))
portrait = data.portrait(source)
counted = portrait.value("countries", "CHN") > 0
if len(portrait.provinces):
    blocks.show(maps.provinces(source))
else:
    st.info(t("registry.no_china"), icon=":material/grid_off:")
left, right = st.columns(2)
with left:
    blocks.show(exhibits.share_of_world(source))
    if counted:
        title = t("china.levels_title", **levels)
        blocks.show(exhibits.levels_of_sides("china_levels", title, source))
with right:
    if counted:
        title = t("china.industries_title", **ict)
        blocks.show(exhibits.industries("china_industries", title, source))
programmes.accelerators("CHN")
