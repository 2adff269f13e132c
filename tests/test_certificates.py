"""Samples of groups, the planner, the calendar of a certificate, and its file."""

import math
from datetime import date

import icalendar
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waterstats import store
from waterstats.certificates import calendar
from waterstats.certificates.calendar import (
    Rules,
    next_deadline,
    of_certificate,
    of_planned_audit,
    standard_of_audit,
    state_of,
)
from waterstats.certificates.calendarfile import Entry, to_ics
from waterstats.certificates.dates import DayError, read_day, two_ways, years_after
from waterstats.certificates.planner import INTERNAL, NAMES, Costs, compare, parts, visits
from waterstats.certificates.ranges import Range, RangeError, read_count, read_range
from waterstats.certificates.renewals import runs, with_renewal
from waterstats.certificates.sampling import audited_sites, certificates_in, shared_certificates

RULES = Rules(
    validity=3,
    surveillances=2,
    lapse=3,
    launches=(date(2026, 3, 18), date(2026, 3, 22)),
    ends=(date(2027, 3, 18), date(2027, 3, 22)),
)
V2, V3 = "AWS V2.0", "AWS V3.0"


@pytest.fixture(scope="module")
def sites(connection):
    return store.read(connection, "site_described")


# Samples -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sites", "audited"),
    [(1, 1), (2, 2), (3, 2), (4, 2), (5, 3), (9, 3), (10, 4), (10**6, 1000), (10**6 + 1, 1001)],
)
def test_sample_is_the_square_root_rounded_up(sites, audited):
    assert audited_sites(sites) == audited


@given(st.integers(min_value=1, max_value=10**40))
def test_sample_is_exact_for_any_size(sites):
    audited = audited_sites(sites)
    assert (audited - 1) ** 2 < sites <= audited**2


@pytest.mark.parametrize("sites", [0, -4, 2.5, 4.0, "4", None, True, float("nan")])
def test_what_is_no_number_of_sites_is_refused(sites):
    with pytest.raises(ValueError, match="whole number of sites"):
        audited_sites(sites)


def test_real_groups_and_their_samples(sites):
    rows = shared_certificates(sites).set_index("certificate_name")
    known = {
        "Diageo Spey Catchment Group": (11, 4),
        "C.I. Tecnicas Baltime de Colombia (TECBACO)": (10, 4),
        "Goertek Inc.": (10, 4),
        "Fii iPEBG Group": (8, 3),
        "Union de Bananeros Ecuatorianos S.A. (UBESA)": (6, 3),
        "Foxconn Zhengzhou Science and Technology Park Group": (3, 2),
        "TSMC Hsinchu Fab5 and Fab12A": (2, 2),
    }
    groups = rows[rows["certificate_type"] == "group"]
    assert {name: (row.sites, row.audited) for name, row in groups.iterrows()} == known


def test_multi_site_certificates_are_not_sampled(sites):
    rows = shared_certificates(sites)
    multi = rows[rows["certificate_type"] == "multi"]
    assert len(multi) == 14
    assert multi["sites"].sum() == 34
    assert multi["audited"].isna().all()
    assert (len(rows), rows["sites"].sum(), certificates_in(sites)) == (21, 84, 348)


# Ranges --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("3", (3, 3)),
        ("3-5", (3, 5)),
        (" ３ － ５ ", (3, 5)),
        ("3 至 5", (3, 5)),
        ("3 to 5", (3, 5)),
        ("8,000–10,000", (8000, 10000)),
        ("1.2万-2万", (12000, 20000)),
        ("0", (0, 0)),
    ],
)
def test_ranges_are_read_as_people_write_them(text, ends):
    found = read_range(text)
    assert (found.low, found.high) == ends


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("ten", "number"),
        ("97%", "number"),
        ("nan", "number"),
        ("inf", "number"),
        ("1e999", "number"),
        ("3-5-7", "number"),
        ("3-", "number"),
        ("-2", "negative"),
        ("－2", "negative"),
        ("5-3", "order"),
        ("1-1000000000001", "large"),
    ],
)
def test_what_is_no_range_is_refused_with_its_fault(text, fault):
    with pytest.raises(RangeError) as caught:
        read_range(text)
    assert caught.value.fault == fault


@pytest.mark.parametrize("text", ["0", "2.5", "2-3", "0.5", "1000000001"])
def test_a_count_is_a_whole_number_from_one(text):
    with pytest.raises(RangeError) as caught:
        read_count(text)
    assert caught.value.fault == "whole"
    assert read_count("１０") == 10
    assert read_count("1,000,000,000") == 10**9


def test_nothing_is_not_zero():
    assert read_range("  ") is None
    assert read_count("") is None


