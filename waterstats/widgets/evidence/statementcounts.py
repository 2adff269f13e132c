"""The statements page: counts behind percentages, and ranges of what nobody printed."""

import pandas as pd
import streamlit as st

from waterstats.charts.ranges import range_lines
from waterstats.charts.style import ACCENT, LEVELS
from waterstats.language import date, percent
from waterstats.statements.found import Range
from waterstats.statements.statement import Scope
from waterstats.statements.study import Column, columns, counts_behind, ranges, years_before
from waterstats.widgets import blocks, data, labels, state
from waterstats.widgets.blocks import Exhibit
from waterstats.widgets.data import prepared
from waterstats.widgets.evidence.statements import base, cited, studied
from waterstats.widgets.evidence.statementwords import range_words, scope_words, statement_words
from waterstats.widgets.state import language, t

MOST = 20
ALL = "all"
PLACES = ("CHN", "XCN", "WLD")
FIRST, FIRST_INDUSTRY, FIRST_LEVEL = "CHN", ALL, "platinum"


@prepared
def _columns(chosen: str) -> dict[str, Column]:
    """The columns of shares that a base prints, by the key used in the address."""
    made = columns(studied(), chosen)
    return {f"{column.topic}_{'_'.join(column.of.place)}": column for column in made}


@prepared
def _column_names(chosen: str) -> dict[str, str]:
    return {
        key: t(f"statements.column_{column.topic}", place=scope_words(column.of))
        for key, column in _columns(chosen).items()
    }


def counts() -> None:
    """One column of percentages at a time, with the counts behind it, and the year before."""
    st.header(t("statements.behind"), anchor=False)
    left, right = st.columns([1, 3])
    with left:
        chosen = base()
    options = _column_names(chosen)
    first = "levels_CHN" if "levels_CHN" in options else next(iter(options))
    if st.session_state.get("shares", first) not in options:
        del st.session_state["shares"]  # the other base prints other columns
    with right:
        key = state.choice("shares", options, t("statements.column"), first)
    blocks.show(_counts(chosen, key))
    st.markdown("\n".join(f"- {line}" for line in _before(chosen)))


@prepared
def _before(chosen: str) -> list[str]:
    """What the printed growth says about a year before."""
    found = studied()
    lines = []
    for name, sites in years_before(found, chosen):
        of = found.statements[name].of
        lines.append(
            t(
                "statements.before",
                place=scope_words(of),
                date=date(of.on, language()),
                range=range_words(sites),
                text=statement_words(found, name),
            )
        )
    return lines


def _part_code(scope: Scope) -> str:
    """The code a part of a column is named by: its level, its industry or its place."""
    return (*scope.level, *scope.industry, *scope.place)[0]


@prepared
def _counts(chosen: str, key: str) -> Exhibit:
    column, found = _columns(chosen)[key], studied()
    solved, names, lang = counts_behind(found, chosen, column, MOST), data.names(), language()
    codes = [_part_code(scope) for scope in column.parts]
    statements = [found.statements[name] for name in column.names]
    rows = pd.DataFrame(
        {
            "label": [names[code] for code in codes],
            "low": [each.low for each in solved.ranges],
            "high": [each.high for each in solved.ranges],
            "text": [
                t(
                    "statements.counts_text",
                    range=range_words(each),
                    printed=percent(statement.value / 100, lang),
                )
                for each, statement in zip(solved.ranges, statements, strict=True)
            ],
        }
    )
    listed = pd.DataFrame(solved.tuples, columns=list(rows["label"]))
    listed.insert(0, t("statements.solution"), range(1, len(listed) + 1))
    whole = range_words(found.system.bounds(found.bases[chosen], column.of))
    n = len(solved.tuples)
    if solved.complete and n == 1:
        title = t("statements.counts_one")
    else:
        title = t("statements.counts_several" if solved.complete else "statements.counts_many", n=n)
    note = "statements.counts_note" if solved.complete else "statements.counts_note_capped"
    return Exhibit(
        "statement_counts",
        title,
        range_lines(rows, [LEVELS.get(code, ACCENT) for code in codes]),
        listed,
        cited(statements),
        alt=t("statements.counts_alt"),
        unit=t("word.site_unit"),
        as_of=date(column.of.on, lang),
        note=t(note, whole=whole, n=n) if not solved.complete else t(note, whole=whole),
    )


