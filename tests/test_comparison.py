"""Statistics of the compare page: answers of textbooks, worked examples, properties, real data."""

import math
from fractions import Fraction
from math import comb

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from waterstats import store
from waterstats.analyses.association import linked, strength
from waterstats.analyses.comparison import (
    OUTCOMES,
    certificates,
    differences,
    shares,
    table,
    tally,
)
from waterstats.analyses.moved import changes
from waterstats.analyses.printed import behind
from waterstats.analyses.standardised import standardised

LEVELS = ["core", "gold", "platinum"]
HIT = {"hit": ("hit",)}
untimed = settings(deadline=None, max_examples=50)


@pytest.fixture(scope="module")
def sites(connection):
    return store.read(connection, "site_described")


def hits(*pairs):
    """A table of groups with so many hits of so many sites."""
    return pd.DataFrame([{"hit": k, "miss": n - k} for k, n in pairs], index=range(len(pairs)))


def by_level(**groups):
    return pd.DataFrame(groups, index=LEVELS).T.rename_axis("group")


# Known answers ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_intervals_of_newcombe_1998_single_table_1(k, n, low, high):
    row = shares(hits((k, n)), HIT).iloc[0]
    assert (row["low"], row["high"]) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0000),
    ],
)
def test_difference_intervals_of_newcombe_1998_pairs_table_2(first, second, low, high):
    row = differences(hits(first, second), HIT).iloc[0]
    assert row["difference"] == pytest.approx(first[0] / first[1] - second[0] / second[1])
    assert (row["low"], row["high"]) == pytest.approx((low, high), abs=5e-5)


def test_fishers_tea():
    """Four cups of each kind, three told right: 34 of the 70 ways are at least as uneven."""
    test = linked(pd.DataFrame([[3, 1], [1, 3]]))
    assert (test.method, test.smallest_expected) == ("fisher", 2)
    assert test.p == pytest.approx(34 / 70)


def test_fisher_of_scipys_documentation():
    assert linked(pd.DataFrame([[6, 2], [1, 4]])).p == pytest.approx(0.10256410256410257)


def test_chi_square_by_hand():
    """Expected 12, 12, 16 and 18, 18, 24: (4+4)/12 + 16/16 + (4+4)/18 + 16/24 = 2.7778."""
    test = linked(pd.DataFrame([[10, 10, 20], [20, 20, 20]]))
    assert (test.method, test.freedom, test.smallest_expected) == ("chi2", 2, 12)
    assert test.statistic == pytest.approx(8 / 12 + 1 + 8 / 18 + 16 / 24)
    assert test.p == pytest.approx(math.exp(-test.statistic / 2))  # chi-square of 2 degrees


def test_cramers_v_of_scipys_documentation():
    test = linked(pd.DataFrame([[100, 150], [203, 322], [420, 700], [320, 210]]))
    assert test.v == pytest.approx(0.18617813077483678)
    assert test.strength == "weak"


def test_larger_tables_are_simulated_close_to_the_exact_answer():
    """[[8, 2, 3], [1, 5, 4]]: every table with these margins, weighed by hand."""
    columns, first = (9, 7, 7), 13
    weights = {
        (a, b): comb(9, a) * comb(7, b) * comb(7, first - a - b)
        for a in range(10)
        for b in range(8)
        if 0 <= first - a - b <= 7
    }
    seen = weights[8, 2]
    exact = Fraction(sum(w for w in weights.values() if w <= seen), comb(sum(columns), first))
    test = linked(pd.DataFrame([[8, 2, 3], [1, 5, 4]]))
    assert test.method == "fisher_simulated"
    assert test.p == pytest.approx(float(exact), abs=0.008)


@pytest.mark.parametrize(
    ("expected", "cells"),
    [
        ("chi2", [[5, 5], [5, 5]]),  # all expected counts are 5
        ("fisher", [[5, 4], [5, 5]]),  # one of four is below 5
        ("chi2", [[4, 20, 20], [6, 30, 30]]),  # one of six below 5, none below 1
        ("fisher_simulated", [[4, 4, 20], [6, 6, 30]]),  # two of six below 5
        ("fisher_simulated", [[0, 20, 20], [1, 30, 30]]),  # one below 1
    ],
)
def test_chi_square_only_where_cochran_allows_it(expected, cells):
    assert linked(pd.DataFrame(cells)).method == expected


def test_rare_level_among_very_many_sites_is_simulated_too():
    test = linked(pd.DataFrame([[130_000, 39_000, 2], [270_004, 100_000, 3]]))
    assert test.method == "chi2_simulated"
    assert test.p < 0.001


