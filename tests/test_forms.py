"""The filled forms: built from worked cases, written, opened again and compared."""

import io
import shutil
import subprocess
from dataclasses import replace

import pandas as pd
import pytest
from docx import Document
from openpyxl import load_workbook

from waterstats import forms
from waterstats.forms.content import LONGEST, placed, written
from waterstats.scoring.batches import read_tables
from waterstats.scoring.compiled import plans
from waterstats.scoring.scenario import Scenario, example, score_scenario
from waterstats.standards.records import RuleError
from waterstats.standards.rulefiles import STANDARDS, load_standard

LEADER = load_standard("shandong_leader_2025")
CASES = {case["id"]: case for case in LEADER.cases}
INDUSTRIES = [industry.id for industry in LEADER.industries]
INVENTED = STANDARDS.parent.parent / "tests" / "standards"
MADE_ON = "2025-04-30"


def scenario(case_id, **changes):
    return replace(example(LEADER, CASES[case_id]), **changes)


def case_of(industry):
    return next(case["id"] for case in LEADER.cases if case["industry"] == industry)


def table(form, name):
    return next(t for t in form.tables if t.name == name)


def texts(table_):
    return [written(cell.value) for _, _, cell in placed(table_)]


def lines(table_):
    """Each row as the words and numbers that stand in it."""
    return [[cell.value for cell in row if cell.value not in (None, "")] for row in table_.rows]


def everything(form):
    said = [form.footer]
    for t in form.tables:
        said += [t.title, *t.lines, *texts(t), *t.notes]
    return "\n".join(said)


def assert_written(form):
    """Both files say exactly what the form says, cell by cell."""
    book = load_workbook(io.BytesIO(forms.to_xlsx(form)))
    assert book.sheetnames == [t.name for t in form.tables]
    document = Document(io.BytesIO(forms.to_docx(form)))
    assert len(document.tables) == len(form.tables)
    for t, made in zip(form.tables, document.tables, strict=True):
        sheet, first = book[t.name], 2 + len(t.lines)
        grid = [row.cells for row in made.rows]
        for i, j, cell in placed(t):
            found = sheet.cell(first + i, 1 + j)
            assert found.value == (None if cell.value == "" else cell.value)
            assert found.data_type != "f"
            assert grid[i][j].text == written(cell.value)
        paragraphs = [sheet.cell(row, 1).value for row in range(1, sheet.max_row + 1)]
        assert paragraphs[: first - 1] == [t.title, *t.lines]
        assert paragraphs[first - 1 + len(t.rows) :] == list(t.notes)
        assert int(sheet.page_setup.paperSize) == 9
        assert (sheet.page_setup.orientation == "landscape") == form.landscape
    words = [p.text for p in document.paragraphs]
    assert words == [x for t in form.tables for x in (t.title, *t.lines, *t.notes)]
    assert form.footer in document.sections[0].footer.paragraphs[0].text
    return book, document


@pytest.mark.parametrize("industry", INDUSTRIES)
def test_every_industry_opens_again_with_its_values(industry):
    given = scenario(case_of(industry), name="某某公司", evidence={"veto_1": "附件1-1"})
    form = forms.self_assessment(given, made_on=MADE_ON)
    assert_written(form)
    plan, outcome = score_scenario(given)
    known = LEADER.by_id[industry]
    limits = table(form, f"附表{known.table}")
    assert known.label.zh in limits.title
    assert any(known.standard in note for note in limits.notes)
    shown = [value for row in lines(limits) for value in row]
    for limit in plan.limits:
        if limit.limit is not None and not limit.copy_of:
            assert any(f"{limit.limit:g}" in str(value) for value in shown), limit.id
    numbers = [value for t in form.tables for row in lines(t) for value in row]
    for given_value in given.values.values():
        for value in given_value.values() if isinstance(given_value, dict) else [given_value]:
            assert value in numbers
    total = next(row for row in lines(table(form, "附表2")) if row[0] == "管理指标自评总得分")
    low, high = (int(t.sum() / plan.scale) for t in (outcome.low, outcome.high))
    assert total[1] == (low if low == high else f"{low}～{high}")
    verdict = LEADER.verdicts[CASES[case_of(industry)]["verdict"]].zh
    assert verdict in form.footer and MADE_ON in form.footer
    assert f"{LEADER.id}，版本 {LEADER.header.version}" in form.footer


def test_a_pass_is_worded_as_thresholds_met_and_no_more():
    said = everything(forms.self_assessment(scenario("shipyard")))
    assert "达到自评门槛" in said and "不等于获得称号" in said
    assert LEADER.header.document in said and LEADER.header.source_id in said


