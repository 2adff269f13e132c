"""Tables taken away open again with the same content, and cannot run formulas."""

import io
import zipfile

import openpyxl
import pandas as pd
import pytest

from waterstats import exports, store
from waterstats.package import package

FRAME = pd.DataFrame(
    {"名称": ["正常", "=1+1", "@cmd", "-2+3", "\tx"], "数": [1, 2, 3, 4, -5]},
)


def test_csv_opens_in_excel_with_chinese_and_without_formulas():
    raw = exports.to_csv(FRAME)
    assert raw.startswith(b"\xef\xbb\xbf")
    back = pd.read_csv(io.BytesIO(raw))
    assert back["名称"].tolist() == ["正常", "'=1+1", "'@cmd", "'-2+3", "'\tx"]
    assert back["数"].tolist() == FRAME["数"].tolist()


def test_xlsx_keeps_text_as_text_and_lists_the_sources():
    book = openpyxl.load_workbook(io.BytesIO(exports.to_xlsx(FRAME, "data", ["source A"])))
    sheet = book["data"]
    assert [cell.value for cell in sheet["A"]][1:] == FRAME["名称"].tolist()
    assert {cell.data_type for cell in sheet["A"]} == {"s"}
    assert book.worksheets[1]["A1"].value == "source A"


def test_package_holds_every_table_twice_and_the_database(connection, tmp_path):
    archive = zipfile.ZipFile(io.BytesIO(package(connection)))
    tables = {table.name for table in store.tables(connection)}
    names = set(archive.namelist())
    assert {f"csv/{table}.csv" for table in tables} <= names
    assert {f"parquet/{table}.parquet" for table in tables} <= names
    sites = pd.read_parquet(io.BytesIO(archive.read("parquet/site.parquet")))
    assert len(sites) == 411
    archive.extract("waterstats.duckdb", tmp_path)
    with store.connect(tmp_path / "waterstats.duckdb") as copy:
        assert len(store.read(copy, "figure")) == len(store.read(connection, "figure"))


@pytest.mark.parametrize("value", [None, float("nan")])
def test_missing_cells_stay_empty(value):
    raw = exports.to_csv(pd.DataFrame({"a": [value, "x"]})).decode("utf-8-sig")
    assert raw.splitlines()[1] in ("", '""')
