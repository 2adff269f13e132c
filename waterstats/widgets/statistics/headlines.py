"""The numbers at the top of the overview, world and China pages."""

from collections.abc import Sequence

import pandas as pd

from waterstats.analyses.concentration import concentration
from waterstats.language import number, percent, signed
from waterstats.sources import Citation, cite
from waterstats.widgets import data
from waterstats.widgets.blocks import Headline
from waterstats.widgets.data import BLUE_BOOK, prepared
from waterstats.widgets.state import language, t
from waterstats.widgets.statistics.exhibits import day_of
from waterstats.widgets.uploads import UPLOADS

Headlines = tuple[list[Headline], Sequence[Citation]]


@prepared
def overview(before: str, after: str) -> Headlines:
    """Today's totals of a registry and what changed since an earlier source."""
    lang, then, day = language(), day_of(before), day_of(after)
    old, new = data.portrait(before), data.portrait(after)
    china = [portrait.value("countries", "CHN") for portrait in (old, new)]

    def changed(name: str, first: float, second: float) -> Headline:
        words = t("overview.unchanged", date=then)
        if first != second:
            words = t("overview.change", change=signed(second - first, lang), date=then)
        return Headline(t(f"overview.{name}"), number(second, lang), day, words)

    share_then = percent(china[0] / old.total, lang)
    share = Headline(
        t("overview.china_share"),
        percent(china[1] / new.total, lang),
        day,
        t("overview.change_share", date=then, before=share_then),
    )
    numbers = [
        changed("world_sites", old.total, new.total),
        changed("china_sites", *china),
        share,
        changed("countries", old.countries_total, new.countries_total),
    ]
    return numbers, cite(pd.concat([new.countries, old.continents, old.countries]))


@prepared
def world(source_id: str) -> Headlines:
    """Sites, countries, the largest country, and how concentrated the counted ones are."""
    lang, day, portrait = language(), day_of(source_id), data.portrait(source_id)
    first = portrait.countries.iloc[0]  # of a report the one country that it prints
    largest = t(
        "world.name_sites", place=data.names()[first["key"]], n=number(first["value"], lang)
    )
    numbers = [
        Headline(t("world.sites"), number(portrait.total, lang), day),
        Headline(t("world.countries"), number(portrait.countries_total, lang), day),
        Headline(
            t("world.top_country"), largest, day, percent(first["value"] / portrait.total, lang)
        ),
    ]
    if source_id != BLUE_BOOK:
        spread = concentration(portrait.countries).iloc[0]
        equal = t("world.equal", n=number(spread["equal_groups"], lang, 1))
        top = percent(spread["top_share"], lang)
        numbers.append(Headline(t("world.concentration"), top, day, equal))
    return numbers, cite(pd.concat([portrait.continents, portrait.countries]))


@prepared
def china(source_id: str) -> Headlines:
    """China's sites, share, growth and high levels, against the others."""
    lang, day, portrait = language(), day_of(source_id), data.portrait(source_id)
    sites = portrait.value("countries", "CHN")
    figures = data.table("figure_described")
    growths = figures[figures["series"].eq("certified_sites_growth")]
    growth = growths.set_index("place")["value"] / 100
    elsewhere = t("china.elsewhere", share=high_levels(source_id, "XCN"))
    printed = Headline(
        t("china.growth"),
        percent(growth["CHN"], lang),
        day_of(BLUE_BOOK),
        t("china.world_growth", share=percent(growth["WLD"], lang)),
    )
    numbers = [
        Headline(t("china.sites"), number(sites, lang), day),
        Headline(t("china.share"), percent(sites / portrait.total, lang), day),
        Headline(t("china.high"), high_levels(source_id, "CHN"), day, elsewhere),
    ]
    if source_id in UPLOADS:  # a list of one date has no growth
        return numbers, cite(portrait.levels)
    return [*numbers[:2], printed, *numbers[2:]], cite(pd.concat([portrait.levels, growths]))


@prepared
def high_levels(source_id: str, side: str) -> str:
    """Gold and Platinum together as a share of a side's sites, in words."""
    portrait = data.portrait(source_id)
    share = sum(portrait.value("levels", level, side) for level in ("gold", "platinum"))
    return percent(share / 100, language())


@prepared
def industry_share(source_id: str, industry: str, side: str) -> str:
    """Share of an industry in a side's sites, in words."""
    return percent(data.portrait(source_id).value("industries", industry, side) / 100, language())
