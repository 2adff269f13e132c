"""The scorer against a plain reading of the rules, and against what must be true of any scorer."""

import numpy as np
import pytest
from enterprises import random_batch
from hypothesis import given
from hypothesis import strategies as st
from leader_oracle import judge, verdict

from waterstats.scoring.compiled import plans
from waterstats.scoring.outcomes import Batch, Outcome, blank
from waterstats.scoring.plans import FIRST_GRADE, NOT_APPLICABLE
from waterstats.scoring.scorer import MEETS, VERDICTS, score_batch
from waterstats.scoring.verdicts import STATES, value_row
from waterstats.standards.rulefiles import load_standard

LEADER = plans("shandong_leader_2025")
STANDARD = load_standard("shandong_leader_2025")
CODES = {0: "", 1: "yes", 2: "no", 3: "not_applicable", 4: "provincial", 5: "national"}
every_industry = pytest.mark.parametrize("industry", LEADER)


def as_enterprise(plan, batch: Batch, column: int) -> dict:
    """One column of a batch in the words the oracle reads."""
    return {
        "industry": plan.industry,
        "answers": {
            clause.id: CODES.get(int(batch.answers[row, column]), "")
            for row, clause in enumerate(plan.asked)
        },
        "values": {
            (asked.measure, asked.variant): float(batch.values[row, column])
            for row, asked in enumerate(plan.inputs)
        },
        "made": {
            v.id for row, v in enumerate(plan.variants[: plan.declared]) if batch.made[row, column]
        },
        "absent": {m for row, m in enumerate(plan.absences) if batch.absent[row, column]},
    }


@every_industry
def test_equals_the_plain_reading_under_all_readings(industry):
    plan, n = LEADER[industry], 200
    batch = random_batch(plan, n, np.random.default_rng(list(LEADER).index(industry)))
    outcome = score_batch(plan, batch)
    for column in range(n):
        word, chosen, turns_on = verdict(as_enterprise(plan, batch, column))
        found = {r.id for r, t in zip(plan.readings, outcome.decisive[:, column], strict=True) if t}
        assert VERDICTS[outcome.verdict[column]] == word, as_enterprise(plan, batch, column)
        assert VERDICTS[outcome.chosen[column]] == chosen
        assert found == turns_on


@every_industry
def test_equals_the_plain_reading_row_by_row(industry):
    plan, n = LEADER[industry], 500
    rng = np.random.default_rng(100 + list(LEADER).index(industry))
    batch = random_batch(plan, n, rng)
    settled = {
        r.id: r.choices[rng.integers(len(r.choices))].id for r in STANDARD.readings if r.vary
    }
    outcome = score_batch(plan, batch, settled, details=True)
    musts = [must.id for must in STANDARD.must]
    for column in range(n):
        word, states = judge(as_enterprise(plan, batch, column), settled)
        found = {id_: STATES[outcome.details.must[i, column]] for i, id_ in enumerate(musts)}
        found |= {
            x.id: STATES[outcome.details.limits[i, column]] for i, x in enumerate(plan.limits)
        }
        states.pop("only_unlisted", None)
        assert found == states, as_enterprise(plan, batch, column)
        assert VERDICTS[outcome.verdict[column]] == word


def test_the_random_enterprises_reach_every_verdict():
    counts = np.zeros(len(VERDICTS), int)
    for seed, plan in enumerate(LEADER.values()):
        outcome = score_batch(plan, random_batch(plan, 1000, np.random.default_rng(seed)))
        counts += np.bincount(outcome.verdict, minlength=len(VERDICTS))
    assert (counts > 50).all(), dict(zip(VERDICTS, counts.tolist(), strict=True))


def same(one: Outcome, other: Outcome) -> None:
    for name in ("verdict", "chosen", "decisive", "low", "high", "level", "best_level"):
        assert np.array_equal(getattr(one, name), getattr(other, name)), name


