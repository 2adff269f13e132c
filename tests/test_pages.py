"""Every page, in both languages, through Streamlit's own test harness."""

import pytest
from apps import PAGES, SHELL, charts, metrics, opened, words
from streamlit.testing.v1 import AppTest

from waterstats.language import message


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", sorted(PAGES))
def test_page_asks_its_question_without_error(name, lang):
    app = opened(name, lang)
    assert app.title[0].value == message(f"{name}.question", lang)
    assert [error.value for error in app.error] == []


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["overview", "world", "china", "sites", "practices"])
def test_every_chart_has_an_alt_text_and_a_table(name, lang):
    app = opened(name, lang)
    drawn = app.get("plotly_chart")
    assert drawn
    assert all(chart.proto.alt for chart in drawn)
    for chart in drawn:
        key = chart.proto.id.rsplit("chart_", 1)[-1]
        app.session_state[f"table_of_{key}"] = True
    app.run()
    assert len(app.dataframe) >= len(drawn)


def test_overview_shows_todays_numbers_and_what_changed():
    shown = metrics(opened("overview"))
    assert shown["Certified sites, world"] == "411"
    assert shown["Certified sites, China"] == "78"
    assert shown["China's share of the world"] == "19 %"
    assert "+49 since 30 Sep 2025" in words(opened("overview"))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_world_switches_between_directory_and_blue_book(lang):
    label = message("world.sites", lang)
    assert metrics(opened("world", lang))[label] == "411"
    assert metrics(opened("world", lang, data="blue_book_2024"))[label] == "362"


def test_world_in_blue_book_mode_says_what_is_not_published():
    app = opened("world", "en", data="blue_book_2024")
    grid = charts(app)[0]
    hovers = {row[0]: row[2] for row in grid["data"][-1]["customdata"]}
    assert hovers["USA"] == "no. 2"
    assert hovers["FRA"] == "not published"


def test_china_counts_taiwan_and_compares_with_the_rest():
    app = opened("china")
    assert metrics(app)["Certified sites in China"] == "78"
    assert metrics(app)["Gold and Platinum"] == "83 %"
    hovers = {row[0]: row[2] for row in charts(app)[0]["data"][-1]["customdata"]}
    assert hovers["CN-JS"] == "16"
    assert hovers["CN-TW"] == "10"
    assert hovers["CN-XZ"] == "no site in the directory"


def test_sites_filters_come_from_the_address():
    app = opened("sites", "en", country=["CHN"], level=["platinum"])
    assert metrics(app)["Sites that match"] == "26"


def test_sites_search_finds_words_anywhere():
    assert metrics(opened("sites", "en", q="goertek"))["Sites that match"] == "10"


def test_sites_click_on_a_bar_filters_the_table():
    app = opened("sites", "en", country=["CHN"])
    app.session_state["chart_sites_by_level"] = {
        "selection": {"points": [{"customdata": ["gold"]}]}
    }
    app.run()
    assert metrics(app)["Sites that match"] == "39"
    assert "Selected in the charts: Gold" in words(app)


def test_sites_click_never_loosens_a_filter():
    app = opened("sites", "en", country=["CHN"], level=["platinum"])
    assert metrics(app)["Sites that match"] == "26"
    app.session_state["chart_sites_by_level"] = {
        "selection": {"points": [{"customdata": ["gold"]}]}
    }
    app.run()
    assert metrics(app)["Sites that match"] == "0"


def test_sites_that_do_not_exist_give_a_sentence():
    app = opened("sites", "zh", q="没有这样的场址")
    assert message("word.none", "zh") in words(app)


@pytest.mark.parametrize(
    ("parameters", "note"),
    [({"nonsense": "1"}, "nonsense=1"), ({"data": "moon"}, "data=moon")],
)
def test_unknown_parameters_are_ignored_with_a_note(parameters, note):
    app = opened("world", "en", **parameters)
    assert note in words(app)
    assert metrics(app)["Certified sites"] == "411"


def test_unknown_language_falls_back_with_a_note():
    app = opened("overview", "xx")
    assert "lang=xx" in words(app)
    assert app.title[0].value == message("overview.question", "zh")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_sources_shows_every_number_of_the_chosen_source(lang):
    app = opened("sources", lang, source="suntory_2023")
    tables = [table.value for table in app.dataframe]
    assert len(tables[0]) == 1
    assert tables[0].iloc[0, 3].startswith("258")


def test_broken_data_gives_the_list_of_faults_and_no_traceback(monkeypatch):
    import streamlit as st

    from waterstats import store
    from waterstats.datafiles import DataError, Fault

    def broken(*_):
        raise DataError([Fault("data/places.csv", "'x'", "a number", "Correct it.", 7, "tile_row")])

    st.cache_resource.clear()
    monkeypatch.setattr(store, "is_stale", lambda *_: True)
    monkeypatch.setattr(store, "build", broken)
    app = AppTest.from_file(SHELL, default_timeout=60).run()
    assert not app.exception
    assert "data/places.csv, row 7, column tile_row" in app.error[0].value
    st.cache_resource.clear()
