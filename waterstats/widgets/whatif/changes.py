"""What would change the verdict: least effort, gaps, a swept region, meter errors, comparison."""

import numpy as np
import pandas as pd
import streamlit as st

from waterstats.charts.bars import ranked
from waterstats.charts.scoring import VERDICTS as COLOURS
from waterstats.charts.scoring import region
from waterstats.language import number, percent, signed, unit
from waterstats.meters.measures import definitions, meter_needed
from waterstats.scoring.outcomes import Batch
from waterstats.scoring.plans import Plan
from waterstats.scoring.scenario import Scenario, score_scenario
from waterstats.standards.rulechecks import VERDICTS
from waterstats.whatif.cheapest import Improvement, Way, cheapest_way, limits_missed
from waterstats.whatif.sweeps import likelihood, sweep
from waterstats.widgets.blocks import PLOTLY
from waterstats.widgets.state import language, t
from waterstats.widgets.whatif import levels, verdict
from waterstats.widgets.whatif import scenario as scenarios
from waterstats.widgets.whatif.scenariofile import READINGS
from waterstats.widgets.whatif.scenarionumbers import input_label

GRID, DRAWS = 41, 10_000


def least_effort(plan: Plan, scenario: Scenario, batch: Batch, level: str = "") -> Way:
    """The set of items that passes, or reaches a level, with the least effort."""
    way = cheapest_way(plan, batch, _efforts(plan), scenario.readings, level)
    if not way.reachable:
        st.error(t("changes.unreachable"))
    elif not way.improvements:
        st.success(t("changes.none_needed"))
    else:
        rows = [_step(plan, step) for step in way.improvements]
        st.markdown(t("changes.total", n=len(rows), effort=f"{way.effort:g}"))
        st.table(pd.DataFrame(rows).set_index(t("form.item")))
    return way


def _step(plan: Plan, step: Improvement) -> dict[str, str]:
    """One item to change: which, its points at least, the effort."""
    clause = plan.standard.by_id[step.id]
    gain = f"+{step.points:g}" if step.points or not step.required else ""
    must = t("changes.must") if step.required else ""
    return {
        t("form.item"): f"{clause.number} {clause.label[language()]}",
        t("changes.gain"): " · ".join(filter(None, (must, gain))),
        t("changes.effort"): f"{step.effort:g}",
    }


def gaps(plan: Plan, way: Way) -> None:
    """How far each missed limit is, and what that means in the visitor's own meters."""
    lang = language()
    st.header(t("changes.gaps"), anchor=False)
    rows = [
        {
            t("form.indicator"): _limit_name(plan, gap.id),
            t("changes.value"): number(round(gap.value, 4), lang)
            if gap.value == gap.value
            else t("changes.unknown"),
            t("changes.limit"): number(round(gap.limit, 4), lang),
            t("changes.change"): f"{gap.change:+.4g}" if gap.change == gap.change else "–",
        }
        for gap in way.shortfalls
    ]
    if rows:
        st.table(pd.DataFrame(rows).set_index(t("form.indicator")))
        _in_meters(plan, way)
    else:
        st.success(t("changes.no_gaps"))


def _in_meters(plan: Plan, way: Way) -> None:
    """What each missed limit means for the visitor's own meters, one meter at a time."""
    lang, known = language(), definitions()
    readings, lines = st.session_state.get(READINGS, {}), []
    for gap in way.shortfalls:
        measure = plan.standard.by_id[gap.id].measure
        indicator = known.indicators.get(measure)
        if indicator is None or not set(indicator.meters) <= set(readings):
            continue
        for meter, target in meter_needed(measure, readings, gap.limit).items():
            change = target - readings[meter]
            lines.append(
                t(
                    "changes.meter",
                    limit=_limit_name(plan, gap.id),
                    meter=known.meters[meter].label[lang],
                    now=number(round(readings[meter]), lang),
                    then=number(round(target), lang),
                    change=signed(round(change), lang),
                )
            )
    if lines:
        st.markdown(t("changes.in_meters") + "\n" + "\n".join(f"- {line}" for line in lines))


def _limit_name(plan: Plan, id_: str) -> str:
    limit, lang = plan.standard.by_id[id_], language()
    variant = f" · {plan.standard.by_id[limit.variant].label[lang]}" if limit.variant else ""
    return f"{limit.label[lang]}{variant} ({unit(limit.unit)})"


def _efforts(plan: Plan) -> dict[str, float]:
    """The effort of each item, as the visitor sets it."""
    lang = language()
    with st.expander(t("changes.efforts")):
        edited = st.data_editor(
            pd.DataFrame(
                {
                    t("form.item"): [f"{c.number} {c.label[lang]}" for c in plan.asked],
                    t("changes.effort"): 1.0,
                }
            ),
            hide_index=True,
            disabled=[t("form.item")],
            key=f"efforts:{plan.standard.id}:{plan.industry}",
            column_config={
                t("changes.effort"): st.column_config.NumberColumn(min_value=0.0, required=True)
            },
        )
    return {
        clause.id: float(effort)
        for clause, effort in zip(plan.asked, edited[t("changes.effort")], strict=True)
    }


