"""The gallery of files people send: what is read, what is refused, and in which words."""

import io
import zipfile

import numpy as np
import openpyxl
import pandas as pd
import pytest
from test_verdicts import ID

from waterstats import score
from waterstats.enterprises.cellnumbers import NotANumberError, read_number
from waterstats.enterprises.files import FileTables, read_files

ENTERPRISES = "enterprise,industry,veto_1\n甲厂,steel,yes\n乙厂,beer,yes\n"
MEASUREMENTS = "enterprise,measure,variant,value\n甲厂,reuse_rate,,98\n乙厂,reuse_rate,,75\n"


def read(*files: str | bytes) -> FileTables:
    pairs = zip(("e.csv", "m.csv"), files, strict=False)
    return read_files(ID, [(n, f if isinstance(f, bytes) else f.encode()) for n, f in pairs])


def value(cell: str, row: str = "甲厂,reuse_rate,", unit: str = "") -> FileTables:
    text = f'enterprise,measure,variant,value,unit\n{row},"{cell}",{unit}\n'
    return read(ENTERPRISES, text)


def told(tables: FileTables, language: str = "en") -> list[str]:
    """The problems but for the columns that this short table does not have."""
    lines = [p.said(language) for p in tables.problems]
    return [line for line in lines if "no column for" not in line and "项的列" not in line]


def workbook(*sheets: tuple[str, list[list]]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


HEAD = ["企业名称", "所属行业", "取水手续合法"]
NUMBERS = ["企业名称", "指标", "产品或路线", "数值", "单位", "年产量", "有无", "没有的原因"]


def test_two_csv_files():
    tables = read(ENTERPRISES, MEASUREMENTS)
    assert told(tables) == []
    assert tables.enterprises["industry"].tolist() == ["steel", "beer"]
    assert tables.measurements["value"].tolist() == [98, 75]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_every_usual_encoding_and_delimiter(encoding, delimiter):
    text = "企业名称,所属行业,1 取水手续合法\n甲厂,钢铁,是\n".replace(",", delimiter)
    tables = read(text.encode(encoding))
    assert tables.enterprises.iloc[0].tolist() == ["甲厂", "steel", "是"]


def test_one_workbook_with_a_title_and_chinese_words():
    top = [["2025年企业汇总表"], HEAD, ["甲厂", "钢铁", "√"], ["乙厂", "啤酒", 1]]
    rows = [NUMBERS, ["甲厂", "水重复利用率", None, 98, "％"], ["乙厂", "水重复利用率", None, "75"]]
    tables = read(saved(workbook(("企业", top), ("指标", rows), ("说明", [["怎么填"]]))))
    assert told(tables) == []
    assert tables.measurements["measure"].tolist() == ["reuse_rate"] * 2
    assert (
        score(ID, tables.enterprises, tables.measurements)["verdict"].tolist() == ["incomplete"] * 2
    )


def test_one_wide_sheet():
    head = [*HEAD, "水重复利用率（%）", "年取水量（万m³）", "单位产品取水量 · 烧碱（折百）"]
    head += ["output.caustic_soda", "indirect_cooling_rate"]
    rows = [head, ["甲厂", "氯碱", "是", "97%", 120.3, 5, "3万t", "无：没有循环冷却"]]
    rows += [["乙厂", "钢铁", "是", 98, None, None, None, None]]
    tables = read(saved(workbook(("汇总", rows))))
    assert [line.split(", expected")[1] for line in told(tables)] == [
        " a number in m3. Read as 1,203,000 m3.",
        " a number in t. Read as 30,000 t.",
    ]
    rows = tables.measurements.set_index(["enterprise", "measure"])
    assert rows.loc[("甲厂", "reuse_rate"), "value"] == 97
    assert rows.loc[("甲厂", "annual_withdrawal"), "value"] == 1203000
    assert rows.loc[("甲厂", "indirect_cooling_rate"), "reason"] == "没有循环冷却"
    assert rows.loc[("甲厂", "unit_withdrawal"), "variant"] == "caustic_soda"
    verdicts = score(ID, tables.enterprises, tables.measurements)
    assert verdicts["left_out"].tolist() == ["chlor_alkali_indirect_cooling_rate", ""]


def test_parquet():
    frames = [pd.read_csv(io.StringIO(text)) for text in (ENTERPRISES, MEASUREMENTS)]
    files = []
    for name, frame in zip("em", frames, strict=True):
        buffer = io.BytesIO()
        frame.to_parquet(buffer)
        files.append((f"{name}.parquet", buffer.getvalue()))
    tables = read_files(ID, files)
    assert told(tables) == []
    assert tables.measurements["value"].tolist() == [98, 75]


# --- numbers ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "unit", "number"),
    [
        ("97%", "%", 97),
        ("９７．５％", "%", 97.5),
        ("1,234,567.5", "m3", 1234567.5),
        ("１，２３４", "m3", 1234),
        (" 4.2 ", "m3/t", 4.2),
        ("4.2 m³/t", "m3/t", 4.2),
        ("4.2立方米/吨", "m3/t", 4.2),
        ("1.2e6", "m3", 1200000),
        ("120.3万m³", "m3", 1203000),
        ("12 万立方米", "m3", 120000),
        ("−3", "m3", -3),
        (0.57, "%", 0.57),
        ("", "m3", None),
        ("　", "m3", None),
        (None, "m3", None),
    ],
)
def test_numbers_as_people_write_them(cell, unit, number):
    assert read_number(cell, unit)[0] == number


