"""The AWS Standard V2.0: complete as the rubric prints it, right at every boundary, equal to a
plain reading of its rules, and through every door."""

import shutil
from itertools import product

import numpy as np
import openpyxl
import pandas as pd
import pytest
from enterprises import with_improvements

import waterstats
from waterstats import Scenario, forms
from waterstats.enterprises.files import read_files
from waterstats.enterprises.resultbook import workbook
from waterstats.enterprises.results import ranking, score_files
from waterstats.enterprises.templates import template, template_tables
from waterstats.problems import InputError
from waterstats.scoring.compiled import plans
from waterstats.scoring.outcomes import blank
from waterstats.scoring.plans import FIRST_GRADE, NO, NOT_APPLICABLE, YES
from waterstats.scoring.scenario import example, score_scenario
from waterstats.scoring.scorer import MEETS, VERDICTS, score_batch
from waterstats.standards.records import RuleError
from waterstats.standards.rulefiles import STANDARDS, load_standard
from waterstats.whatif.cheapest import cheapest_way, next_level

ID = "aws_v2"
AWS = load_standard(ID)
PLAN = plans(ID)[""]
ROWS = {clause.id: row for row, clause in enumerate(PLAN.asked)}
LEVELS = ["", *(level.id for level in AWS.levels)]

# The rubric of June 2020: indicator, points at least, points with every add-on.
RUBRIC = {
    "1.4.3": (7, 7), "1.5.8": (4, 7), "1.5.9": (4, 4), "1.6.3": (3, 3), "1.6.4": (4, 4),
    "2.1.2": (1, 1), "2.3.3": (4, 4), "2.3.4": (4, 4), "2.3.5": (7, 7), "2.4.2": (6, 6),
    "3.1.3": (2, 2), "3.1.4": (2, 2), "3.3.4": (6, 6), "3.5.2": (6, 6), "3.5.3": (2, 2),
    "3.6.3": (5, 5), "3.6.4": (4, 4), "3.7.3": (5, 7), "3.9.6": (8, 8), "3.9.7": (8, 8),
    "3.9.8": (8, 8), "3.9.9": (8, 8), "3.9.10": (4, 4), "3.9.11": (3, 3), "3.9.12": (8, 14),
    "3.9.13": (3, 10), "4.1.4": (3, 3), "4.3.2": (6, 6), "5.3.2": (1, 1), "5.3.3": (1, 1),
}  # fmt: skip
ADD_ONS = {
    "1.5.8": [1, 2, 3],
    "3.7.3": [1, 2],
    "3.9.12": [2, 4, 6],
    "3.9.13": [1, 2, 3, 4, 5, 6, 7],
}
# How many core indicators stand under each criterion of the standard.
CORE = {
    "1.1": 1, "1.2": 2, "1.3": 8, "1.4": 2, "1.5": 7, "1.6": 2, "1.7": 2, "1.8": 5,
    "2.1": 1, "2.2": 1, "2.3": 2, "2.4": 1,
    "3.1": 2, "3.2": 2, "3.3": 3, "3.4": 2, "3.5": 1, "3.6": 2, "3.7": 2, "3.8": 1, "3.9": 5,
    "4.1": 3, "4.2": 1, "4.3": 1, "4.4": 1,
    "5.1": 1, "5.2": 1, "5.3": 1, "5.4": 2, "5.5": 3,
}  # fmt: skip


def worth(item) -> tuple[float, float]:
    """What a yes is worth without any add-on, and with all."""
    steps = [grade.points for grade in item.grades] or [item.points]
    return steps[0][0], steps[-1][1]


# --- the data -----------------------------------------------------------------------------------


def test_every_advanced_indicator_has_the_points_of_the_rubric():
    assert {item.number: worth(item) for item in AWS.points} == RUBRIC
    assert (len(AWS.must), len(AWS.points)) == (68, 30)
    assert (sum(a for a, _ in RUBRIC.values()), sum(b for _, b in RUBRIC.values())) == (137, 155)
    assert sum(item.most for item in AWS.points) == 155


