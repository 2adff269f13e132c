"""The main path of a company before an audit: plan a group, keep a calendar, share links."""

import icalendar
import pytest
from browsing import metric, opened, settled, visiting
from playwright.sync_api import expect

from waterstats.language import message

WAIT = 30_000  # [ms] as long as opening a page may take

FIGURES = {
    "sites": "10",
    "certification_days": "3-5",
    "surveillance_days": "１",
    "day_rate": "8,000",
    "travel": "2000 至 4000",
    "fee": "0",
    "internal_days": "2",
    "internal_rate": "1500",
    "management": "1万",
}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_group_from_empty_fields_to_a_link_with_the_answer(browser, server, lang):
    with visiting(browser, server) as page:
        opened(page, f"/groups?lang={lang}", message("groups.question", lang))
        for name, text in FIGURES.items():
            label = message(f"planner.{name}", lang)
            field = page.get_by_role("textbox", name=label, exact=True)
            field.fill(text)
            field.press("Enter")
        visits = metric(page, message("planner.visits_group", lang))
        expect(visits).to_have_text("12", timeout=WAIT)
        total = metric(page, message("planner.cost_single", lang))
        # ten sites: 3 to 5 days and 1 + 1 days at 8,000, three visits at 2,000 to 4,000
        expect(total).to_have_text("460,000 – 680,000", timeout=WAIT)
        settled(page)
        address = page.url
        assert "day_rate=8%2C000" in address
        page.goto(address)
        expect(total).to_have_text("460,000 – 680,000", timeout=WAIT)
        rate = page.get_by_role("textbox", name=message("planner.day_rate", lang), exact=True)
        rate.fill("-1")
        rate.press("Enter")
        expect(page.get_by_test_id("stAlert").first).to_contain_text("-1", timeout=WAIT)
        expect(total).to_have_count(0, timeout=WAIT)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_calendar_from_a_search_to_the_file(browser, server, lang):
    with visiting(browser, server) as page:
        opened(page, f"/calendar?lang={lang}", message("calendar.question", lang))
        box = page.get_by_label(message("calendar.site", lang)).first
        box.click()
        box.fill("AWS-000242")
        page.get_by_role("option").filter(has_text="AWS-000242").click()
        expect(page.get_by_role("heading", name="Tripod (WuXi) Electronic Co., Ltd")).to_be_visible(
            timeout=WAIT
        )
        page.wait_for_url("**site=AWS-000242**")
        settled(page)
        with page.expect_download() as download:
            page.locator(".st-key-calendar_file button").click()
        opened_again = icalendar.Calendar.from_ical(download.value.path().read_bytes())
        events = {str(event["UID"]): event for event in opened_again.walk("VEVENT")}
        renewal = events["AWS-000242-renewal-0@waterstats"]
        assert renewal.decoded("DTSTART").isoformat() == "2027-02-28"
        assert str(renewal["SUMMARY"]).startswith(message("calendar.step_renewal", lang))
        assert {"zh": "来源：", "en": "Source:"}[lang] in str(renewal["DESCRIPTION"])
        surveillance = events["AWS-000242-surveillance-1@waterstats"]
        assert surveillance.decoded("DTSTART").isoformat() == "2025-02-28"


def test_own_dates_are_a_link(browser, server):
    with visiting(browser, server) as page:
        opened(page, "/calendar?lang=en&of=own", message("calendar.question", "en"))
        for name, text in {"issued": "29/02/2028", "until": "2031-02-28"}.items():
            field = page.get_by_role("textbox", name=message(f"calendar.{name}", "en"), exact=True)
            field.fill(text)
            field.press("Enter")
        until = metric(page, message("calendar.valid_until", "en"))
        expect(until).to_have_text("28 Feb 2031", timeout=WAIT)
        settled(page)
        page.goto(page.url)
        expect(until).to_have_text("28 Feb 2031", timeout=WAIT)
