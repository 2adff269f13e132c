"""The level a scenario reaches: a band, what it depends on, and its parts by outcome."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from waterstats.charts.levels import Band, band
from waterstats.scoring.outcomes import Batch, Outcome
from waterstats.scoring.plans import NO, UNANSWERED, YES, Plan, worths
from waterstats.scoring.scorer import score_batch
from waterstats.standards.rules import Must, Points
from waterstats.widgets.blocks import PLOTLY
from waterstats.widgets.data import prepared
from waterstats.widgets.state import language, t


def show(plan: Plan, batch: Batch, outcome: Outcome) -> None:
    """The level in one sentence and as a place on the scale; nothing where there are no levels."""
    levels = plan.standard.levels
    if not levels:
        return
    st.markdown(f"**{sentence(plan, batch, outcome)}**")
    if any(level.minimum is None for level in levels):
        return
    sure, claimed, possible = totals(plan, batch, outcome)
    starts = [level.minimum for level in levels]
    ends = [*starts[1:], sum(item.most for item in plan.standard.points)]
    bands = tuple(
        Band(level.id, level.label[language()], start, end)
        for level, start, end in zip(levels, starts, ends, strict=True)
    )
    figure = _figure(bands, sure, claimed, possible)
    st.plotly_chart(figure, config=PLOTLY, key="level_band", alt=t("level.alt"))
    st.caption(t("level.legend", sure=f"{sure:g}", claimed=f"{claimed:g}", most=f"{possible:g}"))


def sentence(plan: Plan, batch: Batch, outcome: Outcome) -> str:
    """The level: certain, one of several and on what it depends, or none and why."""
    names = [level.label[language()] for level in plan.standard.levels]
    sure, best = int(outcome.level[0]), int(outcome.best_level[0])
    if not best:
        return t("level.none")
    if sure == best:
        return t("level.sure", level=names[sure - 1])
    if any(level.minimum is None for level in plan.standard.levels):
        return t("level.unknown")
    reasons = depends_on(plan, batch)
    if not sure:
        reasons.insert(0, t("level.on_core"))
    between = names[max(sure, 1) - 1 : best]
    return t(
        "level.between", levels=t("level.or").join(between), reasons=t("level.and").join(reasons)
    )


def depends_on(plan: Plan, batch: Batch) -> list[str]:
    """What keeps the total open: awards left to the auditor, items not answered."""
    reasons, items = [], list(enumerate(plan.asked))[plan.asked_must :]
    spans = {item.number: dict(worths(item)).get(int(batch.answers[row, 0])) for row, item in items}
    awards = [
        f"{number} ({span[0]:g}–{span[1]:g})"
        for number, span in spans.items()
        if span and span[0] != span[1]
    ]
    if awards:
        reasons.append(t("level.on_awards", items=", ".join(awards)))
    unanswered = sum(batch.answers[row, 0] == UNANSWERED for row, _ in items)
    if unanswered:
        reasons.append(t("level.on_open", n=unanswered))
    return reasons


def totals(plan: Plan, batch: Batch, outcome: Outcome) -> tuple[float, float, float]:
    """Points that are sure, that the answers claim, and that are still possible."""
    answers = batch.answers.copy()
    items = answers[plan.asked_must :]
    items[items == UNANSWERED] = NO
    claimed = score_batch(plan, replace(batch, answers=answers))
    ends = (outcome.low, claimed.high, outcome.high)
    return tuple(float(part[:, 0].sum()) / plan.scale for part in ends)


@prepared
def _figure(bands: tuple[Band, ...], sure: float, claimed: float, possible: float):
    return band(bands, sure, claimed, possible)


def by_outcome(plan: Plan, batch: Batch) -> pd.DataFrame:
    """Each outcome of a standard: core indicators met of all, points claimed at most of all there
    are. Indicators without an outcome are in the last row."""
    rows = []
    for id_ in [*plan.standard.outcomes, ""]:
        own = [
            (clause, int(batch.answers[row, 0]))
            for row, clause in enumerate(plan.asked)
            if (id_ in clause.outcomes if id_ else not clause.outcomes)
        ]
        spans = [
            (dict(worths(clause)).get(code, (0.0, 0.0)), clause.most)
            for clause, code in own
            if isinstance(clause, Points)
        ]
        core = [code for clause, code in own if isinstance(clause, Must)]
        rows.append(
            {
                "label": plan.standard.outcomes[id_][language()] if id_ else t("level.no_outcome"),
                "low": sum(span[0] for span, _ in spans),
                "high": sum(span[1] for span, _ in spans),
                "most": sum(most for _, most in spans),
                "core_met": sum(code == YES for code in core),
                "core": len(core),
            }
        )
    return pd.DataFrame(rows)
