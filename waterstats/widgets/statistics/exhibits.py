"""The exhibits of the overview, world and China pages, prepared once for each date and language."""

import pandas as pd

from waterstats.analyses.change import change
from waterstats.analyses.distribution import within
from waterstats.analyses.uptake import implied_before, share_over_time, trend
from waterstats.charts.bars import dumbbells, parts, ranked
from waterstats.charts.curve import growth_curve
from waterstats.charts.style import ACCENT, LEVELS, MUTED
from waterstats.language import date, number, percent
from waterstats.sources import cite
from waterstats.widgets import data, labels
from waterstats.widgets.blocks import Exhibit
from waterstats.widgets.data import BLUE_BOOK, prepared
from waterstats.widgets.state import language, t
from waterstats.widgets.uploads import UPLOADS

SIDES = ("CHN", "XCN")
TOP = 10


def day_of(source_id: str) -> str:
    """The as-of date of a source in words."""
    return date(data.source(source_id)["as_of"], language())


def level_legend() -> dict[str, str]:
    """The names of the levels with their colours."""
    return {name: LEVELS[level] for level, name in labels.level_names().items()}


@prepared
def growth() -> Exhibit:
    """The growth curve of the world and China, from every published total."""
    points = trend(data.table("sites_over_time"))
    figures = data.table("figure_described")
    stocks = figures[figures["series"].eq("certified_sites") & figures["level"].isna()]
    growths = figures[figures["series"].eq("certified_sites_growth")]
    latest = points.sort_values("period_end").groupby("place").last()
    values = {place: number(value, language()) for place, value in latest["value"].items()}
    day = date(latest.loc["WLD", "period_end"], language())
    return Exhibit(
        "growth",
        t("overview.curve_title", n=values["WLD"]),
        growth_curve(
            labels.curve_points(points),
            labels.curve_implied(implied_before(stocks, growths)),
            {"WLD": t("word.world"), "CHN": t("word.china")},
        ),
        labels.curve_table(points),
        cite(points),
        alt=t("overview.curve_alt", day=day, world=values["WLD"], china=values["CHN"]),
        unit=t("word.site_unit"),
        as_of=day,
        note=t("overview.curve_note"),
    )


@prepared
def continents_since(before: str, after: str) -> Exhibit:
    """Sites by continent on the dates of two sources, and what changed."""
    first, second = data.portrait(before).continents, data.portrait(after).continents
    rows = labels.moved(change(first, second, "key"))
    days = (day_of(before), day_of(after))
    return Exhibit(
        "continents_since",
        t("overview.new_title"),
        ranked(rows, "key", "label", "after", "text"),
        labels.table(rows, label="word.continent", before=days[0], after=days[1]),
        cite(pd.concat([first, second])),
        alt=t("overview.new_alt", first=days[0], second=days[1]),
        unit=t("word.site_unit"),
        as_of=" / ".join(days),
        note=t("overview.new_note"),
    )


@prepared
def china_levels_since(before: str, after: str) -> Exhibit:
    """Levels of China's sites on the dates of two sources; the title says how Platinum moved."""
    shares = [data.portrait(s).value("levels", "platinum", "CHN") / 100 for s in (before, after)]
    key = "overview.levels_title" if shares[1] < shares[0] else "overview.levels_title_rose"
    first, second = (percent(share, language()) for share in shares)
    groups = {day_of(source): _levels(source, "CHN") for source in (before, after)}
    return level_bars(
        "china_levels_since",
        t(key, before=first, after=second),
        groups,
        " / ".join(groups),
        t("overview.levels_alt"),
        t("overview.levels_note"),
    )


@prepared
def levels_of_sides(key: str, title: str, source_id: str) -> Exhibit:
    """Levels of China against the other countries."""
    printed = source_id == BLUE_BOOK
    return level_bars(
        key,
        title,
        {data.names()[side]: _levels(source_id, side) for side in SIDES},
        day_of(source_id),
        t("china.levels_alt"),
        t("china.levels_note_printed") if printed else "",
    )


@prepared
def levels_of_leaders(source_id: str) -> Exhibit:
    """Levels of the countries with the most sites of a registry."""
    sites, names = data.sites(source_id), data.names()
    rows = within(sites, ["country"], ["level"]).rename(columns={"level": "key"})
    rows = rows.assign(
        value=100 * rows["share"], source_id=source_id, locator="column Level Attained"
    )
    groups = {
        names[country]: rows[rows["country"] == country] for country in _leaders(source_id)["key"]
    }
    day = day_of(source_id)
    return level_bars(
        "world_levels", t("world.levels_title"), groups, day, t("world.levels_alt"), ""
    )


