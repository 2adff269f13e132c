"""Codes and numbers turned into the words a chart or table shows, in the session's language."""

import pandas as pd

from waterstats.language import locator, number, percent, period, relation, signed
from waterstats.widgets import data
from waterstats.widgets.state import language, t


def level_names() -> dict[str, str]:
    """Level code to its name, lowest first: the order in which levels are stacked."""
    rows = data.table("level").sort_values("rank")
    return dict(zip(rows["level"], rows[f"name_{language()}"], strict=True))


def named(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows with `label`, the name of their `key`."""
    names = data.names()
    return rows.assign(label=[names.get(key, key) for key in rows["key"]])


def with_text(rows: pd.DataFrame, unit: str) -> pd.DataFrame:
    """Rows with `label` and `text`: "27", or "35%" when the unit is per cent."""
    if unit == "percent":
        texts = [
            percent(value / 100, language())
            + (f" · {number(sites, language())}" if sites == sites else "")
            for value, sites in zip(rows["value"], rows["sites"], strict=True)
        ]
    elif unit == "rank":
        texts = [t("world.rank_text", n=f"{value:.0f}") for value in rows["value"]]
    else:
        texts = [number(value, language()) for value in rows["value"]]
    return named(rows).assign(text=texts)


def table(rows: pd.DataFrame, **columns: str) -> pd.DataFrame:
    """The columns asked for under their headings (message keys or words), with their sources."""
    out = pd.DataFrame(
        {
            t(word) if "." in word and " " not in word else word: rows[c]
            for c, word in columns.items()
        }
    )
    if "source_id" in rows:
        out[t("word.source")] = [data.source(s)[f"title_{language()}"] for s in rows["source_id"]]
        out[t("word.locator")] = [locator(place, language()) for place in rows["locator"]]
    return out


def tile_labels(grid: pd.DataFrame, kind: str, unit: str) -> list[str]:
    """What stands in each tile: code (or province name) and number with its unit."""
    short = grid[f"name_{language()}"] if language() == "zh" and kind == "province" else None
    codes = short if short is not None else grid["place"].str[-3:].str.strip("-")
    blank = "" if kind == "country" else None
    return [
        f"{code}<br><b>{value:.0f}{unit}</b>"
        if value == value
        else (blank if blank is not None else code)
        for code, value in zip(codes, grid["value"], strict=True)
    ]


def moved(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of a change with `label` and `text` such as "158 → 191 (+33)"."""
    texts = [
        t(
            "overview.new_text",
            before=number(row.before, language()),
            after=number(row.after, language()),
            change=signed(row.difference, language()),
        )
        for row in rows.itertuples()
    ]
    return named(rows).assign(text=texts, value=rows["after"])


def _when(rows: pd.DataFrame) -> pd.Series:
    """Where a point stands on the time axis: its date, or the middle of its period."""
    start = rows["period_start"].fillna(rows["period_end"])
    return start + (rows["period_end"] - start) / 2


def curve_points(points: pd.DataFrame) -> pd.DataFrame:
    """Published totals for the growth curve: place, when, value, exact, text, hover."""
    names, lang = data.names(), language()
    printed = [
        relation(number(value, lang), sign, lang)
        for value, sign in zip(points["value"], points["relation"], strict=True)
    ]
    hovers = [
        t(
            "overview.point_hover",
            place=names[row.place],
            date=period(row.period_start, row.period_end, lang),
            value=value,
            source=data.source(row.source_id)[f"title_{lang}"],
        )
        for row, value in zip(points.itertuples(), printed, strict=True)
    ]
    last = points.groupby("place")["period_end"].transform("max") == points["period_end"]
    first = points.groupby("place")["period_end"].transform("min") == points["period_end"]
    report = points["source_id"].eq(data.BLUE_BOOK)
    shown = last | first | report
    return points.assign(
        when=_when(points),
        exact=points["relation"].eq("="),
        text=[number(v, lang) if s else "" for v, s in zip(points["value"], shown, strict=True)],
        hover=hovers,
    )


def curve_implied(rows: pd.DataFrame) -> pd.DataFrame:
    """Implied totals for the growth curve: place, when, low, high, hover."""
    names, lang = data.names(), language()
    hovers = [
        t(
            "overview.implied_hover",
            place=names[row.place],
            date=period(None, row.period_end, lang),
            range=f"{row.low:.0f}" if row.low == row.high else f"{row.low:.0f}–{row.high:.0f}",
        )
        for row in rows.itertuples()
    ]
    return rows.assign(when=rows["period_end"], hover=hovers)


def curve_table(points: pd.DataFrame) -> pd.DataFrame:
    """The numbers of the growth curve as a table, newest first."""
    lang = language()
    rows = points.sort_values("period_end", ascending=False)
    rows = rows.assign(
        label=[data.names()[place] for place in rows["place"]],
        day=[
            period(a, b, lang)
            for a, b in zip(rows["period_start"], rows["period_end"], strict=True)
        ],
        text=[
            relation(number(v, lang), sign, lang)
            for v, sign in zip(rows["value"], rows["relation"], strict=True)
        ],
    )
    return table(rows, day="word.date", label="sources.where", text="word.count")
