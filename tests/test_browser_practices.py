"""The practices page in a real browser: a filter, a card, and the way from the leader scorer."""

import pytest
from browsing import metric, opened, settled, visiting
from playwright.sync_api import expect

from waterstats.language import message

LONG = 30_000  # the first table of a visit is loaded by the browser when it is drawn


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_filter_then_card_with_its_doubt_and_certificate(browser, server, lang):
    with visiting(browser, server) as page:
        opened(page, f"/practices?lang={lang}", message("practices.question", lang))
        shown = metric(page, message("practices.companies", lang))
        expect(shown).to_have_text("13")
        page.get_by_test_id("stMultiSelect").first.locator("input").click()
        basin = message("practices.basin_pearl", lang)
        page.get_by_role("option", name=basin, exact=True).click()
        expect(shown).to_have_text("4")
        page.wait_for_url("**where=pearl**")
        page.keyboard.press("Escape")  # the list of options stays open, and takes the next click
        settled(page)
        card = page.locator(".st-key-practice-avary")
        expect(card.get_by_test_id("stTable")).to_have_count(0)
        card.get_by_text(message("practices.open", lang)).click()
        expect(card.get_by_test_id("stTable")).to_contain_text("约 120万吨", timeout=LONG)
        expect(card.get_by_test_id("stAlert").first).to_contain_text(
            "1.095" if lang == "en" else "109.5"
        )
        expect(card.get_by_role("link", name="AWS-000251")).to_have_attribute(
            "href", f"sites?lang={lang}&q=AWS-000251"
        )
        page.reload()
        expect(shown).to_have_text("4")


@pytest.mark.parametrize("width", [390, 1300])
def test_an_open_card_does_not_scroll_the_page_sideways(browser, server, width):
    with visiting(browser, server, viewport={"width": width, "height": 900}) as page:
        address = "/practices?lang=en&words=mengniu"
        opened(page, address, message("practices.question", "en"))
        expect(page.get_by_test_id("stTable")).to_be_visible(timeout=LONG)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_leader_scorer_leads_to_sites_of_its_industry(browser, server, lang):
    with visiting(browser, server) as page:
        opened(page, f"/leader?lang={lang}", message("leader.question", lang))
        beer = {"zh": "啤酒", "en": "Beer"}[lang]
        page.locator(".st-key-industry").get_by_text(beer, exact=True).click()
        group = {"zh": "食品与饮料", "en": "Food and beverages"}[lang]
        label = message("practices.link_industry", lang, industry=group)
        page.get_by_role("link", name=label).click()
        expect(page.locator("h1")).to_have_text(message("practices.question", lang))
        settled(page)
        expect(metric(page, message("practices.companies", lang))).to_have_text("3")
