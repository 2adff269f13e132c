"""How far has water-stewardship certification come?"""

import streamlit as st

from waterstats.widgets import blocks, uploads
from waterstats.widgets.data import BLUE_BOOK, DIRECTORY
from waterstats.widgets.evidence import provenance
from waterstats.widgets.state import t
from waterstats.widgets.statistics import exhibits, headlines

blocks.question("overview")
if uploads.held():
    st.info(t("registry.overview_note"), icon=":material/upload_file:")
blocks.headlines(*headlines.overview(BLUE_BOOK, DIRECTORY))
blocks.show(exhibits.growth())
blocks.show(exhibits.continents_since(BLUE_BOOK, DIRECTORY))
blocks.show(exhibits.china_levels_since(BLUE_BOOK, DIRECTORY))
st.header(t("overview.pipeline"), anchor=False)
st.markdown(t("overview.pipeline_lead"))
provenance.also_published(
    "registered_sites",
    "committed_sites",
    "committing_companies",
    "people_trained",
    "standard_downloads",
    "accelerators_running",
    "accelerators_planned",
)
