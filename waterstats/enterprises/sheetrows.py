"""Grids as rows of the two tables: which sheet is which, what its headings mean, what is merged."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from openpyxl.utils import get_column_letter

from waterstats.enterprises.vocabulary import ENTERPRISES, MEASUREMENTS, SHEETS, Vocabulary
from waterstats.problems import NOTHING, Problem, suggestion
from waterstats.sheets.grids import Grid, about_file
from waterstats.standards.limits import Words

HEADING_ROWS = 10
FILLED = ("industry", "measure", "variant", "unit")
OWN_SHEETS = {words for id_ in ("guide", "codes") for words in vars(SHEETS[id_]).values()}


@dataclass
class Cell:
    """What one cell says: its content, the column as its owner sees it, the unit its heading
    states, and whether it is shown as a percentage."""

    content: object
    column: str
    unit: str = ""
    percent: bool = False

    @property
    def text(self) -> str:
        return "" if self.content is None else str(self.content).strip()


@dataclass
class SheetRow:
    """One row of a sheet: where it stands (counted as the spreadsheet does) and its cells by what
    their heading means. `spoilt` if one of its cells could not be read."""

    sheet: str
    number: int
    cells: dict[str, Cell] = field(default_factory=dict)
    spoilt: bool = False

    def text(self, id_: str) -> str:
        return self.cells[id_].text if id_ in self.cells else ""

    def problem(
        self, id_: str, expected: Words, remedy: Words = NOTHING, warning: bool = False
    ) -> Problem:
        """A problem of one of its cells; an error spoils the row."""
        self.spoilt |= not warning
        cell = self.cells.get(id_, Cell("", id_))
        return Problem(self.sheet, self.number, cell.column, cell.text, expected, remedy, warning)


def sheet_rows(grid: Grid, words: Vocabulary) -> tuple[str, list[SheetRow], list[Problem]]:
    """The rows of a sheet that is one of the two tables: which one, its rows and the problems.
    A sheet that is neither gives "" and says so, unless it is a page of the template."""
    top, table, columns = heading_row(grid, words)
    if not table:
        return "", [], [not_read(grid, words)] if not_own(grid) else []
    problems = list(heading_problems(grid, top, table, columns, words))
    if any(not problem.warning for problem in problems):
        return table, [], problems
    known = {c: meaning for c, meaning in columns.items() if meaning[0]}
    rows = []
    for number in range(top + 1, len(grid.rows)):
        row, found = sheet_row(grid, number, grid.rows[top], known, table)
        problems += found
        if any(cell.text for cell in row.cells.values()) or row.spoilt:
            rows.append(row)
    return table, rows, problems


def heading_row(grid: Grid, words: Vocabulary) -> tuple[int, str, dict[int, tuple[str, str]]]:
    """Where the headings stand (below a title, perhaps), whose they are, and what they mean."""
    for number, cells in enumerate(grid.rows[:HEADING_ROWS]):
        for table in (MEASUREMENTS, ENTERPRISES):
            columns = {c: words.column(table, text) for c, text in enumerate(cells) if filled(text)}
            ids = {id_ for id_, _ in columns.values()}
            wanted = {"enterprise", "measure"} if table == MEASUREMENTS else {"enterprise"}
            if wanted <= ids and len(ids - {""}) > 1:
                return number, table, columns
    return 0, "", {}


def filled(content: object) -> bool:
    return content is not None and str(content).strip() != ""


def not_own(grid: Grid) -> bool:
    return grid.name.rpartition(" › ")[2] not in OWN_SHEETS


def not_read(grid: Grid, words: Vocabulary) -> Problem:
    """A sheet without the headings of either table."""
    top = next((row for row in grid.rows if any(map(filled, row))), [])
    found = "、".join(str(cell) for cell in top[:6] if filled(cell))
    ids = [*words.table_columns(ENTERPRISES), *words.clause_columns][:2]
    zh, en = ([words.heading(id_, language) for id_ in ids] for language in ("zh", "en"))
    expected = Words(
        "含" + "和".join(f"“{heading}”" for heading in zh) + "等列名的表",
        "a table with the headings " + " and ".join(map(repr, en)),
    )
    remedy = Words(
        "此表没有读。请用模板，或把列名改成模板的。",
        "This sheet was not read. Use the template, or its headings.",
    )
    empty = Words("空表", "an empty sheet")
    return about_file(grid.name, Words(found, found) if found else empty, expected, remedy, True)


def heading_problems(
    grid: Grid, top: int, table: str, columns: dict[int, tuple[str, str]], words: Vocabulary
) -> Iterator[Problem]:
    """Headings that are missing, twice there, or not understood."""
    ids = [id_ for id_, _ in columns.values() if id_]
    wanted = ["value"] if table == MEASUREMENTS else ["industry"] if words.industries else []
    for id_ in wanted:
        if id_ not in ids:
            heading = Words(*(words.heading(id_, language) for language in ("zh", "en")))
            expected = Words(f"“{heading.zh}”一列", f"a column {heading.en!r}")
            remedy = Words("请补上这一列。", "Add the column.")
            there = "、".join(str(grid.rows[top][c]) for c in columns)
            yield Problem(grid.name, top + 1, "", there, expected, remedy)
    known = {
        id_: Words(*(words.heading(id_, x) for x in ("zh", "en")))
        for id_ in expected_ids(table, words)
    }
    for c, (id_, _) in columns.items():
        heading = str(grid.rows[top][c]).strip()
        if id_ and ids.count(id_) > 1:
            expected = Words("每个列名只有一次", "each heading once")
            remedy = Words("请删去或改名其中一列。", "Delete or rename one of the columns.")
            yield Problem(grid.name, top + 1, column_name(c, ""), heading, expected, remedy)
        elif not id_:
            expected = Words("模板里的列名", "a heading of the template")
            near = suggestion(heading, known)
            remedy = Words(f"此列没有读。{near.zh}", f"This column was not read. {near.en}".strip())
            yield Problem(grid.name, top + 1, column_name(c, ""), heading, expected, remedy, True)
    missing = [id_ for id_ in words.asked if id_ not in ids] if table == ENTERPRISES else []
    if missing:
        yield unanswered(grid, top, missing, words)


def expected_ids(table: str, words: Vocabulary) -> list[str]:
    return [*(words.clause_columns if table == ENTERPRISES else []), *words.table_columns(table)]


def unanswered(grid: Grid, top: int, missing: list[str], words: Vocabulary) -> Problem:
    labels = [Words(*(words.heading(id_, x) for x in ("zh", "en"))) for id_ in missing]
    more = len(labels) > 3
    count = Words(f"缺{len(labels)}项的列", f"no column for {len(labels)} items")
    expected = Words(
        "、".join(w.zh for w in labels[:3]) + ("等" if more else ""),
        ", ".join(w.en for w in labels[:3]) + (" …" if more else ""),
    )
    remedy = Words("这些项按未答计。", "These items count as unanswered.")
    return Problem(grid.name, top + 1, "", count, expected, remedy, warning=True)


def sheet_row(
    grid: Grid, number: int, headings: list, known: dict[int, tuple[str, str]], table: str
) -> tuple[SheetRow, list[Problem]]:
    """One row with its merged cells filled where that can mean one thing only."""
    row, problems, contents = SheetRow(grid.name, number + 1), [], grid.rows[number]
    for c, (id_, unit) in known.items():
        spot = (number, c)
        content = contents[c] if c < len(contents) else None
        row.cells[id_] = Cell(content, column_name(c, headings[c]), unit, spot in grid.percent)
        if spot in grid.unsolved:
            remedy = Words(
                "请在Excel中打开并保存，或粘贴为数值。",
                "Open and save it in Excel, or paste it as a value.",
            )
            row.cells[id_].content = "="
            problems.append(
                row.problem(id_, Words("公式的结果", "the result of the formula"), remedy)
            )
        elif spot in grid.merged:
            problems.append(merged(grid, row, id_, grid.merged[spot], table))
    beyond = [
        c
        for c in range(len(contents))
        if filled(contents[c]) and not (c < len(headings) and filled(headings[c]))
    ]
    for c in beyond[:1]:
        row.cells["|beyond"] = Cell(contents[c], column_name(c, ""))
        expected = Words("空格：这一列没有列名", "nothing: this column has no heading")
        remedy = Words(
            "请检查逗号是否错位，或给该列加列名。",
            "Check for a shifted cell, or give the column a heading.",
        )
        problems.append(row.problem("|beyond", expected, remedy))
    return row, problems


def merged(grid: Grid, row: SheetRow, id_: str, top: tuple[int, int], table: str) -> Problem:
    """A cell that a merge covers: names are filled down and said, anything else is refused."""
    cell = row.cells[id_]
    cell.content = grid.rows[top[0]][top[1]]
    names = id_ in FILLED or (id_ == "enterprise" and table == MEASUREMENTS)
    down = column_name(top[1], "") == cell.column.split(" ")[0]
    if names and down:
        expected = Words("不合并的单元格", "cells that are not merged")
        remedy = Words(f"按上面的“{cell.text}”读。", f"Read as {cell.text!r}, like the cell above.")
        return row.problem(id_, expected, remedy, warning=True)
    remedy = Words("请取消合并，每格各填一个。", "Unmerge them and fill in each cell.")
    return row.problem(id_, Words("不合并的单元格", "cells that are not merged"), remedy)


@lru_cache(4096)
def column_name(column: int, heading: object) -> str:
    """A column as a spreadsheet shows it: its letter and its heading."""
    heading = "" if heading is None else str(heading).strip()
    return f"{get_column_letter(column + 1)} {heading}".strip()
