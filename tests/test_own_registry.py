"""A visitor's own registry on the pages: for this session alone, and with the same numbers."""

import datetime

import pandas as pd
import pytest
from apps import charts, metrics, opened, words
from registries import page, printed_rows, table

from waterstats.language import message
from waterstats.registries.simulate import simulate, to_csv
from waterstats.widgets import data, uploads
from waterstats.widgets.statistics.matching import from_json, to_json
from waterstats.widgets.uploads import Upload

FILE = "my-list.csv"


@pytest.fixture(scope="module")
def directory_page(connection):
    return page(list(printed_rows(connection)))


def brought(content, name=FILE, lang="en"):
    """A session in which a file was brought to the page."""
    app = opened("registry", lang)
    app.file_uploader[0].set_value((name, content, "text/plain")).run()
    assert not app.exception
    return app


def visit(app, name, **parameters):
    """Follow a link to a page, from the page where the list was brought."""
    app.switch_page("statistics/registry.py").run()
    app.switch_page(f"statistics/{name}.py")
    for key in list(app.query_params):
        del app.query_params[key]
    app.query_params["lang"] = "en"
    for key, value in parameters.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    assert [error.value for error in app.error] == []
    return app


def everything_said(app):
    return words(app) + " ".join(w.value for w in app.get("warning"))


def test_the_page_counts_what_was_read(directory_page):
    app = brought(directory_page, "certified-sites.html")
    assert metrics(app)["Sites counted"] == "411"
    assert metrics(app)["Rows left out"] == "0"
    assert metrics(app)["Provinces known"] == "78"


@pytest.mark.parametrize("name", ["world", "china", "sites"])
def test_the_directorys_page_brought_back_shows_the_same_numbers(directory_page, name):
    app = visit(brought(directory_page, "certified-sites.html"), name, data="upload_1")
    own, listed = metrics(app), metrics(opened(name))
    growth = message("china.growth", "en")  # printed by the blue book, not in a list
    assert own == {label: value for label, value in listed.items() if label != growth}
    assert "certified-sites.html" in everything_said(app)


def test_a_second_session_never_sees_it(directory_page):
    secret = "secret-list.csv"
    first = brought(table({"Account Name": "Very Secret Ltd"}), secret)
    visit(first, "world", data="upload_1")
    assert metrics(first)["Certified sites"] == "1"
    for name in ("world", "china", "sites", "registry"):
        second = opened(name, "en", data="upload_1")
        assert secret not in everything_said(second)
        assert "Very Secret" not in str([frame.value.to_dict() for frame in second.dataframe])
        assert [button.label for button in second.get("button_group")] or name != "world"
    assert metrics(opened("world", "en", data="upload_1"))["Certified sites"] == "411"
    assert message("registry.gone", "en", names="data=upload_1") in words(
        opened("world", "en", data="upload_1")
    )


def test_two_sessions_each_see_their_own():
    one = visit(brought(table({}), "one.csv"), "world", data="upload_1")
    two = visit(brought(table({}, {}, {}), "two.csv"), "world", data="upload_1")
    assert metrics(one.run())["Certified sites"] == "1"
    assert metrics(two.run())["Certified sites"] == "3"


def test_what_is_shared_cannot_be_made_of_an_upload(monkeypatch):
    with uploads.shared(), pytest.raises(RuntimeError, match="share"):
        data.sites("upload_1")


def test_arguments_that_name_an_upload_are_found_wherever_they_stand():
    from waterstats.widgets.statistics.registry import Choice

    assert uploads.mentioned(("a", ("upload_2", 1))) == {"upload_2"}
    assert uploads.mentioned((Choice("upload_1"),)) == {"upload_1"}
    assert uploads.mentioned((Choice("x", "upload_3"), 5, None)) == set()


def test_simulated_data_is_marked_on_every_page():
    sites = data.table("site_described")
    content = to_csv(simulate(sites, data.table("industry"), 200, 1, "2026-06-08"))
    app = brought(content, "toy.csv")
    assert "simulated data" in everything_said(app)
    for name in ("world", "china", "sites"):
        assert "simulated data" in everything_said(visit(app, name, data="upload_1"))
        assert "simulated data" not in everything_said(visit(app, name))


def test_the_overview_stays_with_published_numbers_and_says_so():
    app = visit(brought(table({})), "overview")
    assert metrics(app)["Certified sites, world"] == "411"
    note = message("registry.overview_note", "en")
    assert note in words(app)
    assert note not in words(opened("overview"))


def test_removing_a_list_takes_it_from_every_page():
    app = brought(table({}))
    app.button(key="remove_upload_1").click().run()
    assert FILE not in everything_said(app)
    assert metrics(visit(app, "world", data="upload_1"))["Certified sites"] == "411"


