"""Do the grades really differ?"""

import streamlit as st

from waterstats.widgets import blocks
from waterstats.widgets.state import t
from waterstats.widgets.statistics import compared, comparing, movements, standardising, sureness

blocks.question("compare")
asked = comparing.ask()
known = comparing.counts(asked)
said, chance = compared.answer(asked)
st.subheader(said, anchor=False)
st.markdown(chance)
blocks.headlines(*compared.headlines(asked))
left, right = st.columns(2)
with left:
    blocks.show(compared.levels(asked))
with right:
    if len(known):
        blocks.show(compared.intervals(asked))
if not asked.over_time and len(known) > 1:
    blocks.show(compared.gaps(asked))
    sureness.how_sure(asked)
    standardising.explain(asked)
elif asked.over_time:
    st.info(t("compare.over_time"), icon=":material/history:")
movements.between_dates()
