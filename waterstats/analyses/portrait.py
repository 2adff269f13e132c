"""Certification on one date, in one shape, whether counted from a registry or printed in a report.

Every frame has key, value, source_id and locator, so that a page can draw either and say
where each number stands. A number that nobody printed is NaN, never zero.
"""

from dataclasses import dataclass

import narwhals.stable.v2 as nw
import pandas as pd

from waterstats.analyses.distribution import counts, within

SIDES = ("CHN", "XCN")


@dataclass(frozen=True)
class Portrait:
    """What is known of one date.

    Attributes
    ----------
    total : number of certified sites in the world [sites]
    countries_total : number of countries with certified sites
    continents, countries : key (place), value [sites]
    ranks : key (country), value [rank by sites, 1 is most]
    provinces : key (place), value [% of China's sites], sites [sites, NaN when not printed]
    industries : side (CHN or XCN), key (group), value [% of the side's sites], sites
    levels : side, key (level), value [% of the side's sites], sites
    absent : the value of what has no row: 0 where rows were counted, NaN where nobody printed it
    """

    total: float
    countries_total: float
    continents: pd.DataFrame
    countries: pd.DataFrame
    ranks: pd.DataFrame
    provinces: pd.DataFrame
    industries: pd.DataFrame
    levels: pd.DataFrame
    absent: float = float("nan")

    def value(self, frame: str, key: str, side: str | None = None) -> float:
        """One number of a frame; `absent` when it is not there, NaN on a side without sites."""
        rows = getattr(self, frame)
        if side:
            rows = rows[rows["side"] == side]
            if rows.empty:
                return float("nan")
        rows = rows[rows["key"] == key]
        return float(rows["value"].iloc[0]) if len(rows) else self.absent


def counted(sites, source_id: str) -> Portrait:
    """The portrait that the rows of a registry give (any frame Narwhals knows)."""
    continents = _places(counts(sites, ["continent"]), "continent", source_id, "Site Country")
    countries = _places(counts(sites, ["country"]), "country", source_id, "Site Country")
    ranks = countries.assign(value=countries["value"].rank(method="min", ascending=False))
    in_china = nw.from_native(sites).filter(nw.col("side") == "CHN").to_native()
    provinces = _pandas(counts(in_china, ["province"])).rename(columns={"province": "key"})
    provinces["value"] = 100 * provinces["share"]
    return Portrait(
        total=float(continents["value"].sum()),
        countries_total=float(len(countries)),
        continents=continents,
        countries=countries,
        ranks=ranks,
        provinces=_located(provinces, source_id, "Site Address"),
        industries=_sides(within(sites, ["side"], ["industry"]), source_id, "Industry Sector"),
        levels=_sides(within(sites, ["side"], ["level"]), source_id, "Level Attained"),
        absent=0.0,
    )


def published(figures: pd.DataFrame, source_id: str) -> Portrait:
    """The portrait that the printed numbers of one report give (rows of figure_described)."""
    own = figures[figures["source_id"] == source_id]
    exact = own[own["relation"] == "="]

    def series(name: str, key: str, keep: pd.Series) -> pd.DataFrame:
        rows = exact[(exact["series"] == name) & keep]
        rows = rows.assign(key=rows[key], side=rows["place"], sites=float("nan"))
        return rows[["key", "side", "value", "sites", "source_id", "locator"]].reset_index(
            drop=True
        )

    stock = (exact["series"] == "certified_sites") & exact["period_start"].isna()
    continents = series("certified_sites", "place", stock & exact["place"].str.len().eq(3))
    world = continents[continents["key"] == "WLD"]["value"].iloc[0]
    two_sides = exact["place"].isin(SIDES)
    return Portrait(
        total=float(world),
        countries_total=float(exact.loc[exact["series"] == "certified_countries", "value"].iloc[0]),
        continents=continents[~continents["key"].isin(["WLD", "CHN"])],
        countries=continents[continents["key"] == "CHN"],
        ranks=series("rank_by_certified_sites", "place", two_sides | True),
        provinces=series("share_of_china_sites", "place", ~exact["place"].eq("CHN")),
        industries=series("industry_share", "industry", two_sides),
        levels=series("level_share", "level", two_sides),
    )


def _pandas(frame) -> pd.DataFrame:
    return nw.from_native(frame).lazy().collect("pandas").to_native()


def _located(rows: pd.DataFrame, source_id: str, column: str) -> pd.DataFrame:
    """Say where counted numbers stand: the column of the registry whose rows were counted."""
    return rows.assign(source_id=source_id, locator=f"column {column}")


def _places(rows, by: str, source_id: str, column: str) -> pd.DataFrame:
    frame = _pandas(rows).rename(columns={by: "key"})
    return _located(frame.assign(value=frame["sites"].astype(float)), source_id, column)


def _sides(rows, source_id: str, column: str) -> pd.DataFrame:
    frame = _pandas(rows)
    key = "industry" if "industry" in frame else "level"
    frame = frame.rename(columns={key: "key"}).assign(value=100 * frame["share"])
    return _located(frame, source_id, column)
