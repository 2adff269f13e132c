"""Published statements: what they say, which conflict, what they imply; by brute force too."""

import itertools
import shutil
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from waterstats.datafiles import DATA, DataError
from waterstats.standards.limits import Words
from waterstats.statements.conflicts import (
    conflict_of,
    fewest_to_drop,
    minimal_conflict,
    reread,
    smallest_conflict,
)
from waterstats.statements.directory import counted, observed
from waterstats.statements.files import load_statements
from waterstats.statements.linear import inequalities, interval
from waterstats.statements.solve import System
from waterstats.statements.statement import Scope, Statement
from waterstats.statements.study import (
    PRINTED,
    REREAD,
    columns,
    counts_behind,
    evidence,
    follows,
    ranges,
    study,
    trial,
    years_before,
)

LEVELS = ("core", "gold", "platinum")


@pytest.fixture(scope="module")
def found():
    return study(load_statements())


def scope(place, industry=(), level=(), on=None, without=()):
    day = on or date(2025, 9, 30)
    return Scope(
        *((x,) if isinstance(x, str) else x for x in (place, industry, level, without)), day
    )


def says(count, relation, value, of=None, id_="extra", unit=None, **more):
    unit = unit or ("percent" if of else "sites")
    return Statement(
        id_, "t", Words("t", "t"), "s", "l", "p",
        on=count.on, count=(count,), relation=relation, value=float(value), unit=unit, of=of,
        **more,
    )  # fmt: skip


def prints(n, whole, percent, half=Fraction(1, 2)):
    """Whether n of a whole may be printed as so many per cent, half-way either way."""
    return (percent - half) * whole <= 100 * n <= (percent + half) * whole


def behind(whole, *percents):
    """All tuples of whole numbers that may be printed so and make the whole: by brute force."""
    fits = [[n for n in range(whole + 1) if prints(n, whole, p)] for p in percents]
    return {each for each in itertools.product(*fits) if sum(each) == whole}


def listed(found, topic, place, base=PRINTED):
    column = next(c for c in columns(found, base) if c.topic == topic and c.of.place == (place,))
    codes = [(*part.level, *part.industry, *part.place)[0] for part in column.parts]
    return codes, counts_behind(found, base, column, 60)


# What is behind the percentages -----------------------------------------------------------


def test_the_levels_of_china_are_these_counts_only(found):
    codes, solved = listed(found, "levels", "CHN")
    assert codes == ["platinum", "gold", "core"]
    assert behind(61, 57, 26, 16) == {(35, 16, 10)} == set(solved.tuples)
    assert solved.complete


def test_the_industries_of_china_are_these_counts_only(found):
    codes, solved = listed(found, "industries", "CHN")
    assert [n for n in range(62) if prints(n, 61, 61)] == [37]
    assert [n for n in range(62) if prints(n, 61, 16)] == [10]
    assert [n for n in range(62) if prints(n, 61, 11)] == [7]
    assert dict(zip(codes, *solved.tuples, strict=True)) == {"ict": 37, "food": 10, "pharma": 7}


def test_the_provinces_of_china_are_these_counts_only(found):
    codes, solved = listed(found, "provinces", "CHN")
    assert codes == ["CN-JS", "CN-TW", "CN-GD", "CN-REST"]
    assert behind(61, 28, 18, 13, 41) == {(17, 11, 8, 25)} == set(solved.tuples)


def test_the_levels_of_the_other_countries_are_all_listed(found):
    codes, solved = listed(found, "levels", "XCN")
    assert codes == ["core", "platinum", "gold"]
    assert set(solved.tuples) == behind(301, 72, 22, 6)
    assert len(solved.tuples) == 7
    assert solved.complete


def test_the_industries_of_the_other_countries_are_all_listed(found):
    codes, solved = listed(found, "industries", "XCN")
    assert codes == ["food", "other", "pharma", "agriculture", "ict"]
    assert set(solved.tuples) == behind(301, 37, 32, 15, 10, 6)
    assert solved.complete


def test_a_list_that_is_cut_says_so(found):
    column = next(c for c in columns(found, PRINTED) if c.of.place == ("XCN",))
    cut = counts_behind(found, PRINTED, column, 5)
    assert len(cut.tuples) == 5
    assert not cut.complete
    wide = dict(zip(column.parts, cut.ranges, strict=True))
    full = counts_behind(found, PRINTED, column, 60)
    assert wide == dict(zip(column.parts, full.ranges, strict=True))


