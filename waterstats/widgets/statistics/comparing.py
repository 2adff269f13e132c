"""What a visitor compares: the dimension, the groups, the grade, and the counts behind them."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from waterstats.analyses.comparison import OUTCOMES, REST, shares, table, tally
from waterstats.analyses.printed import behind
from waterstats.language import number
from waterstats.sources import Citation
from waterstats.widgets import data, labels, state
from waterstats.widgets.data import BLUE_BOOK, DIRECTORY, prepared
from waterstats.widgets.state import language, t
from waterstats.widgets.statistics.exhibits import day_of

# Dimension: its name, and the directory's column it is read from.
DIMENSIONS = {
    "country": ("word.country", "Site Country"),
    "continent": ("word.continent", "Site Country"),
    "province": ("word.province", "Site Address"),
    "industry": ("word.industry", "Industry Sector"),
    "sector": ("word.sector", "Industry Sector"),
    "certificate_type": ("sites.type", "Level Attained"),
    "holder": ("word.holder", "Account Name"),
    "year": ("compare.year", "Date Issued"),
    "source": ("compare.source", "Level Attained"),
}
STRATA = ("industry", "certificate_type")
SIDES = ("CHN", "XCN")
MOST_GROUPS, MOST_OPTIONS, FIRST_GROUPS = 6, 500, 3


@dataclass(frozen=True)
class Asked:
    """A comparison: the registry, the dimension, the codes of its groups, the grade in question."""

    source: str
    by: str
    groups: tuple[str, ...]
    grade: str

    @property
    def over_time(self) -> bool:
        """Whether the groups are the same place on two dates, which no test can compare."""
        return self.by == "source"

    @property
    def day(self) -> str:
        """The as-of date in words; of every source when they differ."""
        return " / ".join(map(day_of, _dates(self.groups) if self.over_time else [self.source]))

    def day_of(self, code: str) -> str:
        """The as-of date of one group in words."""
        return day_of(code.split("@", 1)[1] if self.over_time else self.source)

    def name(self, code: str) -> str:
        """What a group is called in the session's language."""
        return group_name(self.by, code)

    def cited(self) -> list[Citation]:
        """Where the numbers stand."""
        if not self.over_time:
            columns = dict.fromkeys(["Level Attained", DIMENSIONS[self.by][1]])
            return [Citation(self.source, tuple(f"column {column}" for column in columns))]
        printed = ("ch. 3.2.2, fig. 10a", "ch. 3.2.2, fig. 10b")
        return [
            Citation(source, printed if source == BLUE_BOOK else ("column Level Attained",))
            for source in _dates(self.groups)
        ]


def when(source: str) -> pd.Timestamp:
    """The as-of date of a source, to order by; one without a date comes first."""
    day = data.source(source)["as_of"]
    return pd.Timestamp(day) if day is not None else pd.Timestamp.min


def ask() -> Asked:
    """The choices, kept in the address: dimension and grade in one row, the groups below."""
    source = _registry()
    dimension, level = st.columns([2, 3])
    with dimension:
        names = {by: t(word) for by, (word, _) in DIMENSIONS.items()}
        by = state.one_of("by", names, t("compare.by"), "country")
    with level:
        offered = {**labels.level_names(), "high": t("compare.high_short")}
        grade = state.choice("grade", offered, t("compare.grade"), "gold")
    return Asked(source, by, tuple(_groups(source, by)), grade)


def _registry() -> str:
    offered = state.registries()
    if len(offered) == 1:
        return next(iter(offered))
    if st.session_state.get("data", DIRECTORY) not in offered:  # set on a page that offers more
        st.session_state.pop("data", None)
    return state.choice("data", offered, t("word.snapshot"), next(iter(offered)))


def _groups(source: str, by: str) -> list[str]:
    """The chosen groups; those of another dimension are forgotten, one alone meets all others."""
    options, first = _options(source, by), _first_groups(source, by)
    if st.session_state.get("_compared_by", by) != by:
        st.session_state.pop("group", None)
        st.query_params.pop("group", None)
    st.session_state["_compared_by"] = by
    if "group" in st.session_state:
        st.session_state["group"] = [g for g in st.session_state["group"] if g in options]
    chosen = state.several("group", options, t("compare.groups"), t("compare.add"), first)
    if len(chosen) > MOST_GROUPS:
        st.caption(t("compare.most", n=MOST_GROUPS))
    chosen = chosen[:MOST_GROUPS] or list(first)
    if len(chosen) > 1:
        return chosen
    if by == "source":  # the same place on every date
        return [code for code in options if code.startswith(chosen[0][:3])]
    return list(first) if chosen == [REST] else [*chosen, REST]


