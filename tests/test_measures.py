"""Indicators from meters: the arithmetic, what missing does, and the definitions beside it."""

import math

import numpy as np
import pytest

from waterstats.meters.balance import balance
from waterstats.meters.measures import (
    FORMULAS,
    definitions,
    indicators,
    meter_needed,
)
from waterstats.standards.records import RuleError
from waterstats.standards.rulefiles import load_standard

STEEL = {
    "withdrawal": 4_200_000.0,
    "nonconventional": 500_000.0,
    "output": 1_000_000.0,
    "reused": 135_800_000.0,
    "discharged": 600_000.0,
    "compliant": 600_000.0,
    "wastewater_reused": 1_800_000.0,
    "leakage": 336_000.0,
    "indirect_circulation": 98_000_000.0,
    "indirect_makeup": 2_000_000.0,
    "blowdown": 450_000.0,
    "drift": 50_000.0,
    "reclaimed_makeup": 600_000.0,
}


def test_a_steel_works_by_hand():
    found = {id_: float(value) for id_, value in indicators(STEEL).items()}
    assert found == pytest.approx(
        {
            "unit_withdrawal": 4.2,  # 4.2 Mm3 / 1 Mt
            "nonconventional_unit_withdrawal": 0.5,
            "reuse_rate": 97.0,  # 135.8 / (135.8 + 4.2)
            "indirect_cooling_rate": 98.0,  # 98 / 100
            "wastewater_reuse_rate": 75.0,  # 1.8 / 2.4
            "leakage_rate": 8.0,  # 0.336 / 4.2
            "compliant_discharge_rate": 100.0,
            "concentration_ratio": 4.0,  # 2 / 0.5
            "reclaimed_share": 30.0,
            "unit_discharge": 0.6,
            "nonconventional_share": 100 * 0.5 / 4.7,
        }
    )


@pytest.mark.parametrize("id_", FORMULAS)
@pytest.mark.parametrize("bad", [math.nan, -1.0, math.inf])
def test_nothing_comes_of_a_bad_reading(id_, bad):
    meters = definitions().indicators[id_].meters
    for meter in meters:
        value = FORMULAS[id_](*(bad if m == meter else 5.0 for m in meters))
        assert np.isnan(value), meter
    assert np.isnan(FORMULAS[id_](*(0.0 for _ in meters)))


@pytest.mark.parametrize("id_", FORMULAS)
def test_arrays_and_numbers_agree(id_):
    meters = definitions().indicators[id_].meters
    table = np.random.default_rng(0).uniform(1, 9, (len(meters), 20))
    together = FORMULAS[id_](*table)
    assert together == pytest.approx([float(FORMULAS[id_](*column)) for column in table.T])


def test_every_limit_of_the_leader_rules_can_be_computed():
    asked = {limit.measure for limit in load_standard("shandong_leader_2025").limits}
    assert asked - set(FORMULAS) == {"plant_unit_withdrawal"}


def test_definitions_say_how_sure_they_are():
    known = definitions()
    sourced = {i.id for i in known.indicators.values() if i.badge == "sourced"}
    assert sourced == {
        "unit_withdrawal", "reuse_rate", "indirect_cooling_rate", "compliant_discharge_rate",
        "concentration_ratio",
    }  # fmt: skip
    assert all(indicator.reference for indicator in known.indicators.values())
    for indicator in known.indicators.values():
        for meter in indicator.meters:
            assert known.meters[meter].symbol in indicator.formula, indicator.id


def test_a_definition_without_a_formula_is_refused(tmp_path):
    from waterstats.meters.measures import DEFINITIONS

    text = DEFINITIONS.read_text(encoding="utf-8")
    broken = tmp_path / "measures.toml"
    broken.write_text(text.replace('id = "leakage_rate"', 'id = "leak_rate"'), encoding="utf-8")
    with pytest.raises(RuleError, match="leak_rate needs both a definition and a formula"):
        definitions(broken)
    broken.write_text(text.replace('"leakage", "withdrawal"]', '"leakage"]'), encoding="utf-8")
    with pytest.raises(RuleError, match="leakage_rate: meters are not those of the formula"):
        definitions(broken)


def test_an_unknown_meter_is_refused():
    with pytest.raises(KeyError):
        indicators({"withdrawl": 1})


@pytest.mark.parametrize(
    ("id_", "target"),
    [("reuse_rate", 98), ("unit_withdrawal", 3.5), ("concentration_ratio", 5), ("leakage_rate", 6)],
)
def test_the_needed_reading_hits_the_target(id_, target):
    for meter, value in meter_needed(id_, STEEL, target).items():
        assert indicators({**STEEL, meter: value})[id_] == pytest.approx(target)


def test_needed_reuse_follows_the_identity():
    needed = meter_needed("reuse_rate", STEEL, 98)
    assert needed["reused"] == pytest.approx(4_200_000 * 0.98 / 0.02)
    # drift alone cannot be cut enough: 2 Mm3 / 5 = 0.4 Mm3 is less than the blow-down
    assert set(meter_needed("concentration_ratio", STEEL, 5)) == {"indirect_makeup", "blowdown"}


def test_balance_closes_or_says_by_how_much():
    readings = {"withdrawal": 100.0, "nonconventional": 20.0, "discharged": 40.0, "leakage": 5.0}
    found = balance({**readings, "consumed": 70.0, "stored": 2.0, "reused": 900.0})
    assert (found.gap, found.gap_share) == (3, 2.5)
    flows = {(f.source, f.target): f.volume for f in found.flows}
    assert flows[("withdrawal", "site")] == 100
    assert flows[("site", "reused")] == 900
    drawn = balance({**readings, "consumed": 77.0, "stored": -2.0})
    assert drawn.gap == 0
    left = balance(readings)
    assert left.gap == 0
    assert [(f.target, f.volume) for f in left.flows if f.implied] == [("consumed", 75)]
    assert math.isnan(balance({"discharged": 3.0}).gap)


def test_balance_names_contradictions():
    found = balance({"withdrawal": 10.0, "discharged": 4.0, "compliant": 5.0, "leakage": 11.0})
    assert found.contradictions == (("compliant", "discharged"), ("leakage", "withdrawal"))
