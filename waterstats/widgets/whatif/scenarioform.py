"""The form of a rule set, made from its rules: answers, products, numbers, readings, evidence."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from waterstats.language import locator
from waterstats.scoring.plans import Plan
from waterstats.scoring.scenario import Scenario
from waterstats.widgets.state import language, t
from waterstats.widgets.whatif.scenario import widget
from waterstats.widgets.whatif.scenarioanswers import ask, sections, vetoes
from waterstats.widgets.whatif.scenarionumbers import numbers, seed, variants


def fill_in(plan: Plan, scenario: Scenario) -> Scenario:
    """Draw the form; returns the scenario as it is filled in now.

    Only the open tab is drawn; what the others hold is kept as it was.
    """
    name = st.text_input(t("form.name"), key=seed(plan, "name", scenario.name)).strip()
    tabs = {part: _title(plan, part) for part in PARTS if _has(plan, part)}
    drawn = st.tabs(list(tabs.values()), key="form_tabs", on_change="rerun")
    st.caption(t("form.progress", done=f"{len(scenario.answers)}/{len(plan.asked)}"))
    changed: dict = {"name": name}
    for part, tab in zip(tabs, drawn, strict=True):
        if tab.open:
            with tab:
                changed |= PARTS[part](plan, scenario)
    return replace(scenario, **changed)


def _has(plan: Plan, part: str) -> bool:
    """Whether a rule set has anything to ask in a part of the form."""
    asks = {
        "must": vetoes(plan),
        "points": plan.standard.sections,
        "numbers": plan.inputs,
        "readings": plan.standard.readings,
    }
    return bool(asks.get(part, True))


def _title(plan: Plan, part: str) -> str:
    """Rule sets with criteria call their items indicators."""
    return t("form.indicators" if part == "points" and plan.standard.groups else f"form.{part}")


def _must(plan: Plan, scenario: Scenario) -> dict:
    st.caption(t("form.must_hint"))
    return ask(plan, scenario, vetoes(plan))


def _numbers(plan: Plan, scenario: Scenario) -> dict:
    made = variants(plan, scenario)
    values, absent = numbers(plan, scenario, made)
    return {"made": made, "values": values, "absent": absent}


def _readings(plan: Plan, scenario: Scenario) -> dict:
    """Where the text is ambiguous: leave it open, or choose how to read it."""
    lang, chosen = language(), {}
    st.caption(t("form.readings_hint"))
    for reading in plan.standard.readings:
        default = next(c for c in reading.choices if c.id == reading.default)
        tried = "form.reading_open" if reading.vary else "form.reading_default"
        options = {"": t(tried, default=default.label[lang])}
        options |= {choice.id: choice.label[lang] for choice in reading.choices}
        choice = st.selectbox(
            reading.question[lang],
            list(options),
            format_func=options.get,
            key=seed(plan, f"reading:{reading.id}", scenario.readings.get(reading.id, "")),
            help=f"{reading.reason[lang]}  \n{locator(reading.locator, lang)} · {reading.ref}",
        )
        if choice:
            chosen[reading.id] = choice
    return {"readings": chosen}


def _evidence(plan: Plan, scenario: Scenario) -> dict:
    """Where the evidence of each item is to be found, as a table to type into."""
    lang = language()
    rows = [
        (clause.id, f"{clause.number} {clause.label[lang]}") for clause in plan.standard.clauses
    ]
    rows += [(limit.id, limit.label[lang]) for limit in plan.limits]
    key = widget(plan, "evidence")
    if key not in st.session_state:  # the editor's changes are against the table it began with
        st.session_state[f"{key}_base"] = dict(scenario.evidence)
    base = st.session_state[f"{key}_base"]
    table = pd.DataFrame(
        {
            t("form.item"): [name for _, name in rows],
            t("form.index"): [base.get(i, "") for i, _ in rows],
        }
    )
    st.caption(t("form.evidence_hint"))
    edited = st.data_editor(
        table,
        key=key,
        disabled=[t("form.item")],
        hide_index=True,
        height=420,
    )
    written = zip((i for i, _ in rows), edited[t("form.index")], strict=True)
    found = {i: str(text).strip() for i, text in written if text and str(text).strip()}
    return {"evidence": found}


PARTS = {
    "must": _must,
    "points": sections,
    "numbers": _numbers,
    "readings": _readings,
    "evidence": _evidence,
}
