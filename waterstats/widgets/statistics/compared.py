"""The answer of the compare page: a sentence, headline numbers, charts, the test in words."""

import pandas as pd

from waterstats.analyses.association import linked
from waterstats.analyses.comparison import OUTCOMES, differences
from waterstats.charts.bars import parts
from waterstats.charts.intervals import dots
from waterstats.charts.style import wrap
from waterstats.language import number, percent, signed
from waterstats.sources import Citation
from waterstats.widgets import labels
from waterstats.widgets.blocks import Exhibit, Headline
from waterstats.widgets.data import prepared
from waterstats.widgets.state import language, t
from waterstats.widgets.statistics import exhibits
from waterstats.widgets.statistics.comparing import Asked, counts, divided, grade_names
from waterstats.widgets.statistics.sureness import chance, hits, p_text

CLEAR = 0.05
MOST_PAIRS = 8
NAME = 22  # letters of a name in one line beside its bar
BAR = 52  # pixels, so that bars stand beside the dots of the next chart


def points(ratio: float, sign: bool = False) -> str:
    """A difference of shares in whole percentage points, without unit."""
    value = round(100 * ratio)
    return signed(value, language()) if sign else number(value, language())


def _at_grade(asked: Asked) -> pd.DataFrame:
    rows = divided(asked)
    return rows[rows["outcome"] == asked.grade]


@prepared
def answer(asked: Asked) -> tuple[str, str]:
    """The comparison in plain words: counts of every group, then what chance has to say."""
    lang, grade = language(), grade_names()[asked.grade]
    said = []
    for row in _at_grade(asked).itertuples():
        key = "compare.said_first" if not said else "compare.said_next"
        if pd.isna(row.whole):
            key = "compare.said_printed"
        said.append(
            t(
                key,
                group=asked.name(row.group),
                n=number(row.sites, lang),
                whole=number(row.whole, lang),
                grade=grade,
                share=percent(row.share, lang),
            )
        )
    return t("compare.stop", words=t("compare.and_then").join(said)), _by_chance(asked)


def _by_chance(asked: Asked) -> str:
    """One sentence on what the test of the grade in question found."""
    if asked.over_time:
        return t("compare.same_sites")
    test = linked(hits(counts(asked), asked.grade))
    if test.method == "none":
        return t("compare.no_test")
    n = number(int(counts(asked).to_numpy().sum()), language())
    key = "compare.clear" if test.p < CLEAR else "compare.unclear"
    return t(key, n=n, chance=chance(test.p))


@prepared
def pairs(asked: Asked) -> pd.DataFrame:
    """Every two groups: two groups at every grade, more at the grade in question alone.

    The group with the higher share comes first, so that differences read as "more than".
    """
    order = _at_grade(asked).dropna(subset="whole").sort_values("share", ascending=False)
    frame = counts(asked).loc[list(order["group"])]
    wanted = OUTCOMES if len(frame) == 2 else {asked.grade: OUTCOMES[asked.grade]}
    return differences(frame, wanted)


@prepared
def headlines(asked: Asked) -> tuple[list[Headline], list[Citation]]:
    """The highest and lowest share, their difference, and how strong the link is."""
    lang, rows = language(), _at_grade(asked)
    ends = rows.sort_values("share", ascending=False, kind="stable").iloc[[0, -1]]
    numbers = []
    for label, row in zip(("highest", "lowest"), ends.itertuples(), strict=True):
        words = t("compare.no_counts", group=asked.name(row.group))
        if pd.notna(row.whole):
            whole = number(row.whole, lang)
            words = t(
                "compare.n_of", group=asked.name(row.group), n=number(row.sites, lang), whole=whole
            )
        share = percent(row.share, lang)
        numbers.append(Headline(t(f"compare.{label}"), share, asked.day_of(row.group), words))
    gap = ends["share"].iloc[0] - ends["share"].iloc[1]
    numbers.append(Headline(t("compare.difference"), points(gap), asked.day, _range(asked)))
    if not asked.over_time:
        test = linked(counts(asked))
        v = t("compare.v", v=number(test.v, lang, 2)) if test.v == test.v else None
        numbers.append(
            Headline(t("compare.link"), t(f"compare.strength_{test.strength}"), asked.day, v)
        )
    return numbers, asked.cited()


def _range(asked: Asked) -> str | None:
    """The interval of the difference between the highest and the lowest share."""
    if asked.over_time or len(counts(asked)) < 2:
        return None
    order = _at_grade(asked).sort_values("share", ascending=False, kind="stable")["group"]
    widest = pairs(asked)
    ends = {order.iloc[0], order.iloc[-1]}
    row = widest[(widest["outcome"] == asked.grade)].loc[
        lambda rows: rows["first"].isin(ends) & rows["second"].isin(ends)
    ]
    return t(
        "compare.between",
        low=points(row["low"].iloc[0], True),
        high=points(row["high"].iloc[0], True),
    )