@prepared
def places() -> dict[str, str]:
    """Places that statements speak of, on the date of most of them: code to name."""
    found, names = studied(), data.names()
    codes = dict.fromkeys(PLACES)
    for each in found.collection.statements:
        for scope in each.scopes:
            if len(scope.place) == 1:
                codes |= dict.fromkeys(scope.place)
    return {code: names[code] for code in codes}


@prepared
def kinds(column: str, everything: str) -> dict[str, str]:
    """All codes of industries (groups) or levels with their names; first "all of them"."""
    geography, names = studied().collection.geography, data.names()
    codes = geography.industries if column == "industry" else geography.levels
    return {ALL: everything} | {code: names[code] for code in codes}


def implied() -> None:
    """Least and most of a quantity that nobody printed."""
    st.header(t("statements.implied"), anchor=False)
    st.markdown(t("statements.implied_lead"))
    columns = st.columns(3)
    with columns[0]:
        place = state.one_of("of_place", places(), t("statements.place"), FIRST)
    with columns[1]:
        levels = kinds("level", t("statements.any_level"))
        level = state.one_of("of_level", levels, t("word.level"), FIRST_LEVEL)
    with columns[2]:
        industries = kinds("industry", t("statements.any_industry"))
        industry = state.one_of("of_industry", industries, t("word.industry"), FIRST_INDUSTRY)
    blocks.show(_implied(base_of_page(), place, industry, level))


def base_of_page() -> str:
    """The base chosen above on the page."""
    return st.session_state["disputed"]


def scope_of(place: str, industry: str, level: str) -> Scope:
    """A quantity as a visitor chooses it."""
    return Scope(
        (place,),
        () if industry == ALL else (industry,),
        () if level == ALL else (level,),
        on=studied().collection.on,
    )


@prepared
def _implied(chosen: str, place: str, industry: str, level: str) -> Exhibit:
    """The quantity and its parts: by industry, or by level when an industry is chosen."""
    found, names = studied(), data.names()
    geography, whole = found.collection.geography, scope_of(place, industry, level)
    by_level = industry != ALL
    parts = geography.levels if by_level else geography.industries
    scopes = [whole] + [
        scope_of(place, industry, code) if by_level else scope_of(place, code, level)
        for code in parts
        if not (by_level and level == code)
    ]
    ranged = ranges(found, chosen, scopes)
    shown = [scope_words(whole)] + [
        names[_part_code(scope) if by_level else scope.industry[0]] for scope in scopes[1:]
    ]
    rows = pd.DataFrame(
        {
            "label": shown,
            "low": [each.low for each in ranged],
            "high": [each.high if each.high is not None else each.low for each in ranged],
            "text": [range_words(each) for each in ranged],
        }
    )
    colour = LEVELS.get(level, ACCENT)
    colours = [colour] + [LEVELS[s.level[0]] if by_level else colour for s in scopes[1:]]
    what = scope_words(whole)
    return Exhibit(
        "statement_ranges",
        t("statements.implied_title", what=what, range=range_words(ranged[0])),
        range_lines(rows, colours),
        _as_table(shown, ranged),
        cited([found.collection[name.partition("@")[0]] for name in sorted(found.bases[chosen])]),
        alt=t("statements.implied_alt", what=what),
        unit=t("word.site_unit"),
        as_of=date(whole.on, language()),
        note=t("statements.implied_note"),
    )


def _as_table(shown: list[str], ranged: list[Range]) -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "what": shown,
            "low": [each.low for each in ranged],
            "high": [each.high for each in ranged],
        }
    )
    return labels.table(frame, what="word.group", low="statements.least", high="statements.most")