def test_growth_gives_the_numbers_of_a_year_before(found):
    before = {name: (r.low, r.high) for name, r in years_before(found, PRINTED)}
    world = [
        n
        for n in range(1, 400)
        if Fraction(235, 1000) <= Fraction(362, n) - 1 <= Fraction(245, 1000)
    ]
    china = [
        n
        for n in range(1, 400)
        if Fraction(555, 1000) <= Fraction(61, n) - 1 <= Fraction(565, 1000)
    ]
    assert world == [291, 292, 293]
    assert china == [39]
    assert before == {"world_growth": (291, 293), "china_growth": (39, 39)}


def test_as_the_world_figure_10b_has_its_own_solutions(found):
    _, solved = listed(found, "levels", "WLD", REREAD)
    expected = {
        (core, platinum, gold)
        for core, platinum, gold in behind(362, 72, 22, 6)
        if prints(51, platinum + gold, 50) and core >= 10 and platinum >= 35 and gold >= 16
    }
    assert set(solved.tuples) == expected


# What conflicts ----------------------------------------------------------------------------


def test_what_conflicts_is_found_and_what_repairs_it(found):
    by_name = {conflict.disputed: conflict for conflict in found.found}
    assert set(by_name) == {"high_of_world", "food_share", "agriculture_third"}
    assert by_name["high_of_world"].reread == ("fig10b_world",)
    assert by_name["high_of_world"].dropped == ("high_of_world",)
    assert by_name["food_share"].reread == ("food_year_before",)
    assert set(by_name["food_share"].dropped) == {"food_share", "food_china"}
    assert by_name["agriculture_third"].reread == ("pharma_not_focus",)


def test_half_of_gold_and_platinum_cannot_be_in_china(found):
    """51 of China's against every printing of figure 10b: 37 to 38 %, by brute force."""
    shares = {Fraction(51, 51 + p + g) for _, p, g in behind(301, 72, 22, 6)}
    left = evidence(found.system, found.bases[PRINTED], found.statements["high_of_world"])
    assert left.share == (min(shares), max(shares))
    assert Fraction(37, 100) < left.share[0] < left.share[1] < Fraction(385, 1000)
    assert (left.count.low, left.count.high) == (51, 51)


def test_read_as_the_world_half_is_right(found):
    names = reread(found.bases[PRINTED], found.readings["fig10b_world"])
    left = evidence(found.system, names, found.statements["high_of_world"])
    assert left.share[0] <= Fraction(1, 2) <= left.share[1]


def test_food_is_a_third_and_not_31_percent(found):
    food = {10 + each[0] for each in behind(301, 37, 32, 15, 10, 6)}
    left = evidence(found.system, found.bases[PRINTED], found.statements["food_share"])
    assert left.share == (Fraction(min(food), 362), Fraction(max(food), 362))
    assert Fraction(33, 100) < left.share[0] < left.share[1] < Fraction(34, 100)


def test_agriculture_cannot_exceed_pharma(found):
    others = behind(301, 37, 32, 15, 10, 6)
    spare = 61 - 37 - 10 - 7
    left = evidence(found.system, found.bases[PRINTED], found.statements["agriculture_third"])
    assert left.larger[1].high <= max(each[3] for each in others) + spare
    assert left.smaller[1].low == 7 + min(each[2] for each in others)
    assert left.larger[1].high < left.smaller[1].low


def test_the_other_column_of_figure_9_cannot_be_the_world(found):
    names = reread(found.bases[PRINTED], found.readings["fig9b_world"])
    assert not found.system.fits(names)


def test_without_any_member_of_a_conflict_the_others_are_consistent(found):
    for conflict in found.found:
        assert not found.system.fits(conflict.members)
        for member in conflict.members:
            assert found.system.fits(conflict.members - {member}), member


def test_both_bases_are_consistent(found):
    assert all(found.system.fits(names) for names in found.bases.values())
    assert set(found.bases) == {PRINTED, REREAD}


def test_the_order_of_statements_is_irrelevant(found):
    turned = replace(found.collection, statements=found.collection.statements[::-1])
    again = study(turned)
    assert {c.disputed: c for c in again.found} == {c.disputed: c for c in found.found}


# What is implied ----------------------------------------------------------------------------


def test_platinum_in_chinas_ict_is_bounded_by_what_must_overlap(found):
    (ict,) = ranges(found, PRINTED, [scope("CHN", "ict", "platinum")])
    assert (ict.low, ict.high) == (35 + 37 - 61, 35)


def test_henan_is_exact_although_nobody_printed_it(found):
    (henan,) = ranges(found, PRINTED, [scope("CN-HA")])
    assert (henan.low, henan.high) == (3, 3)


