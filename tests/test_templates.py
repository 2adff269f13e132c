"""A template written, filled in with a worked case and read back scores like the case."""

import csv
import io

import openpyxl
import pandas as pd
import pytest
from test_verdicts import CASES, ID, LEADER, TABLES

from waterstats import Scenario, score
from waterstats.enterprises.files import read_files
from waterstats.enterprises.templates import template, template_csv
from waterstats.enterprises.vocabulary import ENTERPRISES, MEASUREMENTS, SHEETS, vocabulary
from waterstats.scoring.compiled import plans
from waterstats.scoring.scenario import example
from waterstats.standards.records import RuleError

PLANS, WORDS = plans(ID), vocabulary(ID)
EXPECTED = score(ID, *TABLES).set_index("enterprise")
YES = {"zh": {"yes": "是", "no": "否", "not_applicable": "不适用"}, "en": {"not_applicable": "n/a"}}
HAS = {"zh": ("有", "无"), "en": ("yes", "no")}


def fill_in(book: openpyxl.Workbook, scenario: Scenario, name: str, language: str) -> None:
    """Type a case into a template as somebody would, by its headings and labels."""
    top = book[SHEETS[ENTERPRISES][language]]
    typed = {WORDS.heading("enterprise", language): name}
    typed[WORDS.heading("industry", language)] = LEADER.by_id[scenario.industry].label[language]
    for id_, answer in scenario.answers.items():
        grades = {g.id: g.label[language] for g in getattr(LEADER.by_id[id_], "grades", ())}
        word = grades.get(answer) or YES[language].get(answer, answer)
        typed[WORDS.heading(id_, language)] = word
    for id_, reason in scenario.reasons.items():
        typed[WORDS.heading(f"{id_}_reason", language)] = reason
    top.append([typed.pop(cell.value, None) for cell in top[1]])
    assert not typed
    numbers, sheet = Numbers(scenario, language), book[SHEETS[MEASUREMENTS][language]]
    block = [row for row in sheet.iter_rows(min_row=2, values_only=True) if not row[0]]
    for row in block:
        sheet.append(numbers.typed(name, *row[1:]))
    assert not numbers.left


class Numbers:
    """The numbers of a case, typed into the rows that stand in the template."""

    def __init__(self, scenario: Scenario, language: str) -> None:
        self.language, self.absent = language, scenario.absent
        self.values = {
            (measure, variant): number
            for measure, given in scenario.values.items()
            for variant, number in (given if isinstance(given, dict) else {"": given}).items()
        }
        self.made = set(scenario.made)
        self.left = {*self.values, *((m, "absent") for m in self.absent), *self.made}
        plan = PLANS[scenario.industry]
        self.rows = {
            tuple(LEADER.by_id[i].label[language] if i else None for i in (a.measure, a.variant)): a
            for a in plan.inputs
        }

    def typed(self, name, measure, variant, value, unit, output, present, reason) -> list:
        asked = self.rows[measure, variant]
        key = (asked.measure, asked.variant)
        assert (value, unit, output, present, reason) == (None, asked.unit, None, None, None)
        if key in self.values:
            value = self.values[key]
        if asked.variant:
            output = self.values.get(("output", asked.variant))
        if asked.variant in self.made:
            present = HAS[self.language][0]
        if asked.measure in self.absent:
            present, reason = HAS[self.language][1], self.absent[asked.measure]
        self.left -= {key, ("output", asked.variant), asked.variant, (asked.measure, "absent")}
        return [name, measure, variant, value, unit, output, present, reason]


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("industry", PLANS)
def test_cases_through_a_filled_template(industry):
    language = ("zh", "en")[list(PLANS).index(industry) % 2]
    cases = [case for case in CASES.values() if case["industry"] == industry]
    book = openpyxl.load_workbook(io.BytesIO(template(ID, industry, language)))
    for case in cases:
        fill_in(book, example(LEADER, case), case["id"], language)
    tables = read_files(ID, [("filled.xlsx", saved(book))])
    assert not tables.errors
    found = score(ID, tables.enterprises, tables.measurements).set_index("enterprise")
    pd.testing.assert_frame_equal(found, EXPECTED.loc[[case["id"] for case in cases]])