def test_add_ons_are_ranges_above_the_base():
    for number, add_ons in ADD_ONS.items():
        base = RUBRIC[number][0]
        grades = AWS.by_id[f"i_{number.replace('.', '_')}"].grades
        wanted = {"base": (base, base)} | {f"plus_{a}": (base, base + a) for a in add_ons}
        assert {grade.id: grade.points for grade in grades} == wanted
    assert {item.number for item in AWS.points if item.grades} == set(ADD_ONS)


def test_each_step_has_its_share():
    found = {
        step.number: (
            sum(must.section == step.id for must in AWS.must),
            sum(item.section == step.id for item in AWS.points),
            sum(worth(item)[0] for item in AWS.points if item.section == step.id),
            sum(item.most for item in AWS.points if item.section == step.id),
        )
        for step in AWS.sections
    }
    assert found == {
        "1": (29, 5, 22, 25),
        "2": (5, 5, 22, 22),
        "3": (20, 16, 82, 97),
        "4": (6, 2, 9, 9),
        "5": (8, 2, 2, 2),
    }


def test_thirty_criteria_hold_the_indicators_by_number():
    groups = {group.id: group for group in AWS.groups}
    assert len(groups) == 30
    core = {group.number: sum(must.group == group.id for must in AWS.must) for group in AWS.groups}
    assert core == CORE
    for clause in AWS.clauses:
        group = groups[clause.group]
        assert clause.number.rsplit(".", 1)[0] == group.number
        assert clause.id == f"i_{clause.number.replace('.', '_')}"
        assert clause.section == group.section == f"step_{clause.number[0]}"
        assert clause.locator.endswith(f"indicator {clause.number}")


def test_outcomes_are_named_only_where_the_criterion_or_the_indicator_names_one():
    by_criterion = {
        "3.1": "governance", "3.3": "balance", "3.4": "quality", "3.5": "areas", "3.6": "wash",
    }  # fmt: skip
    for clause in AWS.clauses:
        criterion = clause.number.rsplit(".", 1)[0]
        if criterion in by_criterion:
            assert clause.outcomes == (by_criterion[criterion],)
        elif criterion not in ("1.3", "1.5", "1.8", "3.9"):
            assert clause.outcomes == ()
    assert len(AWS.outcomes) == 5
    assert "our mapping" in AWS.by_id["outcome_mapping"].text.en


def test_what_the_sources_do_not_say_is_said():
    assert [level.requires for level in AWS.levels] == [(), (), ()]
    assert "not in our sources" in AWS.by_id["required_advanced"].text.en
    assert "not in our sources" in AWS.by_id["version_3_scoring"].text.en
    for day in ("18 March", "22 March"):
        assert day in AWS.by_id["version_3"].text.en


# --- the rules ----------------------------------------------------------------------------------


def core_met(n: int = 1):
    """n sites with every core indicator met and no advanced one."""
    batch = blank(PLAN, n)
    batch.answers[:] = NO
    batch.answers[: PLAN.asked_must] = YES
    return batch


def levels(batch) -> list[tuple[str, str]]:
    outcome = score_batch(PLAN, batch)
    return [(LEVELS[a], LEVELS[b]) for a, b in zip(outcome.level, outcome.best_level, strict=True)]


@pytest.mark.parametrize("core", [must.id for must in AWS.must])
def test_each_core_indicator_missing_alone_is_no_certificate(core):
    batch = core_met(3)
    batch.answers[PLAN.asked_must :] = YES  # graded ones stay open: 118 points and more
    batch.answers[ROWS[core]] = NO, 0, NOT_APPLICABLE
    skippable = AWS.by_id[core].may_be_not_applicable
    outcome = score_batch(PLAN, batch)
    assert [VERDICTS[v] for v in outcome.verdict] == [
        "not_eligible",
        "incomplete",
        "meets" if skippable else "incomplete",
    ]
    assert outcome.low.sum(axis=0).tolist() == [117, 117, 117]
    assert levels(batch) == [
        ("", ""),
        ("", "platinum"),
        ("platinum" if skippable else "", "platinum"),
    ]


