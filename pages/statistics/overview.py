"""How far has water-stewardship certification come?"""

import pandas as pd

from waterstats.analyses.change import change
from waterstats.analyses.portrait import counted, published
from waterstats.language import percent, signed
from waterstats.sources import cite
from waterstats.widgets import blocks, data, exhibits, labels
from waterstats.widgets.data import BLUE_BOOK, DIRECTORY
from waterstats.widgets.state import language, t

lang = language()
book = published(data.table("figure_described"), BLUE_BOOK)
now = counted(data.sites(), DIRECTORY)
then, day = exhibits.snapshot_day(BLUE_BOOK), exhibits.snapshot_day(DIRECTORY)


def headline(name: str, before: float, after: float) -> blocks.Headline:
    """A number of today with its change since the blue book."""
    key = "overview.unchanged" if before == after else "overview.change"
    words = t(
        key, date=then, **({} if before == after else {"change": signed(after - before, lang)})
    )
    return blocks.Headline(t(f"overview.{name}"), f"{after:.0f}", day, words)


china_then, china = book.value("countries", "CHN"), now.value("countries", "CHN")
share_then = t("overview.change_share", date=then, before=percent(china_then / book.total, lang))
share = blocks.Headline(
    t("overview.china_share"), percent(china / now.total, lang), day, share_then
)
blocks.question("overview")
blocks.headlines(
    [
        headline("world_sites", book.total, now.total),
        headline("china_sites", china_then, china),
        share,
        headline("countries", book.countries_total, now.countries_total),
    ],
    cite(pd.concat([now.countries, book.continents, book.countries])),
)
exhibits.growth()
exhibits.bars(
    "since_blue_book",
    t("overview.new_title"),
    labels.moved(change(book.continents, now.continents, "key")).merge(
        now.continents[["key", "source_id", "locator"]], on="key"
    ),
    "word.continent",
    f"{then} / {day}",
    alt=t("overview.new_alt", first=then, second=day),
    note=t("overview.new_note"),
    cited=pd.concat([book.continents, now.continents]),
)
platinum = [p.value("levels", "platinum", "CHN") / 100 for p in (book, now)]
direction = "levels_title" if platinum[1] < platinum[0] else "levels_title_rose"
exhibits.levels(
    "china_levels_since",
    t(f"overview.{direction}", before=percent(platinum[0], lang), after=percent(platinum[1], lang)),
    {then: (book, "CHN"), day: (now, "CHN")},
    f"{then} / {day}",
    alt=t("overview.levels_alt"),
    note=t("overview.levels_note"),
)