def test_boxes_evidence_and_reasons():
    given = scenario("steel_no_direct_cooling", evidence={"veto_1": "1-1", "item_1_1_1": "2-1"})
    form = forms.self_assessment(given)
    musts = lines(table(form, "附表1"))
    assert musts[1] == ["1", LEADER.by_id["veto_1"].label.zh, "☑是　☐否", "1-1"]
    assert "☑是　☐否\n年取水量 2000000 m³" in musts[4]
    assert musts[8][2] == "☐是　☐否　☑不适用\n理由：近年没有新改扩建项目"
    assert any(row[-1] == "2-1" for row in lines(table(form, "附表2")))
    row = next(r for r in lines(table(form, "附表3-1")) if "直接冷却水循环率" in r)
    assert row[-2:] == ["本厂没有这一系统", "理由：电炉短流程，无直接冷却"]
    assert "电炉短流程，无直接冷却" in "".join(texts(table(form, "自评说明")))


def test_a_no_is_a_box_and_a_missing_answer_is_not():
    musts = lines(table(forms.self_assessment(scenario("steel_veto")), "附表1"))
    assert musts[2][2] == "☐是　☑否" and musts[4][2] == "☐是　☐否"


def test_points_subtotals_deduction_and_bonus():
    rows = lines(table(forms.self_assessment(scenario("steel_just_enough_points")), "附表2"))
    subtotals = [row[1:] for row in rows if row[0] == "小计"]
    assert subtotals == [[16, 16], [8, 8], [7, 7], [7, 7], [6, 6], [10, 6], [6, 0], ["+4", 1]]
    assert next(row for row in rows if "地下水" in row)[-2:] == [-3, -3]
    assert rows[-2:] == [
        ["管理指标自评总得分", 48],
        ["管理指标门槛：管理指标合计不低于48分", "已达到"],
    ]


def test_an_open_answer_makes_the_total_a_range():
    rows = lines(table(forms.self_assessment(scenario("steel_groundwater_blank")), "附表2"))
    assert rows[-2] == ["管理指标自评总得分", "51～54"]


def limit_row(form, name, word):
    return next(row for row in lines(table(form, name)) if any(word == cell for cell in row))


def test_the_limit_in_force_is_printed_with_the_printed_one():
    form = forms.self_assessment(scenario("paper_half_board"))
    row = limit_row(form, "附表3-10", "漂白化学木浆")
    assert "≤51.5\n（表列≤50）" in row and 51.6 in row and "未达标" in row
    lye = scenario("chlor_alkali_lye_or_pure", readings={"caustic_basis": "lye"})
    row = limit_row(forms.self_assessment(lye), "附表3-5", "烧碱（折百）")
    assert any(str(cell).startswith("≤18.33") for cell in row) and "达标" in row


def test_a_chosen_reading_changes_what_is_compared():
    given = scenario("steel_reclaimed_water_matters", readings={"steel_water": "sum"})
    row = limit_row(forms.self_assessment(given), "附表3-1", "吨钢取水量")
    assert 4.3 in row and "未达标" in row
    given = scenario("aluminium_gas_cleaning", readings={"gas_cleaning": "step"})
    row = limit_row(forms.self_assessment(given), "附表3-14", "电解烟气深度净化")
    assert 0.6 in row and "达标" in row


def test_readings_are_printed_and_the_decisive_one_marked():
    form = forms.self_assessment(scenario("steel_reclaimed_water_matters"))
    said = texts(table(form, "自评说明"))
    assert "取决于条文的解读；按所选解读：达到自评门槛" in said
    reading = LEADER.by_id["steel_water"]
    assert f"{reading.question.zh}\n只限常规水源（结论取决于此）" in said
    assert sum("结论取决于此" in text for text in said) == 1


def test_shared_meters_and_mapped_pulps():
    form = forms.self_assessment(scenario("chlor_alkali_shared_meter"))
    row = limit_row(form, "附表3-5", "电石法聚氯乙烯")
    assert "共用水表，按合计判定" in row and "未达标" in row
    assert ["共用水表的取水量", "m³", 1030001] in lines(table(form, "其他填报值"))
    paper = forms.self_assessment(scenario("paper_integrated_mill"))
    assert limit_row(paper, "附表3-10", "半化学草浆")[1:] == ["m³/t", "≤40", 40, "达标"]
    assert "半化学本色木浆" not in texts(table(paper, "附表3-10"))


def test_a_value_is_rounded_only_where_it_stays_on_its_side():
    near = scenario("steel_on_every_limit")
    close = replace(
        near, values={**near.values, "unit_withdrawal": 4.2000001, "reuse_rate": 97.123456}
    )
    form = forms.self_assessment(close)
    assert 4.2000001 in limit_row(form, "附表3-1", "吨钢取水量")
    assert 97.1235 in limit_row(form, "附表3-1", "重复利用率")


