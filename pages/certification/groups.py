"""How many sites of a group are audited, and is a group certificate worth it?"""

import streamlit as st

from waterstats.widgets import blocks
from waterstats.widgets.certification import certificaterules, groups, planner

blocks.question("groups")
source = certificaterules.registry()
blocks.headlines(*groups.headlines(source))
left, right = st.columns([6, 5])
with left:
    blocks.show(groups.real_groups(source))
with right:
    blocks.show(groups.rule(source))
groups.difference(source)
planner.show()