@prepared
def levels(asked: Asked) -> Exhibit:
    """One stacked bar a group, with the counts."""
    rows = divided(asked)
    rows = rows[rows["outcome"] != "high"].rename(columns={"outcome": "key"})
    rows = labels.with_text(rows.assign(value=100 * rows["share"]), "percent")
    rows["count"] = [
        text if sites != sites else number(sites, language())
        for text, sites in zip(rows["text"], rows["sites"], strict=True)
    ]
    rows["name"] = [asked.name(code) for code in rows["group"]]
    wholes = rows.drop_duplicates("group")["whole"]
    rows["bar"] = [
        wrap(
            name if whole != whole else t("compare.bar", name=name, n=number(whole, language())),
            NAME,
        )
        for name, whole in zip(rows["name"], rows["whole"], strict=True)
    ]
    return Exhibit(
        "compare_levels",
        t("compare.levels_title"),
        parts(rows, "bar", "key", "value", "count", labels.level_names(), BAR),
        labels.table(rows, name="word.group", label="word.level", text="word.value"),
        asked.cited(),
        alt=t("compare.levels_alt", n=len(wholes)),
        unit=t("compare.levels_unit"),
        as_of=asked.day,
        note=t("compare.printed_note") if asked.over_time else _apart(asked),
        legend=exhibits.level_legend(),
    )


def _apart(asked: Asked) -> str:
    """What the groups leave out: sites without a province are in no group of provinces."""
    return t("compare.provinces_note") if asked.by == "province" else ""


@prepared
def intervals(asked: Asked) -> Exhibit:
    """The share of each group at the grade in question, with its interval."""
    rows, lang = _at_grade(asked).dropna(subset="whole"), language()
    rows = rows.assign(
        name=[asked.name(code) for code in rows["group"]],
        text=[
            t(
                "compare.share_text",
                share=percent(row.share, lang),
                low=percent(row.low, lang),
                high=percent(row.high, lang),
            )
            for row in rows.itertuples()
        ],
        **{c: (100 * rows[c]).round(1) for c in ("share", "low", "high")},
    )
    top = min(100.0, float(rows["high"].max()) + 5)
    return Exhibit(
        "compare_shares",
        t("compare.shares_title", grade=grade_names()[asked.grade]),
        dots(rows, "name", "share", "low", "high", "text", (0, top), "%"),
        labels.table(
            rows,
            name="word.group",
            sites="compare.hits",
            whole="word.count",
            share="compare.share",
            low="compare.low",
            high="compare.high_end",
        ),
        asked.cited(),
        alt=t("compare.shares_alt", grade=grade_names()[asked.grade]),
        unit=t("word.share_unit"),
        as_of=asked.day,
        note=t("compare.shares_note"),
    )


@prepared
def gaps(asked: Asked) -> Exhibit:
    """How large the differences are, with their intervals; p in the table."""
    grade, two = grade_names()[asked.grade], len(counts(asked)) == 2
    rows = _gaps_in_words(asked, two)
    drawn = rows.head(MOST_PAIRS)
    ends = (min(0.0, float(drawn["low"].min())) - 5, max(0.0, float(drawn["high"].max())) + 5)
    sides = {side: rows[side].iloc[0] for side in ("first", "second")}
    note = t("compare.gaps_note", n=len(rows))
    if len(rows) > MOST_PAIRS:
        note = f"{note} {t('compare.pairs_note', n=MOST_PAIRS)}"
    return Exhibit(
        "compare_gaps",
        t("compare.gaps_title", **sides) if two else t("compare.pairs_title", grade=grade),
        dots(drawn, "grade" if two else "pair", "difference", "low", "high", "text", ends, ""),
        labels.table(
            rows,
            pair="compare.pairs",
            grade="word.level",
            difference="compare.gap",
            low="compare.low",
            high="compare.high_end",
            chance="compare.p",
            method="compare.method",
        ),
        asked.cited(),
        alt=t("compare.gaps_alt"),
        unit=t("compare.points_unit"),
        as_of=asked.day,
        note=note,
    )


def _gaps_in_words(asked: Asked, two: bool) -> pd.DataFrame:
    """The pairs with names, words and percentage points; two groups by grade, more by size."""
    rows = pairs(asked)
    if not two:
        rows = rows.sort_values("difference", ascending=False, kind="stable")
    text = [
        t(
            "compare.gap_text",
            **{k: points(v, True) for k, v in zip(("n", "low", "high"), ends, strict=True)},
        )
        for ends in rows[["difference", "low", "high"]].to_numpy()
    ]
    rows = rows.assign(
        first=[asked.name(code) for code in rows["first"]],
        second=[asked.name(code) for code in rows["second"]],
        grade=[grade_names()[outcome] for outcome in rows["outcome"]],
        text=text,
        chance=[p_text(p) for p in rows["p_holm"]],
        method=[t(f"compare.method_{method}") for method in rows["method"]],
        **{c: (100 * rows[c]).round(1) for c in ("difference", "low", "high")},
    )
    named = zip(rows["first"], rows["second"], strict=True)
    return rows.assign(pair=[t("compare.pair", first=a, second=b) for a, b in named])
