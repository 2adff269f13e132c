"""GB/T 38966-2020 as far as it is public: points that are typed, levels whose minimums are not
known, and minimums that a user enters. Every minimum in these tests is invented."""

import shutil

import numpy as np
import openpyxl
import pandas as pd
import pytest

import waterstats
from waterstats import Scenario, forms
from waterstats.enterprises.files import read_files
from waterstats.enterprises.results import ranking, score_files, settings_table
from waterstats.enterprises.templates import template, template_tables
from waterstats.problems import InputError
from waterstats.scoring.compiled import plans, plans_of
from waterstats.scoring.outcomes import blank
from waterstats.scoring.scenario import score_scenario
from waterstats.scoring.scorer import VERDICTS, score_batch
from waterstats.standards.records import RuleError
from waterstats.standards.rulefiles import STANDARDS, load_standard
from waterstats.standards.thresholds import with_thresholds
from waterstats.whatif.cheapest import cheapest_way, next_level
from waterstats.whatif.sweeps import likelihood

ID = "gbt_38966_2020"
GBT = load_standard(ID)
PLAN = plans(ID)[""]
LEVELS = ["", *(level.id for level in GBT.levels)]
LOWEST, MIDDLE, TOP = LEVELS[1:]
INVENTED = {LOWEST: 20, MIDDLE: 40.5, TOP: 64.35}
BASIC = {must.id: "yes" for must in GBT.must}


def outcome_of(points=None, thresholds=None, **answers) -> tuple:
    """Verdict, points least and most, level sure and possible."""
    values = {} if points is None else {"advanced_points": points}
    scenario = Scenario(
        ID, "2020", answers=BASIC | answers, values=values, thresholds=thresholds or {}
    )
    plan, outcome = score_scenario(scenario)
    low, high = (float(total.sum()) / plan.scale for total in (outcome.low, outcome.high))
    levels = LEVELS[outcome.level[0]], LEVELS[outcome.best_level[0]]
    return VERDICTS[outcome.verdict[0]], low, high, *levels


def test_only_what_the_blue_book_prints():
    assert [section.label.zh for section in GBT.sections[:5]] == [
        "收集与分析", "承诺与规划", "实施与监测", "评估与改进", "沟通与公开",
    ]  # fmt: skip
    assert [must.section for must in GBT.must] == [section.id for section in GBT.sections[:5]]
    assert sum(item.most for item in GBT.points) == 80
    assert [level.label.zh for level in GBT.levels] == [
        "国内先进水平", "国内领先水平", "国际领先水平",
    ]  # fmt: skip
    # No minimum is shipped, nor in any worked case.
    assert [level.minimum for level in GBT.levels] == [None] * 3
    assert not any("thresholds" in case for case in GBT.cases)
    assert {fact.id for fact in GBT.not_modelled} >= {"items", "item_points", "level_minimums"}


# --- points that are typed ----------------------------------------------------------------------


@pytest.mark.parametrize("points", [0, 0.01, 39.99, 52.5, 79.99, 80, -0.0])
def test_typed_points_are_the_points(points):
    assert outcome_of(points)[:3] == ("meets", points, points)


@pytest.mark.parametrize("points", [None, np.nan, np.inf, -np.inf, -1, -1e-9, 80.0000001, 1e300])
def test_no_possible_number_leaves_everything_open(points):
    assert outcome_of(points)[:3] == ("meets", 0, 80)


def test_parts_of_a_hundredth_are_never_rounded_up():
    assert outcome_of(39.9999)[1:3] == (39.99, 39.99)
    assert outcome_of(np.nextafter(40, 0))[1:3] == (39.99, 39.99)
    assert outcome_of(0.29)[1:3] == (0.29, 0.29)  # 0.29 × 100 is less than 29 in binary


def test_the_gate_decides_before_the_points():
    assert outcome_of(80, basic_evaluate="no") == ("not_eligible", 80, 80, "", "")
    assert outcome_of(80, basic_evaluate="")[0] == "incomplete"


