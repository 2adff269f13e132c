"""Which AWS level would this site reach, and what lifts it to the next?"""

import streamlit as st

from waterstats.scoring.scenario import score_scenario
from waterstats.widgets import blocks
from waterstats.widgets.certification import assessment, standing
from waterstats.widgets.evidence import practices
from waterstats.widgets.state import t
from waterstats.widgets.whatif import changes, levels, scenariofile, scenarioform, verdict
from waterstats.widgets.whatif import scenario as scenarios

blocks.question("aws")
scenario = scenarios.current("aws_v2")
plan = scenarios.plan_of(scenario)
assessment.how_to_read(plan)
left, right = st.columns([3, 2], gap="large")
with left:
    names = [t(f"aws.{tab}") for tab in ("answer", "next", "among")] + [t("changes.compare")]
    answer, next_level, among, compare = st.tabs(names, key="aws_tabs", on_change="rerun")
if answer.open:
    with answer:
        scenariofile.begin(plan, scenario)
        scenario = scenarioform.fill_in(plan, scenario)
        assessment.claimed_twice(plan, scenario)
scenarios.keep(scenario)
_, outcome = score_scenario(scenario)
batch = scenario.batch(plan)
if next_level.open:
    with next_level:
        assessment.next_level(plan, scenario, batch, outcome)
if among.open:
    with among:
        standing.show(["", *(level.id for level in plan.standard.levels)][int(outcome.level[0])])
        practices.link()
if compare.open:
    with compare:
        changes.side_by_side(scenario)
with right, st.container(key="verdict-in-view"):
    verdict.show(plan, scenario, outcome)
    assessment.take_away(plan, scenario, outcome, levels.sentence(plan, batch, outcome))
with st.bottom:
    verdict.in_short(plan, outcome)