def test_only_indicators_with_a_condition_can_be_left_out():
    skippable = [must.number for must in AWS.must if must.may_be_not_applicable]
    assert skippable == ["3.3.2", "3.3.3", "3.4.2", "3.7.1"]
    assert not any(item.may_be_not_applicable for item in AWS.points)


@pytest.mark.parametrize(
    ("total", "level"),
    [(0, "core"), (39, "core"), (40, "gold"), (79, "gold"), (80, "platinum"), (117, "platinum")],
)
def test_levels_on_both_sides_of_their_minimums(total, level):
    batch = core_met()
    fixed = {n: least for n, (least, most) in RUBRIC.items() if least == most}
    reached = {0: ()}
    for number, points in fixed.items():
        reached |= {p + points: (*chosen, number) for p, chosen in reached.items()}
    for number in reached[total]:
        batch.answers[ROWS[f"i_{number.replace('.', '_')}"]] = YES
    assert score_batch(PLAN, batch).low.sum() == total
    assert levels(batch) == [(level, level)]


def by_hand(answers: np.ndarray) -> tuple:
    """Verdict, points and levels of one site, read off the rubric in plain Python."""
    core_failed = core_open = False
    for row, must in enumerate(AWS.must):
        code = int(answers[row])
        core_failed |= code == 2
        core_open |= code not in (1, 2, 3) or (code == 3 and not must.may_be_not_applicable)
    low = high = 0
    for row, item in enumerate(AWS.points, len(AWS.must)):
        code, (least, most) = int(answers[row]), RUBRIC[item.number]
        add_ons = ADD_ONS.get(item.number, [])
        if code == 2:
            continue
        if add_ons and 4 <= code < 5 + len(add_ons):
            low, high = low + least, high + least + [0, *add_ons][code - 4]
        elif not add_ons and code == 1:
            low, high = low + least, high + least
        else:
            high += most
    verdict = "not_eligible" if core_failed else "incomplete" if core_open else "meets"

    def level(points: int) -> str:
        return "platinum" if points >= 80 else "gold" if points >= 40 else "core"

    sure = level(low) if verdict == "meets" else ""
    return verdict, low, high, sure, "" if core_failed else level(high)


def test_random_sites_against_a_plain_reading():
    rng = np.random.default_rng(38966)
    n = 4000
    batch = core_met(n)
    core, advanced = batch.answers[: PLAN.asked_must], batch.answers[PLAN.asked_must :]
    odd = rng.random(core.shape) < rng.choice([0, 0.003, 0.03], n)
    core[:] = np.where(odd, rng.choice([0, 1, 2, 3, 4, 9, 255], core.shape), YES)
    eager = rng.choice([0.1, 0.4, 0.7, 1], n)
    blanks = rng.random(n) < 0.5
    for row, item in enumerate(AWS.points):
        steps = FIRST_GRADE + len(item.grades)
        good = rng.integers(FIRST_GRADE, steps, n) if item.grades else YES
        rest = np.where(blanks & (rng.random(n) < 0.1), rng.integers(0, steps + 2, n), NO)
        advanced[row] = np.where(rng.random(n) < eager, good, rest)
    outcome = score_batch(PLAN, batch)
    low, high = outcome.low.sum(axis=0), outcome.high.sum(axis=0)
    seen = set()
    for i in range(n):
        found = (
            VERDICTS[outcome.verdict[i]],
            low[i] / PLAN.scale,
            high[i] / PLAN.scale,
            LEVELS[outcome.level[i]],
            LEVELS[outcome.best_level[i]],
        )
        assert found == by_hand(batch.answers[:, i]), i
        seen.add((found[0], found[3], found[4]))
    assert len(seen) == 9  # five bands that are met, three while core is open, one failed


