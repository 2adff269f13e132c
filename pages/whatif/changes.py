"""What would change the answer, at the least effort?"""

import streamlit as st

from waterstats.scoring.scenario import score_scenario
from waterstats.widgets import blocks
from waterstats.widgets.state import language, t
from waterstats.widgets.whatif import changes, rulebook, verdict
from waterstats.widgets.whatif import scenario as scenarios

blocks.question("changes")
scenario = scenarios.current(scenarios.choose_standard(scenarios.WITH_A_PAGE))
if not (scenario.answers or scenario.values):
    st.info(t("changes.nothing"), icon=":material/edit_note:")
    st.page_link("whatif/leader.py", label=t("nav.leader"), icon=":material/fact_check:")
    st.stop()
scenarios.keep(scenario)
plan, outcome = score_scenario(scenario)
words = plan.standard.verdicts[verdict.verdict_of(outcome)][language()]
st.markdown(t("changes.about", industry=plan.label[language()], verdict=f"**{words}**"))
batch = scenario.batch(plan)
st.header(t("changes.way"), anchor=False)
st.markdown(t("changes.way_lead"))
changes.gaps(plan, changes.least_effort(plan, scenario, batch))
changes.passing_region(plan, scenario, batch)
changes.meter_errors(plan, scenario, batch)
changes.side_by_side(scenario)
rulebook.source(scenario.standard)
