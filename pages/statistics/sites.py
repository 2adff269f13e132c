"""Which sites are certified?"""

import streamlit as st

from waterstats.analyses.selection import matching
from waterstats.language import number
from waterstats.sources import cite
from waterstats.widgets import blocks, data, exhibits, registry
from waterstats.widgets.blocks import Headline
from waterstats.widgets.state import language, t

lang = language()
blocks.question("sites")
everything = data.sites()
found = registry.filters(everything)
picked = registry.clicked()
chosen = matching(found, picked)
day = exhibits.snapshot_day(data.DIRECTORY)
high = chosen["level"].isin(["gold", "platinum"]).sum()
soon, deadline = registry.expiring(chosen)
blocks.headlines(
    [
        Headline(
            t("sites.shown"), number(len(chosen), lang), day, t("sites.of_all", n=len(everything))
        ),
        Headline(t("sites.high"), number(high, lang), day),
        Headline(t("sites.soon"), number(soon, lang), day, t("sites.until", date=deadline)),
    ],
    cite(chosen) if len(chosen) else [],
)
if found.empty:
    st.info(t("word.none"), icon=":material/filter_alt_off:")
    st.stop()
left, right = st.columns(2)
with left:
    registry.bars("level", matching(found, {"industry": picked["industry"]}), day)
with right:
    registry.bars("industry", matching(found, {"level": picked["level"]}), day)
registry.table(chosen, picked)
left, right = st.columns([3, 2])
with left:
    registry.outlook(chosen, day)
with right:
    registry.holders(chosen, day)