@pytest.mark.parametrize("industry", INDUSTRIES)
def test_nothing_given_makes_blanks_and_an_incomplete_verdict(industry):
    form = forms.self_assessment(Scenario(LEADER.id, LEADER.header.version, industry))
    assert "尚未填完，不能判断" in everything(form) and "制表日期 　" in form.footer
    assert "☑" not in "".join(texts(table(form, "附表1")))
    technical = table(form, f"附表{LEADER.by_id[industry].table}")
    assert not {"达标", "未达标"} & set(texts(technical))
    total = next(row for row in lines(table(form, "附表2")) if row[0] == "管理指标自评总得分")
    assert total == ["管理指标自评总得分"]


def test_information_given_taken_over_and_blank():
    given = scenario("paper_mill_88", name="某某纸业")
    told = {
        "enterprise_type": "private",
        "output_value": 12345.5,
        "unit_withdrawal": {2022: "16 m³/t"},
    }
    form = forms.self_assessment(given, told)
    assert_written(form)
    rows = lines(table(form, "基本信息表"))
    assert ["企业名称", "某某纸业"] in rows
    assert ["主要产品", "新闻纸、生活用纸"] in rows
    assert ["2024年总产值（万元）", 12345.5] in rows
    assert ["企业类型", "内资（☐国有　☐集体　☑民营）　☐中外合资　☐港澳台　☐外商独资"] in rows
    assert ["近三年企业主要水效指标（注明单位）", "2022年", "2023年", "2024年"] in rows
    assert ["主要产品单位取水量", "16 m³/t", "新闻纸 15 m³/t；生活用纸 14 m³/t"] in rows
    assert ["水重复利用率", "88 %"] in rows
    assert sum("☑造纸" in text for text in texts(table(form, "基本信息表"))) == 1


def test_people_are_never_asked_and_stay_blank():
    asked = [f.id for f in forms.load_layout(LEADER.id).asked]
    for kept_out in ("legal_representative", "contact_person", "telephone", "mobile", "email"):
        assert kept_out not in asked
        with pytest.raises(RuleError, match="is not asked"):
            forms.self_assessment(scenario("shipyard"), {kept_out: "x"})
    rows = lines(table(forms.self_assessment(scenario("shipyard")), "基本信息表"))
    assert ["联系电话", "传真"] in rows and ["手机", "电子邮箱"] in rows


def test_an_unknown_choice_or_meter_is_refused():
    with pytest.raises(RuleError, match="enterprise_type"):
        forms.self_assessment(scenario("shipyard"), {"enterprise_type": "cooperative"})
    with pytest.raises(RuleError, match="meters: 'withdrawl'"):
        forms.self_assessment(scenario("shipyard"), meters={"withdrawl": 1.0})


def test_meter_readings_are_printed_with_what_follows_from_them():
    meters = {"withdrawal": 3e6, "reused": 9e7, "output": {"caustic_soda": 6e5}}
    form = forms.self_assessment(scenario("chlor_alkali_two_products"), meters=meters)
    assert_written(form)
    rows = lines(table(form, "水表读数"))
    assert any(row[0] == "水重复利用率" and 96.7742 in row for row in rows)
    assert any(row[1] == "烧碱（折百）" and 5 in row for row in rows)


def test_text_never_becomes_a_formula():
    evil = ["=1+1", "+cmd|' /C calc'!A0", "@SUM(1)", "-2+3", "{=1}", '=HYPERLINK("http://x")']
    told = dict(zip(("name", "address", "water_sources", "products", "output"), evil, strict=False))
    ids = ("veto_1", "item_1_1_1", "shipbuilding_reuse_rate", "veto_2", "veto_3", "item_1_1_2")
    given = scenario("shipyard", name=evil[-1], evidence=dict(zip(ids, evil, strict=True)))
    form = forms.self_assessment(given, told)
    assert all(everything(form).count(text) >= 2 for text in evil)
    assert_written(form)
    listed = [forms.entry(replace(given, name=text)) for text in evil]
    assert_written(forms.recommendation(listed, evil[0]))


def test_long_and_strange_text():
    long = "长" * (LONGEST + 5000)
    evidence = {"veto_1": long, "veto_2": "a\x00b\x1b\ud800\r\nc\uffff" + "很长的证明材料名称" * 40}
    form = forms.self_assessment(scenario("shipyard", evidence=evidence))
    assert_written(form)
    musts = texts(table(form, "附表1"))
    assert any(text.startswith("ab\nc很长") for text in musts)
    assert any(text.endswith("（过长，此后略去）") for text in musts)