@pytest.mark.parametrize("must", [must.id for must in GBT.must])
def test_each_basic_requirement_alone_decides(must):
    assert outcome_of(80, INVENTED, **{must: "no"})[0] == "not_eligible"
    assert outcome_of(80, INVENTED, **{must: ""})[3:] == ("", TOP)


def test_meter_errors_leave_typed_points_alone():
    batch = Scenario(ID, "2020", answers=BASIC, values={"advanced_points": 60}).batch(PLAN)
    assert likelihood(PLAN, batch, 50, draws=20)["meets"] == 1


# --- levels without a minimum -------------------------------------------------------------------


def test_a_level_without_a_minimum_is_possible_and_never_sure():
    assert outcome_of(80)[3:] == ("", TOP)
    assert outcome_of(0.01)[3:] == ("", TOP)
    assert outcome_of(0)[3:] == ("", LOWEST)  # the others have to be above it
    assert outcome_of()[3:] == ("", TOP)


@pytest.mark.parametrize(
    ("points", "level"),
    [
        (19.99, ""), (20, LOWEST), (40.49, LOWEST), (40.5, MIDDLE),
        (64.34, MIDDLE), (np.nextafter(64.35, 0), MIDDLE), (64.35, TOP), (80, TOP),
    ],
)  # fmt: skip
def test_entered_minimums_decide_on_both_sides(points, level):
    assert outcome_of(points, INVENTED)[3:] == (level, level)


@pytest.mark.parametrize(
    ("entered", "points", "sure", "possible"),
    [
        ({LOWEST: 20}, 19.99, "", ""),  # the others are above 20
        ({LOWEST: 20}, 20, LOWEST, LOWEST),
        ({LOWEST: 20}, 20.01, LOWEST, TOP),
        ({MIDDLE: 40}, 39.99, "", LOWEST),
        ({MIDDLE: 40}, 40, MIDDLE, MIDDLE),
        ({MIDDLE: 40}, 40.01, MIDDLE, TOP),
        ({TOP: 60}, 0, "", LOWEST),
        ({TOP: 60}, 59.99, "", MIDDLE),
        ({TOP: 60}, 60, TOP, TOP),  # whoever reaches the top has passed what is below it
        ({LOWEST: 20, TOP: 60}, 30, LOWEST, MIDDLE),
        ({LOWEST: 0}, 0, LOWEST, LOWEST),
    ],
)
def test_a_minimum_that_is_missing_lies_between_its_neighbours(entered, points, sure, possible):
    assert outcome_of(points, entered)[3:] == (sure, possible)


def test_open_points_open_the_levels():
    assert outcome_of(None, INVENTED)[3:] == ("", TOP)


@pytest.mark.parametrize(
    ("entered", "message"),
    [
        ({"gold": 40}, "no level 'gold'"),
        ({TOP: np.nan}, "expected 0 to 80"),
        ({TOP: np.inf}, "expected 0 to 80"),
        ({TOP: -1}, "expected 0 to 80"),
        ({TOP: 80.5}, "expected 0 to 80"),
        ({TOP: "60"}, "expected a number, found '60'"),
        ({TOP: True}, "expected a number, found True"),
        ({TOP: 60.0001}, "more than 3 decimals"),
        ({LOWEST: 40, MIDDLE: 40}, r"has to be above 'domestic_advanced' \(40\)"),
        ({LOWEST: 50, TOP: 40}, r"'international_leading' \(40\) has to be above"),
    ],
)
def test_a_minimum_that_cannot_be_is_refused(entered, message):
    with pytest.raises(RuleError, match=message):
        outcome_of(50, entered)


def test_a_published_minimum_cannot_be_entered():
    with pytest.raises(RuleError, match="no level 'gold'"):
        with_thresholds(load_standard("aws_v2"), {"gold": 10})


