"""The data people edit: sourced, located, complete, and adding up."""

import datetime

import pytest

from waterstats import corrections, store
from waterstats.datafiles import DATA


def rows(connection, view):
    return store.read(connection, view)


def test_every_figure_has_a_source_a_place_in_it_and_the_printed_characters(connection):
    figures = rows(connection, "figure")
    for column in ("source_id", "locator", "as_published", "relation"):
        assert figures[column].notna().all()
        assert (figures[column] != "").all()
    assert len(figures) >= 80


def test_headline_numbers_of_the_blue_book_are_as_printed(connection):
    value = rows(connection, "figure").set_index("figure_id")["value"]
    printed = {
        "bb_sites_world": 362,
        "bb_countries": 72,
        "bb_sites_china": 61,
        "bb_share_china": 17,
        "bb_growth_world": 24,
        "bb_growth_china": 56,
        "bb_platinum_share_china": 57,
        "bb_core_share_rest": 72,
        "bb_ict_share_china": 61,
        "bb_share_js": 28,
        "bb_trained": 2792,
        "bb_downloads": 3690,
        "bb_registered": 248,
        "bb_accelerators_planned": 8,
    }
    assert {name: value[name] for name in printed} == printed


def test_a_printed_more_than_keeps_its_meaning(connection):
    figures = rows(connection, "figure").set_index("figure_id")
    assert figures.loc["bb_high_share_china", ["value", "relation"]].tolist() == [83, ">"]
    assert figures.loc["bb_share_three_provinces", "relation"] == "~"
    assert figures.loc["bb_committed_sites", "as_published"] == "超过 270 个"


def test_country_values_that_exist_only_as_a_picture_are_not_there(connection):
    figures = rows(connection, "figure")
    book = figures[figures["source_id"].eq("blue_book_2024")]
    countries = book[book["series"].eq("certified_sites") & book["place"].str.len().eq(3)]
    continents_and_sums = {"WLD", "ASI", "AMR", "EUR", "AFR", "OCE"}
    assert set(countries["place"]) - continents_and_sums == {"CHN"}


def test_registry_has_the_411_sites_of_the_directory(connection):
    sites = rows(connection, "site_described")
    assert len(sites) == 411
    assert sites["level"].value_counts().to_dict() == {"core": 287, "platinum": 75, "gold": 49}
    assert sites["country"].nunique() == 72
    by_continent = {"ASI": 191, "AMR": 124, "EUR": 72, "AFR": 20, "OCE": 4}
    assert sites["continent"].value_counts().to_dict() == by_continent
    assert (sites["country"] == "CHN").sum() == 78
    assert (sites["province"] == "CN-TW").sum() == 10


def test_expiry_dates_are_imported_not_computed(connection):
    sites = rows(connection, "site")
    three_years = sites["date_issued"] + __import__("pandas").DateOffset(years=3)
    days = (sites["valid_until"] - three_years).dt.days
    assert (days == 0).sum() == 80
    assert (days == -1).sum() == 321
    assert (~days.isin([0, -1])).sum() == 10


def test_all_printed_totals_reconcile(connection):
    checks = store.check_totals(connection)
    assert len(checks) >= 9
    assert [check.id for check in checks if not check.reconciles] == []


def test_every_place_with_a_site_has_a_tile_and_names_in_both_languages(connection):
    places = rows(connection, "place").set_index("place")
    sites = rows(connection, "site")
    for code in {*sites["country"], *sites["province"].dropna()}:
        assert places.loc[code, ["tile_row", "tile_col", "name_zh", "name_en"]].notna().all()
    assert (places["kind"] == "province").sum() == 34


def test_every_table_and_column_is_explained_in_both_languages(connection):
    words = rows(connection, "data_dictionary")
    assert len(words) > 80
    assert words[(words["zh"] == "") | (words["en"] == "") | words["zh"].isna()].empty


def test_every_series_and_unit_is_used(connection):
    figures = rows(connection, "figure")
    series = rows(connection, "series")
    assert set(series["series"]) == set(figures["series"])
    used = {*series["unit"], *rows(connection, "practice_fact")["unit"].dropna()}
    assert set(rows(connection, "unit")["unit"]) == used


def test_corrections_state_reason_source_and_place():
    for entry in [entry for entries in corrections.declared().values() for entry in entries]:
        assert entry["reason"]["zh"] and entry["reason"]["en"]
        assert entry["source_id"] and entry["locator"]


def test_corrections_are_visible_in_the_data(connection):
    industries = rows(connection, "industry").set_index("industry")
    assert "Equipment" in industries.loc["automotive_electrical", "name_en"]
    assert "Eqiupment" in industries.loc["automotive_electrical", "printed_as"]


def test_no_personal_contact_details_in_the_data():
    import re

    for path in DATA.rglob("*"):
        if path.is_file():
            assert not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)", path.read_text(encoding="utf-8")), (
                path
            )


def test_database_is_read_only_and_closed_to_files(connection):
    with store.cursor(connection) as own, pytest.raises(Exception, match="read-only"):
        own.execute("create table intruder (x integer)")
    with store.cursor(connection) as own, pytest.raises(Exception, match="disabled"):
        own.execute("select * from read_csv('/etc/passwd')")


def test_an_interrupted_build_leaves_the_old_file(tmp_path, monkeypatch):
    database = store.build(database=tmp_path / "w.duckdb")
    before = database.read_bytes()

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(store, "_fill", interrupted)
    with pytest.raises(KeyboardInterrupt):
        store.build(database=database)
    assert database.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["w.duckdb"]


def test_database_is_stale_when_a_data_file_is_newer(tmp_path):
    import os
    import shutil

    data = shutil.copytree(DATA, tmp_path / "data")
    database = store.build(data, tmp_path / "w.duckdb")
    assert not store.is_stale(data, database)
    later = datetime.datetime.now().timestamp() + 60
    os.utime(data / "places.csv", (later, later))
    assert store.is_stale(data, database)