def test_what_no_statement_limits_has_no_upper_end(found):
    (past,) = ranges(found, PRINTED, [scope("EUR", on=date(2019, 1, 1))])
    assert (past.low, past.high) == (0, None)


@pytest.mark.parametrize(
    ("statement", "fits", "new"),
    [
        (says(scope("CHN", "ict", "platinum"), ">=", 11), True, False),
        (says(scope("CHN", "ict", "platinum"), ">=", 12), True, True),
        (says(scope("CHN", "ict", "platinum"), ">=", 35), True, True),
        (says(scope("CHN", "ict", "platinum"), ">=", 36), False, True),
        (says(scope("CHN", (), "platinum"), "=", 57.4, scope("CHN")), True, False),
        (says(scope("CHN", (), "platinum"), "=", 57.3, scope("CHN")), False, True),
        (says(scope("CN-TW"), ">", 11), False, True),
        (says(scope("CN-TW"), "<=", 11), True, False),
    ],
)
def test_a_statement_is_tried_on_both_sides_of_its_limit(found, statement, fits, new):
    tried = trial(found, PRINTED, statement)
    assert (tried.fits, tried.new) == (fits, new)
    assert (tried.conflict is None) == fits
    if not fits:
        assert "extra" in tried.conflict.members


# How a printed number is understood -----------------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "low", "high"),
    [
        (says(scope("CHN"), "=", 57, scope("WLD")), "0.565", "0.575"),
        (says(scope("CHN"), "=", 57.1, scope("WLD")), "0.5705", "0.5715"),
        (says(scope("CHN"), "=", 57, scope("WLD"), decimals=1), "0.5695", "0.5705"),
        (says(scope("CHN"), "~", 60, scope("WLD")), "0.58", "0.62"),
        (says(scope("CHN"), ">", 83, scope("WLD")), "0.83", None),
        (says(scope("CHN"), "<=", 3), None, "3"),
        (says(scope("CHN"), "=", 24, scope("WLD"), unit="growth"), "1.235", "1.245"),
        (says(scope("CHN"), "~", 1, scope("WLD"), unit="times", tolerance=10.0), "0.9", "1.1"),
    ],
)  # fmt: skip
def test_printed_numbers_are_exact_intervals(statement, low, high):
    ends = interval(statement)
    assert ends.low == (None if low is None else Fraction(low))
    assert ends.high == (None if high is None else Fraction(high))


@given(
    n=some.integers(0, 400),
    whole=some.integers(1, 400),
    value=some.integers(0, 120),
    relation=some.sampled_from(["=", ">", ">=", "<", "<=", "~"]),
)
def test_inequalities_say_what_the_fractions_say(n, whole, value, relation):
    statement = says(scope("CHN"), relation, value, scope("WLD"))
    numbers = {scope("CHN"): n, scope("WLD"): whole}
    held = all(
        sum(k * numbers[each] for each, k in one.terms) >= one.least
        for one in inequalities(statement)
    )
    share = Fraction(100 * n, whole)
    expected = {
        "=": abs(share - value) <= Fraction(1, 2),
        "~": abs(share - value) <= 2,
        ">": share > value,
        ">=": share >= value,
        "<": share < value,
        "<=": share <= value,
    }[relation]
    assert held == expected


# Properties ------------------------------------------------------------------------------------

PLACES = ("CHN", "XCN", "WLD", "CN-JS")


@some.composite
def claims(draw, most=6):
    """A few statements about China, Jiangsu, the others and the world, by level or not."""
    made = {}
    for number in range(draw(some.integers(1, most))):
        count = scope(draw(some.sampled_from(PLACES)), (), draw(some.sampled_from([(), *LEVELS])))
        relation = draw(some.sampled_from(["=", ">=", "<=", ">", "<"]))
        of = scope(draw(some.sampled_from(PLACES))) if draw(some.booleans()) else None
        value = draw(some.integers(0, 100 if of else 12))
        made[f"s{number}"] = says(count, relation, value, of, id_=f"s{number}")
    return made


def system_of(made, found):
    return System(made, found.collection.geography)


@settings(deadline=None, max_examples=40)
@given(made=claims())
def test_a_minimal_conflict_needs_every_member(found, made):
    system = system_of(made, found)
    if system.fits(made):
        with pytest.raises(ValueError):
            minimal_conflict(system, made)
        return
    for conflict in (minimal_conflict(system, made), smallest_conflict(system, made)):
        assert not system.fits(conflict)
        assert all(system.fits(conflict - {member}) for member in conflict)