def test_improving_never_costs():
    rng = np.random.default_rng(2)
    batch = core_met(500)
    batch.answers[:] = rng.choice([0, 1, 2], batch.answers.shape, p=[0.02, 0.93, 0.05])
    before = score_batch(PLAN, batch)
    for row, clause in enumerate(PLAN.asked):
        better = FIRST_GRADE + len(clause.grades) - 1 if getattr(clause, "grades", ()) else YES
        improved = batch.repeat(1)
        improved.answers[row] = better
        after = score_batch(PLAN, improved)
        assert (after.verdict >= before.verdict).all(), clause.id
        assert (after.low.sum(axis=0) >= before.low.sum(axis=0)).all(), clause.id
        assert (after.level >= before.level).all(), clause.id


# --- the cheapest way to a level ----------------------------------------------------------------


def test_the_next_level_is_the_one_above_the_sure_one():
    cases = {case["id"]: case for case in AWS.cases}
    wanted = {
        "core_only": "gold",
        "points_39": "gold",
        "points_40": "platinum",
        "auditor_decides": "platinum",
        "points_80": "",
        "one_core_missing": "core",
    }
    for id_, level in wanted.items():
        plan, outcome = score_scenario(example(AWS, cases[id_]))
        assert next_level(plan, outcome) == level, id_


def test_the_cheapest_way_counts_add_ons_as_not_given():
    straddling = next(case for case in AWS.cases if case["id"] == "auditor_decides")
    batch = example(AWS, straddling).batch(PLAN)  # 78 sure, 84 at most
    effort = dict.fromkeys(ROWS, float("inf")) | {"i_5_3_2": 1.0, "i_5_3_3": 1.0, "i_1_6_3": 5.0}
    way = cheapest_way(PLAN, batch, effort, level="platinum")
    assert sorted(i.id for i in way.improvements) == ["i_5_3_2", "i_5_3_3"]
    after = with_improvements(PLAN, batch, way)
    assert levels(after) == [("platinum", "platinum")]


def test_the_cheapest_way_to_core_mends_the_core_and_nothing_else():
    batch = core_met()
    batch.answers[ROWS["i_3_6_1"]] = NO
    batch.answers[ROWS["i_1_1_1"]] = 0
    way = cheapest_way(PLAN, batch, level="core")
    assert sorted(i.id for i in way.improvements) == ["i_1_1_1", "i_3_6_1"]
    assert all(i.required for i in way.improvements)


@pytest.mark.parametrize("seed", range(12))
def test_the_cheapest_way_is_the_best_of_all_ways(seed):
    """Nine advanced indicators can be done; every way to do them is tried."""
    rng = np.random.default_rng(seed)
    batch = core_met()
    numbers = list(RUBRIC)
    done = rng.choice(numbers, 7, replace=False)
    for number in done:
        code = FIRST_GRADE if number in ADD_ONS else YES
        batch.answers[ROWS[f"i_{number.replace('.', '_')}"]] = code
    free = [n for n in numbers if n not in done]
    free = [*(n for n in free if n in ADD_ONS), *(n for n in free if n not in ADD_ONS)][:9]
    effort = dict.fromkeys(ROWS, float("inf"))
    costs = {n: float(rng.integers(1, 12)) for n in free}
    effort |= {f"i_{n.replace('.', '_')}": cost for n, cost in costs.items()}
    start = sum(RUBRIC[n][0] for n in done)
    for level, minimum in (("gold", 40), ("platinum", 80)):
        best = float("inf")
        for picks in product((False, True), repeat=len(free)):
            chosen = [n for n, pick in zip(free, picks, strict=True) if pick]
            if start + sum(RUBRIC[n][0] for n in chosen) >= minimum:
                best = min(best, sum(costs[n] for n in chosen))
        way = cheapest_way(PLAN, batch, effort, level=level)
        assert way.reachable == (best < float("inf"))
        assert way.effort == pytest.approx(best)
        if way.reachable:
            after = score_batch(PLAN, with_improvements(PLAN, batch, way))
            assert after.level[0] >= LEVELS.index(level)


