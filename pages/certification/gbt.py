"""Would this organisation pass the basic requirements of GB/T 38966-2020?"""

import streamlit as st

from waterstats.scoring.scenario import score_scenario
from waterstats.widgets import blocks
from waterstats.widgets.certification import assessment, selfcheck
from waterstats.widgets.state import t
from waterstats.widgets.whatif import levels, scenariofile, verdict
from waterstats.widgets.whatif import scenario as scenarios

blocks.question("gbt")
scenario = scenarios.current("gbt_38966_2020")
assessment.how_to_read(scenarios.plan_of(scenario))
left, right = st.columns([3, 2], gap="large")
with left:
    scenariofile.begin(scenario.plan(), scenario)
    scenario = selfcheck.fill_in(scenarios.plan_of(scenario), scenario)
scenarios.keep(scenario)
plan, outcome = score_scenario(scenario)
with right, st.container(key="verdict-in-view"):
    verdict.show(plan, scenario, outcome)
    level = levels.sentence(plan, scenario.batch(plan), outcome)
    assessment.take_away(plan, scenario, outcome, level)
    st.page_link(
        "certification/crosswalk.py", label=t("gbt.crosswalk_link"), icon=":material/compare:"
    )
with st.bottom:
    verdict.in_short(plan, outcome)
