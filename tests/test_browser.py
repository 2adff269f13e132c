"""The dashboard in a real browser: what a visitor sees, clicks and takes away."""

import io
import json

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import ADDRESS, PAGES, metric, opened, serving, visiting
from playwright.sync_api import expect

from waterstats.language import message
from waterstats.standards.rulefiles import load_standard

IMPACTS = {"serious", "critical"}
# Violations that come from Streamlit itself and that we cannot mend, with the reason.
WAIVED = {
    "list": "Streamlit's sidebar puts section headings between its navigation items",
    "listitem": "the same sidebar",
}


def test_first_request_to_a_fresh_server_may_be_a_deep_link(browser, tmp_path):
    with serving(tmp_path) as address, visiting(browser, address) as page:
        opened(page, "/china?lang=en", message("china.question", "en"))
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page.get_by_test_id("stSidebarNavLink")).to_have_count(len(PAGES))
        expect(page.get_by_role("link", name="Sources", exact=True)).to_be_visible()


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    ("lang", "width", "scheme"), [("zh", 1300, "light"), ("en", 390, "dark")], ids=["wide", "phone"]
)
def test_every_page_opens_by_its_address_fits_and_can_be_used(
    browser, server, name, lang, width, scheme
):
    """Title and language, nothing to scroll sideways at either width, no serious violation."""
    size = {"width": width, "height": 900}
    with visiting(browser, server, viewport=size, color_scheme=scheme) as page:
        opened(page, f"{ADDRESS[name]}?lang={lang}", message(f"{name}.question", lang))
        tag = {"zh": "zh-CN", "en": "en"}[lang]
        expect(page.locator("html")).to_have_attribute("lang", tag)
        violations = Axe().run(page).response["violations"]
        serious = {
            v["id"]: v["nodes"][0]["html"][:200] for v in violations if v["impact"] in IMPACTS
        }
        unexpected = {key: html for key, html in serious.items() if key not in WAIVED}
        assert unexpected == {}, json.dumps(unexpected, indent=1)
        for other in (width, 390, 1300):
            page.set_viewport_size({"width": other, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= other


def test_language_switches_in_place_and_stays_on_the_next_page(browser, server):
    with visiting(browser, server) as page:
        opened(page, "/", message("overview.question", "zh"))
        page.get_by_role("radio", name="English").click()
        expect(page.locator("h1")).to_have_text(message("overview.question", "en"))
        page.wait_for_url("**/?lang=en")
        page.get_by_test_id("stSidebarNavLink").filter(has_text="World").click()
        expect(page.locator("h1")).to_have_text(message("world.question", "en"))
        page.wait_for_url("**/world?lang=en")
        page.reload()
        expect(page.locator("h1")).to_have_text(message("world.question", "en"))


def test_the_browsers_language_is_the_first_choice(browser, server):
    with visiting(browser, server, locale="en-GB") as page:
        opened(page, "/", message("overview.question", "en"))


def test_filter_changes_the_number_and_the_address(browser, server):
    with visiting(browser, server) as page:
        opened(page, "/sites?lang=en", message("sites.question", "en"))
        shown = metric(page, message("sites.shown", "en"))
        expect(shown).to_have_text("411")
        page.get_by_test_id("stMultiSelect").first.locator("input").click()
        page.get_by_role("option", name="China", exact=True).click()
        expect(shown).to_have_text("78")
        page.wait_for_url("**/sites?lang=en&country=CHN")
        page.reload()
        expect(shown).to_have_text("78")


def test_click_on_a_bar_filters_the_table(browser, server):
    with visiting(browser, server) as page:
        opened(page, "/sites?lang=en&country=CHN", message("sites.question", "en"))
        bar = page.locator(".st-key-chart_sites_by_level .point path").nth(1)
        expect(bar).to_be_visible()
        bar.scroll_into_view_if_needed()
        box = bar.bounding_box()
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        expect(metric(page, message("sites.shown", "en"))).to_have_text("39")
        expect(page.get_by_text("Selected in the charts: Gold")).to_be_visible()


def test_a_row_opens_the_sites_card(browser, server):
    with visiting(browser, server) as page:
        opened(page, "/sites?lang=en&q=AWS-000047", message("sites.question", "en"))
        table = page.locator(".st-key-sites_table").get_by_test_id("stDataFrame")
        table.scroll_into_view_if_needed()
        box = table.bounding_box()
        page.mouse.click(box["x"] + 15, box["y"] + 35 + 17)
        card = page.get_by_role("heading", name="Boehringer Ingelheim Promeco")
        expect(card).to_be_visible()


def test_downloaded_table_opens_again_with_the_same_rows(browser, server):
    with visiting(browser, server) as page:
        opened(page, "/sites?lang=zh&country=KOR", message("sites.question", "zh"))
        with page.expect_download() as download:
            page.locator(".st-key-xlsx_sites button").click()
        content = io.BytesIO(download.value.path().read_bytes())
        sheet = openpyxl.load_workbook(content)["sites"]
        assert sheet.max_row == 1 + 14
        assert sheet["A1"].value == message("sites.number", "zh")
        assert {row[3].value for row in sheet.iter_rows(min_row=2)} == {"韩国"}


def test_a_number_is_traced_to_its_source_in_two_clicks(browser, server):
    with visiting(browser, server) as page:
        opened(page, "/world?lang=en&data=blue_book_2024", message("world.question", "en"))
        page.locator(".st-key-sources-of-continents a").click()
        expect(page.locator("h1")).to_have_text(message("sources.question", "en"))
        expect(
            page.get_by_role("heading", name="76 numbers taken from this source")
        ).to_be_visible()
        page.get_by_text("ch. 3.2.1, fig. 3").first.wait_for(state="attached")


def test_unknown_address_parts_leave_a_note(browser, server):
    with visiting(browser, server) as page:
        opened(page, "/world?lang=en&colour=blue", message("world.question", "en"))
        expect(page.get_by_text("colour=blue")).to_be_visible()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_leader_from_example_over_the_limit_to_the_filled_form(browser, server, lang):
    """Steel, an example, one value across its limit, the verdict turns, the form is taken away."""
    standard = load_standard("shandong_leader_2025")
    verdicts = {name: words[lang] for name, words in standard.verdicts.items()}
    case = next(case for case in standard.cases if case["id"] == "steel_on_every_limit")
    with visiting(browser, server) as page:
        opened(page, f"/leader?lang={lang}", message("leader.question", lang))
        page.get_by_label(message("form.example", lang)).click()
        page.get_by_role("option", name=case["label"][lang]).click()
        page.get_by_role("button", name=message("form.load", lang), exact=True).click()
        panel = page.locator(".st-key-verdict-in-view")
        expect(panel).to_contain_text(verdicts["meets"])
        page.get_by_role("tab", name=message("form.numbers", lang)).click()
        name = standard.by_id["reuse_rate"].label[lang]
        reuse = page.get_by_role("spinbutton", name=name).first
        reuse.fill("96.9")
        reuse.press("Enter")
        expect(panel).to_contain_text(verdicts["limit_failed"])
        address = page.url
        with page.expect_download() as download:
            panel.locator(".st-key-forms_xlsx button").click()
        book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
        cells = {str(c.value) for sheet in book for row in sheet.iter_rows() for c in row}
        assert "96.9" in cells
        page.goto(address)
        expect(panel).to_contain_text(verdicts["limit_failed"])
