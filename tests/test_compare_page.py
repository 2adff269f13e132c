"""The compare page through Streamlit's test harness: answers, dimensions, two registries."""

import pandas as pd
import pytest
import streamlit as st
from apps import charts, metrics, opened, words

from waterstats.language import message
from waterstats.widgets import data, state
from waterstats.widgets.statistics import comparing, sureness

EARLIER = "earlier_registry"


def answer(app):
    return app.subheader[0].value


def test_china_and_the_others_come_first_in_both_languages():
    assert answer(opened("compare", "en")) == (
        "China: 39 of 78 sites are Gold (50 %); Other countries: 10 of 333 (3 %)."
    )
    assert answer(opened("compare", "zh")) == (
        "中国：78 个场址中 39 个为黄金级（50%）；其他国家：333 个中 10 个（3%）。"
    )


def test_headlines_say_how_large_and_how_strong():
    app = opened("compare")
    assert metrics(app) == {
        "Highest share": "50 %",
        "Lowest share": "3 %",
        "Difference, points": "47",
        "Link of group and level": "strong",
    }
    assert "95 % interval +36 to +58" in words(app)
    assert "fewer than 1 in 1,000" in words(app)


@pytest.mark.parametrize("by", list(comparing.DIMENSIONS))
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_dimension_has_an_answer(by, lang):
    app = opened("compare", lang, by=by)
    assert answer(app)
    assert [error.value for error in app.error] == []
    assert "by=" not in words(app)
    assert len(charts(app)) >= 2


def test_one_group_alone_meets_all_the_others():
    app = opened("compare", "en", by="holder", group="Goertek")
    assert answer(app).startswith("Goertek: ")
    assert "All other holders: " in answer(app)


def test_unknown_groups_are_ignored_with_a_note():
    app = opened("compare", "en", group=["CHN", "ATL"], by="moon")
    assert "group=ATL" in words(app) and "by=moon" in words(app)
    assert answer(app).startswith("China: 39 of 78")


def test_more_groups_than_fit_are_left_aside_and_said_so():
    seven = ["CHN", "MEX", "USA", "IND", "BRA", "PAK", "GBR"]
    app = opened("compare", "en", group=seven)
    assert "At most 6 groups" in words(app)
    assert "Pakistan" in answer(app) and "United Kingdom" not in answer(app)


def test_groups_that_are_all_alike_are_not_tested():
    app = opened("compare", "en", by="holder", group=["Haleon", "Coca-Cola FEMSA"], grade="gold")
    assert message("compare.no_test", "en") in words(app)
    assert [error.value for error in app.error] == []


def test_how_sure_gives_the_test_its_reason_and_shared_certificates():
    app = opened("compare")
    app.session_state["compare_sure"] = True
    app.run()
    said = words(app)
    assert "χ² = 168.1 with 2 degrees of freedom" in said
    assert "A census is not a sample" in said
    assert "Of the 411 sites compared, 84 share a group or multi-site certificate" in said


def test_industry_is_weighed_both_ways_and_what_cannot_be_compared_is_named():
    app = opened("compare", "en", grade="high")
    assert "The mix of industries explains +5 to +35 of them" in words(app)
    assert "Agriculture, 9 % of its sites" in words(app)
    app = opened("compare", "en", grade="high", strata="certificate_type")
    assert "The mix of certificate types explains" in words(app)


def test_groups_without_a_common_industry_cannot_exchange_their_mix():
    app = opened("compare", "en", by="holder", group=["BAT", "Nestlé"])
    assert "no industries in common" in words(app)


def test_blue_book_counts_are_marked_and_nothing_is_tested_between_dates():
    app = opened("compare", "en", by="source")
    assert "China · Blue book · Sept 2025: 16 of 61 sites are Gold (26 %)" in answer(app)
    assert message("compare.same_sites", "en") in words(app)
    assert "Link of group and level" not in metrics(app)
    assert message("compare.printed_note", "en") in words(app)


def test_shares_printed_without_a_total_have_no_counts():
    rest = [f"XCN@{source}" for source in (data.BLUE_BOOK, data.DIRECTORY)]
    app = opened("compare", "en", by="source", group=rest)
    assert "Gold printed as 6 %, without a total" in answer(app)
    assert metrics(app)["Highest share"] == "6 %"
    assert "only the share is printed" in words(app)


def test_one_date_alone_meets_the_other_dates_of_its_place():
    app = opened("compare", "en", by="source", group=f"XCN@{data.BLUE_BOOK}")
    assert "Other countries · Directory · June 2026: 10 of 333" in answer(app)


@pytest.fixture
def two_registries(monkeypatch):
    """The directory, and an earlier one that lacks ten of its sites and has one of its own."""
    st.cache_resource.clear()
    sites, source = data.sites, data.source
    both = {EARLIER: "Earlier", data.DIRECTORY: "Directory"}

    def rows(source_id=data.DIRECTORY):
        own = sites(data.DIRECTORY)
        if source_id != EARLIER:
            return own
        gone = own.head(1).assign(registration_no="AWS-999999")
        return pd.concat([own.iloc[10:], gone]).assign(source_id=EARLIER)

    def described(source_id):
        found = source(data.DIRECTORY if source_id == EARLIER else source_id)
        return found | {"as_of": pd.Timestamp("2025-01-01")} if source_id == EARLIER else found

    monkeypatch.setattr(data, "sites", rows)
    monkeypatch.setattr(data, "source", described)
    monkeypatch.setattr(state, "registries", lambda: both)
    yield
    st.cache_resource.clear()


def test_two_registries_show_who_joined_and_who_left(two_registries):
    app = opened("compare")
    assert "10 joined, 1 left" in words(app)
    shown = opened("compare", "en", data=EARLIER)
    assert "of 332" not in answer(shown) and [e.value for e in shown.error] == []


def test_one_registry_shows_no_change():
    assert message("compare.moved", "en") not in words(opened("compare"))


@pytest.mark.parametrize(
    ("p", "said", "in_a_sentence", "dealt"),
    [
        (0.00099, "< 0.001", "< 0.001", "fewer than 1 in 1,000"),
        (0.001, "0.001", "= 0.001", "about 1 in 1,000"),
        (0.00949, "0.009", "= 0.009", "about 9 in 1,000"),
        (0.01, "0.010", "= 0.010", "about 1 in 100"),
        (1.0, "1.000", "= 1.000", "about 100 in 100"),
    ],
)
def test_probabilities_are_said_so_that_anybody_reads_them(
    monkeypatch, p, said, in_a_sentence, dealt
):
    monkeypatch.setattr(sureness, "t", lambda key, **values: message(key, "en", **values))
    assert (sureness.p_text(p), sureness.p_said(p)) == (said, in_a_sentence)
    assert sureness.chance(p) == dealt
