"""The loader: strict, and helpful when a rule file is wrong."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from waterstats import Scenario, score
from waterstats.scoring.compiled import plans, plans_of
from waterstats.scoring.scenario import score_scenario
from waterstats.scoring.scorer import VERDICTS
from waterstats.standards.records import RuleError
from waterstats.standards.rulefiles import STANDARDS, load_standard

INVENTED = Path(__file__).parent / "standards"
LEADER = STANDARDS / "shandong_leader_2025"

# file, what stands there, what a careless hand makes of it, words the error must have
BROKEN = [
    (
        "rules.toml",
        'id = "veto_1"\nnumber',
        'id = "veto_1"\nnumbr',
        ["rules.toml: must veto_1", "'numbr'", "did you mean 'number'"],
    ),
    ("rules.toml", "[[gates]]", "[[gate]]", ["unknown key 'gate'", "did you mean 'gates'"]),
    ("rules.toml", 'number = "1"\nlabel', "number = 1\nlabel", ["number: expected str, found 1"]),
    (
        "rules.toml",
        "minimum = 48",
        'minimum = "48"',
        ["gates gate_48", "minimum: expected a number, found '48'"],
    ),
    ("rules.toml", "minimum = 48", "minimum = true", ["expected a number, found True"]),
    (
        "rules.toml",
        "minimum = 48",
        "minimum = 480",
        ["gates gate_48: 480 is more than all points together (64)"],
    ),
    (
        "rules.toml",
        "points = -3",
        "points = [-3]",
        ["points groundwater", "a number or [least, most]"],
    ),
    ("rules.toml", "points = -3", "points = [0, -3]", ["runs backwards"]),
    (
        "rules.toml",
        'label = {zh = "取水手续合法", en = "Lawful permit to withdraw water"}',
        'label = {zh = "取水手续合法"}',
        ["veto_1, label", 'expected {zh = "...", en = "..."}'],
    ),
    ("rules.toml", 'id = "veto_1"', 'id = "veto-1"', ["'veto-1' is not an identifier"]),
    ("rules.toml", 'id = "veto_2"', 'id = "veto_1"', ["id 'veto_1' is used twice"]),
    ("rules.toml", 'blank = "no"', 'blank = "maybe"', ["blank is 'open' or 'no', not 'maybe'"]),
    (
        "rules.toml",
        'section = "item_8"',
        'section = "item_80"',
        ["points groundwater: section 'item_80' is not among the sections"],
    ),
    ("rules.toml", '"steel", "coking"', '"stele", "coking"', ["gates gate_48: industries 'stele'"]),
    ("rules.toml", "follows = true\n", "", ["veto_5' does not follow from limits"]),
    ("rules.toml", 'op = ">="', 'op = "=>"', ["veto_4: op '=>' is not one of"]),
    (
        "rules.toml",
        "depends = {",
        "dependent = {",
        ["verdicts: 'depends' is missing", "verdicts: 'dependent' is unknown"],
    ),
    ("rules.toml", "per = 10\n", "", ["adjustments reclaimed_makeup: key 'per' is missing"]),
    ("rules.toml", "whole_steps = true", "whole_step = true", ["did you mean 'whole_steps'"]),
    ("rules.toml", "[standard]", "[standard", ["rules.toml:", "at line"]),
    (
        "rules.toml",
        'id = "shandong_leader_2025"',
        'id = "shandong"',
        ["standard id 'shandong' is not its folder's name"],
    ),
    (
        "limits.csv",
        "<=,4.2",
        "≤,4.2",
        ["steel_unit_withdrawal: op '≤' is not one of <= < >= > = -"],
    ),
    (
        "limits.csv",
        "<=,4.2",
        "<=,4.2t",
        ["limits.csv: steel_unit_withdrawal, limit", "expected a number, found '4.2t'"],
    ),
    ("limits.csv", "<=,4.2", "<=,", ["a limit goes with an operator"]),
    ("limits.csv", "<=,4.2", "<=,-4.2", ["limit -4.2 is not a positive number"]),
    ("limits.csv", "<=,4.2", "<=,nan", ["limit nan is not a positive number"]),
    (
        "limits.csv",
        "absent,decides",
        "absnt,decides",
        ["unknown key 'absnt'", "did you mean 'absent'"],
    ),
    (
        "limits.csv",
        ",veto_5,,吨钢取水量",
        ",veto_9,,吨钢取水量",
        ["'veto_9' does not follow", "no limit of steel decides it"],
    ),
    (
        "limits.csv",
        ",system,,,直接",
        ",sistem,,,直接",
        ["absent 'sistem' is not among the absences"],
    ),
    (
        "limits.csv",
        "unit_withdrawal,conventional_oven,",
        "unit_withdrawal,bayer,",
        ["variant 'bayer' belongs to another industry"],
    ),
    (
        "variants.csv",
        "bayer,alumina,route",
        "bayer,alumina,rout",
        ["variants bayer: family 'rout'"],
    ),
    ("variants.csv", "unit,locator", "unit", ["more cells than columns"]),
    ("industries.csv", ",3-1,", ",,", ["industries.csv: steel: key 'table' is missing"]),
    (
        "readings.toml",
        'default = "conventional"',
        'default = "konventional"',
        ["default 'konventional' is not a choice"],
    ),
    (
        "readings.toml",
        'of = "veto_4", op',
        'of = "veto_44", op',
        ["change of 'veto_44': no such id", "did you mean 'veto_4'"],
    ),
    (
        "readings.toml",
        'of = "veto_4", op',
        'of = "veto_4", opp',
        ["change of veto_4: unknown key 'opp'"],
    ),
    ("readings.toml", "basis = 0.3", 'basis = "0.3"', ["basis: expected a number"]),
    (
        "readings.toml",
        'of = "veto_4", op = ">"',
        'of = "veto_1", op = ">"',
        ["'veto_1' cannot depend on a reading"],
    ),
    ("readings.toml", 'at = ["veto_5"]', 'at = ["veto_50"]', ["notes O-17: at 'veto_50'"]),
    ("cases.toml", "[[cases]]", "[[case]]", ["cases.toml: unknown key 'case'"]),
]


@pytest.mark.parametrize(("file", "old", "new", "sentences"), BROKEN, ids=range(len(BROKEN)))
def test_a_broken_rule_file_is_explained(tmp_path, file, old, new, sentences):
    folder = tmp_path / LEADER.name
    shutil.copytree(LEADER, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(RuleError) as error:
        load_standard(folder)
    for words in sentences:
        assert words in str(error.value)


def test_an_unknown_standard_names_the_nearest():
    with pytest.raises(RuleError, match="did you mean 'shandong_leader_2025'"):
        load_standard("shandong_leader_2024")


def test_clause_numbers_are_text_and_ids_find_records():
    standard = load_standard(LEADER)
    assert all(isinstance(clause.number, str) for clause in standard.clauses)
    assert standard.by_id["gate_34"].minimum == 34
    assert standard.by_id["steel"].label["en"] == "Iron and steel"
    assert [note.id for note in standard.notes_at("veto_5")] == ["O-17"]


def badge(**answers: str) -> tuple:
    scenario = Scenario("river_badge", "1", answers=answers, reasons={"share": "nothing to share"})
    plan, outcome = score_scenario(scenario, INVENTED / "river_badge")
    levels = ["none", *(level.id for level in plan.standard.levels)]
    return (
        VERDICTS[outcome.verdict[0]],
        outcome.low.sum() / plan.scale,
        outcome.high.sum() / plan.scale,
        levels[outcome.level[0]],
        levels[outcome.best_level[0]],
    )


def test_another_standard_levels_and_points_at_discretion():
    core = {"core_map": "yes", "core_law": "yes"}
    assert badge() == ("incomplete", 0, 23.5, "none", "brilliant")
    assert badge(**core) == ("meets", 0, 23.5, "plain", "brilliant")
    # 4..7 + 8..14 = 12..21: bright for sure, brilliant at the assessor's discretion
    assert badge(**core, data="yes", restore="yes", share="no") == (
        "meets", 12, 21, "bright", "brilliant",
    )  # fmt: skip
    assert badge(**core, data="yes", restore="no", share="yes")[-1] == "plain"  # 6.5 to 9.5
    assert badge(**core, data="yes", restore="yes", share="not_applicable")[1:3] == (12, 21)
    assert badge(core_map="no", core_law="yes", restore="yes")[0] == "not_eligible"
    assert badge(core_map="no", core_law="yes", restore="yes")[-2:] == ("none", "none")


def laundry(**parts) -> tuple:
    values = {"machines": 4, "recovered": 31, "litres_per_kg": {"cold": 7.9}} | parts.pop(
        "values", {}
    )
    answers = {"filter": "yes", "leak": "yes"} | parts.pop("answers", {})
    scenario = Scenario("laundry_label", "2", "hotel", answers=answers, values=values, **parts)
    plan, outcome = score_scenario(scenario, INVENTED / "laundry_label")
    turns = [r.id for r, t in zip(plan.readings, outcome.decisive[:, 0], strict=True) if t]
    return VERDICTS[outcome.verdict[0]], *turns


def test_another_standard_operators_and_gate():
    assert laundry() == ("meets",)
    assert laundry(values={"machines": 3}) == ("not_eligible",)  # more than three
    assert laundry(values={"litres_per_kg": {"cold": 8}}) == ("limit_failed",)  # less than 8
    assert laundry(values={"recovered": 30}) == ("limit_failed",)  # more than 30
    assert laundry(values={"recovered": 100.1}) == ("incomplete",)  # impossible
    assert laundry(values={"litres_per_kg": {"cold": 7.9, "steam": 99}}) == ("meets",)  # no limit
    assert laundry(values={"litres_per_kg": {"steam": 1}}) == ("incomplete",)  # nothing listed
    assert laundry(values={"litres_per_kg": {}}) == ("incomplete",)  # nothing declared
    softener = {"hardness": {"softener": 60}}
    with pytest.raises(
        RuleError, match=r"'hardness\.softener' is not asked; did you mean 'hardness'"
    ):
        laundry(values=softener)
    assert laundry(values={"hardness": 60}, made=("softener",)) == ("meets",)
    assert laundry(values={"hardness": 61}, made=("softener",)) == ("limit_failed",)
    # points 1.5 of the filter: enough, but not if 2 or 2.5 are needed
    assert laundry(answers={"leak": "no"}) == ("depends", "strictness")
    assert laundry(answers={"leak": "no", "filter": "no"}) == ("below_points",)
    assert laundry(answers={"leak": "no"}, readings={"strictness": "two"}) == ("below_points",)


def test_another_standard_shared_meter_is_strict_where_the_limit_is():
    made = {"made": ("cold", "hot")}
    output = {"litres_per_kg": {}, "output": {"cold": 100, "hot": 50}}
    # 8 x 100 + 12 x 50 = 1400, and the rows say "less than"
    assert laundry(values=output | {"litres": 1399.5}, **made) == ("meets",)
    assert laundry(values=output | {"litres": 1400}, **made) == ("limit_failed",)


def test_another_standard_through_the_public_call():
    import pandas as pd

    enterprises = pd.DataFrame({"enterprise": ["a"], "industry": ["hospital"], "filter": ["yes"]})
    numbers = pd.DataFrame(
        {"enterprise": "a", "measure": ["machines", "ward_recovery"], "value": [4, 49.0]}
    )
    table = score(INVENTED / "laundry_label", enterprises, numbers)
    assert table.loc[0, ["verdict", "failed"]].tolist() == ["limit_failed", "ward_recovery"]
    badges = pd.DataFrame(
        {"enterprise": [1, 2], "core_map": ["yes", "no"], "core_law": [True, True]}
    )
    table = score(INVENTED / "river_badge", badges)
    assert table["verdict"].tolist() == ["meets", "not_eligible"]
    assert table["level_possible"].tolist() == ["brilliant", ""]


def test_plans_follow_the_records():
    """A standard changed in memory compiles like one read from files."""
    standard = load_standard(INVENTED / "laundry_label")
    easier = [replace(gate, minimum=0.5) for gate in standard.gates]
    plan = plans_of(replace(standard, gates=tuple(easier), readings=()))["hotel"]
    assert plan.gates[0].first.minimum == 1  # in halves
    assert plans(INVENTED / "laundry_label")["hotel"].gates[0].first.minimum == 3


def test_numbers_are_asked_in_the_unit_of_their_row():
    units = {
        (industry, asked.measure, asked.variant): asked.unit
        for industry, plan in plans(LEADER).items()
        for asked in plan.inputs
    }
    assert units["beer", "unit_withdrawal", ""] == "m3/kL"
    assert units["coal_chemicals", "unit_withdrawal", "synthetic_gas"] == "m3/kNm3"
    assert units["dyeing", "unit_withdrawal", "wool"] == "m3/100m"
    assert units["paper", "unit_withdrawal", "mechanical_wood"] == "m3/t"
    assert units["dyeing", "output", "silk_woven"] == "100m"