def test_an_indicator_required_for_a_level_is_part_of_the_way(tmp_path):
    """The slot of the rule file: a level that names indicators, one of them graded."""
    folder = changed(tmp_path, ("minimum = 40\nrequires = []", REQUIRES))
    plan = plans(folder)[""]
    batch = core_met()
    way = cheapest_way(plan, batch, {"i_3_9_12": 9.0}, level="gold")
    assert {i.id for i in way.improvements if i.required} == {"i_3_9_12", "i_2_4_2"}
    after = with_improvements(plan, batch, way)
    assert score_batch(plan, after).level[0] == LEVELS.index("gold")
    without = after.repeat(1)
    without.answers[ROWS["i_3_9_12"]] = NO
    without.answers[ROWS["i_1_4_3"]] = YES
    without.answers[ROWS["i_3_9_9"]] = YES
    assert score_batch(plan, without).level[0] == LEVELS.index("core")
    never = cheapest_way(plan, batch, {"i_2_4_2": float("inf")}, level="gold")
    assert not never.reachable


REQUIRES = 'minimum = 40\nrequires = ["i_2_4_2", "i_3_9_12"]'


# --- the doors ----------------------------------------------------------------------------------


def case_table(kind=pd.DataFrame):
    """The worked cases as a table of sites."""
    scenarios = [example(AWS, case) for case in AWS.cases]
    columns = {"enterprise": [case["id"] for case in AWS.cases]}
    for clause in PLAN.asked:
        columns[clause.id] = [s.answers.get(clause.id, "") for s in scenarios]
        if clause.may_be_not_applicable:
            columns[f"{clause.id}_reason"] = [s.reasons.get(clause.id, "") for s in scenarios]
    return kind(columns)


def test_score_a_frame_without_industries():
    table = waterstats.score(ID, case_table()).set_index("enterprise")
    for case in AWS.cases:
        row = table.loc[case["id"]]
        assert row["verdict"] == case["verdict"]
        assert [row["points_low"], row["points_high"]] == case["points"]
        assert (row["level"], row["level_possible"]) == (case["level"], case["level_possible"])


def test_a_word_that_is_no_grade_is_refused_and_the_grades_are_named():
    table = case_table().assign(i_1_5_8="7")
    with pytest.raises(InputError, match="base, plus_1, plus_2, plus_3, no"):
        waterstats.score(ID, table)
    table["i_1_5_8"] = "4"  # the base, by its points
    assert (waterstats.score(ID, table)["points_high"] >= 4).all()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_template_filled_in_comes_back_as_a_workbook(tmp_path, language):
    book = openpyxl.load_workbook(_file(tmp_path, template(ID, None, language)))
    assert len([s for s in book.worksheets if s.sheet_state == "visible"]) == 2  # no numbers asked
    sheet = book.worksheets[0]
    headings = [cell.value for cell in sheet[1]]
    assert len(headings) == 1 + 98 + 4  # the name, and the reasons of four
    sheet.cell(2, 1, "某某场址")
    words = {"zh": "是", "en": "yes"}
    for column, heading in enumerate(headings[1:], 2):
        clause = next((c for c in PLAN.asked if heading == f"{c.number} {c.label[language]}"), None)
        if clause:
            grades = getattr(clause, "grades", ())
            answer = grades[-1].label[language] if grades else words[language]
            sheet.cell(2, column, answer)
    book.save(tmp_path / "filled.xlsx")
    tables = read_files(ID, [("filled.xlsx", (tmp_path / "filled.xlsx").read_bytes())])
    assert tables.problems == []
    results = score_files(tables)
    row = ranking(results, language).iloc[0]
    assert row.iloc[6:10].tolist() == [137, 155, *[AWS.levels[-1].label[language]] * 2]
    assert openpyxl.load_workbook(_file(tmp_path, workbook(results, language))).worksheets


