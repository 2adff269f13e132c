"""Exhibits that several pages show: a chart with its table, wording and sources, made from rows."""

from collections.abc import Mapping

import pandas as pd

from waterstats.analyses.portrait import Portrait
from waterstats.analyses.uptake import implied_before, share_over_time, trend
from waterstats.charts.bars import dumbbells, parts, ranked
from waterstats.charts.curve import growth_curve
from waterstats.charts.style import ACCENT, LEVELS, MUTED
from waterstats.charts.tiles import tile_grid
from waterstats.language import date, number, percent
from waterstats.widgets import blocks, data, labels
from waterstats.widgets.state import language, t

UNITS = {"sites": "word.site_unit", "percent": "word.share_unit", "rank": "word.rank_unit"}


def snapshot_day(source_id: str) -> str:
    """The as-of date of a source in words."""
    return date(data.source(source_id)["as_of"], language())


def growth() -> None:
    """The growth curve of the world and China, from every published total."""
    points = trend(data.table("sites_over_time"))
    figures = data.table("figure_described")
    stocks = figures[figures["series"].eq("certified_sites") & figures["level"].isna()]
    growths = figures[figures["series"].eq("certified_sites_growth")]
    latest = points.sort_values("period_end").groupby("place").last()
    values = {place: number(value, language()) for place, value in latest["value"].items()}
    day = date(latest.loc["WLD", "period_end"], language())
    blocks.exhibit(
        "growth",
        t("overview.curve_title", n=values["WLD"]),
        growth_curve(
            labels.curve_points(points),
            labels.curve_implied(implied_before(stocks, growths)),
            {"WLD": t("word.world"), "CHN": t("word.china")},
        ),
        labels.curve_table(points),
        points,
        alt=t("overview.curve_alt", day=day, world=values["WLD"], china=values["CHN"]),
        unit=t("word.site_unit"),
        as_of=day,
        note=t("overview.curve_note"),
    )


def levels(
    key: str, title: str, groups: Mapping[str, tuple[Portrait, str]], day: str, alt: str, note=""
) -> None:
    """Level shares of several portraits and sides, a bar each (name to portrait and side)."""
    frames = [
        portrait.levels[portrait.levels["side"] == side].assign(group=name)
        for name, (portrait, side) in groups.items()
    ]
    level_shares(key, title, pd.concat(frames), day, alt, note)


def levels_of_sides(key: str, title: str, portrait: Portrait, day: str, printed: bool) -> None:
    """Level shares of China against the other countries."""
    names = data.names(language())
    levels(
        key,
        title,
        {names[side]: (portrait, side) for side in ("CHN", "XCN")},
        day,
        alt=t("china.levels_alt"),
        note=t("china.levels_note_printed") if printed else "",
    )


def level_shares(
    key: str, title: str, rows: pd.DataFrame, day: str, alt: str, note: str = ""
) -> None:
    """Level shares, a bar for each `group` of rows with key, value [%] and sites."""
    rows = labels.with_text(rows, "percent")
    blocks.exhibit(
        key,
        title,
        parts(rows, "group", "key", "value", "text", labels.level_names()),
        labels.table(rows, group="word.snapshot", label="word.level", text="word.value"),
        rows,
        alt=alt,
        legend=level_legend(),
        unit=t("word.share_unit"),
        as_of=day,
        note=note,
    )


def level_legend() -> dict[str, str]:
    """The names of the levels with their colours."""
    return {name: LEVELS[level] for level, name in labels.level_names().items()}


def industries(key: str, title: str, portrait: Portrait, day: str, printed: bool) -> None:
    """Industry shares of China against the other countries."""
    rows = labels.with_text(portrait.industries, "percent")
    wide = rows.pivot(index="label", columns="side", values="value").reset_index()
    wide = wide.reindex(columns=["label", "CHN", "XCN"]).sort_values("XCN", ascending=False)
    rows["side"] = [data.names(language())[side] for side in rows["side"]]
    blocks.exhibit(
        key,
        title,
        dumbbells(wide, "label", "CHN", "XCN", "%"),
        labels.table(rows, side="sources.where", label="word.industry", text="word.value"),
        rows,
        alt=t("world.industries_alt"),
        legend={t("word.china"): ACCENT, t("word.rest"): MUTED},
        unit=t("word.share_unit"),
        as_of=day,
        note=t("world.industries_note_printed" if printed else "world.industries_note"),
    )


