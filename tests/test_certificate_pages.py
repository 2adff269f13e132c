"""The pages on groups and on the certificate calendar, on a day of our choice."""

import base64
from datetime import date

import numpy as np
import pytest
from apps import charts, metrics, opened, words

from waterstats.language import message
from waterstats.widgets.certification import certificaterules

PLAN = {
    "sites": "10",
    "certification_days": "4",
    "surveillance_days": "1",
    "day_rate": "1000",
    "travel": "100",
    "fee": "500",
    "internal_days": "2",
    "internal_rate": "300",
    "management": "1000",
}


@pytest.fixture(autouse=True)
def day(monkeypatch):
    monkeypatch.setattr(certificaterules, "today", lambda: date(2026, 9, 1))


def test_groups_counts_groups_and_leaves_multi_site_out():
    shown = metrics(opened("groups"))
    assert shown["Group certificates"] == "7"
    assert shown["Sites in them"] == "50"
    assert shown["Audited by the rule"] == "22"
    assert shown["Multi-site certificates"] == "14"


def test_planner_starts_empty_and_names_what_is_missing():
    app = opened("groups")
    assert all(field.value == "" for field in app.text_input)
    assert message("planner.day_rate", "en") in words(app)
    assert "Single certificates" not in metrics(app)


def test_visits_follow_from_the_number_of_sites_alone():
    app = opened("groups", sites="10")
    shown = metrics(app)
    assert shown[message("planner.visits_single", "en")] == "30"
    assert shown[message("planner.visits_group", "en")] == "12"
    assert "Single certificates" not in shown


def test_planner_works_out_costs_and_break_even():
    app = opened("groups", **PLAN)
    shown = metrics(app)
    assert shown["Single certificates"] == "68,000"
    assert shown["Group certificate"] == "32,700"
    assert shown[message("planner.even_internal", "en")] == "4,130"
    assert "35,300" in app.success[0].value


def test_planner_says_when_a_group_never_saves():
    app = opened("groups", **PLAN | {"internal_rate": "30000"})
    assert metrics(app)[message("planner.even_sites", "en")] == "never"
    assert app.warning


def test_planner_says_that_it_depends():
    app = opened("groups", **PLAN | {"internal_rate": "300-30000"})
    assert "It depends" in words(app)
    assert metrics(app)[message("planner.even_sites", "en")].endswith("– never")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("bad", ["97%", "-3", "5-3", "nan", "三"])
def test_planner_answers_bad_input_with_a_sentence(lang, bad):
    app = opened("groups", lang, **PLAN | {"day_rate": bad})
    assert bad in app.error[0].value
    assert message("planner.day_rate", lang) in app.error[0].value


def test_one_site_is_no_group():
    assert message("planner.one_site", "en") in words(opened("groups", **PLAN | {"sites": "1"}))


def test_calendar_of_a_leap_day_certificate():
    app = opened("calendar", site="AWS-000242")
    shown = metrics(app)
    assert shown["Valid until"] == "28 Feb 2027"
    assert shown["Renewal uses"] == "V2.0 or V3.0"
    assert shown["Next"] == "Renewal"
    assert app.subheader[0].value.startswith("Tripod")


def test_calendar_of_an_expired_certificate_says_so():
    app = opened("calendar", site="AWS-000195")
    assert "15 Aug 2026" in app.warning[0].value
    assert metrics(app)["Next"] == "validity is over"


@pytest.mark.parametrize(
    ("today", "standard"), [(date(2027, 3, 18), "V2.0 or V3.0"), (date(2027, 3, 23), "V3.0")]
)
def test_renewal_of_an_expired_certificate_uses_what_holds_today(monkeypatch, today, standard):
    monkeypatch.setattr(certificaterules, "today", lambda: today)
    shown = metrics(opened("calendar", site="AWS-000195"))
    assert shown["Renewal uses"] == standard


@pytest.mark.parametrize(
    ("issued", "until"), [("2026-03-02", "2029-03-01"), ("02/03/2026", "01/03/2029")]
)
def test_own_dates_in_both_ways_of_writing(issued, until):
    shown = metrics(opened("calendar", of="own", issued=issued, until=until))
    assert shown["Valid until"] == "1 Mar 2029"
    assert shown["Renewal uses"] == "V3.0"
    assert shown["Next"] == "Surveillance audit 1"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("bad", ["2027-02-30", "03/25/2026", "soon", "1/2/26", "1890-01-01"])
def test_bad_days_are_answered_with_a_sentence(lang, bad):
    app = opened("calendar", lang, of="own", issued=bad, until="2029-03-01")
    assert bad in app.error[0].value
    assert message("calendar.valid_until", lang) not in metrics(app)


def test_dates_the_wrong_way_round_are_answered():
    app = opened("calendar", of="own", issued="2029-03-01", until="2026-03-02")
    assert "before the date of issue" in app.error[0].value


def test_planned_audit_shows_a_window_and_what_the_directory_saw():
    app = opened("calendar", of="planned", audit="2027-03-20", registered="2023-01-05")
    said = words(app)
    assert "19 Mar 2030 or 20 Mar 2030" in said
    assert "80 run exactly" in said
    assert "5 Jan 2026" in app.warning[0].value
    assert "depends" in metrics(app)["The audit uses"]


def test_registry_counts_who_moves_when():
    shown = metrics(opened("calendar"))
    parts = [
        "Printed expiry has passed",
        "Expires within the transition",
        "Expires after the transition",
    ]
    counts = [int(shown[name]) for name in parts]
    assert counts[2] == 329
    assert sum(counts) == 411
    assert shown["Certificates"] == "348"


@pytest.mark.parametrize("by", ["renewal", "country", "sector", "aws_standard"])
def test_renewals_by_quarter_add_up_however_divided(by):
    bars = [
        trace for trace in charts(opened("calendar", by=by))[1]["data"] if trace["type"] == "bar"
    ]
    assert sum(value for trace in bars for value in numbers(trace["y"])) == 411


def numbers(values):
    """The numbers of an axis, which Plotly may send packed."""
    if not isinstance(values, dict):
        return values
    return np.frombuffer(base64.b64decode(values["bdata"]), dtype=values["dtype"]).tolist()
