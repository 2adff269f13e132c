"""A file of certified sites opened as one table: the sheet and row where its headings stand."""

import html
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd
from lxml import etree
from lxml import html as pages

from waterstats.problems import Problem
from waterstats.registries.columns import recognised
from waterstats.registries.faults import fault, words
from waterstats.sheets.filegrids import decoded, open_file
from waterstats.sheets.grids import Grid, UnreadableError, about_file

MAX_BYTES = 50_000_000
MAX_ROWS = 2_000_000
HEADING_ROWS = 20
LIKE_SITES = 8  # a table with four known headings
PAGE = re.compile(r"\s*(<!doctype html|<html|<table|<\?xml|<!--|<div|<meta)", re.I)


@dataclass
class Table:
    """The cells below the headings of one sheet.

    name: of the file, and the sheet. cells: one column for each heading, as they stand; the index
    is the row as the file counts it. caption: words beside the table. problems: what to know.
    """

    name: str
    cells: pd.DataFrame
    caption: str = ""
    problems: list[Problem] = field(default_factory=list)

    @property
    def headings(self) -> list[str]:
        return list(self.cells.columns)


def open_table(name: str, content: bytes) -> tuple[Table | None, list[Problem]]:
    """The table of sites in a file (xlsx, CSV, Parquet, saved HTML page), or why there is none.

    Of several sheets or tables the one with the most known headings is taken, and the others are
    named. Nothing is run. Never raises for what a file contains.
    """
    if len(content) > MAX_BYTES:
        size = f"{len(content) / 1e6:.0f} MB"
        remedy = words("fault.size_do")
        return None, [fault(name, 0, "", size, "size", remedy, most=f"{MAX_BYTES / 1e6:.0f} MB")]
    try:
        if content.startswith(b"PAR1"):
            return _parquet(name, content), []
        if content.strip() and not content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
            text = decoded(content)
            if PAGE.match(text):
                return _from_grids(name, *_page_grids(name, text))
    except UnreadableError as error:
        return None, [about_file(name, *error.args)]
    grids, problems = open_file(name, content, MAX_BYTES)
    if not grids:
        return None, problems
    return _from_grids(name, grids, "", problems)


def _from_grids(
    name: str, grids: Sequence[Grid], caption: str, problems: Sequence[Problem] = ()
) -> tuple[Table | None, list[Problem]]:
    """The grid and row with the most known headings; else the first with two filled cells."""
    ranked = sorted(((*_headings(grid), -n, grid) for n, grid in enumerate(grids)), reverse=True)
    if not ranked or not ranked[0][0]:
        return None, [*problems, fault(name, 0, "", words("fault.no_table_found"), "no_table")]
    _, row, _, grid = ranked[0]
    table = Table(grid.name, _cells(grid, -row), caption, list(problems))
    also = [other.name.split(" › ")[-1] for found, *_, other in ranked[1:] if found >= LIKE_SITES]
    if also:
        left = words("fault.sheets_found", names=", ".join(also))
        table.problems.append(fault(grid.name, 0, "", left, "sheets", warning=True))
    return table, table.problems


def _headings(grid: Grid) -> tuple[int, int]:
    """How much the best row looks like headings of a registry, and minus that row."""
    rows = enumerate(grid.rows[:HEADING_ROWS])
    scores = [
        (2 * len(recognised(cells)) + (sum(c not in (None, "") for c in cells) > 1), -row)
        for row, cells in rows
    ]
    return max(scores, default=(0, 0))


def _cells(grid: Grid, row: int) -> pd.DataFrame:
    """The rows below the headings, without those that are wholly empty."""
    headings = _unique(grid.rows[row])
    below = grid.rows[row + 1 :]
    if any(len(cells) != len(headings) for cells in below):
        below = [[*cells, *[None] * (len(headings) - len(cells))] for cells in below]
        widest = max(map(len, below), default=0)
        headings = _unique([*grid.rows[row], *[None] * (widest - len(headings))])
        below = [[*cells, *[None] * (widest - len(cells))] for cells in below]
    frame = pd.DataFrame(below, columns=headings, dtype=object)
    frame.index = pd.RangeIndex(row + 2, row + 2 + len(frame))
    frame = frame.replace({"": None})
    return frame[frame.notna().any(axis=1)]


def _unique(cells: Sequence[object]) -> list[str]:
    """Headings as text; an empty or repeated one gets its number."""
    made: list[str] = []
    for number, cell in enumerate(cells, 1):
        text = " ".join(str(cell).split()) if cell is not None else ""
        made.append(text if text and text not in made else f"{text} #{number}".strip())
    return made


def _parquet(name: str, content: bytes) -> Table:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(io.BytesIO(content))
        if file.metadata.num_rows > MAX_ROWS:
            raise UnreadableError(
                words("fault.rows_found", n=f"{file.metadata.num_rows:,}"),
                words("fault.rows", most=f"{MAX_ROWS:,}"),
                words("fault.size_do"),
            )
        frame = file.read().to_pandas()
    except (pa.ArrowException, OSError, ValueError) as error:
        raise UnreadableError(words("fault.parquet_found")) from error
    frame.index = pd.RangeIndex(2, 2 + len(frame))
    return Table(name, frame.rename(columns=str))


def _page_grids(name: str, text: str) -> tuple[list[Grid], str]:
    """The tables of a saved web page, and the words that describe them."""
    parser = pages.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True)
    try:
        page = pages.document_fromstring(text.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise UnreadableError(words("fault.page_found")) from error
    for broken in page.iter("br"):
        broken.tail = "\n" + (broken.tail or "")
    grids = [
        Grid(name, [[_words(cell) for cell in row.iter("td", "th")] for row in table.iter("tr")])
        for table in page.iter("table")
    ]
    described = page.xpath(
        "//caption | //*[contains(@id, '-description')]"
        " | //*[contains(@class, 'table-description')]"
    )
    return grids, " ".join(_words(element) for element in described)


def _words(element) -> str:
    """The text of a cell; entities that were escaped twice are read as what they mean."""
    lines = html.unescape(element.text_content()).split("\n")
    return ", ".join(filter(None, (" ".join(line.split()).strip(",") for line in lines)))
