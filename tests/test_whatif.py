"""What would change the answer: optimal, reproducible, and true when scored again."""

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from enterprises import random_batch, with_improvements

from waterstats import Scenario
from waterstats.scoring.compiled import plans
from waterstats.scoring.scenario import example
from waterstats.scoring.scorer import MEETS, VERDICTS, score_batch
from waterstats.standards.rulefiles import load_standard
from waterstats.whatif.cheapest import cheapest_way
from waterstats.whatif.sweeps import likelihood, sweep

ID = "shandong_leader_2025"
LEADER = load_standard(ID)
PLANS = plans(ID)
INVENTED = Path(__file__).parent / "standards"


def case(id_: str, **answers: str):
    scenario = example(LEADER, next(c for c in LEADER.cases if c["id"] == id_))
    scenario.answers.update(answers)
    plan = PLANS[scenario.industry]
    return plan, scenario.batch(plan)


def test_one_point_short_needs_one_change():
    way = cheapest_way(*case("steel_one_point_short"))
    assert (way.reachable, len(way.improvements), way.effort) == (True, 1, 1)
    assert way.shortfalls == ()


def test_effort_decides_what_to_do():
    effort = {"groundwater": 0.1, "innovation": 0.3, "nonconventional_water": 0.2}
    way = cheapest_way(*case("steel_one_point_short"), effort)
    assert [i.id for i in way.improvements] == ["groundwater"]
    effort["groundwater"] = float("inf")
    way = cheapest_way(*case("steel_one_point_short"), effort)
    assert [i.id for i in way.improvements] == ["nonconventional_water"]


def test_after_the_improvements_it_passes_in_every_industry():
    rng = np.random.default_rng(5)
    tried = 0
    for plan in PLANS.values():
        batch = random_batch(plan, 12, rng)
        for column in range(12):
            one = batch.part(slice(column, column + 1))
            way = cheapest_way(plan, one)
            assert way.reachable
            outcome = score_batch(plan, with_improvements(plan, one, way), details=True)
            tried += 1
            if not way.shortfalls and VERDICTS[outcome.verdict[0]] != "incomplete":
                assert outcome.verdict[0] == MEETS
            assert not (outcome.details.gates == 2).any()
            asked = [i for i, must in enumerate(LEADER.must) if must.asked]
            assert np.isin(outcome.details.must[asked], (1, 3)).all()
    assert tried == 180


def test_no_smaller_set_would_do():
    """Every smaller set of equal effort misses a gate: 52 and 34 at once, by trying them all."""
    lost = ["item_1_1_1", "item_1_2_2", "item_2_2_1", "item_5_1_1", "item_7_1_1", "item_7_1_2"]
    plan, batch = case("chlor_alkali_two_products", **dict.fromkeys(lost, "no"), groundwater="yes")
    way = cheapest_way(plan, batch)
    ids = [clause.id for clause in plan.asked]
    candidates = [*lost, "groundwater", "innovation", "nonconventional_water"]
    better = {"groundwater": 2}
    for size in range(len(way.improvements)):
        for chosen in combinations(candidates, size):
            after = batch.repeat(1)
            for id_ in chosen:
                after.answers[ids.index(id_)] = better.get(id_, 1)
            assert score_batch(plan, after).verdict[0] != MEETS, chosen
    assert score_batch(plan, with_improvements(plan, batch, way)).verdict[0] == MEETS


def test_a_failed_veto_is_part_of_the_way_or_ends_it():
    way = cheapest_way(*case("steel_veto"))
    assert [(i.id, i.required) for i in way.improvements] == [("veto_2", True)]
    assert {s.id for s in way.shortfalls} > {"steel_unit_withdrawal", "veto_4"}
    assert all(s.state == "unanswered" for s in way.shortfalls)
    way = cheapest_way(*case("steel_veto"), {"veto_2": float("inf")})
    assert not way.reachable