@settings(deadline=None, max_examples=40)
@given(made=claims(), order=some.randoms())
def test_dropping_the_fewest_leaves_the_rest_consistent_in_any_order(found, made, order):
    dropped = fewest_to_drop(system_of(made, found), made)
    assert system_of(made, found).fits(set(made) - dropped)
    names = list(made)
    order.shuffle(names)
    turned = {name: made[name] for name in names}
    assert len(fewest_to_drop(system_of(turned, found), turned)) == len(dropped)


@settings(deadline=None, max_examples=30)
@given(made=claims(5))
def test_conflicts_found_are_minimal_by_brute_force(found, made):
    system = system_of(made, found)
    subsets = [
        frozenset(each) for n in range(1, len(made) + 1) for each in itertools.combinations(made, n)
    ]
    wrong = [each for each in subsets if not system.fits(each)]
    minimal = {each for each in wrong if not any(other < each for other in wrong)}
    if minimal:
        assert minimal_conflict(system, made) in minimal
        assert smallest_conflict(system, made) in minimal
    else:
        assert system.fits(made)


@settings(deadline=None, max_examples=25)
@given(
    place=some.sampled_from(["CHN", "XCN", "CN-JS", "PER", "ASI"]),
    level=some.sampled_from([(), *LEVELS]),
    industry=some.sampled_from([(), "ict", "food", "agriculture"]),
    looser=some.integers(0, 5),
)
def test_an_implied_statement_never_conflicts(found, place, level, industry, looser):
    quantity = scope(place, industry, level)
    (known,) = ranges(found, PRINTED, [quantity])
    least = says(quantity, ">=", max(0, known.low - looser))
    most = says(quantity, "<=", known.high + looser, id_="most")
    system = found.with_more({"extra": least, "most": most})
    names = found.bases[PRINTED]
    assert follows(system, names, least) and follows(system, names, most)
    assert system.fits(names | {"extra", "most"})
    beyond = says(quantity, ">", known.high)
    assert not found.with_more({"extra": beyond}).fits(names | {"extra"})


@settings(deadline=None, max_examples=25)
@given(
    margins=some.tuples(some.integers(0, 2), some.integers(0, 1)),
    industry=some.integers(0, 3),
    level=some.integers(0, 3),
)
def test_cells_are_as_good_as_the_whole_table(found, margins, industry, level):
    """Bounds of a joint cell from separate totals, against every 2 x 2 table."""
    js, rest = margins
    whole = js + rest
    facts = {
        "js": says(scope("CN-JS"), "=", js, id_="js"),
        "all": says(scope("CHN"), "=", whole, id_="all"),
        "ict": says(scope("CHN", "ict"), "=", min(industry, whole), id_="ict"),
        "gold": says(scope("CHN", (), "gold"), "=", min(level, whole), id_="gold"),
    }
    asked = scope("CN-JS", "ict", "gold")
    system = System(facts, found.collection.geography, [asked])
    possible = set()
    kinds = [(p, i, g) for p in (0, 1) for i in (0, 1) for g in (0, 1)]
    for table in itertools.product(range(whole + 1), repeat=len(kinds)):
        if sum(table) != whole:
            continue
        n = dict(zip(kinds, table, strict=True))
        if (
            sum(v for k, v in n.items() if k[0]) == js
            and sum(v for k, v in n.items() if k[1]) == min(industry, whole)
            and sum(v for k, v in n.items() if k[2]) == min(level, whole)
        ):
            possible.add(n[1, 1, 1])
    bounds = system.bounds(facts, asked)
    assert (bounds.low, bounds.high) == (min(possible), max(possible))


# The file ----------------------------------------------------------------------------------------


def test_every_statement_is_sourced_and_says_one_thing(found):
    sources = {path.stem for path in (DATA / "sources").glob("*.toml")}
    for each in found.collection.statements:
        assert each.source_id in sources
        assert each.locator and each.as_published
        assert each.testable == bool(each.count or each.order)


def test_numbers_are_those_of_the_figures(found, connection):
    """Whatever is named after a figure repeats it: value, relation, date, place in the source."""
    from waterstats import store

    figures = store.read(connection, "figure").set_index("figure_id")
    named = [each for each in found.collection.statements if each.figure]
    assert len(named) > 30
    for each in named:
        row = figures.loc[each.figure]
        assert each.locator == row["locator"]
        assert each.as_published == row["as_published"]
        if each.count and each.relation == row["relation"]:
            assert each.value == row["value"], each.id
            assert row["place"] in each.count[0].place


