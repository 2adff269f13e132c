"""What did sites like mine do?"""

import streamlit as st

from waterstats.widgets import blocks
from waterstats.widgets.evidence import companycards, companyfacts, practices
from waterstats.widgets.state import t

blocks.question("practices")
chosen = practices.filters()
blocks.headlines(*practices.headlines(chosen))
if not practices.companies(chosen):
    st.info(t("practices.none"), icon=":material/filter_alt_off:")
    st.stop()
blocks.show(practices.matrix(chosen))
companycards.show(chosen)
companyfacts.all_facts(chosen)