# Planner -------------------------------------------------------------------------------------


def costs(**given):
    """Costs that are 0 unless given, each a number or a pair."""
    found = {}
    for name in NAMES:
        value = given.get(name, 0)
        found[name] = Range(*value) if isinstance(value, tuple) else Range(value, value)
    return Costs(**found)


@pytest.mark.parametrize(
    ("sites", "sampled", "group"), [(10, True, 12), (10, False, 24), (2, True, 6), (1, True, 3)]
)
def test_visits_of_three_years(sites, sampled, group):
    found = visits(sites, 2, sampled)
    assert (found.single, found.group) == (3 * sites, group)


def test_costs_by_hand():
    given = costs(
        certification_days=4, surveillance_days=1, day_rate=1000, travel=100, fee=500,
        internal_days=2, internal_rate=300, management=1000,
    )  # fmt: skip
    found = compare(10, given, 2, sampled=True)
    # one site alone: 4 + 1 + 1 days, three visits, a fee: 6000 + 300 + 500
    assert found.single["total"] == Range(68000, 68000)
    # four audited sites, one fee, ten internal audits, management: 24000 + 1200 + 500 + 6000 + 1000
    assert found.group["total"] == Range(32700, 32700)
    assert found.saving == (35300, 35300)
    # without internal audits the group saves 41300, which ten sites can spend on them
    assert found.internal_least == found.internal_most == pytest.approx(4130)


def test_surveillance_of_every_site_saves_at_certification_only():
    given = costs(certification_days=4, surveillance_days=1, day_rate=1000)
    assert compare(10, given, 2, sampled=True).saving == (36000, 36000)
    assert compare(10, given, 2, sampled=False).saving == (24000, 24000)


def test_break_even_by_hand():
    # three visits of 100 for each site spared against 150 for every site: more than half must be
    # spared. Of 4 sites 2 are, of 5 also 2, of 6 three, of 7 four, of 10 six, of 17 twelve.
    given = costs(travel=100, internal_days=1, internal_rate=150)
    found = compare(7, given, 2, sampled=True)
    assert (found.best, found.worst) == (7, 7)
    assert found.saving[0] > 0
    assert compare(6, given, 2, sampled=True).saving == (0, 0)


def test_always_and_never():
    always = compare(2, costs(fee=100), 2, sampled=True)
    assert (always.best, always.worst) == (2, 2)
    never = compare(10**6, costs(travel=100, internal_days=1, internal_rate=300), 2, sampled=True)
    assert (never.best, never.worst) == (None, None)
    just = compare(10, costs(travel=100, internal_days=1, internal_rate=299), 2, sampled=True)
    assert just.best is not None


def test_a_group_of_two_spares_no_audit():
    assert compare(2, costs(travel=100), 2, sampled=True).saving == (0, 0)
    assert compare(3, costs(travel=100), 2, sampled=True).saving == (300, 300)
    assert compare(2, costs(travel=100), 2, sampled=True).best == 3


def test_even_free_internal_audits_may_be_too_dear():
    found = compare(3, costs(travel=100, management=1000), 2, sampled=True)
    assert found.internal_most < 0


def test_break_even_differs_between_the_ends_of_a_range():
    given = costs(travel=(100, 200), internal_days=1, internal_rate=(150, 310))
    found = compare(10, given, 2, sampled=True)
    assert found.best < 7
    assert found.worst is None
    assert found.saving[0] < 0 < found.saving[1]


AMOUNT = st.integers(min_value=0, max_value=60)
SPAN = st.tuples(AMOUNT, AMOUNT).map(lambda ends: (min(ends), max(ends)))


@settings(deadline=None)
@given(st.fixed_dictionaries(dict.fromkeys(NAMES, SPAN)), st.booleans(), st.integers(2, 60))
def test_saving_lies_within_its_range_and_reaches_both_ends(given_costs, sampled, sites):
    """Against the plain difference of the two totals at every corner of the box."""
    found = compare(sites, costs(**given_costs), 2, sampled)
    differences = []
    for audits in (0, 1):
        for internal in (0, 1):
            point = costs(
                **{n: v[internal if n in INTERNAL else audits] for n, v in given_costs.items()}
            )
            totals = [parts(sites, point, 2, sampled, group)["total"] for group in (False, True)]
            differences.append(totals[0].low - totals[1].low)
    assert found.saving == (min(differences), max(differences))