WORDS = [
    "97%",
    "abc",
    "1,5",
    "1,23,456",
    "≥97",
    "约4",
    "—",
    "/",
    "无",
    "nan",
    "inf",
    "1e999",
    "4.2kg",
]
OTHERS = ["1 200", "3-5", "#DIV/0!", float("nan"), float("inf"), True, pd.Timestamp("2025-03-05")]


@pytest.mark.parametrize("cell", [*WORDS, *OTHERS])
def test_what_is_not_a_plain_number_is_refused(cell):
    with pytest.raises(NotANumberError):
        read_number(cell, "m3")


# what stands in the file, what the message must say in English and in Chinese
SLIPS = [
    (
        value("约97"),
        "m.csv, row 2, D value: found '约97', expected a number in %. Put the number alone",
        "m.csv，第2行，D value：现为“约97”，应为一个数（%）。单元格里只写数",
    ),
    (value("九十七"), "expected a number in %", "应为一个数（%）"),
    (value("97,5"), "Write the decimal point as '.'", "小数点请用“.”"),
    (value("/"), "Leave it empty if unknown; if there is no such system", "不知道就留空"),
    (value("NaN"), "found 'NaN', expected a number in %. Leave it empty", "现为“NaN”"),
    (value("inf"), "found 'inf', expected a number in %", "应为一个数"),
    (value("-3"), "found '-3', expected a number from 0 to 100", "应为0到100的数"),
    (value("130"), "found '130', expected a number from 0 to 100", "应为0到100的数"),
    (
        value("4.2%", "甲厂,unit_withdrawal,"),
        "expected a number in m3/t. This is not a percentage.",
        "这里不填百分数",
    ),
    (
        value("98", unit="m3"),
        "row 2, E unit: found 'm3', expected the unit %. Convert the number to %.",
        "应为单位%。请换算成%。",
    ),
    (
        value("98", "丙厂,reuse_rate,"),
        "A enterprise: found '丙厂', expected an enterprise of the first table. Add it",
        "应为企业表里的企业",
    ),
    (
        value("98", "甲厂,reuse_rat,"),
        "B measure: found 'reuse_rat', expected a number asked of steel: annual_withdrawal",
        "是不是“水重复利用率”？",
    ),
    (
        value("4", "乙厂,unit_withdrawal,烧碱"),
        "C variant: found '烧碱', expected a variant of beer: none",
        "应为啤酒的产品或路线：无",
    ),
    (
        read("enterprise,industry\n甲厂,钢铁行业\n"),
        "e.csv, row 2, B industry: found '钢铁行业', expected one of steel, coking",
        "应为下列之一：钢铁、炼焦、石油炼制",
    ),
    (
        read("enterprise,industry\n甲厂,钢铁行业\n"),
        "Did you mean 'steel' (Iron and steel)?",
        "是不是“钢铁”？",
    ),
    (read("enterprise,industry\n甲厂,stel\n"), "Did you mean 'steel'", "是不是“钢铁”？"),
    (
        read("enterprise,industry,veto_1\n甲厂,steel,大概\n"),
        "C veto_1: found '大概', expected one of yes, no",
        "应为下列之一：是、否",
    ),
    (
        read("enterprise,industry,veto_8\n甲厂,steel,不适用\n"),
        "expected the reason for not applicable",
        "是空的，应为不适用的原因",
    ),
    (
        read("enterprise,industry,green_title\n甲厂,steel,市级\n"),
        "expected one of provincial, national, no",
        "应为下列之一：省级、国家级、否",
    ),
    (
        read("enterprise,industry\n甲厂,steel\n 甲 厂,steel\n"),
        "e.csv, row 3, A enterprise: found '甲 厂', expected each enterprise once. Rows 2, 3",
        "第2, 3行同名：请删去或改名。",
    ),
    (
        read("enterprise,industry\n,steel\n"),
        "A enterprise: found '', expected a name or number",
        "是空的，应为企业名称",
    ),
    (
        read("enterprise,industry,output_value\n甲厂,steel,很多\n"),
        "C output_value: found '很多', expected a number in 万元",
        "应为一个数",
    ),
    (
        read("企业名称,所属行业,总产值（亿元）\n甲厂,steel,3\n"),
        "C 总产值（亿元）: found '3', expected a number from 0 in 万元",
        "应为不小于0的数（万元）",
    ),
    (
        read("enterprise,industry\n甲厂,steel,3\n"),
        "e.csv, row 2, C: found '3', expected nothing: this column has no heading",
        "请检查逗号是否错位",
    ),
]