def test_an_open_reading_has_to_be_passed_both_ways():
    plan, batch = case("steel_34_for_all")
    assert cheapest_way(plan, batch).effort == 1
    assert cheapest_way(plan, batch, settled={"points_34": "second_group"}).effort == 0


def test_shortfalls_say_how_far():
    way = cheapest_way(*case("steel_reuse_too_low"))
    assert [s.id for s in way.shortfalls] == ["steel_reuse_rate"]
    assert way.shortfalls[0].change == pytest.approx(0.01)
    board = cheapest_way(*case("paper_half_board")).shortfalls[0]
    assert (board.limit, board.change) == (51.5, pytest.approx(-0.1))
    meter = cheapest_way(*case("chlor_alkali_shared_meter")).shortfalls
    assert [(s.shared, s.limit, s.change) for s in meter] == [(True, 1030000, -1)] * 2
    # 3.6 + 0.7 of reclaimed water against 4.2, which binds under one of the two readings
    both = cheapest_way(*case("steel_reclaimed_water_matters")).shortfalls
    assert [(s.id, s.change) for s in both] == [("steel_unit_withdrawal", pytest.approx(-0.1))]


def test_a_level_can_be_the_aim():
    plan = plans(INVENTED / "river_badge")[""]
    scenario = Scenario("river_badge", "1", answers={"core_map": "yes", "data": "yes"})
    batch = scenario.batch(plan)
    assert [i.id for i in cheapest_way(plan, batch).improvements] == ["core_law"]
    bright = cheapest_way(plan, batch, level="bright")
    assert {i.id for i in bright.improvements} == {"core_law", "restore"}  # 4 + 8 >= 10
    # the least that can be had is 4 + 2.5 + 8 = 14.5 < 20
    assert not cheapest_way(plan, batch, level="brilliant").reachable


def test_sweep_agrees_with_scoring_each_point():
    plan, batch = case("refining_ratio_in_between")
    ratio, share = plan.input("concentration_ratio"), plan.input("reclaimed_share")
    across, down = np.linspace(3, 4.2, 25), np.linspace(0, 100, 21)
    grid = sweep(plan, batch, (ratio, across), (share, down))
    assert grid.shape == (21, 25)
    for i, j in ((0, 0), (3, 7), (20, 24), (10, 12)):
        one = batch.repeat(1)
        one.values[ratio], one.values[share] = across[j], down[i]
        assert score_batch(plan, one).verdict[0] == grid[i, j]
    assert {VERDICTS[v] for v in np.unique(grid)} == {"limit_failed", "meets", "depends"}


def test_likelihood_is_reproducible_and_sensible():
    plan, batch = case("beer_small_brewery")
    certain = likelihood(plan, batch, 0, draws=100)
    assert certain["meets"] == 1
    # three values exactly on their limits: each on the right side half of the time
    unsure = likelihood(plan, batch, 2)
    assert unsure == likelihood(plan, batch, 2)
    assert unsure != likelihood(plan, batch, 2, seed=1)
    assert unsure["meets"] == pytest.approx(1 / 8, abs=0.02)
    assert sum(unsure.values()) == pytest.approx(1)


def test_likelihood_leaves_exact_shares_and_outputs_alone():
    plan, batch = case("chlor_alkali_two_products")
    batch.values[[i for i, x in enumerate(plan.inputs) if x.maximum == 100]] = 100
    batch.values[plan.input("unit_withdrawal", "caustic_soda")] = 1
    batch.values[plan.input("unit_withdrawal", "pvc_carbide")] = 1
    batch.values[plan.input("leakage_rate")] = 0.1
    assert likelihood(plan, batch, 1, draws=200)["meets"] == 1


def test_one_enterprise_at_a_time():
    plan, batch = case("beer_cooling")
    with pytest.raises(ValueError, match="one enterprise at a time"):
        cheapest_way(plan, batch.repeat(2))
