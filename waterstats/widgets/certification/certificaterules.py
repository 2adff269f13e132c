"""The rules of certification as pages use them, and the one place that knows what day it is."""

import datetime

import pandas as pd

from waterstats.certificates.calendar import Rules
from waterstats.certificates.dates import years_after
from waterstats.sources import Citation, cite
from waterstats.widgets import data, state
from waterstats.widgets.data import DIRECTORY, prepared
from waterstats.widgets.state import language, t


def today() -> datetime.date:
    """The day of the visit, on the server's clock."""
    return datetime.date.today()


def registry() -> str:
    """The registry whose sites are shown; a choice when there is more than one."""
    options = state.registries()
    if len(options) == 1:
        return next(iter(options))
    return state.choice("data", options, t("word.snapshot"), DIRECTORY)


@prepared
def rules() -> Rules:
    """The rules of data/certification_rules.csv; what sources disagree on keeps every value."""
    rows = data.table("certification_rule").set_index("rule")
    transition = rows[rows["topic"] == "transition"]
    ends = [day.date() for day in transition["day"]]
    launches = [years_after(day, -int(n)) for day, n in zip(ends, transition["value"], strict=True)]
    return Rules(
        validity=int(rows.loc["validity", "value"]),
        surveillances=int(rows.loc["surveillance", "value"]),
        lapse=int(rows.loc["registration_lapse", "value"]),
        launches=tuple(sorted(set(launches))),
        ends=tuple(sorted(set(ends))),
    )


@prepared
def rows_of(*names: str) -> pd.DataFrame:
    """The rules of these names or topics, as they stand in the data."""
    rows = data.table("certification_rule")
    return rows[rows["rule"].isin(names) | rows["topic"].isin(names)]


@prepared
def cited(*names: str) -> list[Citation]:
    """The sources of the rules of these names or topics."""
    return cite(rows_of(*names))


@prepared
def text_of(name: str) -> str:
    """A rule, or all rules of a topic, in the session's language."""
    return t("planner.and").join(rows_of(name)[f"text_{language()}"])
