"""A company in a browser: an example, one answer changed, the next level, the gap list."""

import io

import openpyxl
import pytest
from browsing import opened, visiting
from playwright.sync_api import expect

from waterstats.language import message
from waterstats.standards.rulefiles import load_standard

AWS = load_standard("aws_v2")
LEVELS = {level.id: level.label for level in AWS.levels}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_from_an_example_over_a_level_to_the_gap_list(browser, server, lang):
    case = next(case for case in AWS.cases if case["id"] == "points_80")
    with visiting(browser, server) as page:
        opened(page, f"/aws?lang={lang}", message("aws.question", lang))
        page.get_by_label(message("form.example", lang)).click()
        page.get_by_role("option", name=case["label"][lang]).click()
        page.get_by_role("button", name=message("form.load", lang), exact=True).click()
        panel = page.locator(".st-key-verdict-in-view")
        platinum = message("level.sure", lang, level=LEVELS["platinum"][lang])
        gold = message("level.sure", lang, level=LEVELS["gold"][lang])
        expect(panel).to_contain_text(platinum)
        page.get_by_text(AWS.by_id["step_2"].label[lang]).first.click()
        item = page.locator(".st-key-form-aws_v2-answer-i_2_3_3")
        item.get_by_text(message("form.no", lang), exact=True).click()
        expect(panel).to_contain_text(gold)
        address = page.url
        page.get_by_role("tab", name=message("aws.next", lang), exact=True).click()
        expect(page.get_by_text(message("aws.way_lead", lang))).to_be_visible()
        with page.expect_download() as download:
            panel.locator(".st-key-gap_list button").click()
        book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
        assert "2.3.3" in [row[0].value for row in book["gaps"].iter_rows(min_row=2)]
        page.goto(address)
        expect(panel).to_contain_text(gold)
