"""Would this organisation pass the basic requirements of GB/T 38966-2020?"""

import streamlit as st

from waterstats.scoring.scenario import score_scenario
from waterstats.widgets import blocks, certification, levels, scenariofile, selfcheck, verdict
from waterstats.widgets import scenario as scenarios
from waterstats.widgets.state import t

blocks.question("gbt")
scenario = scenarios.current("gbt_38966_2020")
certification.how_to_read(scenarios.plan_of(scenario))
left, right = st.columns([3, 2], gap="large")
with left:
    scenariofile.begin(scenario.plan(), scenario)
    scenario = selfcheck.fill_in(scenarios.plan_of(scenario), scenario)
scenarios.keep(scenario)
plan, outcome = score_scenario(scenario)
with right, st.container(key="verdict-in-view"):
    verdict.show(plan, scenario, outcome)
    level = levels.sentence(plan, scenario.batch(plan), outcome)
    certification.take_away(plan, scenario, outcome, level)
    st.page_link(
        "certification/crosswalk.py", label=t("gbt.crosswalk_link"), icon=":material/compare:"
    )
with st.bottom:
    verdict.in_short(plan, outcome)
