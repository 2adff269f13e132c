"""What a reviewer takes away: ranking, details, annex 1, the commonest gaps, and the commands."""

import argparse
import io

import openpyxl
import pandas as pd
import pytest
from test_verdicts import CASES, ID, LEADER, TABLES

from waterstats.enterprises.files import FileTables, read_files
from waterstats.enterprises.recommended import recommendation
from waterstats.enterprises.resultbook import shortened, workbook
from waterstats.enterprises.results import (
    BEST_FIRST,
    detail_table,
    missing_items,
    problem_table,
    ranking,
    score_files,
    settings_table,
)
from waterstats.problems import Problem
from waterstats.scorecommand import add_commands

COLUMNS = {"enterprise_type": "国有", "output_value": 56000.0, "product_withdrawal": float("nan")}
ALL = score_files(FileTables(ID, TABLES[0].fillna("").assign(**COLUMNS), TABLES[1]))


@pytest.fixture(scope="module")
def book() -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(workbook(ALL, "zh")))


def test_ranking_puts_those_that_meet_first_then_points():
    table = ranking(ALL, "en")
    verdicts = table["Verdict"].tolist()
    blocks = [v for i, v in enumerate(verdicts) if i == 0 or v != verdicts[i - 1]]
    assert blocks == [LEADER.verdicts[name].en for name in BEST_FIRST]
    for verdict in blocks:
        own = table[table["Verdict"] == verdict]
        assert own["Points, open ones lost"].is_monotonic_decreasing
        behind = own["Rank"].diff().dropna() > 0
        assert behind.eq(own["Points, open ones lost"].diff().dropna() < 0).all()
    first = table.drop_duplicates("Rank")
    assert (first["Rank"] == first.index + 1).all()
    assert table["Enterprise"][0] == "msg_green_factory"
    row = table.set_index("Enterprise").loc["steel_veto"]
    assert row["Verdict"] == "Not eligible (a veto item fails)"
    assert row["Failed"] == "No use beyond plan or permit in three years"
    row = table.set_index("Enterprise").loc["aluminium_gas_cleaning"]
    assert row["Turns on the readings"] == LEADER.by_id["gas_cleaning"].question.en


def test_details_have_state_reason_and_place():
    table = detail_table(ALL, "zh").set_index(["企业", "条款"])
    left = table.loc[("steel_no_direct_cooling", "直接冷却水循环率")]
    assert left[["状态", "不适用的原因"]].tolist() == [
        "不适用",
        "电炉短流程，无直接冷却",
    ]
    veto = table.loc[("steel_no_direct_cooling", LEADER.by_id["veto_8"].label.zh)]
    assert veto["不适用的原因"] == "近年没有新改扩建项目"
    bayer = table.loc[("alumina_bayer_above", "吨氧化铝取水量 · 拜耳法")]
    assert bayer[["状态", "数值", "关系", "限值", "单位"]].tolist() == [
        "否",
        1.6,
        "<=",
        1.5,
        "m3/t",
    ]
    assert bayer["出处"] == "表3-13，行1"


def test_commonest_missing_items_are_counted():
    table = missing_items(ALL, "en").set_index(["Rule", "Industry"])
    all_blank = [c for c in CASES.values() if not c.get("answers")]
    groundwater = table.loc[("Uses groundwater (own wells)", "")]
    yes = sum(c.get("answers", {}).get("groundwater") == "yes" for c in CASES.values())
    assert groundwater["Enterprises that do not meet it"] == yes == 2
    assert groundwater["Enterprises that left it open"] == len(all_blank) + 1
    assert groundwater["Enterprises it applies to"] == len(CASES)
    gaps = table.iloc[:, 2] + table.iloc[:, 3]
    assert gaps.is_monotonic_decreasing
    rules = set(table.index.get_level_values(0))
    assert LEADER.by_id["innovation"].label.en not in rules
    assert LEADER.by_id["gate_48"].label.en not in rules
    assert LEADER.by_id["veto_5"].label.en not in rules


def annex(results, name):
    """The cells of one enterprise in the printed table."""
    rows = recommendation(results).tables[0].rows[1:]
    return next([c.value for c in row] for row in rows if row[1].value == name)


def test_annex_1_lists_those_that_meet_the_thresholds_in_rank_order():
    first = recommendation(ALL).tables[0]
    assert [cell.value for cell in first.rows[0]] == [
        *["序号", "企业名称", "企业类型", "所属行业", "2024年总产值（万元）"],
        *["2024年主要产品取水量（立方米）", "2024年主要产品单位用水量指标"],
    ]
    meets = {c["id"] for c in CASES.values() if c["verdict"] == "meets"}
    ranked = [name for name in ranking(ALL, "zh").iloc[:, 1] if name in meets]
    assert [row[1].value for row in first.rows[1:]] == ranked
    assert annex(ALL, "chlor_alkali_two_products")[2:] == [
        *["国有企业", "氯碱", 56000, 3000000],
        "烧碱（折百） 5.5 m³/t；电石法聚氯乙烯 6 m³/t",
    ]
    assert annex(ALL, "beer_small_brewery")[-1] == "4 m³/kL"


def test_annex_1_says_why_something_was_left_out():
    words = [str(c.value) for row in recommendation(ALL).tables[1].rows for c in row]
    assert any("近年没有新改扩建项目" in text for text in words)


def test_annex_1_takes_the_main_product_from_its_row_or_as_given():
    name = "coal_chemicals_methanol"
    top = TABLES[0][TABLES[0]["enterprise"] == name].fillna("")
    numbers = TABLES[1][TABLES[1]["enterprise"] == name].copy()
    numbers.loc[numbers["variant"] == "methanol", "output"] = 1000.0
    assert annex(score_files(FileTables(ID, top, numbers)), name)[5] == 11000
    given = top.assign(product_withdrawal=12345.0, enterprise_type="股份合作")
    assert annex(score_files(FileTables(ID, given, numbers)), name)[5] == 12345
    assert annex(score_files(FileTables(ID, given, numbers)), name)[2] == "股份合作"