def _levels(source_id: str, side: str) -> pd.DataFrame:
    rows = data.portrait(source_id).levels
    return rows[rows["side"] == side]


def level_bars(
    key: str, title: str, groups: dict[str, pd.DataFrame], day: str, alt: str, note: str
) -> Exhibit:
    """One bar for each group of rows with key (level), value [%] and sites."""
    named = [rows.assign(group=name) for name, rows in groups.items()]
    rows = labels.with_text(pd.concat(named), "percent")
    return Exhibit(
        key,
        title,
        parts(rows, "group", "key", "value", "text", labels.level_names()),
        labels.table(rows, group="word.group", label="word.level", text="word.value"),
        cite(rows),
        alt=alt,
        unit=t("word.share_unit"),
        as_of=day,
        note=note,
        legend=level_legend(),
    )


@prepared
def industries(key: str, title: str, source_id: str) -> Exhibit:
    """Industry shares of China against the other countries."""
    rows = labels.with_text(data.portrait(source_id).industries, "percent")
    wide = rows.pivot(index="label", columns="side", values="value").reset_index()
    wide = wide.reindex(columns=["label", *SIDES]).sort_values("XCN", ascending=False)
    rows["side"] = [data.names()[side] for side in rows["side"]]
    printed = source_id == BLUE_BOOK
    return Exhibit(
        key,
        title,
        dumbbells(wide, "label", *SIDES, "%"),
        labels.table(rows, side="word.group", label="word.industry", text="word.value"),
        cite(rows),
        alt=t("world.industries_alt"),
        unit=t("word.share_unit"),
        as_of=day_of(source_id),
        note=t("world.industries_note_printed" if printed else "world.industries_note"),
        legend={t("word.china"): ACCENT, t("word.rest"): MUTED},
    )


@prepared
def continents(source_id: str) -> Exhibit:
    """Sites by continent; the title names the largest."""
    portrait = data.portrait(source_id)
    rows = labels.with_text(portrait.continents, "sites")
    share = percent(rows["value"].iloc[0] / portrait.total, language())
    return Exhibit(
        "continents",
        t("world.continents_title", top=rows["label"].iloc[0], share=share),
        ranked(rows, "key", "label", "value", "text"),
        labels.table(rows, label="word.continent", text="word.count"),
        cite(rows),
        alt=t("world.continents_alt"),
        unit=t("word.site_unit"),
        as_of=day_of(source_id),
    )


def _leaders(source_id: str) -> pd.DataFrame:
    portrait = data.portrait(source_id)
    return portrait.countries[portrait.ranks["value"] <= TOP]


@prepared
def leading_countries(source_id: str) -> Exhibit:
    """The countries with the most sites, ties included."""
    rows = labels.with_text(_leaders(source_id), "sites")
    tied = t("world.top_title_tied", n=len(rows))
    return Exhibit(
        "world_top",
        tied if len(rows) > TOP else t("world.top_title"),
        ranked(rows, "key", "label", "value", "text", emphasis=("CHN",)),
        labels.table(rows, label="word.country", text="word.count"),
        cite(rows),
        alt=t("world.top_alt"),
        unit=t("word.site_unit"),
        as_of=day_of(source_id),
    )


@prepared
def share_of_world(source_id: str = BLUE_BOOK) -> Exhibit:
    """China's share of the world on every date on which both numbers are known.

    Published numbers only: beside a visitor's own registry it says so.
    """
    lang, points = language(), data.table("sites_over_time")
    rows = share_over_time(points, "CHN", "WLD")
    rows = rows[rows["whole"] > 1].drop_duplicates("period_end", keep="last")
    rows = rows.assign(label=[date(day, lang) for day in rows["period_end"]])
    rows["text"] = [
        t(
            "china.of",
            share=percent(row.share, lang),
            part=number(row.part, lang),
            whole=number(row.whole, lang),
        )
        for row in rows.itertuples()
    ]
    rising = rows["share"].is_monotonic_increasing
    own = t("registry.published_only") + " " if source_id in UPLOADS else ""
    return Exhibit(
        "china_share",
        t("china.curve_title" if rising else "china.curve_title_plain"),
        ranked(rows, "label", "label", "share", "text"),
        labels.table(rows, label="word.date", text="word.share"),
        cite(points[points["period_end"].isin(rows["period_end"])]),
        alt=t("china.curve_alt"),
        unit=t("word.share_unit"),
        as_of=" / ".join(rows["label"]),
        note=f"{own}{t('china.curve_note')}",
    )
