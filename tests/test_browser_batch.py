"""A city reviewer in a browser: a hundred enterprises in, the ranking and annex 1 out."""

import io

import openpyxl
import pytest
from browsing import metric, opened, visiting
from docx import Document
from playwright.sync_api import expect
from test_templates import fill_in

from waterstats.enterprises.templates import template
from waterstats.language import message
from waterstats.scoring.scenario import example
from waterstats.standards.rulefiles import load_standard

LEADER = load_standard("shandong_leader_2025")
COPIES = 2


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A workbook for each industry, made from its template: every worked case, twice."""
    folder = tmp_path_factory.mktemp("filled")
    for industry in LEADER.industries:
        book = openpyxl.load_workbook(io.BytesIO(template(LEADER.id, industry.id, "zh")))
        for copy in range(COPIES):
            for case in LEADER.cases:
                if case["industry"] == industry.id:
                    fill_in(book, example(LEADER, case), f"{case['id']} {copy}", "zh")
        book.save(folder / f"{industry.id}.xlsx")
    return sorted(folder.iterdir())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_hundred_enterprises_become_a_ranking_and_annex_1(browser, server, filled, lang):
    meets = sum(case["verdict"] == "meets" for case in LEADER.cases) * COPIES
    everyone = len(LEADER.cases) * COPIES
    with visiting(browser, server) as page:
        opened(page, f"/batch?lang={lang}", message("batch.question", lang))
        page.set_input_files("input[type=file]", filled)
        expect(metric(page, message("batch.enterprises", lang))).to_have_text(
            str(everyone), timeout=60_000
        )
        expect(metric(page, message("batch.meets", lang))).to_have_text(str(meets))
        expect(metric(page, message("batch.set_aside", lang))).to_have_text("0")
        with page.expect_download() as ranking:
            page.locator(".st-key-results_xlsx button").click()
        with page.expect_download() as annex:
            page.locator(".st-key-annex_1_word button").click()
        book = openpyxl.load_workbook(io.BytesIO(ranking.value.path().read_bytes()))
        rows = Document(io.BytesIO(annex.value.path().read_bytes())).tables[0].rows
    assert book.worksheets[0].max_row == everyone + 1
    assert sum(row.cells[1].text != "" for row in rows) == meets + 1
