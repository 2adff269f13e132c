"""Verdicts of a table of enterprises in words, and the workbook a reviewer takes away."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from waterstats.enterprises.files import FileTables
from waterstats.enterprises.resultwords import HEADINGS, KINDS, STATE_WORDS, WORD, Labels
from waterstats.enterprises.vocabulary import vocabulary
from waterstats.language import locator
from waterstats.problems import Problem
from waterstats.scoring.verdicts import score
from waterstats.standards.rules import Standard
from waterstats.standards.thresholds import with_thresholds

BEST_FIRST = ("meets", "depends", "incomplete", "below_points", "limit_failed", "not_eligible")


@dataclass(frozen=True)
class Results:
    """What became of a table of enterprises.

    verdicts, details: as `waterstats.score(detail=True)` gives them; empty frames if no enterprise
    could be scored. enterprises, measurements: what was scored. readings: the settled choices.
    thresholds: the minimums of levels that the user entered.
    """

    standard: Standard
    enterprises: pd.DataFrame
    measurements: pd.DataFrame
    verdicts: pd.DataFrame
    details: pd.DataFrame
    readings: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    thresholds: Mapping[str, float] = field(default_factory=dict)


def score_files(
    tables: FileTables,
    readings: Mapping[str, str] | None = None,
    thresholds: Mapping[str, float] | None = None,
) -> Results:
    """Score the enterprises that could be read; thresholds as in `waterstats.score`. Raises
    ValueError for an unknown reading, RuleError for a threshold that cannot be."""
    standard = with_thresholds(vocabulary(tables.standard_id).standard, thresholds or {})
    verdicts, details = pd.DataFrame(), pd.DataFrame()
    if len(tables.enterprises):
        verdicts, details = score(
            tables.standard_id,
            tables.enterprises,
            tables.measurements,
            readings,
            detail=True,
            thresholds=thresholds,
        )
    return Results(
        standard,
        tables.enterprises,
        tables.measurements,
        verdicts,
        details,
        dict(readings or {}),
        tuple(tables.problems),
        dict(thresholds or {}),
    )


def ranking(results: Results, language: str) -> pd.DataFrame:
    """One row per enterprise in words: those that meet the thresholds first, then by points; equals
    share a rank. Points that are still open are ranked as lost."""
    table = results.verdicts
    heads = headings("ranking", language)
    if table.empty:
        return pd.DataFrame(columns=heads)
    standard = results.standard
    label = Labels(standard, language)
    standing = table["verdict"].map(BEST_FIRST.index)
    order = pd.MultiIndex.from_arrays([standing, -table["points_low"]])
    places = pd.Series(pd.factorize(order, sort=True)[0])
    columns = [
        places.rank(method="min").astype(int),
        table["enterprise"],
        table["industry"].map(label.of),
        *(
            table[c].map(lambda v: standard.verdicts[v][language])
            for c in ("verdict", "verdict_chosen")
        ),
        table["depends_on"].map(label.readings),
        table["points_low"],
        table["points_high"],
        pd.Series(
            map(label.level, table["verdict"], table["level"], table["level_possible"]), dtype="str"
        ),
        table["level_possible"].map(label.of),
        *(table[c].map(label.all) for c in ("failed", "open", "left_out")),
        table["shared_meter"].map({True: WORD["yes"][language], False: ""}),
    ]
    made = pd.concat(columns, axis=1).set_axis(heads, axis=1)
    return made.sort_values(
        [heads[0], heads[7]], ascending=[True, False], kind="stable", ignore_index=True
    )


def detail_table(results: Results, language: str) -> pd.DataFrame:
    """Every row of every enterprise: state, value, limit in force, and where it is printed."""
    rows = results.details
    heads = headings("details", language)
    if rows.empty:
        return pd.DataFrame(columns=heads)
    industry = results.verdicts.set_index("enterprise")["industry"]
    label = Labels(results.standard, language)
    columns = [
        rows["enterprise"],
        rows["enterprise"].map(industry).map(label.of),
        rows["kind"].map(lambda kind: KINDS[kind][language]),
        rows["rule"].map(label.number),
        rows["rule"].map(label.of),
        rows["state"].map(lambda state: STATE_WORDS[state][language]),
        *(rows[c] for c in ("value", "op", "limit", "unit", "margin")),
        rows["shared_meter"].map({True: WORD["yes"][language], False: ""}),
        rows["locator"].map(lambda place: locator(place, language)),
        reasons(results),
    ]
    return pd.concat(columns, axis=1).set_axis(heads, axis=1)


def reasons_given(results: Results) -> dict[str, dict[str, str]]:
    """The reasons for leaving something out, by enterprise, then by clause or measure."""
    given: dict[str, dict[str, str]] = {}
    for record in results.enterprises.to_dict("records"):
        for column, text in record.items():
            if str(column).endswith("_reason") and text:
                own = given.setdefault(record["enterprise"], {})
                own[column.removesuffix("_reason")] = text
    numbers = results.measurements
    for record in numbers[numbers["reason"] != ""].to_dict("records"):
        given.setdefault(record["enterprise"], {})[record["measure"]] = record["reason"]
    return given


def reasons(results: Results) -> pd.Series:
    """For each detail row, the reason somebody gave for leaving it out."""
    given = reasons_given(results)
    measure = {limit.id: limit.measure for limit in results.standard.limits}
    rows = zip(
        results.details["enterprise"],
        results.details["rule"],
        results.details["state"],
        strict=True,
    )
    texts = [
        (own.get(rule) or own.get(measure.get(rule, ""), "")) if state == "not_applicable" else ""
        for name, rule, state in rows
        for own in [given.get(name, {})]
    ]
    return pd.Series(texts, index=results.details.index, dtype="str")


def missing_items(results: Results, language: str) -> pd.DataFrame:
    """What enterprises most often do not meet or have not answered: one row per rule, the most
    frequent first. Bonus items and rows that follow from others are not among them."""
    heads = headings("missing", language)
    rows = results.details
    if rows.empty:
        return pd.DataFrame(columns=heads)
    label = Labels(results.standard, language)
    rows = rows[rows["rule"].map(label.counts)]
    lost = rows["state"].eq("failed")
    deducted = rows["rule"].map(label.deducts)
    lost = lost.mask(deducted, rows["state"].eq("met"))
    applies = rows["state"].ne("not_applicable") | deducted
    counts = (
        pd.DataFrame({"failed": lost, "open": rows["state"].eq("unanswered"), "applies": applies})
        .groupby(rows["rule"], sort=False)
        .sum()
    )
    counts = counts[counts["failed"] + counts["open"] > 0]
    share = (counts["failed"] + counts["open"]) / counts["applies"]
    order = (
        counts.assign(all=counts["failed"] + counts["open"])
        .sort_values(["all", "failed"], ascending=False, kind="stable")
        .index
    )
    kind = rows.drop_duplicates("rule").set_index("rule")["kind"]
    rules = pd.Series(order, index=order)
    columns = [
        rules.map(kind).map(lambda k: KINDS[k][language]),
        rules.map(label.number),
        rules.map(label.of),
        rules.map(label.industry),
        *(counts.loc[order, c] for c in ("failed", "open", "applies")),
        (100 * share[order]).round(1),
        rules.map(label.locator),
    ]
    return pd.concat(columns, axis=1).set_axis(heads, axis=1).reset_index(drop=True)


def problem_table(problems: tuple[Problem, ...] | list[Problem], language: str) -> pd.DataFrame:
    """Problems as rows for a page or a sheet: where, what is there, what should be, what to do."""
    rows = [
        (
            WORD["warning" if p.warning else "error"][language],
            p.table,
            p.row or None,
            p.column,
            p.found_in(language),
            p.expected[language],
            p.remedy[language],
        )
        for p in problems
    ]
    table = pd.DataFrame(rows, columns=headings("problems", language))
    return table.astype({table.columns[2]: "Int64"})


def settings_table(results: Results, language: str) -> pd.DataFrame:
    """Which rules, which version, and how each unclear place was read."""
    header = results.standard.header
    rows = [
        (WORD["standard"][language], header.title[language], header.document),
        (WORD["version"][language], header.version, str(header.published or "")),
        (WORD["enterprises"][language], str(len(results.enterprises)), ""),
        *(
            (WORD["award"][language], fact.text[language], locator(fact.locator, language))
            for fact in results.standard.not_modelled
        ),
    ]
    for level in results.standard.levels:
        if level.id in results.thresholds:
            told = f"{level.label[language]} ≥ {level.minimum:g}"
            rows.append((WORD["entered"][language], told, ""))
    for reading in results.standard.readings:
        choices = {choice.id: choice.label[language] for choice in reading.choices}
        settled = results.readings.get(reading.id)
        how = "settled" if settled else "varied" if reading.vary else "decided"
        told = f"{choices[settled or reading.default]} ({WORD[how][language]})"
        rows.append((reading.question[language], told, locator(reading.locator, language)))
    return pd.DataFrame(rows, columns=headings("settings", language))


def headings(table: str, language: str) -> list[str]:
    return [heading[language] for heading in HEADINGS[table]]