def test_the_workbook_holds_everything(book):
    assert book.sheetnames == [
        "结果排名",
        "常缺项",
        "逐项明细",
        "文件问题",
        "规则与解读",
    ]
    assert book["结果排名"].max_row == len(CASES) + 1
    assert book["逐项明细"].max_row == len(ALL.details) + 1
    assert book["结果排名"].freeze_panes == "A2"
    words = [cell.value for row in book["规则与解读"] for cell in row]
    assert LEADER.header.title.zh in words
    assert LEADER.header.version in words
    assert all(reading.question.zh in words for reading in LEADER.readings)


def test_text_never_becomes_a_formula():
    name = '=HYPERLINK("http://x","y")'
    text = f'enterprise,industry\n"{name.replace(chr(34), chr(34) * 2)}",steel\n+1,stel\n'
    tables = read_files(ID, [("=a.csv", text.encode())])
    book = openpyxl.load_workbook(io.BytesIO(workbook(score_files(tables), "en")))
    assert book["verdicts"]["B2"].value == name
    cells = [cell for sheet in book for row in sheet for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    assert not any(cell.hyperlink for cell in cells)


def test_without_an_enterprise_the_tables_are_empty():
    empty = score_files(read_files(ID, [("e.csv", b"")]))
    for table in (ranking, detail_table, missing_items):
        assert len(table(empty, "en")) == 0
    sheets = openpyxl.load_workbook(io.BytesIO(workbook(empty, "en"))).sheetnames
    assert sheets[:2] == ["verdicts", "commonest missing"]


def test_settled_readings_are_printed():
    tables = FileTables(ID, *TABLES)
    settled = settings_table(score_files(tables, {"points_34": "all"}), "en").set_index("Item")
    assert settled.loc["Whom does the 34-point rule bind?", "Content"] == "All industries (settled)"
    tried = settings_table(ALL, "en").set_index("Item")["Content"]
    assert tried["Whom does the 34-point rule bind?"].endswith("(default; the others were tried)")


def test_problems_as_rows():
    words = LEADER.by_id["steel"].label
    table = problem_table(
        [Problem("t", 3, "B", "x", words), Problem("t", 0, "", words, words)], "zh"
    )
    assert table.iloc[0].tolist() == ["错误", "t", 3, "B", "x", "钢铁", ""]
    assert pd.isna(table.iloc[1, 2])


def test_details_too_long_for_a_sheet_are_cut_and_that_is_said(monkeypatch):
    monkeypatch.setattr("waterstats.enterprises.resultbook.MOST_ROWS", 100)
    table, said = shortened(detail_table(ALL, "en"), "en")
    assert len(table) == 100
    assert set(table["State"]) <= {"not met", "unanswered"}
    assert "only what failed or is open" in said


# --- the commands -------------------------------------------------------------------------------


def run(*arguments: object) -> int:
    parser = argparse.ArgumentParser()
    add_commands(parser.add_subparsers())
    options = parser.parse_args([str(argument) for argument in arguments])
    return options.run(options)


@pytest.fixture
def files(tmp_path):
    for name, frame in zip("em", TABLES, strict=True):
        frame.to_csv(tmp_path / f"{name}.csv", index=False)
    return tmp_path


def test_score_command(files, capsys):
    assert run("score", ID, files / "e.csv", files / "m.csv", "--out", files / "r.xlsx") == 0
    assert "Meets" not in capsys.readouterr().out
    book = openpyxl.load_workbook(files / "r.xlsx")
    assert book["结果排名"].max_row == len(CASES) + 1


def test_score_command_refuses_and_keeps(files, capsys):
    bad = (files / "e.csv").read_text().replace("steel_veto,steel", "steel_veto,stel")
    (files / "e.csv").write_text(bad)
    arguments = ("score", ID, files / "e.csv", files / "m.csv", "--out", files / "r.xlsx")
    assert run(*arguments, "--language", "en") == 1
    assert "found 'stel', expected one of steel" in capsys.readouterr().err
    assert not (files / "r.xlsx").exists()
    assert run(*arguments, "--language", "en", "--keep") == 1
    assert "error(s); enterprises set aside: steel_veto" in capsys.readouterr().err
    assert openpyxl.load_workbook(files / "r.xlsx")["verdicts"].max_row == len(CASES)


def test_score_command_names_what_is_unknown(files, capsys):
    out = ("--out", files / "r.xlsx")
    assert run("score", "shandong", files / "e.csv", *out) == 1
    assert "no standard 'shandong'" in capsys.readouterr().err
    assert run("score", ID, files / "none.csv", *out) == 1
    assert "none.csv" in capsys.readouterr().err
    assert run("score", ID, files / "e.csv", "--reading", "steel_water=some", *out) == 1
    assert "expected one of conventional" in capsys.readouterr().err


def test_template_command(tmp_path, capsys):
    assert run("template", ID, "--industry", "beer", "--out", tmp_path / "t.xlsx") == 0
    assert openpyxl.load_workbook(tmp_path / "t.xlsx").sheetnames[0] == "企业"
    assert run("template", ID, "--language", "en", "--out", tmp_path / "t.csv") == 0
    assert (
        (tmp_path / "t-measurements.csv").read_text("utf-8-sig").startswith("Enterprise,Indicator")
    )
    assert run("template", ID, "--industry", "bier", "--out", tmp_path / "x.xlsx") == 1
    assert "did you mean 'beer'" in capsys.readouterr().err