def test_minimums_travel_with_the_scenario_and_are_not_kept():
    scenario = Scenario(ID, "2020", answers=BASIC, thresholds=INVENTED)
    assert Scenario.from_json(scenario.to_json()) == scenario
    scenario.plan()
    assert [level.minimum for level in load_standard(ID).levels] == [None] * 3
    assert plans(ID)[""] is PLAN


def test_random_points_against_a_plain_reading():
    rng = np.random.default_rng(80)
    minimums = list(INVENTED.values())
    plan = plans_of(with_thresholds(GBT, INVENTED))[""]
    batch = blank(plan, 2000)
    batch.answers[:] = 1
    near = np.array([m + step for m in minimums for step in (-0.01, -0.001, 0, 0.001, 0.01)])
    points = np.where(rng.random(2000) < 0.5, rng.choice(near, 2000), rng.uniform(0, 80, 2000))
    batch.values[0] = points
    outcome = score_batch(plan, batch)
    wanted = [sum(p >= m for m in minimums) for p in points]
    assert outcome.level.tolist() == outcome.best_level.tolist() == wanted
    more = batch.repeat(1)
    more.values[0] = np.minimum(points + 1, 80)
    assert (score_batch(plan, more).level >= outcome.level).all()


def test_the_cheapest_way_needs_a_minimum_and_leaves_typed_points():
    batch = Scenario(ID, "2020", answers=BASIC, values={"advanced_points": 50}).batch(PLAN)
    with pytest.raises(ValueError, match="minimum is not known"):
        cheapest_way(PLAN, batch, level=TOP)
    plan = plans_of(with_thresholds(GBT, INVENTED))[""]
    assert cheapest_way(plan, batch, level=MIDDLE).improvements == ()
    assert not cheapest_way(plan, batch, level=TOP).reachable
    assert next_level(plan, score_batch(plan, batch)) == TOP
    assert next_level(PLAN, score_batch(PLAN, batch)) == ""


# --- the doors ----------------------------------------------------------------------------------

NAMES = ["met", "missing", "open", "blank"]
ENTERPRISES = pd.DataFrame(
    {"enterprise": NAMES}
    | {must.id: ["yes", "yes", "yes", "yes"] for must in GBT.must}
    | {"basic_evaluate": ["yes", "no", "", "yes"]}
)
NUMBERS = pd.DataFrame(
    {"enterprise": NAMES[:3], "measure": "advanced_points", "value": [52.5, 80.0, 60.0]}
)


def test_score_frames_with_and_without_minimums():
    table, rows = waterstats.score(ID, ENTERPRISES, NUMBERS, detail=True)
    table = table.set_index("enterprise")
    assert table["verdict"].tolist() == ["meets", "not_eligible", "incomplete", "meets"]
    assert table["points_low"].tolist() == [52.5, 80, 60, 0]
    assert table["points_high"].tolist() == [52.5, 80, 60, 80]
    assert table["level"].tolist() == [""] * 4
    assert table["level_possible"].tolist() == [TOP, "", TOP, TOP]
    total = rows[rows["rule"] == "advanced_total"].set_index("enterprise")
    assert total["state"].tolist() == ["met", "met", "met", "unanswered"]
    assert total.loc["met", "value"] == 52.5
    known = waterstats.score(ID, ENTERPRISES, NUMBERS, thresholds=INVENTED)
    assert known["level"].tolist() == [MIDDLE, "", "", ""]


@pytest.mark.parametrize("bad", [-1.0, 80.01, np.inf, "many"])
def test_a_number_that_cannot_be_is_refused_with_its_row(bad):
    numbers = NUMBERS.astype({"value": object})
    numbers.loc[1, "value"] = bad
    with pytest.raises(InputError) as error:
        waterstats.score(ID, ENTERPRISES, numbers)
    assert [(p.table, p.row, p.column) for p in error.value.problems] == [
        ("measurements", 2, "value")
    ]