def test_with_one_enterprise_its_name_may_be_left_out():
    book = openpyxl.load_workbook(io.BytesIO(template(ID, "beer", "zh")))
    book["企业"].append(["甲啤酒", "啤酒"])
    book["指标"]["D2"] = 120000
    tables = read_files(ID, [("filled.xlsx", saved(book))])
    assert not tables.errors
    assert tables.measurements["enterprise"].tolist() == ["甲啤酒"]


def test_all_cases_through_one_pair_of_csv_files():
    names = {key: text.decode("utf-8-sig") for key, text in template_csv(ID, None, "zh").items()}
    files = []
    for id_, table in zip((ENTERPRISES, MEASUREMENTS), TABLES, strict=True):
        headings = next(csv.reader(io.StringIO(names[id_])))
        meant = [WORDS.column(id_, heading)[0] for heading in headings]
        assert all(meant)
        filled = table.reindex(columns=meant).set_axis(headings, axis=1)
        files.append((f"{id_}.csv", filled.to_csv(index=False).encode("gb18030")))
    tables = read_files(ID, files)
    assert not tables.errors
    found = score(ID, tables.enterprises, tables.measurements).set_index("enterprise")
    pd.testing.assert_frame_equal(found, EXPECTED)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_template_offers_what_is_read(language):
    book = openpyxl.load_workbook(io.BytesIO(template(ID, None, language)))
    assert book.sheetnames == [*(SHEETS[s][language] for s in SHEETS), "lists"]
    for sheet in book.worksheets[:2]:
        assert sheet.freeze_panes == "B2"
        assert sheet.max_row == 1
    offered = {
        str(rule.sqref).split(":")[0]: rule.formula1
        for rule in book.worksheets[0].data_validations.dataValidation
    }
    lists = book["lists"]
    assert [c.value for c in lists["A"] if c.value] == [
        i.label[language] for i in LEADER.industries
    ]
    assert offered["B2"] == "lists!$A$1:$A$15"
    assert len(offered) == 1 + len(WORDS.asked)


def test_an_industry_has_its_rows_and_units():
    book = openpyxl.load_workbook(io.BytesIO(template(ID, "coal_chemicals", "en")))
    rows = list(book["measurements"].iter_rows(min_row=2, max_col=5, values_only=True))
    unit = {(measure, variant): unit for _, measure, variant, _, unit in rows}
    assert unit["Withdrawal per unit of output", "Synthetic natural gas"] == "m3/kNm3"
    assert unit["Water reuse rate", None] == "%"


def test_an_untouched_template_is_empty_and_says_so():
    tables = read_files(ID, [("t.xlsx", template(ID, "paper", "zh"))])
    assert [p.said("en") for p in tables.problems] == [
        "t.xlsx: found 'no enterprise filled in', expected one row for each enterprise. "
        "Fill in the template."
    ]


def test_unknown_names_are_refused():
    with pytest.raises(RuleError, match="no industry 'stell'; did you mean 'steel'"):
        template(ID, "stell")
    with pytest.raises(RuleError, match="no standard"):
        template("shandong")


@pytest.mark.parametrize("standard", ["laundry_label", "river_badge"])
def test_another_standard_has_its_template(standard):
    from pathlib import Path

    folder = Path(__file__).parent / "standards" / standard
    book = openpyxl.load_workbook(io.BytesIO(template(folder, None, "en")))
    headings = [cell.value for cell in book["enterprises"][1]]
    assert ("Industry" in headings) == (standard == "laundry_label")
    book["enterprises"].append([{"Enterprise": "a", "Industry": "Hotel"}.get(h) for h in headings])
    tables = read_files(folder, [("t.xlsx", saved(book))])
    assert not tables.problems
    assert score(folder, tables.enterprises, tables.measurements)["verdict"].tolist() == [
        "incomplete"
    ]


def test_headings_and_names_mean_one_thing():
    for id_ in WORDS.clause_columns:
        for language in ("zh", "en"):
            assert WORDS.column(ENTERPRISES, WORDS.heading(id_, language)) == (id_, "")
            assert WORDS.column(ENTERPRISES, id_) == (id_, "")
    for industry, plan in PLANS.items():
        for language in ("zh", "en"):
            assert WORDS.industry(plan.label[language]) == industry
            for asked in plan.inputs:
                names = [
                    LEADER.by_id[i].label[language] if i else ""
                    for i in (asked.measure, asked.variant)
                ]
                assert WORDS.pair(industry, *names) == (asked.measure, asked.variant)