@pytest.mark.parametrize(("tables", "english", "chinese"), SLIPS)
def test_a_wrong_cell_is_explained_where_it_stands(tables, english, chinese):
    assert any(english in line for line in told(tables)), told(tables)
    assert any(chinese in line for line in told(tables, "zh")), told(tables, "zh")
    assert tables.errors


def test_the_right_rows_are_kept_as_they_are():
    alone = read(
        ENTERPRISES.replace("甲厂,steel,yes\n", ""),
        MEASUREMENTS.replace("甲厂,reuse_rate,,98\n", ""),
    )
    assert told(alone) == []
    bad = MEASUREMENTS.replace("98", "98x")
    tables = read(ENTERPRISES, bad)
    assert tables.set_aside == ["甲厂"]
    assert len(tables.errors) == 1
    assert tables.enterprises["enterprise"].tolist() == ["乙厂"]
    assert tables.measurements["enterprise"].tolist() == ["乙厂"]
    pd.testing.assert_frame_equal(tables.enterprises, alone.enterprises)
    pd.testing.assert_frame_equal(tables.measurements, alone.measurements)
    score(ID, tables.enterprises, tables.measurements)


def test_an_enterprise_is_set_aside_if_a_number_is_probably_its_own():
    tables = read(
        "enterprise,industry\n济南甲钢铁,steel\n乙厂,beer\n",
        "enterprise,measure,value\n济南甲钢,reuse_rate,98\n",
    )
    assert tables.set_aside == ["济南甲钢铁"]
    assert "Did you mean '济南甲钢铁'?" in told(tables)[0]


def test_nobody_is_scored_without_the_numbers_of_a_file_that_was_refused():
    for lost in (b"", b"PAR1" * 9, "enterprise,measure\n甲厂,reuse_rate\n".encode()):
        tables = read(ENTERPRISES, lost)
        assert tables.set_aside == ["甲厂", "乙厂"]
        assert len(tables.errors) == 1


def test_names_may_differ_in_width_and_spaces():
    tables = read(
        "enterprise,industry\n甲厂（济南）A,steel\n", MEASUREMENTS.replace("甲厂", "甲厂(济南) Ａ")
    )
    assert tables.measurements["enterprise"].tolist() == ["甲厂（济南）A"]


# --- numbers that look wrong --------------------------------------------------------------------

DOUBTS = [
    (value("0.97"), 0.97, "Read as 0.97 %; if 97 % is meant, write 97.", "如指97%，请写97。"),
    (
        value("100000", "甲厂,unit_withdrawal,"),
        100000,
        "About 23,810 times above the limit: is it in m3/t, not 10⁴ m3/t?",
        "约为限值的23,810倍",
    ),
    (
        value("0.0004", "甲厂,unit_withdrawal,"),
        0.0004,
        "with a limit of 4.2. About 10,500 times below the limit",
        "约为限值的10,500分之一",
    ),
    (
        value("1200", "甲厂,annual_withdrawal,"),
        1200,
        "About 83 times below the limit: is it in m3, not 10⁴ m3?",
        "还是10⁴ m3？",
    ),
    (
        value("120", "甲厂,annual_withdrawal,", "万m³"),
        1200000,
        "expected a number in m3. Read as 1,200,000 m3.",
        "按1,200,000 m3读。",
    ),
]


