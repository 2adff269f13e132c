"""The verdict of a scenario in words and pictures: why, what is missing, on what it depends."""

from collections.abc import Iterator

import pandas as pd
import streamlit as st

from waterstats.charts.scoring import VERDICTS as COLOURS
from waterstats.charts.scoring import bullets
from waterstats.charts.scoring import points as points_chart
from waterstats.language import unit
from waterstats.scoring.outcomes import Batch, Outcome
from waterstats.scoring.plans import Plan
from waterstats.scoring.scenario import Scenario
from waterstats.standards.rulechecks import VERDICTS
from waterstats.widgets import state
from waterstats.widgets.blocks import PLOTLY, legend_of
from waterstats.widgets.data import prepared
from waterstats.widgets.state import language, t
from waterstats.widgets.whatif import levels
from waterstats.widgets.whatif.scenarionumbers import limit_words

LIMIT_COLUMNS = ["label", "value", "bound", "state", "ratio", "text"]
STATES = ("unanswered", "met", "failed", "not_applicable")
ICONS = {
    "meets": ":material/check_circle:",
    "depends": ":material/help:",
    "incomplete": ":material/pending:",
    "limit_failed": ":material/cancel:",
    "below_points": ":material/cancel:",
    "not_eligible": ":material/block:",
}
BOX = {"meets": st.success, "depends": st.info, "incomplete": st.info}


def verdict_of(outcome: Outcome) -> str:
    """The verdict of a batch of one, by its name."""
    return VERDICTS[outcome.verdict[0]]


def show(plan: Plan, scenario: Scenario, outcome: Outcome) -> None:
    """The whole panel: verdict, readings it turns on, points, failures, limits, what is open."""
    lang, verdict = language(), verdict_of(outcome)
    box = BOX.get(verdict, st.error)
    box(f"**{plan.standard.verdicts[verdict][lang]}**", icon=ICONS[verdict])
    if verdict == "meets" and not plan.levels:
        st.caption(t("verdict.awarded"))
    batch = scenario.batch(plan)
    levels.show(plan, batch, outcome)
    _readings(plan, outcome)
    _points(plan, batch, outcome)
    failed, waiting = rows_in(plan, outcome, "failed"), rows_in(plan, outcome, "unanswered")
    if failed:
        st.markdown(f"**{t('verdict.failed')}**\n" + "\n".join(f"- {name}" for name in failed))
    limits(plan, scenario, outcome)
    if waiting:
        with st.expander(t("verdict.open", n=len(waiting))):
            st.markdown("\n".join(f"- {name}" for name in waiting))
    absent = [*scenario.absent.items(), *scenario.reasons.items()]
    if absent:
        names = [f"- {plan.standard.by_id[i].label[lang]}: {why}" for i, why in absent]
        st.markdown(f"**{t('verdict.absent')}**\n" + "\n".join(names))


def in_short(plan: Plan, outcome: Outcome) -> None:
    """One line that stays in view on a narrow screen, where the panel stands below the form."""
    name = verdict_of(outcome)
    words = plan.standard.verdicts[name][language()]
    points = t("verdict.points", total=total(plan, outcome))
    with st.container(key="verdict-in-short"):
        st.markdown(f"{ICONS[name]} **{words}** · {points}")


def _readings(plan: Plan, outcome: Outcome) -> None:
    """On which readings the verdict turns, and what the default ones give."""
    lang = language()
    turning = [
        reading
        for reading, decides in zip(plan.readings, outcome.decisive[:, 0], strict=True)
        if decides
    ]
    if not turning:
        return
    chosen = plan.standard.verdicts[VERDICTS[outcome.chosen[0]]][lang]
    st.markdown(t("verdict.turns", chosen=chosen))
    st.markdown("\n".join(f"- {r.question[lang]} ({r.ref})" for r in turning))


def points_rows(plan: Plan, outcome: Outcome) -> pd.DataFrame:
    """Points of each section: label, low, high, most [points], text."""
    lang, rows = language(), []
    for i, section in enumerate(plan.standard.sections):
        if not any(item.section == section.id for item in plan.standard.points):
            continue
        most = sum(item.most for item in plan.standard.points if item.section == section.id)
        low, high = (float(total[i, 0]) / plan.scale for total in (outcome.low, outcome.high))
        span = between(low, high)
        rows.append(
            {
                "label": section.label[lang],
                "low": max(low, 0),
                "high": max(high, 0),
                "most": max(most, 0.5),
                "text": f"{span} / {most:g}",
            }
        )
    return pd.DataFrame(rows)


def outcome_rows(plan: Plan, batch: Batch) -> pd.DataFrame:
    """Points claimed for each outcome, in the shape of points_rows, with its core indicators."""
    rows = levels.by_outcome(plan, batch)
    rows["label"] = [
        f"{r.label} {t('level.core_met', met=r.core_met, all=r.core)}" for r in rows.itertuples()
    ]
    rows["text"] = [f"{between(r.low, r.high)} / {r.most:g}" for r in rows.itertuples()]
    return rows[["label", "low", "high", "most", "text"]].assign(most=rows["most"].clip(lower=0.5))


