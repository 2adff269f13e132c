"""The form of a rule set, made from its rules: answers, products, numbers, readings, evidence."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from waterstats.scoring.plans import Input, Plan
from waterstats.scoring.scenario import Scenario
from waterstats.standards.limits import Limit
from waterstats.standards.rules import Must, Points
from waterstats.widgets.scenario import WIDGET
from waterstats.widgets.state import language, t

SYMBOLS = {"<=": "≤", ">=": "≥", "=": "=", "<": "<", ">": ">"}


def fill_in(plan: Plan, scenario: Scenario) -> Scenario:
    """Draw the form; returns the scenario as it is filled in now."""
    done = f"{len(scenario.answers)}/{len(plan.asked)}"
    names = ("must", "points", "numbers", "readings", "evidence")
    tabs = st.tabs([t(f"form.{name}") for name in names])
    st.caption(t("form.progress", done=done))
    answers, reasons = {}, {}
    with tabs[0]:
        st.caption(t("form.must_hint"))
        for clause in plan.asked[: plan.asked_must]:
            _answer(plan, scenario, clause, answers, reasons)
    with tabs[1]:
        _points(plan, scenario, answers, reasons)
    with tabs[2]:
        made = _variants(plan, scenario)
        values, absent = _numbers(plan, scenario, made)
    with tabs[3]:
        readings = _readings(plan, scenario)
    with tabs[4]:
        evidence = _evidence(plan, scenario)
    return replace(
        scenario,
        answers=answers,
        reasons=reasons,
        made=made,
        values=values,
        absent=absent,
        readings=readings,
        evidence=evidence,
    )


def _seed(plan: Plan, name: str, value: object) -> str:
    """The key of a widget, which starts from the scenario and then keeps its own state."""
    key = f"{WIDGET}{plan.industry}:{name}"
    if key not in st.session_state:
        st.session_state[key] = value
    return key


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
        key=_seed(plan, f"answer:{clause.id}", scenario.answers.get(clause.id)),
        help="  \n".join([*help_, *notes, clause.locator]),
    )
    if not answer:
        return
    if answer == "not_applicable":
        reason = _reason(plan, clause.id, scenario.reasons.get(clause.id, ""))
        if not reason:
            return
        reasons[clause.id] = reason
    answers[clause.id] = answer


def _reason(plan: Plan, id_: str, text: str) -> str:
    return st.text_input(
        t("form.reason"),
        key=_seed(plan, f"reason:{id_}", text),
        placeholder=t("form.reason_hint"),
    ).strip()


def _points(plan: Plan, scenario: Scenario, answers: dict, reasons: dict) -> None:
    """The items that earn points, section by section, with a way to fill a whole section."""
    lang, items = language(), plan.asked[plan.asked_must :]
    for section in plan.standard.sections:
        own = [item for item in items if item.section == section.id]
        if not own:
            continue
        most = sum(item.most for item in own)
        done = sum(item.id in scenario.answers for item in own)
        label = t(
            "form.section",
            number=section.number,
            name=section.label[lang],
            most=f"{most:g}",
            done=done,
            n=len(own),
        )
        with st.expander(label, expanded=section is plan.standard.sections[0]):
            simple = [item for item in own if item.blank == "open" and not item.grades]
            if len(simple) > 1:
                st.button(
                    t("form.all_yes"),
                    key=f"all:{section.id}",
                    on_click=_all_yes,
                    args=(plan, simple),
                    type="tertiary",
                )
            for item in own:
                _answer(plan, scenario, item, answers, reasons)


def _all_yes(plan: Plan, items: list[Points]) -> None:
    for item in items:
        st.session_state[f"{WIDGET}{plan.industry}:answer:{item.id}"] = "yes"


def _variants(plan: Plan, scenario: Scenario) -> tuple[str, ...]:
    """What is made and by which route, family by family."""
    lang, made = language(), []
    declared = plan.variants[: plan.declared]
    known = set(scenario.made) | {
        variant
        for given in scenario.values.values()
        if isinstance(given, dict)
        for variant in given
    }
    for family in dict.fromkeys(variant.family for variant in declared):
        names = {v.id: v.label[lang] for v in declared if v.family == family}
        made += st.multiselect(
            plan.standard.by_id[family].label[lang],
            list(names),
            format_func=names.get,
            key=_seed(plan, f"made:{family}", [v for v in names if v in known]),
            placeholder=t("form.choose"),
        )
    return tuple(made)


def limit_words(limit: Limit) -> str:
    """A printed limit in short: "≤ 4.2"."""
    if limit.limit is None:
        return t("form.no_limit")
    return f"{SYMBOLS[limit.op]} {limit.limit:g}"


def _numbers(plan: Plan, scenario: Scenario, made: tuple[str, ...]) -> tuple[dict, dict[str, str]]:
    """The measured values, each beside its printed limit; rows that are not present."""
    values: dict = {}
    absent: dict[str, str] = {}
    for asked in plan.inputs:
        if asked.variant and asked.variant not in made:
            continue
        if asked.measure in plan.absences and _is_absent(plan, scenario, asked, absent):
            continue
        number = _number(plan, scenario, asked)
        if number is None:
            continue
        if asked.variant:
            values.setdefault(asked.measure, {})[asked.variant] = number
        else:
            values[asked.measure] = number
    return values, absent


def input_label(plan: Plan, asked: Input) -> str:
    """What a number is: measure, variant and unit."""
    lang = language()
    label = plan.standard.by_id[asked.measure].label[lang]
    variant = plan.standard.by_id[asked.variant].label[lang] if asked.variant else ""
    return " · ".join(part for part in (label, variant, asked.unit) if part)


def _number(plan: Plan, scenario: Scenario, asked: Input) -> float | None:
    given = scenario.values.get(asked.measure)
    if isinstance(given, dict):
        given = given.get(asked.variant)
    limits = [
        limit
        for limit in plan.limits
        if limit.measure == asked.measure and limit.variant in ("", asked.variant)
    ]
    words = " / ".join(dict.fromkeys(limit_words(limit) for limit in limits))
    notes = [note.text[language()] for limit in limits for note in plan.standard.notes_at(limit.id)]
    return st.number_input(
        input_label(plan, asked) + (f" · **{words}**" if words else ""),
        min_value=0.0,
        max_value=asked.maximum if asked.maximum < 1e12 else None,
        value=None,
        format="%g",
        key=_seed(plan, f"value:{asked.measure}:{asked.variant}", given),
        placeholder=t("form.number_hint"),
        help="  \n".join([*dict.fromkeys(notes), *[limit.locator for limit in limits[:1]]]) or None,
    )


def _is_absent(plan: Plan, scenario: Scenario, asked: Input, absent: dict[str, str]) -> bool:
    """A box for "not present on this site", which asks for its reason."""
    key = _seed(plan, f"absent:{asked.measure}", asked.measure in scenario.absent)
    label = plan.standard.by_id[asked.measure].label[language()]
    if not st.checkbox(t("form.absent", name=label), key=key):
        return False
    reason = _reason(plan, asked.measure, scenario.absent.get(asked.measure, ""))
    if reason:
        absent[asked.measure] = reason
    return True


def _readings(plan: Plan, scenario: Scenario) -> dict[str, str]:
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
            key=_seed(plan, f"reading:{reading.id}", scenario.readings.get(reading.id, "")),
            help=f"{reading.reason[lang]}  \n{reading.locator} · {reading.ref}",
        )
        if choice:
            chosen[reading.id] = choice
    return chosen


def _evidence(plan: Plan, scenario: Scenario) -> dict[str, str]:
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
    return {i: str(text).strip() for i, text in written if text and str(text).strip()}
