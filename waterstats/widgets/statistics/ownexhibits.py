"""A visitor's own registry beside the directory: levels, industries, continents."""

import pandas as pd

from waterstats.analyses.distribution import counts
from waterstats.charts.bars import dumbbells
from waterstats.charts.style import ACCENT, MUTED
from waterstats.sources import cite
from waterstats.widgets import data, labels
from waterstats.widgets.blocks import Exhibit
from waterstats.widgets.data import DIRECTORY, prepared
from waterstats.widgets.state import language, t
from waterstats.widgets.statistics import exhibits


def _shares(source_id: str, column: str, place: str) -> pd.DataFrame:
    """Shares [%] of the values of a column in a registry, with where they were counted."""
    rows = counts(data.sites(source_id), [column]).rename(columns={column: "key"})
    return rows.assign(value=100 * rows["share"], source_id=source_id, locator=f"column {place}")


def _title(source_id: str) -> str:
    return data.source(source_id)[f"title_{language()}"]


def _days(source_id: str) -> str:
    return f"{exhibits.day_of(source_id)} / {exhibits.day_of(DIRECTORY)}"


@prepared
def levels(source_id: str) -> Exhibit:
    """Levels of a visitor's list and of the directory."""
    groups = {_title(s): _shares(s, "level", "Level Attained") for s in (source_id, DIRECTORY)}
    return exhibits.level_bars(
        f"levels_{source_id}",
        t("registry.compare_title"),
        groups,
        _days(source_id),
        t("registry.compare_alt"),
        "",
    )


@prepared
def beside(column: str, place: str, source_id: str) -> Exhibit:
    """Industries or continents of a visitor's list and of the directory."""
    own, listed = (_shares(s, column, place) for s in (source_id, DIRECTORY))
    names = [_title(source_id), _title(DIRECTORY)]
    rows = pd.concat([own.assign(group=names[0]), listed.assign(group=names[1])])
    rows = labels.with_text(rows, "percent")
    wide = rows.pivot(index="label", columns="group", values="value").reset_index()
    wide = wide.reindex(columns=["label", *names]).fillna(0).sort_values(names[1], ascending=False)
    return Exhibit(
        f"{column}_{source_id}",
        t(f"registry.compare_{column}"),
        dumbbells(wide, "label", *names, "%"),
        labels.table(rows, group="word.group", label=f"word.{column}", text="word.value"),
        cite(rows),
        alt=t(f"registry.compare_{column}_alt"),
        unit=t("word.share_unit"),
        as_of=_days(source_id),
        legend={names[0]: ACCENT, names[1]: MUTED},
    )