def _file(folder, content: bytes):
    path = folder / "book.xlsx"
    path.write_bytes(content)
    return path


def test_a_table_without_industries_does_not_ask_for_one():
    tables = template_tables(ID, None, "en")
    assert list(tables) == ["enterprises", "guide"]
    assert "Industry" not in tables["enterprises"].columns
    found = read_files(ID, [("x.csv", b"a,b\n1,2\n")]).problems
    assert not any("Industry" in problem.said("en") for problem in found)


def test_forms_of_a_site():
    scenario = example(AWS, next(case for case in AWS.cases if case["id"] == "auditor_decides"))
    form = forms.self_assessment(scenario)
    assert forms.to_docx(form) and forms.to_xlsx(form)


# --- files that are wrong, and forms of another version ------------------------------------------


def changed(tmp_path, *replacements: tuple[str, str]):
    folder = tmp_path / ID
    shutil.copytree(STANDARDS / ID, folder)
    text = (folder / "rules.toml").read_text(encoding="utf-8")
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new, 1)
    (folder / "rules.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("points = [4, 5]", "points = [5, 4]", r"points i_1_5_8: \[5.0, 4.0\] runs backwards"),
        ("points = [4, 5]", "points = [4, 5, 6]", r"a number or \[least, most\]"),
        ("minimum = 40", "minimum = 80", "minimums have to rise"),
        ('group = "c_1_1"', 'group = "c_1_9"', "group 'c_1_9' is not among the groups"),
        ('outcomes = ["balance"]', 'outcomes = ["balanc"]', "'balanc' is not among the outcomes"),
        ('section = "step_1"\nlabel', 'section = "step_9"\nlabel', "groups c_1_1: section"),
        ("minimum = 40\nrequires = []", 'minimum = 40\nrequires = ["x"]', "levels gold: requires"),
    ],
)
def test_a_wrong_rule_file_names_its_place(tmp_path, old, new, message):
    with pytest.raises(RuleError, match=message):
        load_standard(changed(tmp_path, (old, new)))


def test_a_form_of_another_version_keeps_what_is_still_asked():
    from waterstats.scoring.adapting import adapted

    old = Scenario(
        ID,
        "1.0",
        answers={
            "i_1_1_1": "yes",
            "i_1_5_8": "plus_3",
            "i_3_9_12": "plus_9",
            "i_6_1_1": "yes",
            "i_3_3_2": "not_applicable",
            "i_3_3_3": "not_applicable",
        },
        values={"annual_withdrawal": 5.0, "output": {"steel": 1.0}},
        made=("steel",),
        absent={"system": "none"},
        reasons={"i_3_3_2": "no scarcity", "i_6_1_1": "gone"},
        readings={"steel_water": "sum"},
        thresholds={"gold": 41},
        evidence={"i_1_1_1": "map 1"},
        name="某某",
    )
    with pytest.raises(RuleError, match=r"made for version '1\.0'"):
        score_scenario(old)
    now, dropped = adapted(old)
    assert now.answers == {
        "i_1_1_1": "yes",
        "i_1_5_8": "plus_3",
        "i_3_3_2": "not_applicable",
    }
    assert set(dropped) == {
        "answers: i_3_9_12",
        "answers: i_6_1_1",
        "answers: i_3_3_3",
        "values: annual_withdrawal",
        "values: output.steel",
        "made: steel",
        "absent: system",
        "readings: steel_water",
        "thresholds: gold",
    }
    assert (now.name, now.evidence, now.version) == ("某某", {"i_1_1_1": "map 1"}, "2.0")
    assert now.reasons == {"i_3_3_2": "no scarcity"}
    assert score_scenario(now)[1].verdict[0] != MEETS
    assert adapted(now) == (now, ())