def test_two_lists_at_most_and_a_place_is_free_again_after_removal():
    app = brought(table({}), "first.csv")
    app.file_uploader[0].set_value(("second.csv", table({}, {}), "text/csv")).run()
    assert message("registry.full", "en") in words(app)
    app.button(key="remove_upload_1").click().run()
    app.file_uploader[0].set_value(("third.csv", table({}, {}, {}), "text/csv")).run()
    assert metrics(visit(app, "sites", data="upload_1"))["Sites that match"] == "3"
    assert metrics(visit(app, "sites", data="upload_2"))["Sites that match"] == "2"


def test_rows_with_errors_are_listed_with_row_and_column():
    app = brought(table({}, {"Site Country": "Chnia"}))
    listed = app.dataframe[0].value
    assert list(listed.iloc[0, 1:3]) == ["3", "Site Country"]
    assert metrics(app)["Rows left out"] == "1"
    app.button(key="read_as_upload_1_0").click().run()
    assert metrics(app)["Rows left out"] == "0"
    assert metrics(app)["Sites counted"] == "2"


def test_other_headings_are_matched_and_the_address_remembers_them():
    headings = ["Ref", "Owner", "n", "a", "Land", "b", "Grade", "From", "To", "s", "Branch"]
    app = brought(table({}, headings=headings))
    missing = next(i.value for i in app.info)
    assert "Sector" in missing and "Account" not in missing
    wanted = {
        "registration_no": "Ref", "country": "Land", "level": "Grade", "date_issued": "From",
        "valid_until": "To", "sector": "Branch",
    }  # fmt: skip
    for column, heading in wanted.items():
        box = next(b for b in app.selectbox if b.key.startswith(f"column_upload_1_{column}_"))
        box.set_value(heading)
    next(b for b in app.button if b.label == message("registry.mapping_use", "en")).click().run()
    assert metrics(app)["Sites counted"] == "1"
    remembered = app.query_params["column"]
    assert "country:Land" in remembered
    again = opened("registry", "en", column=remembered)
    again.file_uploader[0].set_value(("again.csv", table({}, headings=headings), "text/csv")).run()
    assert metrics(again)["Sites counted"] == "1"


def test_a_matching_goes_through_its_file():
    upload = Upload("a", b"", mapping={"level": "Grade"}, read_as={"country": {"X": "CHN"}})
    changes = from_json(to_json(upload))
    assert changes == {
        "mapping": {"level": "Grade"},
        "read_as": {"country": {"X": "CHN"}},
        "day_first": None,
    }


@pytest.mark.parametrize(
    "text",
    ["[]", "{", '{"columns": 3}', '{"columns": {"x": "y"}}', '{"columns": {}, "read_as": 1}'],
)
def test_a_file_that_is_no_matching_is_refused(text):
    with pytest.raises(ValueError):
        from_json(text)


def test_a_list_without_china_has_no_empty_map():
    app = visit(brought(table({"Site Country": "Italy"})), "china", data="upload_1")
    assert message("registry.no_china", "en") in words(app)
    assert metrics(app)["Certified sites in China"] == "0"
    assert metrics(visit(app, "world", data="upload_1"))["Largest country"] == "Italy 1"


def test_the_date_of_the_list_may_be_given():
    app = brought(table({}))
    app.date_input[0].set_value(datetime.date(2025, 1, 2)).run()
    visit(app, "world", data="upload_1")
    assert "2 Jan 2025" in words(app)


def test_a_filter_of_another_list_does_not_break_the_page():
    app = brought(table({"Site Country": "Italy"}))
    visit(app, "sites", country=["CHN"])
    app.session_state["data"] = "upload_1"
    app.run()
    assert not app.exception
    assert metrics(app)["Sites that match"] == "1"


@pytest.mark.parametrize("name", ["no_table.csv", "empty.xlsx"])
def test_a_file_without_a_table_is_told_and_can_be_removed(name):
    app = brought(b"word", name)
    assert app.dataframe[0].value.shape[0] == 1
    app.button(key="remove_upload_1").click().run()
    assert len(app.dataframe) == 0


def test_memory_of_what_is_kept_is_bounded(monkeypatch):
    monkeypatch.setattr(uploads.st, "session_state", {})
    monkeypatch.setattr(uploads, "MOST_KEPT", 3)
    for n in range(5):
        uploads.kept(n, set(), lambda n=n: n)
    assert list(uploads.st.session_state[uploads.KEPT]) == [2, 3, 4]
    monkeypatch.setattr(uploads, "MOST_ROWS", 10)
    uploads.kept("large", set(), lambda: pd.DataFrame({"a": range(9)}))
    uploads.kept("larger", set(), lambda: pd.DataFrame({"a": range(9)}))
    assert list(uploads.st.session_state[uploads.KEPT]) == ["larger"]


def test_own_charts_are_of_the_list_not_of_the_directory():
    app = visit(brought(table({}, {})), "sites", data="upload_1")
    bars = charts(app)[0]["data"][0]
    assert bars["text"] == ["2"]