@pytest.mark.parametrize(
    ("v", "freedom", "word"),
    [
        (0.0999, 1, "negligible"),
        (0.1, 1, "weak"),
        (0.2999, 1, "weak"),
        (0.3, 1, "moderate"),
        (0.5, 1, "strong"),
        (0.22, 2, "moderate"),
    ],
)
def test_strength_in_words_by_cohen(v, freedom, word):
    assert strength(v, freedom) == word


def test_holm_correction_by_hand():
    rows = differences(hits((1, 40), (9, 40), (30, 40), (31, 40)), HIT)
    order = rows["p"].sort_values().index
    running, expected = 0.0, {}
    for place, index in enumerate(order):
        running = max(running, min(1.0, (len(rows) - place) * rows["p"][index]))
        expected[index] = running
    assert rows["p_holm"].to_dict() == pytest.approx(expected)
    assert (rows["p_holm"] > rows["p"]).any()


# Standardisation, worked by hand ----------------------------------------------------------


def stratified(**strata):
    """Rows of a tally: stratum=(sites, of them gold)."""
    return pd.DataFrame(
        [
            {"industry": name, "level": level, "sites": n}
            for name, (whole, gold) in strata.items()
            for level, n in (("gold", gold), ("core", whole - gold))
        ]
    )


FIRST = stratified(food=(10, 8), ict=(30, 6))
SECOND = stratified(food=(30, 15), ict=(10, 1))


def test_direct_standardisation_by_hand():
    found = standardised(FIRST, SECOND, "industry", ["gold"])
    assert found.shares["gold"].to_dict() == pytest.approx(
        {
            "first": 14 / 40,
            "first_with_seconds_mix": (30 * 0.8 + 10 * 0.2) / 40,
            "second_with_firsts_mix": (10 * 0.5 + 30 * 0.1) / 40,
            "second": 16 / 40,
        }
    )
    assert found.crude == pytest.approx(-0.05)
    assert found.unmatched == pytest.approx(0)
    assert found.explained == pytest.approx((0.35 - 0.65, 0.20 - 0.40))


def test_a_stratum_of_one_side_is_set_apart():
    farms = pd.concat([SECOND, stratified(farms=(10, 0))])
    found = standardised(FIRST, farms, "industry", ["gold"])
    assert found.crude == pytest.approx(14 / 40 - 16 / 50)
    assert found.unmatched == pytest.approx(found.crude - (14 / 40 - 16 / 40))
    assert found.explained == pytest.approx((-0.30, -0.20))
    assert (found.unmatched_sites("first"), found.unmatched_sites("second")) == (0, 0.2)
    alone = found.strata.set_index("stratum").loc["farms"]
    assert not alone["shared"] and pd.isna(alone["share_first"])


def test_nothing_shared_explains_nothing_and_says_so():
    found = standardised(stratified(a=(5, 5)), stratified(b=(5, 0)), "industry", ["gold"])
    assert found.crude == 1
    assert all(math.isnan(part) for part in found.explained)
    assert found.shares.loc["first_with_seconds_mix"].isna().all()
    assert found.shares.loc["second", "gold"] == 0


def test_equal_mixes_explain_nothing():
    found = standardised(FIRST, stratified(food=(20, 1), ict=(60, 0)), "industry", ["gold"])
    assert found.explained == pytest.approx((0, 0))


def test_a_missing_stratum_is_one_of_its_own():
    blank = stratified(food=(10, 8)).assign(industry=None)
    found = standardised(pd.concat([FIRST, blank]), SECOND, "industry", ["gold"])
    assert found.unmatched_sites("first") == pytest.approx(10 / 50)


def test_standardising_needs_sites_on_both_sides():
    with pytest.raises(ValueError, match="at least one site"):
        standardised(FIRST, SECOND.iloc[:0], "industry", ["gold"])


# Properties -------------------------------------------------------------------------------

numbers = st.integers(0, 40)
tables = st.lists(st.tuples(numbers, numbers, numbers).filter(any), min_size=2, max_size=4).map(
    lambda rows: by_level(**{f"g{i}": row for i, row in enumerate(rows)})
)


@untimed
@given(tables)
def test_shares_add_to_one_and_lie_in_their_intervals(counts):
    rows = shares(counts)
    single = rows[rows["outcome"] != "high"]
    assert single.groupby("group")["share"].sum().to_list() == pytest.approx([1] * len(counts))
    assert (rows["low"] <= rows["share"] + 1e-12).all()
    assert (rows["share"] <= rows["high"] + 1e-12).all()
    assert rows["low"].min() >= 0 and rows["high"].max() <= 1


