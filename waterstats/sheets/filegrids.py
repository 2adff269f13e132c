"""Files people send, opened as plain grids: xlsx, CSV in whatever encoding, Parquet.

What a file is, is read from its bytes; its name only says what to call it. Nothing is run, and
nothing is opened that is too large to be a table somebody keeps.
"""

import csv
import io
import unicodedata

from waterstats.problems import Problem
from waterstats.sheets.grids import SAVE_AS, TABLE, Grid, UnreadableError, about_file
from waterstats.sheets.workbooks import check_cells, workbook_grids
from waterstats.standards.limits import Words

MAX_BYTES = 20_000_000
DELIMITERS = ",\t;|"
MACROS = (
    Words("带宏的工作簿", "a workbook with macros"),
    Words("不带宏的.xlsx", "an .xlsx without macros"),
    Words("只读了单元格，宏没有运行。", "Only its cells were read; no macro was run."),
)


def open_file(name: str, content: bytes, most: int = MAX_BYTES) -> tuple[list[Grid], list[Problem]]:
    """The sheets of a file of at most `most` bytes, and why it cannot be read, or what to know."""
    try:
        check_size(content, most)
        if content.startswith(b"PK\x03\x04"):
            grids, macros = workbook_grids(name, content)
            return grids, [about_file(name, *MACROS, warning=True)] if macros else []
        if content.startswith(b"PAR1"):
            return [parquet_grid(name, content)], []
        if content.startswith(b"\xd0\xcf\x11\xe0"):
            raise UnreadableError(Words("旧版.xls或加密的文件", "an old .xls or an encrypted file"))
        return [Grid(name, csv_rows(decoded(content)))], []
    except UnreadableError as error:
        return [], [about_file(name, *error.args)]


def check_size(content: bytes, most: int = MAX_BYTES) -> None:
    """Refuse an empty file, and one of more than `most` bytes."""
    if not content.strip():
        raise UnreadableError(Words("空文件", "an empty file"))
    if len(content) > most:
        size, limit = f"{len(content) / 1e6:.0f} MB", f"{most / 1e6:.0f} MB"
        expected = Words(f"不超过{limit}的文件", f"a file of at most {limit}")
        remedy = Words(
            "请分成几个文件，或用命令 waterstats。", "Split it, or use the command waterstats."
        )
        raise UnreadableError(Words(size, size), expected, remedy)


def decoded(content: bytes) -> str:
    """Text in UTF-8 (with or without a mark), UTF-16 with a mark, or GB18030 (which holds GBK).

    Raises UnreadableError for anything else. Big5 passes as GB18030, but with characters for
    private use in it.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(c == "\0" or unicodedata.category(c) in ("Co", "Cn") for c in set(text)):
            return text
    raise UnreadableError(
        Words("无法识别的编码", "an unknown encoding"),
        Words("UTF-8或GBK编码的文字", "text in UTF-8 or GBK"),
        Words("请在Excel中另存为“CSV UTF-8”。", "In Excel, save it as 'CSV UTF-8'."),
    )


def csv_rows(text: str) -> list[list]:
    """Rows of text; the delimiter is the one the first line has most of. A quote that is never
    closed would swallow the rest of the file, so it is refused."""
    first = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    rows: list[list] = []
    try:
        rows.extend(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        row = len(rows) + 1
        raise UnreadableError(
            Words(f"第{row}行不合CSV格式：{error}", f"row {row} is not CSV: {error}"),
            Words("引号成对的CSV", "CSV with paired quotes"),
            SAVE_AS,
        ) from error
    return rows


def parquet_grid(name: str, content: bytes) -> Grid:
    """A Parquet table with its column names on top; null is an empty cell, NaN is not."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(io.BytesIO(content))
        check_cells(file.metadata.num_rows * file.metadata.num_columns)
        table = file.read()
        columns = [column.to_pylist() for column in table.columns]
    except (pa.ArrowException, OSError, ValueError) as error:
        raise UnreadableError(
            Words("损坏的Parquet文件", "a damaged Parquet file"), TABLE
        ) from error
    columns = [column.to_pylist() for column in table.columns]
    return Grid(name, [table.column_names, *map(list, zip(*columns, strict=True))])
