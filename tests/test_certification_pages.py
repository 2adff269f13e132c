"""The certification pages through Streamlit's test harness."""

from dataclasses import replace

import pytest
from apps import opened, words
from streamlit.testing.v1 import AppTest

from waterstats.language import message
from waterstats.scoring.compiled import plans
from waterstats.scoring.scenario import example
from waterstats.standards.rulefiles import load_standard
from waterstats.widgets.whatif.scenario import encode

AWS = load_standard("aws_v2")
CASES = {case["id"]: case for case in AWS.cases}
LEVELS = {level.id: level.label for level in AWS.levels}


def case(id_):
    return example(AWS, CASES[id_])


def tab(app, name, lang="en"):
    """Open a tab of the page: only the open one is drawn."""
    app.session_state["aws_tabs"] = message(name, lang)
    app.run()
    assert not app.exception
    return app


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("id_", "level"),
    [
        ("core_only", "core"),
        ("points_39", "core"),
        ("points_40", "gold"),
        ("points_79", "gold"),
        ("points_80", "platinum"),
        ("points_94", "platinum"),
    ],
)
def test_the_level_of_a_worked_example_is_said(id_, level, lang):
    shown = words(opened("aws", lang, case(id_)))
    assert message("level.sure", lang, level=LEVELS[level][lang]) in shown


def test_a_level_that_the_auditor_decides_names_the_indicator():
    shown = words(opened("aws", "en", case("auditor_decides")))
    assert "Gold or Platinum, depending on what the auditor awards for 3.9.12 (8–14)" in shown


def test_one_core_indicator_missing_means_no_level():
    app = opened("aws", "en", case("points_94"))
    app.segmented_control(key="form:aws_v2:answer:i_1_1_1").set_value("no").run()
    assert message("level.none", "en") in words(app)


def test_next_level_proposes_exactly_the_missing_point():
    app = tab(opened("aws", "en", case("points_79")), "aws.next")
    assert len(app.table[0].value) == 1
    assert app.table[0].value["Points"].iloc[0].startswith("+")
    top = tab(opened("aws", "en", case("points_94")), "aws.next")
    assert message("aws.reached", "en", level="Platinum") in words(top)


def test_among_others_counts_every_site_once():
    app = tab(opened("aws", "en", case("points_40")), "aws.among")
    shown = words(app)
    assert "World (411 sites): 75 higher, 49 the same, 287 lower." in shown
    assert "China (78 sites): 26 higher, 39 the same, 13 lower." in shown


def test_an_action_claimed_twice_is_pointed_out():
    twice = {"i_1_6_3": "River clean-up 2025", "i_1_6_4": "river  clean-up 2025"}
    answers = {"i_1_6_3": "yes", "i_1_6_4": "yes"}
    scenario = replace(case("core_only"), evidence=twice)
    once = replace(scenario, answers=scenario.answers | answers | {"i_1_6_4": "no"})
    both = replace(scenario, answers=scenario.answers | answers)
    assert "1.6.3, 1.6.4" in words(opened("aws", "en", both))
    assert "1.6.3, 1.6.4" not in words(opened("aws", "en", once))


def test_the_gap_list_names_every_indicator_not_met():
    scenario = case("core_open")
    asked = plans("aws_v2")[""].asked
    missing = [c.number for c in asked if scenario.answers.get(c.id, "no") == "no"]
    shown = AppTest.from_function(_gaps, kwargs={"link": encode(scenario)}).run().dataframe[0].value
    assert 0 < len(missing) < len(asked) == 98
    assert sorted(shown["No."]) == sorted(missing)


def _gaps(link):
    import streamlit as st

    from waterstats.scoring.scenario import score_scenario
    from waterstats.widgets.certification.assessment import gap_list
    from waterstats.widgets.whatif.scenario import decode

    st.session_state["lang"] = "en"
    scenario = decode(link)
    plan, outcome = score_scenario(scenario)
    st.dataframe(gap_list(plan, scenario, outcome))


def test_leader_and_level_keep_their_own_scenarios():
    app = opened("aws", "en", case("points_40"))
    app.switch_page("whatif/leader.py").run()
    assert not app.exception
    app.switch_page("certification/aws.py").run()
    assert message("level.sure", "en", level="Gold") in words(app)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_gbt_level_stays_open_until_the_visitor_enters_minimums(lang):
    rules = load_standard("gbt_38966_2020")
    entered = next(case for case in rules.cases if case["id"] == "points_entered")
    app = opened("gbt", lang, example(rules, entered))
    assert message("level.unknown", lang) in words(app)
    for level, minimum in zip(rules.levels, (30.0, 52.5, 70.0), strict=True):
        app.number_input(key=f"form:gbt_38966_2020:threshold:{level.id}").set_value(minimum)
    app.run()
    leading = rules.by_id["domestic_leading"].label[lang]
    assert message("level.sure", lang, level=leading) in words(app)
    app.number_input(key="form:gbt_38966_2020:threshold:domestic_leading").set_value(20.0).run()
    assert message("gbt.not_rising", lang) in words(app)
    assert message("level.unknown", lang) in words(app)


def test_gbt_basic_requirement_missing_ends_it():
    app = opened("gbt", "en")
    app.segmented_control(key="form:gbt_38966_2020:answer:basic_commit").set_value("no").run()
    assert load_standard("gbt_38966_2020").verdicts["not_eligible"].en in words(app)


def test_crosswalk_says_what_is_not_public():
    frame, steps = (table.value for table in opened("crosswalk", "en").table[:2])
    assert frame.loc["Must all hold"].tolist()[0] == "68 core indicators"
    assert "not public" in frame.loc["Earn points"].tolist()[1]
    assert len(steps) == 5