@untimed
@given(tables)
def test_names_and_order_of_groups_change_nothing(counts):
    first, turned = linked(counts), linked(counts.iloc[::-1].rename(index=lambda name: f"x{name}"))
    assert (first.method, first.freedom) == pytest.approx(
        (turned.method, turned.freedom), nan_ok=True
    )
    assert first.v == pytest.approx(turned.v, nan_ok=True)
    assert first.p == pytest.approx(turned.p, abs=0.03, nan_ok=True)


@settings(deadline=None, max_examples=10)  # each collects garbage: statsmodels' multipletests does
@given(tables)
def test_differences_turn_sign_when_the_groups_change_places(counts):
    two = counts.iloc[:2]
    rows, turned = differences(two), differences(two.iloc[::-1])
    assert rows["difference"].to_list() == pytest.approx((-turned["difference"]).to_list())
    assert rows["low"].to_list() == pytest.approx((-turned["high"]).to_list())
    assert rows["p"].to_list() == pytest.approx(turned["p"].to_list(), nan_ok=True)


cells = st.dictionaries(
    st.sampled_from(["food", "ict", "farms", "paper"]),
    st.integers(1, 30).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))),
    min_size=1,
)


@untimed
@given(cells, cells)
def test_the_parts_of_a_difference_add_up(one, two):
    found = standardised(stratified(**one), stratified(**two), "industry", ["gold"])
    gold = found.shares["gold"]
    assert found.crude == pytest.approx(gold["first"] - gold["second"])
    if found.strata["shared"].any():
        shared = [name for name in one if name in two]
        k, n = (sum(two[name][i] for name in shared) for i in (1, 0))
        within = gold["first_with_seconds_mix"] - k / n
        mix = found.crude - found.unmatched - within
        assert any(part == pytest.approx(mix) for part in found.explained)


# Edges ------------------------------------------------------------------------------------


def test_groups_without_sites_have_no_row(sites):
    counts = table(tally(sites, "country"), ["CHN", "ATA", "rest"], LEVELS)
    assert counts.index.to_list() == ["CHN", "rest"]


def test_rest_is_everything_that_is_not_named_and_absent_unless_asked_for(sites):
    tallied = tally(sites, "country")
    assert table(tallied, ["CHN", "MEX", "rest"], LEVELS).loc["rest"].sum() == 411 - 78 - 27
    assert table(tallied, ["CHN", "MEX"], LEVELS).to_numpy().sum() == 78 + 27


@pytest.mark.parametrize(
    "counts",
    [
        by_level(a=(3, 0, 0), b=(9, 0, 0)),  # all alike
        by_level(a=(3, 1, 0)),  # one group
        by_level(a=(3, 1, 0), b=(0, 0, 0)),  # the other is empty
    ],
)
def test_nothing_to_test_is_said(counts):
    test = linked(counts)
    assert test.method == "none" and math.isnan(test.p) and test.strength == "none"


def test_a_level_nobody_has_does_not_disturb_the_test():
    with_zero = linked(by_level(a=(30, 10, 0), b=(10, 30, 0)))
    assert with_zero == linked(pd.DataFrame([[30, 10], [10, 30]]))


def test_one_site_in_each_group():
    counts = by_level(a=(1, 0, 0), b=(0, 1, 0))
    assert linked(counts).p == 1
    row = shares(counts).iloc[0]
    z = norm.ppf(0.975)
    assert (row["share"], row["high"]) == (1, pytest.approx(1))
    assert row["low"] == pytest.approx(1 / (1 + z * z))


def test_one_group_has_no_differences():
    assert differences(by_level(a=(1, 2, 3))).empty


def test_sites_without_level_or_group_belong_to_none():
    rows = pd.DataFrame({"country": ["CHN", None, "CHN"], "level": ["gold", "gold", None]})
    assert tally(rows, "country")["sites"].to_list() == [1]


# Real data, on both engines ---------------------------------------------------------------


@pytest.fixture(params=["pandas", "duckdb"])
def described(request, connection):
    own = connection.cursor()
    view = own.table("site_described")
    yield view if request.param == "duckdb" else view.df()
    own.close()


def test_39_of_78_in_china_and_10_of_333_elsewhere(described):
    counts = table(tally(described, "country"), ["CHN", "rest"], LEVELS)
    assert counts.loc["CHN"].to_dict() == {"core": 13, "gold": 39, "platinum": 26}
    assert counts.loc["rest"].to_dict() == {"core": 274, "gold": 10, "platinum": 49}
    assert linked(counts).strength == "strong"


def test_years_are_those_of_issue(described):
    tallied = tally(described, "year").groupby("group")["sites"].sum()
    assert tallied.to_dict() == {"2023": 56, "2024": 119, "2025": 183, "2026": 53}


