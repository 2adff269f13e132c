"""Would this enterprise pass, and what is missing?"""

import streamlit as st

from waterstats.scoring.scenario import score_scenario
from waterstats.widgets import blocks
from waterstats.widgets.evidence import practices
from waterstats.widgets.whatif import rulebook, scenariofile, scenarioform, verdict
from waterstats.widgets.whatif import scenario as scenarios

blocks.question("leader")
standard = scenarios.choose_standard(scenarios.WITH_A_PAGE)
scenario = scenarios.choose_industry(scenarios.current(standard))
plan = scenarios.plan_of(scenario)
left, right = st.columns([3, 2], gap="large")
with left:
    scenariofile.begin(plan, scenario)
    scenario = scenarioform.fill_in(plan, scenario)
    readings = scenariofile.meters(plan)
scenarios.keep(scenario)
_, outcome = score_scenario(scenario)
with right, st.container(key="verdict-in-view"):
    verdict.show(plan, scenario, outcome)
    practices.link(practices.group_of(standard, scenario.industry))
    rulebook.source(standard)
    scenariofile.take_away(plan, scenario, readings)
with st.bottom:
    verdict.in_short(plan, outcome)