def passing_region(plan: Plan, scenario: Scenario, batch: Batch) -> None:
    """The verdict for values of two measures around today's."""
    st.header(t("changes.region"), anchor=False)
    st.markdown(t("changes.region_lead"))
    filled = [i for i in range(len(plan.inputs)) if np.isfinite(batch.values[i, 0])]
    missed = {gap.id for gap in limits_missed(plan, batch, scenario.readings)}
    limits = {limit.measure: limit.id not in missed for limit in reversed(plan.limits)}
    filled.sort(key=lambda i: limits.get(plan.inputs[i].measure, 2))
    if len(filled) < 2:
        st.info(t("changes.too_few"))
        return
    names = {i: input_label(plan, plan.inputs[i]) for i in filled}
    left, right, last = st.columns(3)
    across = left.selectbox(t("changes.across"), filled, format_func=names.get, key="across")
    others = [i for i in filled if i != across]
    down = right.selectbox(t("changes.down"), others, format_func=names.get, key="down")
    reach = last.slider("±%", 5, 100, 40, 5, key="reach")
    axes = {i: _around(batch.values[i, 0], reach, plan.inputs[i].maximum) for i in (across, down)}
    verdicts = sweep(plan, batch, (across, axes[across]), (down, axes[down]), scenario.readings)
    words = {name: w[language()] for name, w in plan.standard.verdicts.items()}
    figure = region(
        list(axes[across]),
        list(axes[down]),
        [[VERDICTS[code] for code in row] for row in verdicts],
        words,
        (batch.values[across, 0], batch.values[down, 0]),
        (names[across], names[down]),
    )
    verdict.legend(plan, {VERDICTS[code] for code in np.unique(verdicts)})
    st.plotly_chart(figure, config=PLOTLY, key="region", alt=t("changes.region_alt"))


def _around(value: float, reach: int, maximum: float) -> np.ndarray:
    """A grid around a value, never below 0 nor above what is possible."""
    span = (abs(value) or 1.0) * reach / 100
    return np.linspace(max(0.0, value - span), min(maximum, value + span), GRID)


def meter_errors(plan: Plan, scenario: Scenario, batch: Batch) -> None:
    """How often each verdict comes out when the readings may be off."""
    st.header(t("changes.meters"), anchor=False)
    spread = st.slider(t("changes.spread"), 1, 20, 3, key="spread")
    st.markdown(t("changes.meters_lead", n=spread, draws=number(DRAWS, language())))
    shares = likelihood(plan, batch, spread, DRAWS, 0, scenario.readings)
    rows = pd.DataFrame(
        [
            {
                "key": name,
                "label": plan.standard.verdicts[name][language()],
                "share": share,
                "text": percent(share, language(), 1),
            }
            for name, share in shares.items()
            if share > 0
        ]
    ).sort_values("share", ascending=False)
    st.plotly_chart(
        ranked(rows, "key", "label", "share", "text", colours=COLOURS),
        config=PLOTLY,
        key="likelihood",
        alt=t("changes.meters"),
    )


def side_by_side(scenario: Scenario) -> None:
    """The present scenario beside those put aside."""
    kept = scenarios.aside(scenario.standard)
    st.header(t("changes.compare"), anchor=False)
    st.markdown(t("changes.compare_lead"))
    if not kept:
        return
    columns = {t("changes.present"): scenario}
    columns |= {t("changes.kept", n=i): other for i, other in enumerate(kept, 1)}
    table = pd.DataFrame({name: _summary(each) for name, each in columns.items()})
    st.table(table.fillna("–"))


def _summary(scenario: Scenario) -> pd.Series:
    lang = language()
    plan, outcome = score_scenario(scenario)
    rows = {
        t("form.industry"): plan.label[lang] if plan.industry else None,
        t("form.version"): scenario.version,
        t("changes.verdict"): plan.standard.verdicts[verdict.verdict_of(outcome)][lang],
        t("word.level"): levels.sentence(plan, scenario.batch(plan), outcome)
        if plan.levels
        else None,
        t("changes.points"): verdict.total(plan, outcome),
    }
    rows |= dict(
        zip(*verdict.points_rows(plan, outcome)[["label", "text"]].to_numpy().T, strict=True)
    )
    rows |= dict(
        zip(
            *verdict.limit_rows(plan, scenario, outcome)[["label", "text"]].to_numpy().T,
            strict=True,
        )
    )
    return pd.Series({name: row for name, row in rows.items() if row is not None})