@pytest.mark.parametrize(("tables", "number", "english", "chinese"), DOUBTS)
def test_a_doubtful_number_is_kept_with_a_warning(tables, number, english, chinese):
    assert tables.errors == []
    assert tables.measurements["value"].tolist() == [number]
    assert len(told(tables)) == 1
    assert english in told(tables)[0]
    assert chinese in told(tables, "zh")[0]


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        ("甲厂,leakage_rate,", "0.9"),
        ("甲厂,unit_withdrawal,", "0.5"),
        ("甲厂,annual_withdrawal,", "99999999"),
        ("乙厂,reuse_rate,", "1.5"),
    ],
)
def test_an_unusual_number_is_not_doubted(row, cell):
    assert told(value(cell, row)) == []


def test_a_shared_meter_is_compared_with_the_outputs():
    text = "enterprise,measure,variant,value,output\n丙,shared_withdrawal,,103,\n"
    text += "丙,unit_withdrawal,pvc_carbide,,100000\n丙,unit_withdrawal,pvc_ethylene,,50000\n"
    (line,) = told(read("enterprise,industry\n丙,chlor_alkali\n", text))
    assert "with a limit of 1,030,000. About 10,000 times below" in line


# --- workbooks ----------------------------------------------------------------------------------


def test_merged_names_are_filled_down_and_said():
    rows = [NUMBERS, ["甲厂", "水重复利用率", "", 98], [None, "综合漏失率", "", 5]]
    book = workbook(("企业", [HEAD, ["甲厂", "钢铁", "是"]]), ("指标", rows))
    book["指标"].merge_cells("A2:A3")
    tables = read(saved(book))
    assert tables.measurements["enterprise"].tolist() == ["甲厂", "甲厂"]
    assert told(tables) == [
        "e.csv › 指标, row 3, A 企业名称: found '甲厂', expected cells that are not merged."
        " Read as '甲厂', like the cell above."
    ]


def test_merged_answers_are_refused():
    book = workbook(("企业", [HEAD, ["甲厂", "钢铁", "是"], ["乙厂", "啤酒", None]]))
    book["企业"].merge_cells("C2:C3")
    tables = read(saved(book))
    assert tables.set_aside == ["乙厂"]
    assert (
        "C 取水手续合法: found '是', expected cells that are not merged. Unmerge" in told(tables)[0]
    )


def test_a_cell_shown_as_a_percentage_is_read_as_shown():
    rows = [NUMBERS, ["甲厂", "水重复利用率", "", 0.985], ["甲厂", "综合漏失率", "", 5]]
    book = workbook(("企业", [HEAD, ["甲厂", "钢铁", "是"]]), ("指标", rows))
    book["指标"]["D2"].number_format = "0.0%"
    tables = read(saved(book))
    assert told(tables) == []
    assert tables.measurements["value"].tolist() == [98.5, 5]


def test_a_formula_without_a_result_is_not_an_empty_cell():
    rows = [NUMBERS, ["甲厂", "水重复利用率", "", "=90+8"]]
    tables = read(saved(workbook(("企业", [HEAD, ["甲厂", "钢铁", "是"]]), ("指标", rows))))
    assert tables.set_aside == ["甲厂"]
    assert "D 数值: found '=', expected the result of the formula. Open and save" in told(tables)[0]


def test_a_macro_workbook_is_read_without_its_macros():
    content = io.BytesIO(saved(workbook(("企业", [HEAD, ["甲厂", "钢铁", "是"]]))))
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    tables = read_files(ID, [("e.xlsm", content.getvalue())])
    assert tables.enterprises["enterprise"].tolist() == ["甲厂"]
    assert "e.xlsm: found 'a workbook with macros'" in "".join(told(tables))
    assert "no macro was run" in "".join(told(tables))


