"""Which sites are certified?"""

import streamlit as st

from waterstats.widgets import blocks, state
from waterstats.widgets.data import DIRECTORY
from waterstats.widgets.state import t
from waterstats.widgets.statistics import registry

blocks.question("sites")
source = state.choice("data", state.registries(), t("word.snapshot"), DIRECTORY)
asked = registry.filters(source)
picked = registry.clicked()
chosen = asked
for column, codes in picked.items():
    chosen = chosen.also(column, codes)
blocks.headlines(*registry.headlines(chosen))
if chosen.sites().empty:
    st.info(t("word.none"), icon=":material/filter_alt_off:")
else:
    left, right = st.columns(2)
    with left:  # each chart follows the other's selection, not its own
        blocks.show(registry.bars("level", asked.also("industry", picked["industry"])))
    with right:
        blocks.show(registry.bars("industry", asked.also("level", picked["level"])))
    registry.table(chosen, picked)
    left, right = st.columns([3, 2])
    with left:
        blocks.show(registry.outlook(chosen))
    with right:
        blocks.show(registry.holders(chosen))
