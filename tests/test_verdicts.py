"""The public call and scenarios: the same verdict through every door, bad cells explained."""

import json

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from waterstats import Scenario, score
from waterstats.problems import InputError
from waterstats.scoring.batches import expected_answers
from waterstats.scoring.scenario import example
from waterstats.standards.records import RuleError
from waterstats.standards.rulefiles import load_standard

ID = "shandong_leader_2025"
LEADER = load_standard(ID)
ENTERPRISE_COLUMNS = ["enterprise", "industry"]


def frames(scenarios: dict[str, Scenario]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Scenarios as the two tables somebody would have filled in."""
    wide, long = [], []
    for name, s in scenarios.items():
        reasons = {f"{id_}_reason": reason for id_, reason in s.reasons.items()}
        wide.append({"enterprise": name, "industry": s.industry, **s.answers, **reasons})
        numbers = dict(s.values)
        outputs = numbers.pop("output", {})
        pairs = {
            (measure, variant): number
            for measure, given in numbers.items()
            for variant, number in (given if isinstance(given, dict) else {"": given}).items()
        }
        home = "chemical_water_factor" if s.industry == "ethylene" else "unit_withdrawal"
        for variant in (*s.made, *outputs):
            pairs.setdefault((home if variant != "deep_gas_cleaning" else "", variant), np.nan)
        for (measure, variant), number in pairs.items():
            output = outputs.get(variant, np.nan) if measure == home else np.nan
            long.append([name, measure, variant, number, output, "yes", ""])
        for measure, reason in s.absent.items():
            long.append([name, measure, "", np.nan, np.nan, "no", reason])
    columns = ["enterprise", "measure", "variant", "value", "output", "present", "reason"]
    return pd.DataFrame(wide), pd.DataFrame(long, columns=columns)


CASES = {case["id"]: case for case in LEADER.cases}
TABLES = frames({id_: example(LEADER, case) for id_, case in CASES.items()})


def check_cases(table: pd.DataFrame) -> None:
    assert table["enterprise"].tolist() == list(CASES)
    for row in table.to_dict("records"):
        case = CASES[row["enterprise"]]
        assert row["verdict"] == case["verdict"], case["id"]
        assert row["verdict_chosen"] == case.get("chosen", case["verdict"])
        assert row["depends_on"].split() == case.get("depends_on", [])
        if "points" in case:
            assert [row["points_low"], row["points_high"]] == case["points"]
        if "failed" in case:
            assert sorted(row["failed"].split()) == sorted(case["failed"])
        if "left_out" in case:
            assert row["left_out"].split() == case["left_out"]
        assert row["shared_meter"] == case.get("shared_meter", False)


def test_cases_through_pandas():
    check_cases(score(ID, *TABLES))


def test_cases_through_arrow():
    table = score(ID, *(pa.Table.from_pandas(frame) for frame in TABLES))
    assert isinstance(table, pa.Table)
    check_cases(table.to_pandas())


def test_cases_through_csv_text(tmp_path):
    for name, frame in zip(("e", "m"), TABLES, strict=True):
        frame.to_csv(tmp_path / f"{name}.csv", index=False)
    check_cases(score(ID, *(pd.read_csv(tmp_path / f"{n}.csv", dtype="str") for n in "em")))


def test_rows_in_any_order():
    enterprises, measurements = (frame.sample(frac=1, random_state=3) for frame in TABLES)
    table = score(ID, enterprises, measurements).set_index("enterprise")
    check_cases(table.loc[list(CASES)].reset_index())


def test_a_limit_may_be_named_instead_of_measure_and_variant():
    enterprises, measurements = TABLES
    named = measurements.copy()
    limit = {(x.industry, x.measure, x.variant): x.id for x in LEADER.limits}
    industry = named["enterprise"].map({k: c["industry"] for k, c in CASES.items()})
    for i, key in enumerate(zip(industry, named["measure"], named["variant"], strict=True)):
        if key in limit and named.loc[i, "present"] == "yes":
            named.loc[i, ["measure", "variant"]] = limit[key], ""
    assert (named["measure"] != measurements["measure"]).sum() > 100
    check_cases(score(ID, enterprises, named))


def test_detail_gives_value_limit_and_margin():
    enterprises, measurements = TABLES
    _, rows = score(ID, enterprises, measurements, detail=True)
    rows = rows.set_index(["enterprise", "rule"])
    lowered = rows.loc[("refining_ratio_lowered", "refining_concentration_ratio")]
    assert lowered[["state", "value", "limit", "margin"]].tolist() == ["met", 3.7, 3.7, 0]
    board = rows.loc[("paper_half_board", "paper_unit_withdrawal_bleached_chemical_wood")]
    assert board[["state", "limit", "op", "unit"]].tolist() == ["failed", 51.5, "<=", "m3/t"]
    assert board["margin"] == pytest.approx(-0.1)
    shared = rows.loc[("chlor_alkali_shared_meter", "chlor_alkali_unit_withdrawal_pvc_carbide")]
    assert shared["shared_meter"]
    assert rows.loc[("steel_veto", "veto_2"), ["kind", "state"]].tolist() == ["must", "failed"]


def test_settled_readings_decide():
    table = score(ID, *TABLES, readings=LEADER.defaults)
    assert (table["verdict"] == table["verdict_chosen"]).all()
    assert not table["depends_on"].any()


GOOD = pd.DataFrame({"enterprise": ["a"], "industry": ["steel"]})
NUMBER = {"enterprise": "a", "measure": "reuse_rate", "value": 98.0}

# what is wrong, what the message must say
BAD_ENTERPRISES = [
    ({"industry": "stell"}, "row 1, industry: found 'stell', expected one of steel"),
    ({"enterprise": ""}, "row 1, enterprise: found '', expected a name"),
    ({"veto_1": "maybe"}, "row 1, veto_1: found 'maybe', expected one of yes, no"),
    ({"veto_1": "不适用"}, "row 1, veto_1: found '不适用'"),
    ({"veto_8": "n/a"}, "row 1, veto_8_reason: found '', expected the reason"),
    ({"green_title": "yes"}, "expected one of provincial, national, no"),
    ({"Veto 1": "yes"}, "row 0, Veto 1: found 'Veto 1', expected the column name 'veto_1'"),
]
BAD_MEASUREMENTS = [
    ({"enterprise": "b"}, "row 1, enterprise: found 'b', expected an enterprise of the first"),
    (
        {"measure": "reuse"},
        "row 1, measure: found 'reuse', expected a number asked of steel: annual",
    ),
    ({"value": "97%"}, "row 1, value: found '97%', expected a plain number"),
    ({"value": "1,000"}, "found '1,000', expected a plain number"),
    ({"value": -1.0}, "row 1, value: found '-1', expected a number from 0 to 100"),
    ({"value": np.inf}, "found 'inf', expected a number from 0 to 100"),
    ({"value": 101.0}, "found '101', expected a number from 0 to 100"),
    ({"variant": "bayer"}, "found 'reuse_rate.bayer', expected a variant of steel: none"),
    (
        {"present": "no", "reason": "x", "value": np.nan},
        "expected a value: this row cannot be left",
    ),
    (
        {"measure": "direct_cooling_rate", "present": "no", "value": np.nan},
        "expected why the system",
    ),
    (
        {"measure": "direct_cooling_rate", "present": "no", "reason": "x"},
        "expected nothing, as it is",
    ),
    ({"present": "perhaps"}, "row 1, present: found 'perhaps', expected yes or no"),
]


@pytest.mark.parametrize(("slip", "words"), BAD_ENTERPRISES)
def test_a_bad_enterprise_cell_is_explained(slip, words):
    with pytest.raises(InputError) as error:
        score(ID, GOOD.assign(**slip))
    assert words in str(error.value)
    assert len(error.value.problems) == 1


@pytest.mark.parametrize(("slip", "words"), BAD_MEASUREMENTS)
def test_a_bad_measurement_cell_is_explained(slip, words):
    with pytest.raises(InputError) as error:
        score(ID, GOOD, pd.DataFrame([NUMBER | slip]))
    assert words in str(error.value)


def test_repeated_rows_are_refused():
    with pytest.raises(InputError, match="expected each enterprise once"):
        score(ID, pd.concat([GOOD, GOOD]))
    with pytest.raises(
        InputError, match="row 2, measure: found 'reuse_rate', expected each number"
    ):
        score(ID, GOOD, pd.DataFrame([NUMBER, NUMBER]))


def test_all_problems_come_at_once():
    with pytest.raises(InputError) as error:
        score(ID, GOOD.assign(veto_1="?", veto_2="?"), pd.DataFrame([NUMBER | {"value": -3}]))
    assert [(p.table, p.column) for p in error.value.problems] == [
        ("enterprises", "veto_1"),
        ("enterprises", "veto_2"),
        ("measurements", "value"),
    ]


def test_unknown_readings_are_refused():
    with pytest.raises(ValueError, match="reading steel_water=some: expected one of conventional"):
        score(ID, GOOD, readings={"steel_water": "some"})
    with pytest.raises(ValueError, match="expected one of points_34"):
        score(ID, GOOD, readings={"steel": "some"})


def test_scenario_round_trip():
    for case in LEADER.cases:
        scenario = example(LEADER, case)
        assert Scenario.from_json(scenario.to_json()) == scenario
        assert Scenario.from_dict(json.loads(json.dumps(scenario.to_dict()))) == scenario
    assert Scenario(ID, "2025").to_dict() == {"standard": ID, "version": "2025"}


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"answer": {}}, "unknown key 'answer'; did you mean 'answers'"),
        (
            {"answers": {"veto_11": "yes"}},
            "answers: 'veto_11' is not known here; did you mean 'veto_1'",
        ),
        ({"answers": {"veto_5": "yes"}}, "'veto_5' is not known here"),
        ({"answers": {"veto_1": "maybe"}}, "'maybe' is not an answer"),
        ({"answers": {"veto_8": "not_applicable"}}, "needs a reason"),
        ({"absent": {"direct_cooling_rate": " "}}, "the reason is missing"),
        ({"absent": {"reuse_rate": "none"}}, "absent: 'reuse_rate' is not known here"),
        ({"values": {"reuse": 1}}, "'reuse' is not asked; did you mean 'reuse_rate'"),
        ({"made": ["bayer"]}, "made: 'bayer' is not known here"),
        ({"industry": "stele"}, "no industry 'stele'; did you mean 'steel'"),
        ({"version": "2024"}, "made for version '2024', the rules are '2025'"),
    ],
)
def test_a_wrong_scenario_is_explained(parts, words):
    with pytest.raises(RuleError, match=words):
        scenario = Scenario.from_dict(
            {"standard": ID, "version": "2025", "industry": "steel", **parts}
        )
        scenario.batch(scenario.plan())


def test_expected_answers():
    answers = {clause.id: expected_answers(clause) for clause in LEADER.clauses}
    assert answers["veto_8"] == ["yes", "no", "not_applicable"]
    assert answers["green_title"] == ["provincial", "national", "no"]
