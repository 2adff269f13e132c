"""The what-if pages through Streamlit's test harness: every industry, in both languages."""

import io
import shutil
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from apps import charts, opened, words

from waterstats.enterprises.templates import template
from waterstats.language import message
from waterstats.scoring.compiled import plans
from waterstats.scoring.scenario import Scenario, example
from waterstats.standards import rulefiles
from waterstats.standards.rulefiles import load_standard
from waterstats.widgets.whatif.scenario import decode, encode

LEADER = "shandong_leader_2025"
STANDARD = load_standard(LEADER)
CASES = {case["id"]: case for case in STANDARD.cases}
FIRST_CASES = {case["industry"]: case for case in reversed(STANDARD.cases)}


def verdict(app):
    boxes = [box.value.strip("*") for kind in ("success", "info", "error") for box in app.get(kind)]
    known = {text for words in STANDARD.verdicts.values() for text in (words.zh, words.en)}
    return next(text for text in boxes if text in known)


def open_tab(app, name):
    """Open a tab of the form: only the open one is drawn."""
    app.session_state["form_tabs"] = message(f"form.{name}", "en")
    return app.run()


def scenario(case_id):
    return example(STANDARD, CASES[case_id])


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("industry", sorted(FIRST_CASES))
def test_every_industry_opens_from_a_link_with_the_verdict_of_its_case(industry, lang):
    case = FIRST_CASES[industry]
    app = opened("leader", lang, example(STANDARD, case))
    assert verdict(app) == STANDARD.verdicts[case["verdict"]][lang]


def test_changing_one_value_across_its_limit_turns_the_verdict():
    app = opened("leader", "en", scenario("steel_reuse_too_low"))
    assert verdict(app) == "A technical limit fails"
    open_tab(app, "numbers")
    app.number_input(key="form:steel:value:reuse_rate:").set_value(97.0).run()
    assert verdict(app) == "Meets the self-assessment thresholds"
    app.number_input(key="form:steel:value:reuse_rate:").set_value(96.99).run()
    assert verdict(app) == "A technical limit fails"


def test_a_cleared_value_is_incomplete_and_never_passes():
    app = opened("leader", "en", scenario("steel_on_every_limit"))
    assert verdict(app) == "Meets the self-assessment thresholds"
    open_tab(app, "numbers")
    app.number_input(key="form:steel:value:leakage_rate:").set_value(None).run()
    assert verdict(app) == "Incomplete: cannot be decided yet"


def test_one_no_among_the_vetoes_ends_eligibility():
    app = opened("leader", "en", scenario("steel_on_every_limit"))
    app.segmented_control(key="form:steel:answer:veto_1").set_value("no").run()
    assert verdict(app) == "Not eligible (a veto item fails)"


def test_not_applicable_counts_only_with_a_reason():
    app = opened("leader", "en", scenario("steel_on_every_limit"))
    app.segmented_control(key="form:steel:answer:veto_8").set_value("not_applicable").run()
    assert verdict(app) == "Incomplete: cannot be decided yet"
    app.text_input(key="form:steel:reason:veto_8").set_value("no project in the year").run()
    assert verdict(app) == "Meets the self-assessment thresholds"
    assert "no project in the year" in words(app)


def test_a_verdict_that_turns_on_a_reading_says_on_which():
    app = opened("leader", "en", scenario("steel_reclaimed_water_matters"))
    assert verdict(app) == "Depends on a reading of the text"
    assert "O-20" in words(app)
    open_tab(app, "readings")
    app.selectbox(key="form:steel:reading:steel_water").set_value("sum").run()
    assert verdict(app) != "Depends on a reading of the text"


def test_an_example_is_loaded_by_its_button():
    app = opened("leader")
    app.selectbox(key="form:steel:example").set_value("steel_on_every_limit").run()
    next(button for button in app.button if button.label == "Load").click().run()
    assert verdict(app) == "Meets the self-assessment thresholds"


def test_all_yes_answers_a_section():
    app = opened("leader")
    open_tab(app, "points")
    app.button(key="all_yes:item_1").click().run()
    form = app.session_state[f"scenario:{LEADER}"]["answers"]
    assert sum(answer == "yes" for answer in form.values()) == 8