@prepared
def counted(source: str, by: str) -> pd.DataFrame:
    """The tally of a registry by one dimension, counted once."""
    return tally(data.sites(source), by, STRATA)


def _options(source: str, by: str) -> dict[str, str]:
    """Codes to the names a visitor chooses from: groups of a registry, or a place on each date."""
    if by != "source":
        return _groups_of(source, by)
    dates = sorted((*state.registries(), BLUE_BOOK), key=when)
    return {f"{side}@{date}": group_name(by, f"{side}@{date}") for side in SIDES for date in dates}


@prepared
def _groups_of(source: str, by: str) -> dict[str, str]:
    """Codes to "name (sites)", the most sites first, years in order; then all the others."""
    sites = counted(source, by).groupby("group")["sites"].sum()
    if by != "year":
        sites = sites.sort_values(ascending=False, kind="stable")
    named = {
        code: t("compare.option", name=group_name(by, code), n=number(n, language()))
        for code, n in sites.head(MOST_OPTIONS).items()
    }
    return named | {REST: group_name(by, REST)}


def _first_groups(source: str, by: str) -> tuple[str, ...]:
    """What is compared before anybody chooses: China with the others, or the largest few."""
    codes = [code for code in _options(source, by) if code != REST]
    if by == "source":
        return tuple(code for code in codes if code.startswith("CHN"))
    if by == "country":
        return ("CHN" if "CHN" in codes else codes[0], REST)
    return tuple(codes[:FIRST_GROUPS])


def group_name(by: str, code: str) -> str:
    """The name of one group of a dimension."""
    if code == REST:
        return t(f"compare.rest_{by}")
    if by == "source":
        side, source = code.split("@", 1)
        return t("compare.at", place=data.names()[side], date=state.snapshot(source))
    return t(f"sites.{code}") if by == "certificate_type" else data.names().get(code, code)


def grade_names() -> dict[str, str]:
    """What can be asked about: each level, and Gold or higher."""
    return {**labels.level_names(), "high": t("compare.high")}


def _dates(groups: tuple[str, ...]) -> list[str]:
    return list(dict.fromkeys(code.split("@", 1)[1] for code in groups))


@prepared
def counts(asked: Asked) -> pd.DataFrame:
    """Sites by group and level, groups without a known count left out."""
    levels = list(labels.level_names())
    if not asked.over_time:
        return table(counted(asked.source, asked.by), asked.groups, levels)
    rows = {}
    for code in asked.groups:
        side, source = code.split("@", 1)
        known = _printed_counts(side) if source == BLUE_BOOK else _counted_side(source, side)
        if known is not None:
            rows[code] = known
    frame = pd.DataFrame(rows, index=levels).T.fillna(0).astype(int)
    return frame.rename_axis(index="group", columns="level")


def _counted_side(source: str, side: str) -> dict[str, int]:
    rows = tally(data.sites(source), "side")
    return rows[rows["group"] == side].set_index("level")["sites"].to_dict()


def _printed_counts(side: str) -> dict[str, int] | None:
    """Counts that printed shares and a printed total allow; None where no total is printed."""
    portrait = data.portrait(BLUE_BOOK)
    total = portrait.value("countries", side)
    if total != total:
        return None
    rows = portrait.levels[portrait.levels["side"] == side]
    return behind(rows.set_index("key")["value"].to_dict(), int(total))


@prepared
def divided(asked: Asked) -> pd.DataFrame:
    """Shares of every outcome: group, outcome, sites, whole, share, low, high, in the asked order.

    Where only shares are printed, the other columns are NaN.
    """
    frames = [shares(counts(asked))] if len(counts(asked)) else []
    for code in asked.groups:
        if code not in counts(asked).index and code.endswith(BLUE_BOOK):
            portrait = data.portrait(BLUE_BOOK)
            of = {
                o: [portrait.value("levels", x, code[:3]) for x in ls] for o, ls in OUTCOMES.items()
            }
            printed = {"outcome": list(of), "share": [sum(parts) / 100 for parts in of.values()]}
            frames.append(pd.DataFrame(printed).assign(group=code))
    columns = ["group", "outcome", "sites", "whole", "share", "low", "high"]
    rows = pd.concat(frames, ignore_index=True).reindex(columns=columns)
    return rows.assign(_order=rows["group"].map(asked.groups.index)).sort_values(
        ["_order", "outcome"], kind="stable", ignore_index=True
    )