def bars(
    key: str,
    title: str,
    rows: pd.DataFrame,
    heading: str,
    day: str,
    alt: str,
    unit: str = "sites",
    note: str = "",
    emphasis: tuple[str, ...] = (),
    cited: pd.DataFrame | None = None,
) -> None:
    """Ranked bars of rows with key, value, source_id and locator; `heading` names the key.

    `cited` are the rows the numbers come from, when they are others than those drawn.
    """
    rows = rows if "text" in rows else labels.with_text(rows, unit)
    blocks.exhibit(
        key,
        title,
        ranked(rows, "key", "label", "value", "text", emphasis),
        labels.table(rows, label=heading, text="word.value"),
        rows if cited is None else cited,
        alt=alt,
        unit=t(UNITS[unit]),
        as_of=day,
        note=note,
    )


def tiles(
    key: str,
    title: str,
    kind: str,
    rows: pd.DataFrame,
    day: str,
    alt: str,
    unit: str = "sites",
    note: str = "",
) -> None:
    """A tile grid of all places of a kind, coloured by the rows' value; grey where none is known.

    Ranks are coloured darkest for the first.
    """
    rows = rows if "text" in rows else labels.with_text(rows, unit)
    places = data.table("place")
    places = places[places["kind"].eq(kind) & places["tile_row"].notna()]
    grid = places.merge(rows, left_on="place", right_on="key", how="left")
    grid["label"] = labels.tile_labels(grid, kind, "%" if unit == "percent" else "")
    grid["text"] = grid["text"].fillna(
        t("word.no_site" if unit == "sites" else "word.not_published")
    )
    if unit == "rank":  # the first is the darkest
        grid["value"] = grid["value"].max() + 1 - grid["value"]
    blocks.exhibit(
        key,
        title,
        tile_grid(grid, "place", "label", f"name_{language()}", "value", "text"),
        labels.table(rows, label=f"word.{kind}", text="word.value"),
        rows,
        alt=alt,
        unit=t(UNITS[unit]),
        as_of=day,
        note=note,
        wide=kind == "country",
    )


def countries(portrait: Portrait, top: pd.DataFrame, day: str, printed: bool) -> None:
    """The world as tiles: counted sites, or the ranks (`top`) that a report prints."""
    if printed:
        tiles(
            "world_map",
            t("world.map_title_ranks"),
            "country",
            labels.with_text(top, "rank"),
            day,
            alt=t("world.map_alt_ranks"),
            unit="rank",
            note=t("world.map_note_ranks"),
        )
        return
    leaders = [data.names(language())[key] for key in top["key"][:3]]
    tiles(
        "world_map",
        t("world.map_title", n=f"{portrait.countries_total:.0f}"),
        "country",
        portrait.countries,
        day,
        alt=t("world.map_alt", top=", ".join(leaders)),
        note=t("world.map_note"),
    )


def provinces(portrait: Portrait, day: str, printed: bool) -> None:
    """China's provinces as tiles: counted sites, or the shares a report prints."""
    rows = portrait.provinces
    rest = rows[rows["key"] == "CN-REST"]["value"]
    rows = rows[~rows["key"].isin(["CN-REST", "CN-TOP3"])].sort_values("value", ascending=False)
    first = rows.iloc[0]
    share = percent(first["value"] / 100, language())
    note = t("china.map_note")
    if printed:
        note = t("china.map_note_printed", rest=percent(rest.iloc[0] / 100, language()))
    tiles(
        "china_map",
        t("china.map_title", top=data.names(language())[first["key"]], share=share),
        "province",
        rows if printed else rows.assign(value=rows["sites"].astype(float)),
        day,
        alt=t("china.map_alt"),
        unit="percent" if printed else "sites",
        note=note,
    )


def share_of_world(points: pd.DataFrame) -> None:
    """China's share of the world on every date on which both numbers are known."""
    lang = language()
    rows = share_over_time(points, "CHN", "WLD")
    rows = rows[rows["whole"] > 1].drop_duplicates("period_end", keep="last")
    rows = rows.assign(
        key=rows["period_end"].astype(str),
        label=[date(day, lang) for day in rows["period_end"]],
        value=100 * rows["share"],
    )
    rows["text"] = [
        t(
            "china.of",
            share=percent(r.share, lang),
            part=number(r.part, lang),
            whole=number(r.whole, lang),
        )
        for r in rows.itertuples()
    ]
    rising = rows["share"].is_monotonic_increasing
    bars(
        "china_share",
        t("china.curve_title" if rising else "china.curve_title_plain"),
        rows,
        "word.date",
        " / ".join(rows["label"]),
        alt=t("china.curve_alt"),
        unit="percent",
        note=t("china.curve_note"),
        cited=points[points["period_end"].isin(rows["period_end"])],
    )