def test_every_share_of_certified_sites_in_the_blue_book_is_a_statement(found, connection):
    from waterstats import store

    figures = store.read(connection, "figure")
    shares = figures[
        figures["source_id"].eq("blue_book_2024")
        & figures["series"].isin(
            [
                "certified_sites", "certified_sites_growth", "share_of_world_sites",
                "share_of_china_sites", "industry_share", "industry_rank", "level_share",
                "gold_platinum_share", "share_of_world_gold_platinum",
            ]
        )
    ]  # fmt: skip
    named = {each.figure for each in found.collection.statements}
    assert set(shares["figure_id"]) - named == set()


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ('place = ["ASI"]', 'place = ["ASIA"]', ["asia_leads", "place", "'ASIA'", "'ASI'"]),
        ('level = ["platinum"]', 'level = ["platin"]', ["group_henan", "'platinum'"]),
        ('industry = ["food"]', 'industry = ["foods"]', ["food_first", "industry", "'food'"]),
        ('figure = "bb_share_js"', 'figure = "bb_share_sj"', ["share_js", "'bb_share_js'"]),
        ('unit = "growth"', 'unit = "grwth"', ["world_growth", "unit", "'growth'"]),
        ('unit = "growth"', 'units = "growth"', ["world_growth", "'units'", "'unit'"]),
        ('relation = "<="', 'relation = "=<"', ["tenth_country", "relation"]),
        ("value = 62.0", "value = -62.0", ["countries", "value", "at least 0"]),
        ("value = 62.0", "value = nan", ["countries", "value", "finite"]),
        ("value = 62.0", "value = inf", ["countries", "value", "finite"]),
        ("value = 62.0", "value = true", ["countries", "value", "a number"]),
        ('id = "food_share"', 'id = "food_first"', ["food_first", "twice"]),
        ('statement = "core_rest"', 'statement = "core_rst"', ["fig10b_world", "'core_rest'"]),
        ('locator = "fig. 4"', 'locator = " "', ["country_values", "locator"]),
        ("on = 2025-09-30", 'on = "2025"', ["on"]),
        ('of = { place = ["WLD"] }', "", ["food_share", "of"]),
        ('place = ["CN-JS", "CN-TW", "CN-GD"]', 'place = ["CN-JX1"]', ["CN-TOP3", "place"]),
        ("[[sums]]", "[[sum]]", ["'sum'", "'sums'"]),
        ("[[sums]]", "[[sums", ["statements.toml"]),
        ('source_id = "blue_book_2024"', 'source_id = "blue"', ["source_id", "unknown 'blue'"]),
    ],
)  # fmt: skip
def test_broken_files_are_refused_with_entry_key_and_nearest_word(tmp_path, before, after, words):
    data = shutil.copytree(DATA, tmp_path / "data")
    text = (data / "statements.toml").read_text(encoding="utf-8")
    assert before in text
    broken = text.replace(before, after, 1)
    (data / "statements.toml").write_text(broken, encoding="utf-8")
    with pytest.raises(DataError) as error:
        load_statements(data)
    assert "data/statements.toml" in str(error.value)
    for word in words:
        assert word in str(error.value)


def test_contradicting_counts_are_a_conflict_too(found):
    made = {
        "all": says(scope("WLD"), "=", 10, id_="all"),
        "part": says(scope("CHN"), "=", 12, id_="part"),
    }
    system = system_of(made, found)
    assert len(fewest_to_drop(system, made)) == 1
    assert smallest_conflict(system, made) == {"all", "part"}
    conflict = conflict_of(system, made, "part", {})
    assert set(conflict.dropped) == {"all", "part"}


# Beside the directory -----------------------------------------------------------------------------


def test_directory_counts_the_same_quantities(found):
    sites = pd.DataFrame(
        {
            "country": ["CHN", "CHN", "IND"],
            "province": ["CN-JS", "CN-HA", None],
            "continent": ["ASI"] * 3,
            "industry": ["ict", "food", "ict"],
            "level": ["gold", "core", "platinum"],
            "date_issued": pd.to_datetime(["2025-09-30", "2025-10-01", "2024-01-01"]),
        }
    )
    places = found.collection.geography
    assert counted(sites, scope("WLD"), places) == 3
    assert counted(sites, scope("XCN"), places) == 1
    assert counted(sites, scope("CN-REST"), places) == 1
    assert counted(sites, scope("CHN", "ict", LEVELS), places) == 1
    seen = observed(sites, says(scope("CHN"), "<=", 0), places)
    assert (seen.count, seen.by_then, seen.beyond) == ((2,), (1,), True)
    assert not observed(sites, says(scope("CHN"), "<=", 1), places).beyond
