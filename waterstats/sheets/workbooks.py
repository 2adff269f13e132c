"""Excel workbooks as grids. Macros never run; formulas count with the result that was stored."""

import io
import re
import zipfile

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from waterstats.sheets.grids import Grid, UnreadableError
from waterstats.standards.limits import Words

FORMULA = re.compile(rb"<f[ />]")
MAX_UNPACKED = 80_000_000
MAX_CELLS = 2_000_000
SPLIT = Words("请只留要读的表，或用CSV。", "Keep only the sheets to read, or use CSV.")


def workbook_grids(name: str, content: bytes) -> tuple[list[Grid], bool]:
    """The visible sheets of a workbook, and whether it carries macros.

    Raises UnreadableError if it is damaged, no Excel workbook, or unpacks to more than a table
    somebody keeps can be.
    """
    parts = archive_parts(content)
    book = opened(content, results=True)
    with_formulas = opened(content, results=False) if has_formulas(content, parts) else None
    grids = []
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            formulas = with_formulas[sheet.title] if with_formulas else None
            grids.append(sheet_grid(f"{name} › {sheet.title}", sheet, formulas))
    return grids, any(part.endswith("vbaProject.bin") for part in parts)


def archive_parts(content: bytes) -> dict[str, int]:
    """The files inside, with their size when unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {part.filename: part.file_size for part in archive.infolist()}
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise UnreadableError(Words("损坏的文件", "a damaged file")) from error
    if "xl/workbook.xml" not in parts:
        raise UnreadableError(Words("不是Excel工作簿", "not an Excel workbook"))
    if (size := sum(parts.values())) > MAX_UNPACKED:
        found = f"{size / 1e6:.0f} MB"
        most = f"{MAX_UNPACKED / 1e6:.0f} MB"
        raise UnreadableError(
            Words(f"解压后{found}", f"{found} when unpacked"),
            Words(f"解压后不超过{most}的工作簿", f"a workbook of at most {most} unpacked"),
            SPLIT,
        )
    return parts


def opened(content: bytes, results: bool) -> openpyxl.Workbook:
    try:
        return openpyxl.load_workbook(io.BytesIO(content), data_only=results, keep_links=False)
    except Exception as error:  # of a damaged file openpyxl makes any exception
        raise UnreadableError(Words("损坏的工作簿", "a damaged workbook")) from error


def has_formulas(content: bytes, parts: dict[str, int]) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [part for part in parts if part.startswith("xl/worksheets/")]
        return any(FORMULA.search(archive.read(sheet)) for sheet in sheets)


def sheet_grid(name: str, sheet: Worksheet, formulas: Worksheet | None) -> Grid:
    """One sheet, out to its last cell."""
    check_cells(sheet.max_row * sheet.max_column)
    grid = Grid(name, [])
    for row, cells in enumerate(sheet.iter_rows()):
        grid.rows.append([cell.value for cell in cells])
        for column, cell in enumerate(cells):
            if isinstance(cell.value, float | int) and "%" in (cell.number_format or ""):
                grid.percent.add((row, column))
            elif formulas and cell.value is None and formulas[cell.coordinate].data_type == "f":
                grid.unsolved.add((row, column))
    for area in sheet.merged_cells.ranges:
        top = (area.min_row - 1, area.min_col - 1)
        covered = ((r - 1, c - 1) for r, c in area.cells)
        grid.merged |= {spot: top for spot in covered if spot != top}
    return grid


def check_cells(cells: int) -> None:
    """Refuse a grid too large to go through; a single stray cell far out makes it so."""
    if cells > MAX_CELLS:
        raise UnreadableError(
            Words(f"{cells:,}格的表", f"a sheet of {cells:,} cells"),
            Words(f"不超过{MAX_CELLS:,}格的表", f"a sheet of at most {MAX_CELLS:,} cells"),
            Words("请删去表外很远处的内容。", "Delete what stands far outside the table."),
        )
