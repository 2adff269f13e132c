"""Tile maps: China's provinces and the world's countries, counted or as far as printed."""

import pandas as pd

from waterstats.charts.tiles import tile_grid
from waterstats.language import percent
from waterstats.sources import cite
from waterstats.widgets import data, labels
from waterstats.widgets.blocks import Exhibit
from waterstats.widgets.data import BLUE_BOOK, prepared
from waterstats.widgets.state import language, t
from waterstats.widgets.statistics.exhibits import day_of
from waterstats.widgets.uploads import UPLOADS

UNITS = {"sites": "word.site_unit", "percent": "word.share_unit", "rank": "word.rank_unit"}
SUMS = ("CN-REST", "CN-TOP3")


@prepared
def countries(source_id: str) -> Exhibit:
    """The world as tiles: counted sites, or the ranks that a report prints."""
    portrait = data.portrait(source_id)
    if source_id == BLUE_BOOK:
        return _tiles(
            "world_map",
            t("world.map_title_ranks"),
            "country",
            portrait.ranks,
            "rank",
            day_of(source_id),
            t("world.map_alt_ranks"),
            t("world.map_note_ranks"),
        )
    leaders = ", ".join(data.names()[key] for key in portrait.countries["key"][:3])
    return _tiles(
        "world_map",
        t("world.map_title", n=f"{portrait.countries_total:.0f}"),
        "country",
        portrait.countries,
        "sites",
        day_of(source_id),
        t("world.map_alt", top=leaders),
        t("world.map_note"),
    )


@prepared
def provinces(source_id: str) -> Exhibit:
    """China's provinces as tiles: counted sites, or the shares that a report prints."""
    rows = data.portrait(source_id).provinces
    rest = rows[rows["key"] == "CN-REST"]["value"]
    rows = rows[~rows["key"].isin(SUMS)].sort_values("value", ascending=False)
    first, printed = rows.iloc[0], source_id == BLUE_BOOK
    share = percent(first["value"] / 100, language())
    note = t("china.map_note")
    if printed:
        note = t("china.map_note_printed", rest=percent(rest.iloc[0] / 100, language()))
    if source_id in UPLOADS:
        known, whole = rows["sites"].sum(), data.portrait(source_id).value("countries", "CHN")
        note += " " + t("registry.provinces_note", known=f"{known:.0f}", n=f"{whole:.0f}")
    return _tiles(
        "china_map",
        t("china.map_title", top=data.names()[first["key"]], share=share),
        "province",
        rows if printed else rows.assign(value=rows["sites"].astype(float)),
        "percent" if printed else "sites",
        day_of(source_id),
        t("china.map_alt"),
        note,
    )


def _tiles(
    key: str, title: str, kind: str, rows: pd.DataFrame, unit: str, day: str, alt: str, note: str
) -> Exhibit:
    """All places of a kind, coloured by the rows' value; grey where none is known."""
    rows = labels.with_text(rows, unit)
    places = data.table("place")
    places = places[places["kind"].eq(kind) & places["tile_row"].notna()]
    grid = places.merge(rows, left_on="place", right_on="key", how="left")
    grid["label"] = labels.tile_labels(grid, kind, "%" if unit == "percent" else "")
    unknown = t("word.no_site" if unit == "sites" else "word.not_published")
    grid["text"] = grid["text"].fillna(unknown)
    if unit == "rank":  # the first is the darkest
        grid["value"] = grid["value"].max() + 1 - grid["value"]
    return Exhibit(
        key,
        title,
        tile_grid(grid, "place", "label", f"name_{language()}", "value", "text"),
        labels.table(rows, label=f"word.{kind}", text="word.value"),
        cite(rows),
        alt=alt,
        unit=t(UNITS[unit]),
        as_of=day,
        note=note,
        wide=kind == "country",
    )