def test_a_strange_sheet_is_said_not_to_be_read():
    book = workbook(("企业", [HEAD, ["甲厂", "钢铁", "是"]]), ("别的", [["日期", "天气"], [1, 2]]))
    (line,) = told(read(saved(book)), "zh")
    assert line.startswith(
        "e.csv › 别的：现为“日期、天气”，应为含“企业名称”和“所属行业”等列名的表。此表没有读"
    )


# --- headings -----------------------------------------------------------------------------------

HEADINGS = [
    ("enterprise,veto_1\n甲,是\n", "expected a column 'Industry'. Add the column.", True),
    ("name,industry,veto_1,veto 1\n甲,steel,是,否\n", "expected each heading once", True),
    ("enterprise,industry,vetto_1\n甲,steel,是\n", "was not read. Did you mean 'veto_1'", False),
    ("enterprise,industry,手续合法\n甲,steel,是\n", "was not read.", False),
    ("甲厂,钢铁,是\n", "expected a table with the heading 'Enterprise'", True),
    ("enterprise,industry\n", "found 'no enterprise filled in'", True),
]


@pytest.mark.parametrize(("text", "words", "error"), HEADINGS)
def test_headings_are_checked(text, words, error):
    tables = read(text)
    assert any(words in line for line in told(tables)), told(tables)
    assert bool(tables.errors) == error


def test_missing_columns_are_said_to_be_unanswered():
    (problem,) = read("enterprise,industry\n甲厂,steel\n").problems
    assert problem.said("en") == (
        "e.csv, row 1: found 'no column for 47 items', expected 1 Lawful permit to withdraw water, "
        "2 No use beyond plan or permit in three years, 3 No safety, quality or environmental "
        "accident or offence in three years …. These items count as unanswered."
    )
    assert problem.warning


# --- files that are refused whole -----------------------------------------------------------------

BIG5 = "企業名稱,行業\n甲廠,鋼鐵\n".encode("big5")
REFUSED = [
    (b"", "found 'an empty file'"),
    (b" \n", "found 'an empty file'"),
    (b"0" * 50_000_000, "found '50 MB', expected a file of at most 20 MB"),
    (b"\xd0\xcf\x11\xe0" + b"0" * 100, "found 'an old .xls or an encrypted file'"),
    (b"PK\x03\x04" + b"0" * 100, "found 'a damaged file'"),
    (b"PAR1" + b"0" * 100, "found 'a damaged Parquet file'"),
    (b"\x89PNG\r\n\x1a\n\x00\x00\xff\xff", "found 'an unknown encoding', expected text in UTF-8"),
    (BIG5, "found 'an unknown encoding'"),
    (b'enterprise,industry\n"a,steel\n', "is not CSV"),
]


@pytest.mark.parametrize(("content", "words"), REFUSED)
def test_a_file_that_cannot_be_a_table_is_refused_whole(content, words):
    tables = read_files(ID, [("f", content)])
    assert len(tables.problems) == 1
    assert words in tables.problems[0].said("en")
    assert "应为" in tables.problems[0].said("zh")
    assert tables.enterprises.empty
    assert tables.measurements.empty


def test_other_zip_files_and_huge_sheets_are_refused():
    plain = io.BytesIO()
    with zipfile.ZipFile(plain, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    bomb = io.BytesIO(saved(workbook(("企业", [HEAD]))))
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/x", bytes(90_000_000))
    stray = workbook(("企业", [HEAD]))
    stray["企业"]["ZZ90000"] = 1
    for content, words in (
        (plain.getvalue(), "found 'not an Excel workbook'"),
        (bomb.getvalue(), "when unpacked', expected a workbook of at most 80 MB"),
        (saved(stray), "expected a sheet of at most 2,000,000 cells"),
    ):
        (problem,) = read_files(ID, [("f.xlsx", content)]).problems
        assert words in problem.said("en")


def test_parquet_nan_is_not_an_empty_cell():
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.table({"enterprise": ["甲厂"] * 2, "measure": ["reuse_rate", "leakage_rate"]})
    table = table.append_column("value", pa.array([np.nan, None], from_pandas=False))
    buffer = io.BytesIO()
    pq.write_table(table, buffer)
    tables = read_files(ID, [("e.csv", ENTERPRISES.encode()), ("m.parquet", buffer.getvalue())])
    assert [p.said("en") for p in tables.errors] == [
        "m.parquet, row 2, C value: found 'nan', expected a number in %. Leave it empty if unknown;"
        " if there is no such system, write 'none: why'."
    ]