def test_a_certificate_counts_once_in_each_group(described):
    once = tally(certificates(described, "country"), "country")
    china = once[once["group"] == "CHN"].set_index("level")["sites"]
    assert china["core"] < 13 and china["gold"] < 39
    assert tally(described, "country", ["industry"])["sites"].sum() == 411


def test_certificates_of_two_sites_become_one():
    rows = pd.DataFrame(
        {
            "certificate_name": ["Mill", "Mill", "Mill", "Farm", "Farm"],
            "date_issued": pd.to_datetime(["2025-01-01"] * 2 + ["2025-02-01"] * 3),
            "certificate_type": ["group", "group", "group", "single", "single"],
            "level": "gold",
            "country": "CHN",
        }
    )
    assert tally(certificates(rows, "country"), "country")["sites"].to_list() == [4]


def test_industry_explains_little_of_gold_and_disputably_much_of_gold_or_platinum(sites):
    rows = tally(sites, "side", ["industry"])
    china, rest = (rows[rows["group"] == side] for side in ("CHN", "XCN"))
    gold = standardised(china, rest, "industry", OUTCOMES["gold"])
    assert gold.crude == pytest.approx(39 / 78 - 10 / 333)
    assert [round(100 * part) for part in gold.explained] == [-2, 6]
    high = standardised(china, rest, "industry", OUTCOMES["high"])
    assert [round(100 * part) for part in high.explained] == [5, 35]
    assert high.unmatched_sites("second") == pytest.approx(30 / 333)


def test_counts_behind_the_printed_shares_of_china():
    printed = {"platinum": 57, "gold": 26, "core": 16}
    assert behind(printed, 61) == {"platinum": 35, "gold": 16, "core": 10}
    assert behind(printed | {"gold": 27}, 61) is None  # no whole number of 61 is 27 %
    assert behind({"core": 72, "platinum": 22, "gold": 6}, 301) is None  # several fit
    assert behind({"core": 50, "gold": 25}, 4) is None  # they do not make the total


# Two registries ---------------------------------------------------------------------------

COLUMNS = {"certificate_name": "Mill", "holder": "Mill Ltd", "country": "CHN"}
RANK = {"core": 1, "gold": 2, "platinum": 3}


def registry(*rows):
    frame = pd.DataFrame(rows, columns=["registration_no", "level", "valid_until"])
    ranks = frame["level"].map(RANK)
    return frame.assign(
        **COLUMNS, level_rank=ranks, valid_until=pd.to_datetime(frame["valid_until"])
    )


BEFORE = registry(
    ("1", "core", "2026-01-01"),
    ("2", "gold", "2026-01-01"),
    ("3", "gold", "2026-01-01"),
    ("4", "gold", "2026-01-01"),
    ("5", "gold", "2026-01-01"),
)
AFTER = registry(
    ("2", "platinum", "2029-01-01"),
    ("3", "core", "2029-01-01"),
    ("4", "gold", "2029-01-01"),
    ("5", "gold", "2026-01-01"),
    ("6", "core", "2029-01-01"),
)


@pytest.mark.parametrize("engine", ["pandas", "duckdb"])
def test_sites_join_leave_rise_fall_renew_or_stay(engine, connection):
    own = connection.cursor()
    frames = (BEFORE, AFTER) if engine == "pandas" else map(own.from_df, (BEFORE, AFTER))
    found = changes(*frames)
    rows = found if engine == "pandas" else found.df()
    assert dict(zip(rows["registration_no"], rows["kind"], strict=True)) == {
        "1": "left",
        "2": "raised",
        "3": "lowered",
        "4": "renewed",
        "5": "unchanged",
        "6": "joined",
    }
    left = rows.set_index("registration_no").loc["1"]
    assert (left["level_before"], left["certificate_name"]) == ("core", "Mill")
    assert pd.isna(left["level_after"])
    own.close()


def test_a_registry_against_itself_changes_nothing(sites):
    assert set(changes(sites, sites)["kind"]) == {"unchanged"}


def test_a_number_listed_twice_counts_once_with_its_last_certificate():
    twice = registry(("1", "platinum", "2029-01-01"), ("1", "core", "2026-01-01"))
    assert changes(BEFORE.head(1), twice)["kind"].to_list() == ["raised"]
    assert changes(twice, BEFORE.head(1))["kind"].to_list() == ["lowered"]


def test_sites_without_number_or_expiry_do_not_break_the_comparison():
    odd = registry((None, "core", "2029-01-01"), ("1", "core", None))
    assert changes(BEFORE.head(1), odd)["kind"].to_list() == ["unchanged"]
