"""The published rule sets as data: complete, located, and right on their own worked cases."""

from collections import Counter

import numpy as np
import pytest

from waterstats.scoring.compiled import plans
from waterstats.scoring.outcomes import blank
from waterstats.scoring.scenario import example, score_scenario
from waterstats.scoring.scorer import VERDICTS, score_batch
from waterstats.scoring.verdicts import FAILED, OPEN, all_states, left_out, listed, value_row
from waterstats.standards.rulefiles import STANDARDS, load_standard

FOLDERS = sorted(path.parent for path in STANDARDS.glob("*/rules.toml"))
CASES = [(folder.name, case) for folder in FOLDERS for case in load_standard(folder).cases]
LEADER = load_standard("shandong_leader_2025")

# The numbers printed in tables 3-1 to 3-15, in order; None is the one "-".
PRINTED = {
    "steel": [4.2, 95, 75, 97, 8],
    "coking": [1.2, 0.4, 0.6, 98, None, 98, 98, 75, 3],
    "refining": [0.7, 97.5, 4.0, 1.1, 60, 60, 50, 7, 0.35],
    "ethylene": [6.5, 1.1, 1.25, 98, 5, 80, 1.8],
    "chlor_alkali": [5.5, 6.0, 8.6, 96, 98, 1.5, 100],
    "nitrogen_fertiliser": [9, 12, 7.5, 2.5, 97, 95, 2, 100],
    "coal_chemicals": [11, 20, 12, 6.5, 10.75, 8, 24, 98, 97, 2, 100],
    "dyeing": [2, 3, 100, 45, 95, 98, 20, 6],
    "filament_weaving": [0.9, 0.8, 0.3, 70, 70, 85, 80, 3],
    "paper": [50, 55, 40, 55, 60, 45, 70, 20, 28, 12, 22, 15, 20, 14, 20, 20, 15, 12, 75, 88, 90],
    "beer": [4.0, 70, 95],
    "msg": [15, 92, 95, 3],
    "alumina": [1.5, 3.0, 2.0, 98, 98, 98, 98, 98, 98, 1, 1, 1],
    "aluminium": [0.8, 1.1, 2.0, 96, 6],
    "shipbuilding": [3.0, 75, 2.0],
}
UPPER = {"withdrawal", "leakage"}
CITED = {
    "steel": "GB/T 26924-2011",
    "coking": "GB/T 34610-2017",
    "refining": "GB/T 26926-2011",
    "ethylene": "GB/T 32164-2015",
    "chlor_alkali": "GB/T 37271-2018",
    "nitrogen_fertiliser": "GB/T 36895-2018",
    "coal_chemicals": "GB/T 37759-2019",
    "dyeing": "GB/T 26923-2011",
    "filament_weaving": "GB/T 37832-2019",
    "paper": "GB/T 26927-2023",
    "beer": "GB/T 35576-2017",
    "msg": "GB/T 32165-2023",
    "alumina": "GB/T 33232-2016",
    "aluminium": "GB/T 33233-2023",
    "shipbuilding": "GB/T 37332-2019",
}


@pytest.mark.parametrize(("standard", "case"), CASES, ids=[case["id"] for _, case in CASES])
def test_case(standard, case):
    scenario = example(load_standard(standard), case)
    plan, outcome = score_scenario(scenario)
    assert VERDICTS[outcome.verdict[0]] == case["verdict"]
    assert VERDICTS[outcome.chosen[0]] == case.get("chosen", case["verdict"])
    turns_on = [
        r.id for r, turns in zip(plan.readings, outcome.decisive[:, 0], strict=True) if turns
    ]
    assert turns_on == case.get("depends_on", [])
    totals = [t.sum() / plan.scale for t in (outcome.low, outcome.high)]
    assert totals == case.get("points", totals)
    ids = ["", *(level.id for level in plan.standard.levels)]
    for name, found in (("level", outcome.level), ("level_possible", outcome.best_level)):
        assert ids[found[0]] == case.get(name, "")
    states, ids = all_states(plan, outcome.details)
    if "failed" in case:
        assert sorted(listed(states == FAILED, ids)[0].split()) == sorted(case["failed"])
    if "open" in case:
        assert listed(states == OPEN, ids)[0].split() == case["open"]
    if "left_out" in case:
        words = listed(left_out(plan, scenario.batch(plan), states), ids)
        assert words[0].split() == case["left_out"]
    assert bool(outcome.details.shared.any()) == case.get("shared_meter", False)


def test_every_industry_has_a_case_that_meets_and_one_that_does_not():
    verdicts = {}
    for case in LEADER.cases:
        verdicts.setdefault(case["industry"], set()).add(case["verdict"])
    for industry in LEADER.industries:
        assert "meets" in verdicts[industry.id], industry.id
        assert len(verdicts[industry.id]) > 1, industry.id


def test_every_verdict_and_varied_reading_has_a_case():
    assert {case["verdict"] for case in LEADER.cases} == set(VERDICTS)
    turned = {id_ for case in LEADER.cases for id_ in case.get("depends_on", ())}
    assert turned == {reading.id for reading in LEADER.readings if reading.vary}


def test_119_printed_limits_and_one_dash():
    printed = [limit for limit in LEADER.limits if not limit.copy_of]
    assert len(printed) == 120
    assert sum(limit.limit is not None for limit in printed) == 119
    numbers = {}
    for limit in printed:
        numbers.setdefault(limit.industry, []).append(limit.limit)
    assert numbers == PRINTED
    assert Counter(limit.op for limit in printed) == {"<=": 72, ">=": 44, "=": 3, "-": 1}