def total(plan: Plan, outcome: Outcome) -> str:
    """All points together: "52", or "40 … 60" while items are open."""
    low, high = (float(part[:, 0].sum()) / plan.scale for part in (outcome.low, outcome.high))
    return between(low, high)


def between(low: float, high: float) -> str:
    """One number, or the two ends of what is still possible: "52", "−3 … 60"."""
    ends = [f"{end:g}".replace("-", "−") for end in (low, high)]
    return ends[0] if low == high else " … ".join(ends)


@prepared
def _points_figure(*rows: tuple):
    return points_chart(pd.DataFrame(rows, columns=["label", "low", "high", "most", "text"]))


@prepared
def _limits_figure(*rows: tuple):
    return bullets(pd.DataFrame(rows, columns=LIMIT_COLUMNS))


def _points(plan: Plan, batch: Batch, outcome: Outcome) -> None:
    lang = language()
    gates = [
        f"{gate.label[lang]}: {t(f'state.{STATES[state]}')}"
        for versions, state in zip(plan.gates, outcome.details.gates[:, 0], strict=True)
        if STATES[state] != "not_applicable"
        for gate in [plan.standard.by_id[versions.first.id]]
    ]
    st.markdown(f"**{t('verdict.points', total=total(plan, outcome))}**  \n" + "  \n".join(gates))
    views = {"section": t("level.by_step"), "outcome": t("level.by_outcome")}
    view = "section"
    if plan.standard.outcomes:
        view = state.choice("view", views, t("level.view"), "section")
    rows = points_rows(plan, outcome) if view == "section" else outcome_rows(plan, batch)
    if len(rows):
        figure = _points_figure(*rows.itertuples(index=False, name=None))
        st.plotly_chart(figure, config=PLOTLY, key="verdict_points", alt=t("verdict.points_alt"))


def states(plan: Plan, outcome: Outcome) -> Iterator[tuple[str, str, str]]:
    """Id, label and state of every must, points item, gate and limit that concerns the industry."""
    lang, details = language(), outcome.details
    groups = (
        (plan.standard.must, details.must),
        (plan.standard.points, details.points),
        (plan.limits, details.limits),
    )
    for records, codes in groups:
        for record, code in zip(records, codes[:, 0], strict=True):
            number = getattr(record, "number", "")
            yield record.id, f"{number} {record.label[lang]}".strip(), STATES[code]


def rows_in(plan: Plan, outcome: Outcome, state: str) -> list[str]:
    """Labels of the rows in a state; an item that merely earns no points has not failed."""
    earned = {item.id for item in plan.standard.points}
    return [
        label
        for id_, label, own in states(plan, outcome)
        if own == state and not (state == "failed" and id_ in earned)
    ]


def limit_rows(plan: Plan, scenario: Scenario, outcome: Outcome) -> pd.DataFrame:
    """Limits that apply: label, value, limit in force, state, ratio [value / limit], text."""
    lang, rows, details = language(), [], outcome.details
    for i, limit in enumerate(plan.limits):
        state = STATES[details.limits[i, 0]]
        if state == "not_applicable":
            continue
        value = scenario.values.get(limit.measure)
        if isinstance(value, dict):
            value = value.get(limit.variant)
        bound = float(details.bounds[i, 0])
        known = value is not None and bound == bound and bound > 0
        variant = plan.standard.by_id[limit.variant].label[lang] if limit.variant else ""
        shown = "–" if value is None else f"{value:g}"
        rows.append(
            {
                "label": " · ".join(part for part in (limit.label[lang], variant) if part),
                "value": value,
                "bound": bound,
                "state": state,
                "ratio": float(value) / bound if known else float("nan"),
                "text": f"{shown} {unit(limit.unit)} ({_in_force(limit, bound)})",
            }
        )
    return pd.DataFrame(rows, columns=LIMIT_COLUMNS)


def _in_force(limit, bound: float) -> str:
    printed = limit_words(limit)
    if limit.limit is None or bound != bound or bound == limit.limit:
        return printed
    return f"{printed[0]} {bound:g}"


def limits(plan: Plan, scenario: Scenario, outcome: Outcome) -> None:
    """Every limit as a bullet: the value, the line of the limit, how far."""
    rows = limit_rows(plan, scenario, outcome)
    if rows.empty:
        return
    st.markdown(f"**{t('verdict.limits')}**")
    st.caption(t("verdict.limits_note"))
    figure = _limits_figure(*rows.itertuples(index=False, name=None))
    st.plotly_chart(figure, config=PLOTLY, key="verdict_limits", alt=t("verdict.limits_alt"))
    if outcome.details.shared[:, 0].any():
        st.caption(t("verdict.shared"))


def legend(plan: Plan, shown: set[str]) -> None:
    """The colours of the verdicts that occur."""
    words = plan.standard.verdicts
    legend_of(
        {words[name][language()]: colour for name, colour in COLOURS.items() if name in shown}
    )
