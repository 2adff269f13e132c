"""How do the AWS Standard and GB/T 38966 line up?"""

import streamlit as st

from waterstats.widgets import blocks
from waterstats.widgets.certification import crosswalk
from waterstats.widgets.state import t
from waterstats.widgets.whatif import rulebook

STANDARDS = {"aws_v2": "aws", "gbt_38966_2020": "gbt"}

blocks.question("crosswalk")
st.header(t("crosswalk.frame"), anchor=False)
st.table(crosswalk.frames(*STANDARDS))
st.header(t("crosswalk.steps"), anchor=False)
st.table(crosswalk.steps(*STANDARDS))
st.caption(t("crosswalk.steps_note"))
crosswalk.take_away(*STANDARDS)
for standard, page in STANDARDS.items():
    rulebook.source(standard)
    st.page_link(
        f"certification/{page}.py", label=t("crosswalk.open_scorer", name=t(f"nav.{page}"))
    )
