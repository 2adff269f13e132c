"""A self-check against a frame whose items are not public: musts, a typed total, own thresholds."""

from dataclasses import replace

import streamlit as st

from waterstats.scoring.plans import Plan
from waterstats.scoring.scenario import Scenario
from waterstats.standards.records import RuleError
from waterstats.standards.thresholds import with_thresholds
from waterstats.widgets.state import language, t
from waterstats.widgets.whatif.scenarioanswers import ask
from waterstats.widgets.whatif.scenarionumbers import numbers, seed


def fill_in(plan: Plan, scenario: Scenario) -> Scenario:
    """Draw the three parts of the check; returns the scenario as it is filled in now."""
    name = st.text_input(t("form.name"), key=seed(plan, "name", scenario.name)).strip()
    st.subheader(t("gbt.basic"), anchor=False)
    answered = ask(plan, scenario, list(plan.asked))
    st.subheader(t("gbt.advanced"), anchor=False)
    values, _ = numbers(plan, scenario, ())
    st.subheader(t("gbt.thresholds"), anchor=False)
    st.caption(t("gbt.thresholds_hint"))
    return replace(
        scenario, name=name, values=values, thresholds=_thresholds(plan, scenario), **answered
    )


def _thresholds(plan: Plan, scenario: Scenario) -> dict[str, float]:
    """The minimums as entered, or none while they cannot be."""
    levels, most = plan.standard.levels, sum(item.most for item in plan.standard.points)
    entered = {}
    for column, level in zip(st.columns(len(levels)), levels, strict=True):
        with column:
            entered[level.id] = st.number_input(
                level.label[language()],
                min_value=0.0,
                max_value=most,
                value=None,
                format="%g",
                key=seed(plan, f"threshold:{level.id}", scenario.thresholds.get(level.id)),
                placeholder=t("form.number_hint"),
            )
    given = {id_: minimum for id_, minimum in entered.items() if minimum is not None}
    try:
        with_thresholds(plan.standard, given)
    except RuleError:
        st.error(t("gbt.not_rising"), icon=":material/error:")
        return {}
    return given
