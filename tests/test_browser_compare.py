"""The compare page in a real browser: choose, read the answer, send the link."""

import io

import openpyxl
from browsing import metric, opened, settled, visiting
from playwright.sync_api import expect

from waterstats.language import message


def words(key):
    return message(key, "en")


def test_groups_are_chosen_and_the_answer_follows_and_travels(browser, server):
    with visiting(browser, server) as page:
        opened(page, "/compare?lang=en", words("compare.question"))
        answer = page.get_by_role("heading", level=3).first
        expect(answer).to_have_text(
            "China: 39 of 78 sites are Gold (50 %); Other countries: 10 of 333 (3 %)."
        )
        page.get_by_test_id("stMultiSelect").locator("input").click()
        page.get_by_role("option", name="Mexico (27)", exact=True).click()
        page.keyboard.press("Escape")
        expect(answer).to_contain_text("Mexico: 0 of 27 (0 %)")
        settled(page)
        page.get_by_role("button", name="Remove Other countries").click()
        expect(answer).not_to_contain_text("Other countries")
        settled(page)
        page.get_by_role("radio", name=words("compare.high_short"), exact=True).click()
        expect(answer).to_have_text(
            "China: 65 of 78 sites are Gold or Platinum (83 %); Mexico: 2 of 27 (7 %)."
        )
        page.wait_for_url("**/compare?lang=en&group=CHN&group=MEX&grade=high")
        page.reload()
        expect(answer).to_contain_text("Mexico: 2 of 27 (7 %)")
        expect(metric(page, words("compare.highest"))).to_have_text("83 %")


def test_another_dimension_starts_with_its_own_groups(browser, server):
    with visiting(browser, server) as page:
        opened(page, "/compare?lang=en&group=MEX&group=CHN", words("compare.question"))
        page.get_by_test_id("stSelectbox").first.locator("input").click()
        page.get_by_role("option", name=words("word.industry"), exact=True).click()
        answer = page.get_by_role("heading", level=3).first
        expect(answer).to_contain_text("Food and beverages: 16 of 143 sites are Gold (11 %)")
        page.wait_for_url("**/compare?lang=en&by=industry")
        settled(page)
        expect(page.get_by_text(words("word.ignored").split(":")[0])).to_have_count(0)


def test_the_table_of_differences_is_taken_away_with_its_source(browser, server):
    with visiting(browser, server) as page:
        opened(page, "/compare?lang=en", words("compare.question"))
        box = page.locator(".st-key-exhibit-compare_gaps")
        box.get_by_text(words("word.table_and_download")).click()
        with page.expect_download() as download:
            page.locator(".st-key-xlsx_compare_gaps button").click()
        book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
        rows = list(book["compare_gaps"].iter_rows(values_only=True))
        assert rows[2][:5] == ("China − Other countries", "Gold", 47, 35.9, 57.9)
        notes = " ".join(str(cell.value) for row in book["i"].iter_rows() for cell in row)
        assert "AWS directory of certified sites" in notes
