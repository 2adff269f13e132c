"""A visitor's own registry in a real browser: brought, shown, taken along, and nobody else's."""

import pytest
from browsing import metric, opened, settled, visiting
from playwright.sync_api import expect
from registries import table

from waterstats.language import message

FILE = "my-own-sites.csv"
ROWS = ({}, {"Site Country": "Italy", "Level Attained": "Platinum (Multi-site)"}, {})


def bring(page, content, lang):
    opened(page, f"/registry?lang={lang}", message("registry.question", lang))
    page.locator("input[type=file]").first.set_input_files(
        {"name": FILE, "mimeType": "text/csv", "buffer": content}
    )
    expect(page.locator(".st-key-upload-upload_1")).to_be_visible(timeout=30_000)
    settled(page)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_brought_list_is_shown_by_the_world_page_and_by_nobody_elses(browser, server, lang):
    faulty = {"Site Country": "Atlantis"}
    with visiting(browser, server) as page, visiting(browser, server) as other:
        bring(page, table(*ROWS, faulty), lang)
        expect(metric(page, message("registry.sites", lang))).to_have_text("3")
        expect(metric(page, message("registry.left_out", lang))).to_have_text("1")
        page.locator(".st-key-upload-upload_1 a[href*='world?']").click()
        expect(page.locator("h1")).to_have_text(message("world.question", lang))
        expect(metric(page, message("world.sites", lang))).to_have_text("3")
        expect(page.get_by_test_id("stAlert")).to_contain_text(FILE)
        expect(page).to_have_url(f"{server}/world?data=upload_1&lang={lang}")
        opened(other, f"/world?lang={lang}&data=upload_1", message("world.question", lang))
        expect(metric(other, message("world.sites", lang))).to_have_text("411")
        expect(other.get_by_text(FILE)).to_have_count(0)
        own_list = message("nav.registry", lang)
        expect(other.get_by_test_id("stAlert")).to_contain_text(own_list)


def test_the_list_stays_when_walking_through_the_pages(browser, server):
    with visiting(browser, server) as page:
        bring(page, table(*ROWS), "en")
        page.locator(".st-key-upload-upload_1 a[href*='sites?']").click()
        expect(metric(page, message("sites.shown", "en"))).to_have_text("3")
        page.get_by_test_id("stSidebarNavLink").filter(has_text="World").click()
        expect(page.locator("h1")).to_have_text(message("world.question", "en"))
        page.get_by_role("radio", name=FILE).click()
        expect(metric(page, message("world.sites", "en"))).to_have_text("3")
        with page.expect_download() as download:
            page.get_by_text(message("word.table_and_download", "en")).first.click()
            page.locator("[class*=st-key-csv_world_map] button").click()
        text = download.value.path().read_text(encoding="utf-8-sig")
        assert FILE in text
        page.get_by_test_id("stSidebarNavLink").filter(has_text="Your own list").click()
        page.locator(".st-key-remove_upload_1 button").click()
        expect(page.locator(".st-key-upload-upload_1")).to_have_count(0)


@pytest.mark.parametrize("width", [390, 1300])
def test_a_page_with_a_report_does_not_scroll_sideways(browser, server, width):
    with visiting(browser, server, viewport={"width": width, "height": 900}) as page:
        bring(page, table({}, {"Site Country": "Chnia"}), "en")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