def test_what_a_closed_tab_holds_is_kept():
    app = opened("leader", "en", scenario("steel_on_every_limit"))
    for name in ("points", "numbers", "readings", "evidence", "must"):
        open_tab(app, name)
        assert verdict(app) == "Meets the self-assessment thresholds"
    kept = Scenario.from_dict(app.session_state[f"scenario:{LEADER}"])
    assert kept == scenario("steel_on_every_limit")


def test_a_damaged_link_is_a_note_and_a_blank_form():
    app = opened("leader", "en", s="not-a-scenario")
    assert "cannot be opened" in words(app)
    assert verdict(app) == "Incomplete: cannot be decided yet"


def test_a_scenario_for_other_rules_opens_with_a_clear_note():
    old = replace(scenario("steel_on_every_limit"), version="2019")
    old = replace(old, answers={**old.answers, "veto_99": "yes"})
    app = opened("leader", "en", old)
    assert "made for version 2019 of the rules, which are now 2025" in words(app)
    assert "veto_99" in words(app)
    assert verdict(app) == "Meets the self-assessment thresholds"
    assert "2019" not in words(app.run())


@pytest.mark.parametrize("case_id", sorted(CASES))
def test_link_and_file_give_back_the_same_scenario(case_id):
    kept = scenario(case_id)
    assert decode(encode(kept)) == kept
    assert Scenario.from_json(kept.to_json()) == kept
    assert len(encode(kept)) < 2000


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_cheapest_way_names_the_missing_points(lang):
    app = opened("changes", lang, scenario("steel_one_point_short"))
    way = app.table[0].value
    assert len(way) >= 1
    assert charts(app)


def test_changes_without_a_scenario_says_what_to_do():
    assert "Nothing is filled in yet" in words(opened("changes"))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_standard_page_shows_every_item_with_its_place(lang):
    app = opened("standard", lang)
    sizes = [len(table.value) for table in app.table]
    assert sizes[:3] == [9, 40, 3]
    assert not app.error


def test_batch_scores_what_is_uploaded_and_lists_what_is_wrong():
    book = openpyxl.load_workbook(io.BytesIO(template(LEADER, "steel", "en")))
    sheet = book.worksheets[0]
    head = [cell.value for cell in sheet[1]]
    sheet.cell(2, 1).value = "Example Steel"
    sheet.cell(2, head.index(next(h for h in head if "ndustry" in str(h))) + 1).value = "steel"
    file = io.BytesIO()
    book.save(file)
    app = opened("batch")
    app.file_uploader[0].set_value([("steel.xlsx", file.getvalue(), "application/xlsx")]).run()
    assert not app.exception
    shown = {metric.label: metric.value for metric in app.metric}
    assert shown["Enterprises scored"] == "1"
    bad = b"a,b\n1,2\n"
    app = opened("batch")
    app.file_uploader[0].set_value([("bad.csv", bad, "text/csv")]).run()
    assert not app.exception
    assert app.dataframe[0].value.shape[0] >= 1
    assert "No enterprise could be scored" in words(app)


@pytest.fixture
def with_invented_standard(tmp_path, monkeypatch):
    """A data folder of standards with an invented one beside the real one."""
    folder = tmp_path / "standards"
    shutil.copytree(rulefiles.STANDARDS, folder)
    for path in (Path(__file__).parent / "standards").iterdir():
        if path.is_dir():
            shutil.copytree(path, folder / path.name)
    monkeypatch.setattr(rulefiles, "STANDARDS", folder)
    monkeypatch.setattr("waterstats.widgets.whatif.scenario.STANDARDS", folder)
    plans.cache_clear()
    yield [path.name for path in (Path(__file__).parent / "standards").iterdir() if path.is_dir()]
    plans.cache_clear()


def test_an_invented_standard_runs_through_the_same_pages(with_invented_standard):
    for name in with_invented_standard:
        for page in ("leader", "standard"):
            app = opened(page, "en", standard=name)
            assert [error.value for error in app.error if "line:" in error.value] == []
            title = load_standard(name).header.title["en"]
            assert app.selectbox(key="standard").value == name, title
