"""Every analysis gives the same numbers on pandas and on DuckDB, and the right ones."""

import datetime

import pandas as pd
import pytest

from waterstats import store
from waterstats.analyses.change import change
from waterstats.analyses.concentration import concentration
from waterstats.analyses.distribution import counts, within
from waterstats.analyses.holders import holders
from waterstats.analyses.outlook import expiries
from waterstats.analyses.portrait import counted, published
from waterstats.analyses.selection import matching
from waterstats.analyses.uptake import implied_before, share_over_time, trend


@pytest.fixture(params=["pandas", "duckdb"])
def engine(request, connection):
    """Frames of one engine: engine("site_described") or engine(a pandas frame)."""
    own = connection.cursor()

    def frame(what):
        if isinstance(what, pd.DataFrame):
            return what if request.param == "pandas" else own.from_df(what)
        return store.read(connection, what) if request.param == "pandas" else own.table(what)

    yield frame
    own.close()


def to_pandas(result):
    return result if isinstance(result, pd.DataFrame) else result.df()


SITES = pd.DataFrame(
    {
        "registration_no": ["1", "2", "3", "4"],
        "account_name": ["Alpha", "Alpha", "Beta", "Gamma"],
        "holder": ["Alpha", "Alpha", "Beta", "Gamma"],
        "certificate_name": ["North Mill", "South Mill", "Brewery", "Farm"],
        "catchment": ["Blue River", None, "Red River", None],
        "city": ["Town", "Town", None, "Port"],
        "country": ["CHN", "CHN", "FRA", "PER"],
        "province": ["CN-JS", "CN-SD", None, None],
        "level": ["gold", "core", "core", "platinum"],
        "valid_until": pd.to_datetime(["2026-03-31", "2026-04-01", "2026-06-30", "2027-01-01"]),
    }
)


def test_counts_share_of_all_rows(engine):
    result = to_pandas(counts(engine(SITES), ["country"]))
    assert result["country"].tolist() == ["CHN", "FRA", "PER"]
    assert result["sites"].tolist() == [2, 1, 1]
    assert result["share"].tolist() == [0.5, 0.25, 0.25]


def test_missing_groups_are_left_out_but_stay_in_the_whole(engine):
    result = to_pandas(counts(engine(SITES), ["province"]))
    assert result["province"].tolist() == ["CN-JS", "CN-SD"]
    assert result["share"].tolist() == [0.25, 0.25]


def test_within_gives_shares_of_each_group(engine):
    result = to_pandas(within(engine(SITES), ["country"], ["level"]))
    china = result[result["country"] == "CHN"].set_index("level")["share"]
    assert china.to_dict() == {"core": 0.5, "gold": 0.5}
    assert result.groupby("country")["share"].sum().tolist() == [1.0, 1.0, 1.0]


def test_concentration_of_equal_groups_is_one_over_their_number(engine):
    equal = pd.DataFrame({"sites": [5, 5, 5, 5]})
    result = to_pandas(concentration(engine(equal), largest=1)).iloc[0]
    assert result["hhi"] == pytest.approx(0.25)
    assert result["equal_groups"] == pytest.approx(4)
    assert result["top_share"] == pytest.approx(0.25)


def test_concentration_of_one_holder_is_one(engine):
    result = to_pandas(concentration(engine(pd.DataFrame({"sites": [7]})))).iloc[0]
    assert (result["hhi"], result["top_share"], result["groups"]) == (1, 1, 1)


def test_concentration_of_nothing_has_no_row(engine):
    nothing = pd.DataFrame({"sites": pd.Series([], dtype="int64")})
    assert to_pandas(concentration(engine(nothing))).empty


def test_expiries_fall_in_the_quarter_of_their_last_day(engine):
    result = to_pandas(expiries(engine(SITES)))
    quarters = [day.strftime("%Y-%m-%d") for day in result["quarter"]]
    assert quarters == ["2026-01-01", "2026-04-01", "2027-01-01"]
    assert result["sites"].tolist() == [1, 2, 1]


def test_holders_count_sites_countries_and_high_levels(engine):
    result = to_pandas(holders(engine(SITES)))
    assert result["holder"].tolist() == ["Alpha", "Beta", "Gamma"]
    assert result["sites"].tolist() == [2, 1, 1]
    assert result["high"].tolist() == [1, 0, 1]
    assert result["next_expiry"].iloc[0] == pd.Timestamp("2026-03-31")