@settings(deadline=None)
@given(st.fixed_dictionaries(dict.fromkeys(NAMES, AMOUNT)), st.booleans())
def test_break_even_is_the_last_turn(given_costs, sampled):
    """Every larger group saves, and the one just below does not; never means none saves."""
    point = costs(**given_costs)

    def saving(sites):
        return compare(sites, point, 2, sampled).saving[0]

    even = compare(2, point, 2, sampled).best
    if even is None:
        assert all(saving(n) <= 0 for n in (2, 3, 4, 5, 9, 10, 100, 10_001, 10**6))
        return
    assert even == 2 or saving(even - 1) <= 0
    edge = math.isqrt(even) ** 2
    around = [even, even + 1, edge + 2 * math.isqrt(even) + 2, 2 * even + 7, 10 * even + 1]
    assert all(saving(n) > 0 for n in around)


# Days ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "2024-02-29",
        "29/02/2024",
        "2024/2/29",
        "2024年2月29日",
        "29.02.2024",
        "２９／０２／２０２４",
    ],
)
def test_days_are_read_in_both_ways_of_writing(text):
    assert read_day(text) == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("29/02/2023", "impossible"),
        ("2027-02-30", "impossible"),
        ("31/13/2026", "impossible"),
        ("03/25/2026", "month_first"),
        ("1/2/26", "format"),
        ("next May", "format"),
        ("20260302", "format"),
        ("1999-12-31", "range"),
        ("2101-01-01", "range"),
    ],
)
def test_what_is_no_day_is_refused_with_its_fault(text, fault):
    with pytest.raises(DayError) as caught:
        read_day(text)
    assert caught.value.fault == fault


def test_day_stands_first_and_it_is_known_when_that_matters():
    assert read_day("03/04/2026") == date(2026, 4, 3)
    assert two_ways("03/04/2026")
    assert not two_ways("13/04/2026")
    assert not two_ways("04/04/2026")
    assert not two_ways("2026-04-03")
    assert read_day(" ") is None


def test_leap_day_goes_to_the_28th():
    leap = date(2024, 2, 29)
    assert years_after(leap, 1) == date(2025, 2, 28)
    assert years_after(leap, 4) == date(2028, 2, 29)


# The calendar of a certificate ---------------------------------------------------------------


def by_kind(steps, kind):
    return [step for step in steps if step.kind == kind]


def test_leap_day_certificate_of_the_directory(sites):
    site = sites[sites["registration_no"] == "AWS-000242"].iloc[0]
    issued, until = site["date_issued"].date(), site["valid_until"].date()
    assert (issued, until) == (date(2024, 2, 29), date(2027, 2, 28))
    steps = of_certificate(issued, until, RULES, V2)
    first, second = by_kind(steps, calendar.SURVEILLANCE)
    assert (first.start, first.end) == (date(2024, 3, 1), date(2025, 2, 28))
    assert (second.start, second.end) == (date(2025, 3, 1), date(2026, 2, 28))
    assert by_kind(steps, calendar.RENEWAL)[0].end == until


def test_the_printed_expiry_is_kept_however_long_the_certificate_runs():
    until = date(2026, 11, 8)  # three and a half years, as the directory prints it
    steps = of_certificate(date(2023, 5, 8), until, RULES, V2)
    assert by_kind(steps, calendar.RENEWAL)[0].end == until
    assert not any(step.estimate for step in steps)


def test_no_surveillance_beyond_a_short_validity():
    steps = of_certificate(date(2025, 1, 1), date(2025, 12, 31), RULES, V2)
    windows = by_kind(steps, calendar.SURVEILLANCE)
    assert [(w.start, w.end) for w in windows] == [(date(2025, 1, 2), date(2025, 12, 31))]


@pytest.mark.parametrize(
    ("day", "standard"),
    [
        (date(2026, 3, 17), "old"),
        (date(2026, 3, 18), "either"),
        (date(2027, 3, 18), "either"),
        (date(2027, 3, 19), "depends"),
        (date(2027, 3, 22), "depends"),
        (date(2027, 3, 23), "new"),
    ],
)
def test_standard_of_an_audit_on_both_sides_of_every_limit(day, standard):
    assert standard_of_audit(day, RULES, V2) == standard
    assert standard_of_audit(day, RULES, V3) == "new"


def test_surveillance_standard_is_known_before_the_launch_and_unsaid_after():
    steps = of_certificate(date(2024, 3, 17), date(2027, 3, 16), RULES, V2)
    assert [s.standard for s in by_kind(steps, calendar.SURVEILLANCE)] == ["old", "old"]
    steps = of_certificate(date(2024, 3, 18), date(2027, 3, 17), RULES, V2)
    assert [s.standard for s in by_kind(steps, calendar.SURVEILLANCE)] == ["old", "unsaid"]
    steps = of_certificate(date(2026, 6, 1), date(2029, 5, 31), RULES, V3)
    assert [s.standard for s in by_kind(steps, calendar.SURVEILLANCE)] == ["new", "new"]
    assert by_kind(steps, calendar.TRANSITION) == []


