"""Tables people take away: CSV and Excel that carry their sources and cannot run formulas."""

import io

import pandas as pd

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def _plain(value: object) -> object:
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return "'" + value
    return value


def to_csv(frame: pd.DataFrame) -> bytes:
    """The frame as CSV that Excel opens with Chinese intact; text never becomes a formula."""
    text = frame.select_dtypes(include=["object", "string"]).columns
    safe = frame.assign(**{column: frame[column].map(_plain) for column in text})
    return safe.to_csv(index=False, lineterminator="\n").encode("utf-8-sig")


def to_xlsx(frame: pd.DataFrame, sheet: str, notes: list[str]) -> bytes:
    """The frame as an Excel workbook: one sheet of data, one sheet of notes (sources, dates)."""
    buffer = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with pd.ExcelWriter(
        buffer,
        engine="xlsxwriter",
        date_format="yyyy-mm-dd",
        datetime_format="yyyy-mm-dd",
        engine_kwargs={"options": options},
    ) as writer:
        frame.to_excel(writer, sheet_name=sheet[:31], index=False)
        data = writer.sheets[sheet[:31]]
        data.freeze_panes(1, 0)
        data.autofilter(0, 0, max(len(frame), 1), max(len(frame.columns) - 1, 0))
        data.autofit(300)
        pd.DataFrame({"": notes}).to_excel(writer, sheet_name="i", index=False, header=False)
        writer.sheets["i"].set_column(0, 0, 100)
    return buffer.getvalue()