def test_operators_follow_the_kind_of_row():
    for limit in LEADER.limits:
        if limit.topic in UPPER or limit.measure in ("unit_discharge", "chemical_water_factor"):
            assert limit.op == "<=", limit.id
        elif limit.measure == "compliant_discharge_rate":
            assert (limit.op, limit.limit) == ("=", 100), limit.id
        elif limit.limit is not None:
            assert limit.op == ">=", limit.id


def test_only_systems_and_discharge_may_be_absent():
    never = {
        "unit_withdrawal",
        "plant_unit_withdrawal",
        "reuse_rate",
        "leakage_rate",
        "unit_discharge",
    }
    for limit in LEADER.limits:
        assert bool(limit.absent) == (limit.measure not in never), limit.id
        assert (limit.absent == "discharge") == (limit.op == "="), limit.id


def test_fifteen_tables_cite_fifteen_standards():
    assert {i.id: i.standard for i in LEADER.industries} == CITED
    assert [i.table for i in LEADER.industries] == [f"3-{n}" for n in range(1, 16)]
    for limit in LEADER.limits:
        assert limit.table == LEADER.by_id[limit.industry].table


def test_points_are_60_and_4_and_minus_3():
    base = [p for p in LEADER.points if p.section not in ("item_8", "item_9")]
    assert len(base) == 36
    by_section = Counter()
    for item in base:
        by_section[item.section] += item.points[0]
    assert dict(by_section) == {
        "item_1": 16, "item_2": 8, "item_3": 7, "item_4": 7, "item_5": 6, "item_6": 10, "item_7": 6,
    }  # fmt: skip
    assert sum(p.most for p in LEADER.points) == 64
    assert sum(p.least for p in LEADER.points) == -3
    assert [g.points for g in LEADER.by_id["green_title"].grades] == [(1, 1), (2, 2)]


def test_gates_split_the_industries_ten_to_five():
    gates = {gate.id: gate for gate in LEADER.gates}
    assert (gates["gate_48"].minimum, len(gates["gate_48"].industries)) == (48, 10)
    assert (gates["gate_52"].minimum, len(gates["gate_52"].industries)) == (52, 5)
    assert gates["gate_34"].minimum == 34
    assert gates["gate_34"].sections == ("item_1", "item_2", "item_4", "item_5")
    both = {*gates["gate_48"].industries, *gates["gate_52"].industries}
    assert both == {industry.id for industry in LEADER.industries}


def test_nine_vetoes_of_which_only_the_eighth_may_be_skipped():
    assert [must.number for must in LEADER.must] == [str(n) for n in range(1, 10)]
    assert [must.number for must in LEADER.must if must.may_be_not_applicable] == ["8"]
    assert [must.number for must in LEADER.must if not must.asked] == ["4", "5"]


def test_every_ambiguity_is_a_reading_or_a_note():
    told = {note.id for note in LEADER.notes} | {reading.ref for reading in LEADER.readings}
    assert told == {f"O-{n:02}" for n in range(1, 57)}


def test_footnotes_of_paper():
    assert {v.id: v.same_as for v in LEADER.variants if v.same_as} == {
        "semi_chemical_wood": "unbleached_chemical_wood",
        "semi_chemical_straw": "unbleached_chemical_wood",
        "mechanical_wood": "chemi_mechanical_wood",
    }
    board = LEADER.by_id["pulp_board"]
    pulps = {v.id for v in LEADER.variants if v.class_ == "pulp" and not v.same_as} - {"other_pulp"}
    assert {LEADER.by_id[id_].variant for id_ in board.limits} == pulps
    assert (board.step, board.per, board.whole_steps) == (3, 100, False)
    ratio = LEADER.by_id["reclaimed_makeup"]
    assert (ratio.step, ratio.per, ratio.whole_steps) == (-0.1, 10, True)


@pytest.mark.parametrize("folder", FOLDERS, ids=[folder.name for folder in FOLDERS])
def test_everything_shown_is_located_and_in_two_languages(folder):
    standard = load_standard(folder)
    for record in standard.by_id.values():
        for name in ("label", "text", "question"):
            words = getattr(record, name, None)
            if words is not None:
                assert any("\u4e00" <= c <= "\u9fff" for c in words.zh), record
                assert not any("\u4e00" <= c <= "\u9fff" for c in words.en), record
        if hasattr(record, "locator"):
            assert record.locator, record


@pytest.mark.parametrize("limit", LEADER.limits, ids=[limit.id for limit in LEADER.limits])
def test_a_limit_is_met_on_it_and_failed_beyond_it(limit):
    plan = plans(LEADER.id)[limit.industry]
    if limit.limit is None:
        return
    position = value_row(plan, limit)
    beyond = {"<=": np.inf, ">=": 0, "=": 0}[limit.op]
    batch = blank(plan, 2)
    batch.values[position] = limit.limit, np.nextafter(limit.limit, beyond)
    if limit.variant:
        made = [v.id for v in plan.variants[: plan.declared]]
        mill = {"pulp_mill": ["other_pulp"], "paper_mill": ["other_paper"]}
        mill["integrated_mill"] = ["other_pulp", "other_paper"]
        for variant in mill.get(limit.variant, [limit.variant]):
            batch.made[made.index(variant)] = True
    states = score_batch(plan, batch, details=True).details.limits
    assert states[plan.limits.index(limit)].tolist() == [1, 2]


def test_every_shipped_standard_has_its_source_among_the_sources():
    from waterstats.datafiles import DATA

    for path in (DATA / "standards").glob("*/rules.toml"):
        standard = load_standard(path.parent.name)
        told = [*standard.facts, *standard.steps, *standard.not_modelled]
        cited = {standard.header.source_id, *(fact.source_id for fact in told)} - {""}
        cited |= {case["source_id"] for case in standard.cases if "source_id" in case}
        assert [s for s in cited if not (DATA / "sources" / f"{s}.toml").is_file()] == []