def test_expired_certificate_has_nothing_ahead_but_the_transition():
    steps = of_certificate(date(2023, 8, 15), date(2026, 8, 15), RULES, V2)
    today = date(2026, 8, 16)
    assert next_deadline(steps, today) is None
    assert next_deadline(steps, date(2026, 8, 15)).kind == calendar.RENEWAL
    states = {step.kind: state_of(step, today) for step in steps}
    assert states[calendar.RENEWAL] == states[calendar.UPGRADE] == "over"
    assert states[calendar.TRANSITION] == "ahead"


def test_no_upgrade_from_the_highest_level():
    dates = (date(2025, 1, 1), date(2027, 12, 31))
    assert by_kind(of_certificate(*dates, RULES, V2, highest=True), calendar.UPGRADE) == []
    assert len(by_kind(of_certificate(*dates, RULES, V2), calendar.UPGRADE)) == 1


def test_validity_may_not_end_before_it_begins():
    with pytest.raises(ValueError, match="before its issue"):
        of_certificate(date(2026, 1, 2), date(2026, 1, 1), RULES, V2)


def test_planned_audit_gives_an_expiry_of_two_possible_days():
    steps = of_planned_audit(date(2027, 3, 1), RULES)
    renewal = by_kind(steps, calendar.RENEWAL)[0]
    assert (renewal.start, renewal.end) == (date(2030, 2, 28), date(2030, 3, 1))
    assert renewal.estimate
    assert by_kind(steps, calendar.AUDIT)[0].standard == "either"
    assert by_kind(steps, calendar.LAPSE) == []


def test_registration_lapses_after_three_years():
    steps = of_planned_audit(date(2027, 3, 1), RULES, registered=date(2024, 2, 29))
    assert by_kind(steps, calendar.LAPSE)[0].end == date(2027, 2, 28)


# A whole registry ----------------------------------------------------------------------------


def test_who_renews_before_and_after_the_end_of_the_transition(sites):
    found = with_renewal(sites, RULES, date(2026, 6, 8))["renewal"].value_counts().to_dict()
    assert found == {"new": 329, "either": 82}
    later = with_renewal(sites, RULES, date(2026, 8, 16))["renewal"].value_counts().to_dict()
    expired = int((sites["valid_until"] < pd.Timestamp("2026-08-16")).sum())
    assert later == {"new": 329, "either": 82 - expired, "passed": expired}


def test_a_certificate_of_v3_renews_to_v3(sites):
    renewed = with_renewal(sites.assign(aws_standard=V3), RULES, date(2026, 6, 8))
    assert set(renewed["renewal"]) == {"new"}


def test_how_long_certificates_run(sites):
    assert runs(sites, 3) == {"exact": 80, "day_less": 321, "other": 10}


def test_rules_in_the_data_agree_with_the_published_figures(connection):
    rules = store.read(connection, "certification_rule").set_index("rule")
    figures = store.read(connection, "figure").set_index("figure_id")["value"]
    for rule, figure in {
        "validity": "bb_validity",
        "registration_lapse": "bb_registration_lapse",
        "transition_plan": "bb_transition",
    }.items():
        assert rules.loc[rule, "value"] == figures[figure]
    ends = rules[rules["topic"] == "transition"]["day"].dt.date
    assert set(ends) == set(RULES.ends)
    assert rules[["source_id", "locator", "text_zh", "text_en"]].notna().all(axis=None)


# The file ------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh", "en"])
def test_calendar_file_opens_again(language):
    entries = [
        Entry("a-1@waterstats", date(2027, 2, 28), date(2027, 2, 28), "重新认证, A; B", "一\n二"),
        Entry("a-2@waterstats", date(2027, 3, 18), date(2027, 3, 22), "V3.0 " * 30, "x"),
    ]
    content = to_ics("t@waterstats", "Tripod", entries, date(2026, 11, 21), language)
    assert b"\r\n" in content
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    opened = icalendar.Calendar.from_ical(content)
    events = opened.walk("VEVENT")
    assert [str(event["UID"]) for event in events] == [entry.uid for entry in entries]
    assert [str(event["SUMMARY"]) for event in events] == [entry.summary for entry in entries]
    assert str(events[0]["DESCRIPTION"]) == "一\n二"
    assert events[0].decoded("DTSTART") == date(2027, 2, 28)
    assert events[0].decoded("DTEND") == date(2027, 3, 1)
    assert events[1].decoded("DTEND") == date(2027, 3, 23)
    assert content == to_ics("t@waterstats", "Tripod", entries, date(2026, 11, 21), language)