def test_recommendation_of_several_enterprises():
    told = {"enterprise_type": "state", "output_value": 100, "product_withdrawal": 5000}
    listed = [
        forms.entry(scenario("steel_on_every_limit", name="甲"), told),
        forms.entry(scenario("chlor_alkali_lye_or_pure", name="乙")),
        forms.entry(
            scenario("steel_no_direct_cooling", name="丙", readings={"steel_water": "sum"})
        ),
    ]
    form = forms.recommendation(listed, "某市工业和信息化局", MADE_ON)
    assert form.landscape
    assert_written(form)
    first, second = form.tables
    assert lines(first)[1] == [1, "甲", "国有企业", "钢铁", 100, 5000, "4.2 m³/t"]
    assert lines(first)[2] == [2, "乙", "氯碱", 3000000, "烧碱（折百） 9 m³/t"]
    assert len(first.rows) == 6 and "某市工业和信息化局" in first.lines[0]
    verdicts = lines(second)
    assert verdicts[1] == [1, "甲", "达到自评门槛", "60"]
    assert "取决于条文的解读；按所选解读：不符合申报条件（一票否决）" in verdicts[2]
    assert any("电炉短流程" in str(cell) for cell in verdicts[3])
    used = [note for note in second.notes if "4.2" in note]
    assert [note[-6:] for note in used] == ["（序号 1）", "（序号 3）"]


def test_recommendation_from_uploaded_tables():
    compiled = plans(LEADER.id)
    names = ["酒厂", "船厂", "又一酒厂"]
    enterprises = pd.DataFrame({"enterprise": names, "industry": ["beer", "shipbuilding", "beer"]})
    measurements = pd.DataFrame(
        [["酒厂", "unit_withdrawal", 3.5], ["船厂", "annual_withdrawal", 250000]],
        columns=["enterprise", "measure", "value"],
    )
    intake = read_tables(compiled, enterprises, measurements)
    told = {"船厂": {"enterprise_type": "foreign"}}
    form = forms.recommendation(list(forms.entries(compiled, intake, information=told)))
    rows = lines(form.tables[0])[1:4]
    assert rows == [
        [1, "酒厂", "啤酒", "3.5 m³/kL"],
        [2, "船厂", "外资企业", "船舶", 250000],
        [3, "又一酒厂", "啤酒"],
    ]
    with pytest.raises(ValueError, match="no enterprise"):
        forms.recommendation([])


@pytest.mark.parametrize(("name", "industry"), [("laundry_label", "hotel"), ("river_badge", "")])
def test_a_standard_without_a_layout_has_forms_too(name, industry):
    folder = INVENTED / name
    standard = load_standard(folder)
    given = Scenario(name, standard.header.version, industry, name="某某")
    form = forms.self_assessment(given, standard=folder)
    assert_written(form)
    assert standard.verdicts["incomplete"].zh in everything(form)
    assert_written(forms.recommendation([forms.entry(given, standard=folder)]))


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ("[wrds]\nyes = 'x'", "did you mean 'words'"),
        ("[words]\nyess = 'x'", "did you mean 'yes'"),
        ("[tables.musts]\nname = 'x'", "did you mean 'must'"),
        ("[[columns]]\nshow = 'nam'\nhead = 'x'\nwidth = 1", "did you mean 'name'"),
    ],
)
def test_a_wrong_layout_names_its_place(tmp_path, wrong, message):
    folder = tmp_path / "river_badge"
    shutil.copytree(INVENTED / "river_badge", folder)
    (folder / "forms.toml").write_text(wrong, encoding="utf-8")
    with pytest.raises(RuleError, match=message):
        forms.load_layout(folder)


@pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")),
    reason="LibreOffice and pdftotext are not installed",
)
def test_libreoffice_prints_them(tmp_path):
    form = forms.self_assessment(scenario("paper_half_board", name="某某纸业"), made_on=MADE_ON)
    (tmp_path / "x.xlsx").write_bytes(forms.to_xlsx(form))
    (tmp_path / "d.docx").write_bytes(forms.to_docx(form))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, "x.xlsx", "d.docx"], cwd=tmp_path, check=True, capture_output=True)
    for name in ("x.pdf", "d.pdf"):
        read = subprocess.run(
            ["pdftotext", "-layout", name, "-"], cwd=tmp_path, capture_output=True
        )
        said = "".join(read.stdout.decode().split())
        for word in ("某某纸业", "51.6", "≤51.5", "表3-10", "一票否决", "管理指标自评总得分", "60"):
            assert word in said, (name, word)
        assert "不符合申报条件" in said and MADE_ON in said