@every_industry
def test_order_and_company_do_not_matter(industry):
    """Shuffled, split, or scored one by one: every enterprise gets the same."""
    plan = LEADER[industry]
    rng = np.random.default_rng(7)
    batch = random_batch(plan, 300, rng)
    whole = score_batch(plan, batch)
    order = rng.permutation(300)
    shuffled = score_batch(plan, batch.part(order))
    assert np.array_equal(shuffled.verdict, whole.verdict[order])
    assert np.array_equal(shuffled.decisive, whole.decisive[:, order])
    halves = [score_batch(plan, batch.part(slice(a, a + 150))) for a in (0, 150)]
    assert np.array_equal(np.concatenate([h.verdict for h in halves]), whole.verdict)
    for column in range(20):
        alone = score_batch(plan, batch.part(slice(column, column + 1)))
        assert alone.verdict[0] == whole.verdict[column]


def test_chunks_join_seamlessly(monkeypatch):
    plan = LEADER["paper"]
    batch = random_batch(plan, 100, np.random.default_rng(1))
    whole = score_batch(plan, batch, details=True)
    monkeypatch.setattr("waterstats.scoring.scorer.CHUNK", 7)
    chunked = score_batch(plan, batch, details=True)
    same(whole, chunked)
    for name, states in vars(whole.details).items():
        assert np.array_equal(states, getattr(chunked.details, name)), name


@every_industry
def test_improving_never_costs(industry):
    """A better answer or number under fixed readings never gives a worse verdict."""
    plan = LEADER[industry]
    rng = np.random.default_rng(11)
    batch = random_batch(plan, 400, rng)
    before = score_batch(plan, batch, STANDARD.defaults).chosen
    for row, clause in enumerate(plan.asked):
        if row < plan.asked_must:
            better = 1
        elif clause.grades:
            better = FIRST_GRADE + len(clause.grades) - 1
        else:
            better = 1 if clause.most > 0 else 2
        improved = batch.repeat(1)
        improved.answers[row] = better
        after = score_batch(plan, improved, STANDARD.defaults).chosen
        assert (after >= before).all(), clause.id
    for limit in plan.limits:
        if limit.limit is not None:
            improved = batch.repeat(1)
            # a product without a number may run on the shared meter: giving it one is another site
            values = improved.values[value_row(plan, limit)]
            values[~np.isnan(values)] = {"<=": 0, ">=": 100, "=": 100}[limit.op]
            after = score_batch(plan, improved, STANDARD.defaults).chosen
            assert (after >= before).all(), limit.id


@every_industry
def test_nothing_missing_or_impossible_passes(industry):
    """Take a passing enterprise and spoil any one thing that counts: it no longer passes."""
    plan = LEADER[industry]
    batch = passing(plan)
    assert score_batch(plan, batch).verdict[0] == MEETS
    for row in range(plan.asked_must):
        for code in (0, NOT_APPLICABLE if row not in plan.may_skip else 0, 9, 255):
            spoiled = batch.repeat(1)
            spoiled.answers[row] = code
            assert score_batch(plan, spoiled).verdict[0] != MEETS, plan.asked[row].id
    states = score_batch(plan, batch, details=True).details.limits[:, 0]
    for limit, state in zip(plan.limits, states, strict=True):
        for bad in (np.nan, np.inf, -np.inf, -1.0, -1e-300):
            if state == 1:
                spoiled = batch.repeat(1)
                spoiled.values[value_row(plan, limit)] = bad
                verdict = VERDICTS[score_batch(plan, spoiled).verdict[0]]
                assert verdict == "incomplete", (limit.id, bad)