@pytest.mark.parametrize(
    ("filters", "words", "expected"),
    [
        ({}, "", ["1", "2", "3", "4"]),
        ({"country": ["CHN"]}, "", ["1", "2"]),
        ({"country": []}, "river", ["1", "3"]),
        ({"country": ["CHN", "FRA"], "level": ["core"]}, "", ["2", "3"]),
        ({}, "MILL north", ["1"]),
        ({}, "100%_", []),
        ({"province": ["CN-SD"]}, "", ["2"]),
    ],
)
def test_matching_takes_all_filters_and_all_words(engine, filters, words, expected):
    result = to_pandas(matching(engine(SITES), filters, words))
    assert sorted(result["registration_no"]) == expected


def test_trend_compares_with_the_point_before(engine):
    points = pd.DataFrame(
        {
            "place": ["WLD", "WLD", "CHN"],
            "period_start": pd.to_datetime([None, None, None]),
            "period_end": pd.to_datetime(["2025-01-01", "2024-01-01", "2025-01-01"]),
            "value": [150.0, 100.0, 10.0],
        }
    )
    result = to_pandas(trend(engine(points))).set_index(["place", "period_end"])
    row = result.loc[("WLD", "2025-01-01")]
    assert (row["since"], row["growth"]) == (50, 0.5)
    assert pd.isna(result.loc[("WLD", "2024-01-01"), "since"])
    assert pd.isna(result.loc[("CHN", "2025-01-01"), "growth"])


def test_printed_growth_implies_291_to_293_sites_worldwide_and_39_in_china(engine):
    figures = engine("figure_described")
    frame = to_pandas(figures)
    stocks = frame[frame["series"].eq("certified_sites") & frame["level"].isna()]
    growths = frame[frame["series"].eq("certified_sites_growth")]
    columns = ["place", "period_start", "period_end", "value"]
    result = to_pandas(implied_before(engine(stocks[columns]), engine(growths[columns])))
    found = {r.place: (r.low, r.high) for r in result.itertuples()}
    assert found == {"WLD": (291, 293), "CHN": (39, 39)}
    assert {day.strftime("%Y-%m-%d") for day in result["period_end"]} == {"2024-09-30"}


def test_share_over_time_needs_both_numbers(engine):
    result = to_pandas(share_over_time(engine("sites_over_time"), "CHN", "WLD"))
    latest = result.iloc[-1]
    assert (latest["part"], latest["whole"]) == (78, 411)
    assert latest["share"] == pytest.approx(78 / 411)
    assert (result["share"] <= 1).all()


def test_change_leaves_out_what_is_known_on_one_date_only(engine):
    before = pd.DataFrame({"key": ["a", "b"], "value": [1.0, 5.0]})
    after = pd.DataFrame({"key": ["b", "c"], "value": [4.0, 9.0]})
    result = to_pandas(change(engine(before), engine(after), "key"))
    assert result.to_dict("records") == [{"key": "b", "before": 5, "after": 4, "difference": -1}]


def test_portrait_counted_is_the_same_on_both_engines(engine):
    portrait = counted(engine("site_described"), "aws_directory_2026_06")
    assert (portrait.total, portrait.countries_total) == (411, 72)
    assert portrait.value("countries", "CHN") == 78
    assert portrait.value("levels", "platinum", "CHN") == pytest.approx(100 * 26 / 78)
    assert portrait.value("industries", "ict", "CHN") == pytest.approx(100 * 49 / 78)
    assert portrait.continents["key"].tolist() == ["ASI", "AMR", "EUR", "AFR", "OCE"]
    assert portrait.countries["locator"].iloc[0] == "column Site Country"


def test_portrait_published_invents_nothing(connection):
    portrait = published(store.read(connection, "figure_described"), "blue_book_2024")
    assert (portrait.total, portrait.countries_total) == (362, 72)
    assert portrait.countries["key"].tolist() == ["CHN"]
    assert pd.isna(portrait.value("countries", "USA"))
    assert pd.isna(portrait.value("industries", "agriculture", "CHN"))
    assert portrait.ranks["value"].tolist() == list(range(1, 11))
    assert set(portrait.provinces["key"]) == {"CN-JS", "CN-TW", "CN-GD", "CN-REST"}


def test_every_number_of_a_portrait_has_a_source_and_a_place(connection):
    figures = store.read(connection, "figure_described")
    sites = store.read(connection, "site_described")
    for portrait in (published(figures, "blue_book_2024"), counted(sites, "x")):
        for name in ("continents", "countries", "ranks", "provinces", "industries", "levels"):
            frame = getattr(portrait, name)
            assert frame[["source_id", "locator"]].notna().all().all(), name


def test_first_certified_site_is_of_september_2015(connection):
    first = trend(store.read(connection, "sites_over_time")).groupby("place").first()
    assert (first["value"] == 1).all()
    assert set(first["period_end"].dt.date) == {datetime.date(2015, 9, 30)}