@pytest.mark.parametrize(
    ("written", "found"), [("５２．５", 52.5), ("52,5", None), ("五十", None), ("80分", None)]
)
def test_a_file_filled_in_by_hand(tmp_path, written, found):
    path = tmp_path / "filled.xlsx"
    path.write_bytes(template(ID))
    book = openpyxl.load_workbook(path)
    first, second = book.worksheets[:2]
    for column, cell in enumerate(["某某", *["是"] * 5], 1):
        first.cell(2, column, cell)
    headings = [cell.value for cell in second[1]]
    assert headings == ["企业名称", "指标", "数值", "单位"]
    assert second.cell(2, 2).value == GBT.by_id["advanced_points"].label.zh
    second.cell(2, 3, written)
    book.save(path)
    tables = read_files(ID, [("filled.xlsx", path.read_bytes())])
    if found is None:
        assert [problem.found for problem in tables.errors] == [written]
    else:
        assert tables.problems == []
        assert tables.measurements["value"].tolist() == [found]


def test_the_results_say_that_a_level_cannot_be_told():
    tables = read_files(
        ID,
        [
            ("e.csv", ENTERPRISES.to_csv(index=False).encode()),
            ("m.csv", NUMBERS.to_csv(index=False).encode()),
        ],
    )
    told = ranking(score_files(tables), "en").set_index("Enterprise")["Level"]
    assert told["met"] == "cannot be told: minimum not in our sources"
    assert told["missing"] == ""
    partly = ranking(score_files(tables, None, {LOWEST: 20}), "en").set_index("Enterprise")
    assert partly["Level"]["met"].startswith("≥ Domestically advanced · cannot be told")
    results = score_files(tables, None, INVENTED)
    assert ranking(results, "en").set_index("Enterprise")["Level"]["met"] == "Domestically leading"
    settings = settings_table(results, "en").set_index("Item")["Content"]
    assert "Domestically leading ≥ 40.5" in settings["Minimum entered by the user"].tolist()


def test_a_template_asks_only_what_is_needed():
    tables = template_tables(ID, None, "en")
    assert list(tables["measurements"].columns) == ["Enterprise", "Indicator", "Value", "Unit"]
    assert len(tables["measurements"]) == 1
    guide = " ".join(tables["guide"].iloc[:, 0])
    assert "Products" not in guide and "reuse rate" not in guide


def test_forms_show_the_typed_total():
    scenario = Scenario(ID, "2020", answers=BASIC, values={"advanced_points": 52.5}, name="某某")
    form = forms.self_assessment(scenario)
    cells = [c.value for t in form.tables for row in t.rows for c in row]
    assert 52.5 in cells
    assert forms.to_docx(form) and forms.to_xlsx(form)
    empty = forms.self_assessment(Scenario(ID, "2020"))
    assert forms.to_xlsx(empty)


# --- files that are wrong -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("points = [0, 80]", "points = [0, 70]", "write points = .0, the maximum"),
        ("points = [0, 80]", "points = [1, 80]", "write points = .0, the maximum"),
        ('measure = "advanced_points"', 'measure = "points"', "'points' is not among the measures"),
        ("maximum = 80\n", 'maximum = 80\nper = "variant"\n', "is not one number of the site"),
        (
            'measure = "advanced_points"',
            'measure = "advanced_points"\nmay_be_not_applicable = true',
            "typed points have no grades and always apply",
        ),
        (
            'id = "domestic_advanced"',
            'id = "domestic_advanced"\nminimum = 50',
            None,
        ),
        (
            'id = "domestic_leading"',
            'id = "x"\nminimum = 50\nlabel = {zh = "中", en = "x"}\nlocator = "x"\n\n'
            '[[levels]]\nid = "domestic_leading"\nminimum = 40',
            "minimums have to rise",
        ),
    ],
)
def test_a_wrong_rule_file_names_its_place(tmp_path, old, new, message):
    folder = tmp_path / ID
    shutil.copytree(STANDARDS / ID, folder)
    text = (folder / "rules.toml").read_text(encoding="utf-8")
    assert old in text
    (folder / "rules.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    if message is None:
        assert load_standard(folder).levels[0].minimum == 50
        return
    with pytest.raises(RuleError, match=message):
        load_standard(folder)
