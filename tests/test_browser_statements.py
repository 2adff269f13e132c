"""The statements page in a real browser: a visitor's own statement, and a link to it."""

import io

import openpyxl
import pytest
from browsing import opened, settled, visiting
from playwright.sync_api import expect

from waterstats.language import message


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_statement_is_added_tried_and_passed_on(browser, server, lang):
    def say(key, **values):
        return message(f"statements.{key}", lang, **values)

    with visiting(browser, server) as page:
        opened(page, f"/statements?lang={lang}", say("question"))
        value = page.get_by_label(say("value"), exact=True)
        value.fill("３５")  # full-width digits
        value.press("Enter")
        answer = page.locator(".st-key-answer")
        known = say("fits_known", left=say("left_count", count="35"))
        expect(answer).to_contain_text(known)
        value.fill("36")
        value.press("Enter")
        expect(answer).to_contain_text(say("fits_not"))
        expect(answer).to_contain_text(say("leave_count", count="35").replace("**", ""))
        settled(page)
        page.wait_for_url("**say_value=36**")
        page.goto(page.url)
        expect(answer).to_contain_text(say("fits_not"))
        value.fill("many")
        value.press("Enter")
        expect(page.get_by_text("“many”")).to_be_visible()
        expect(answer).to_have_count(0)


def test_the_finding_is_taken_away_with_its_sources(browser, server):
    with visiting(browser, server) as page:
        question = message("statements.question", "en")
        opened(page, "/statements?lang=en&verdicts=conflict", question)
        with page.expect_download() as download:
            page.locator(".st-key-xlsx_statements button").click()
        book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
        rows = list(book["statements"].iter_rows(values_only=True))
        assert {row[0] for row in rows[1:]} == {
            "high_of_world", "food_share", "food_china", "agriculture_third",
        }  # fmt: skip
        notes = " ".join(str(row[0]) for row in book["i"].iter_rows(values_only=True))
        assert "Blue Book" in notes


def test_a_disputed_statement_may_be_read_otherwise(browser, server):
    with visiting(browser, server) as page:
        question = message("statements.question", "en")
        opened(page, "/statements?lang=en&shares=levels_XCN", question)
        several = message("statements.counts_several", "en", n=7)
        expect(page.get_by_role("heading", name=several)).to_be_visible()
        page.get_by_role("radio", name=message("statements.base_reread", "en")).click()
        expect(page.get_by_role("radio", name="World: levels")).to_be_visible()
        page.wait_for_url("**disputed=reread**")
