"""The form of a rule set, made from its rules: answers, products, numbers, readings, evidence."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from waterstats.language import locator
from waterstats.scoring.plans import Plan
from waterstats.scoring.scenario import Scenario
from waterstats.standards.rules import Must, Points
from waterstats.widgets.scenario import WIDGET
from waterstats.widgets.scenarionumbers import numbers, reason_for, seed, variants
from waterstats.widgets.state import language, t


def fill_in(plan: Plan, scenario: Scenario) -> Scenario:
    """Draw the form; returns the scenario as it is filled in now.

    Only the open tab is drawn; what the others hold is kept as it was.
    """
    name = st.text_input(t("form.name"), key=seed(plan, "name", scenario.name)).strip()
    parts = ("must", "points", "numbers", "readings", "evidence")
    tabs = st.tabs([t(f"form.{part}") for part in parts], key="form_tabs", on_change="rerun")
    st.caption(t("form.progress", done=f"{len(scenario.answers)}/{len(plan.asked)}"))
    changed: dict = {"name": name}
    for part, tab in zip(parts, tabs, strict=True):
        if tab.open:
            with tab:
                changed |= PARTS[part](plan, scenario)
    return replace(scenario, **changed)


def _must(plan: Plan, scenario: Scenario) -> dict:
    st.caption(t("form.must_hint"))
    drawn = plan.asked[: plan.asked_must]
    kept = {clause.id for clause in plan.asked[plan.asked_must :]}
    answers = {id_: answer for id_, answer in scenario.answers.items() if id_ in kept}
    reasons = {id_: reason for id_, reason in scenario.reasons.items() if id_ in kept}
    for clause in drawn:
        _answer(plan, scenario, clause, answers, reasons)
    return {"answers": answers, "reasons": reasons}


def _answer(
    plan: Plan, scenario: Scenario, clause: Must | Points, answers: dict, reasons: dict
) -> None:
    """One question with its possible answers; "not applicable" asks for its reason."""
    lang = language()
    grades = {grade.id: grade.label[lang] for grade in getattr(clause, "grades", ())}
    options = grades or {"yes": t("form.yes")}
    options |= {"no": t("form.no")}
    if clause.may_be_not_applicable:
        options["not_applicable"] = t("form.not_applicable")
    worth = ""
    if isinstance(clause, Points):
        least, most = clause.points if not grades else (clause.least, clause.most)
        worth = f" · **{most or least:+g}**"
    notes = [note.text[lang] for note in plan.standard.notes_at(clause.id)]
    help_ = [clause.help[lang]] if clause.help else []
    answer = st.segmented_control(
        f"{clause.number} {clause.label[lang]}{worth}",
        list(options),
        format_func=options.get,
        key=seed(plan, f"answer:{clause.id}", scenario.answers.get(clause.id)),
        help="  \n".join([*help_, *notes, locator(clause.locator, lang)]),
    )
    if not answer:
        return
    if answer == "not_applicable":
        reason = reason_for(plan, clause.id, scenario.reasons.get(clause.id, ""))
        if not reason:
            return
        reasons[clause.id] = reason
    answers[clause.id] = answer


def _points(plan: Plan, scenario: Scenario) -> dict:
    """The items that earn points, section by section, with a way to fill a whole section."""
    lang, items = language(), plan.asked[plan.asked_must :]
    answers, reasons = dict(scenario.answers), dict(scenario.reasons)
    for section in plan.standard.sections:
        own = [item for item in items if item.section == section.id]
        if not own:
            continue
        done = sum(item.id in scenario.answers for item in own)
        label = t(
            "form.section",
            number=section.number,
            name=section.label[lang],
            most=f"{sum(item.most for item in own):g}",
            done=done,
            n=len(own),
        )
        first = section is plan.standard.sections[0]
        opened = st.expander(label, expanded=first, key=f"open:{section.id}", on_change="rerun")
        if opened.open:
            with opened:
                for item in own:
                    answers.pop(item.id, None)
                    reasons.pop(item.id, None)
                _section(plan, scenario, own, answers, reasons)
    return {"answers": answers, "reasons": reasons}


def _section(
    plan: Plan, scenario: Scenario, items: list[Points], answers: dict, reasons: dict
) -> None:
    simple = [item for item in items if item.blank == "open" and not item.grades]
    if len(simple) > 1:
        st.button(
            t("form.all_yes"),
            key=f"all:{items[0].section}",
            on_click=_all_yes,
            args=(plan, simple),
            type="tertiary",
        )
    for item in items:
        _answer(plan, scenario, item, answers, reasons)


def _all_yes(plan: Plan, items: list[Points]) -> None:
    for item in items:
        st.session_state[f"{WIDGET}{plan.industry}:answer:{item.id}"] = "yes"


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
    key = f"{WIDGET}{plan.industry}:evidence"
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
    "points": _points,
    "numbers": _numbers,
    "readings": _readings,
    "evidence": _evidence,
}