def passing(plan) -> Batch:
    """Everything answered well, the first listed product made."""
    batch = blank(plan)
    batch.answers[:] = 1
    for row, clause in enumerate(plan.asked[plan.asked_must :], plan.asked_must):
        batch.answers[row] = 1 if clause.most > 0 and not clause.grades else 2
    batch.made[:1] = True
    batch.values[:] = 1e6
    for position, asked in enumerate(plan.inputs):
        if asked.maximum == 100:
            batch.values[position] = 100
        if asked.measure in ("nonconventional_unit_withdrawal", "reclaimed_share"):
            batch.values[position] = 0
        if asked.measure.startswith("shared"):
            batch.values[position] = np.nan
    for limit in plan.limits:
        if limit.op == "<=":
            batch.values[value_row(plan, limit)] = 0.1
    return batch


@given(
    limit=st.sampled_from(
        [x for x in LEADER["refining"].limits if x.measure != "concentration_ratio"]
    ),
    value=st.floats(allow_nan=True, allow_infinity=True) | st.integers(0, 100).map(float),
)
def test_any_float_is_met_failed_or_unanswered(limit, value):
    plan = LEADER["refining"]
    batch = blank(plan)
    position = value_row(plan, limit)
    batch.values[position] = value
    state = score_batch(plan, batch, details=True).details.limits[plan.limits.index(limit), 0]
    possible = 0 <= value <= plan.inputs[position].maximum
    right = value <= limit.limit if limit.op == "<=" else value >= limit.limit
    assert STATES[state] == ("unanswered" if not possible else "met" if right else "failed")


def test_absent_needs_a_row_that_may_be_and_no_value():
    plan = LEADER["steel"]
    batch = passing(plan)
    batch.absent[:] = True
    assert score_batch(plan, batch, details=True).details.limits[:, 0].tolist() == [1] * 5
    for limit in plan.limits:
        batch.values[value_row(plan, limit)] = np.nan
    states = score_batch(plan, batch, details=True).details.limits[:, 0]
    assert states.tolist() == [0, 3, 3, 0, 0]  # withdrawal, reuse and leakage stay asked


def test_settled_readings_are_not_varied():
    plan = LEADER["steel"]
    batch = passing(plan)
    batch.values[plan.input("annual_withdrawal")] = 100000
    batch.values[plan.input("annual_reuse")] = 0
    assert VERDICTS[score_batch(plan, batch).verdict[0]] == "depends"
    assert VERDICTS[score_batch(plan, batch, {"size_boundary": "at_least"}).verdict[0]] == "meets"
    strict = score_batch(plan, batch, {"size_boundary": "more_than"})
    assert VERDICTS[strict.verdict[0]] == "not_eligible"


def test_a_decided_reading_is_varied_only_by_hand():
    plan = LEADER["steel"]
    batch = passing(plan)
    lost = [i for i, c in enumerate(plan.asked) if c.id.startswith(("item_7", "item_6"))]
    batch.answers[lost[:-1]] = 2
    ids = [clause.id for clause in plan.asked]
    batch.answers[ids.index("innovation")] = 1
    # 60 - 10 - 5 = 45, and 3 of bonus: 48 with them, 45 without
    batch.answers[ids.index("nonconventional_water")] = 1
    batch.answers[ids.index("green_title")] = FIRST_GRADE
    outcome = score_batch(plan, batch)
    assert (outcome.low.sum(), VERDICTS[outcome.verdict[0]]) == (48, "meets")
    apart = score_batch(plan, batch, {"extras_count": "apart"})
    assert VERDICTS[apart.verdict[0]] == "below_points"


def test_unknown_readings_and_wrong_shapes_are_refused():
    plan = LEADER["beer"]
    with pytest.raises(KeyError):
        score_batch(plan, blank(plan), {"no_such": "x"})
    with pytest.raises(ValueError):
        score_batch(plan, blank(plan), {"points_34": "x"})
    with pytest.raises(ValueError, match="answers: expected 47 rows by 1"):
        score_batch(plan, Batch(blank(plan).answers[1:], *list(vars(blank(plan)).values())[1:]))
    assert len(score_batch(plan, blank(plan, 0)).verdict) == 0
