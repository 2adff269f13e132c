"""The measured half of the form: what is made, the numbers beside their limits, what is absent."""

import streamlit as st

from waterstats.language import locator, unit
from waterstats.scoring.plans import Input, Plan
from waterstats.scoring.scenario import Scenario
from waterstats.standards.limits import Limit
from waterstats.widgets.state import language, t
from waterstats.widgets.whatif.scenario import widget

SYMBOLS = {"<=": "≤", ">=": "≥", "=": "=", "<": "<", ">": ">"}


def seed(plan: Plan, name: str, value: object) -> str:
    """The key of a widget, which starts from the scenario and then keeps its own state."""
    key = widget(plan, name)
    if key not in st.session_state:
        st.session_state[key] = value
    return key


def reason_for(plan: Plan, id_: str, text: str) -> str:
    return st.text_input(
        t("form.reason"),
        key=seed(plan, f"reason:{id_}", text),
        placeholder=t("form.reason_hint"),
    ).strip()


def variants(plan: Plan, scenario: Scenario) -> tuple[str, ...]:
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
            key=seed(plan, f"made:{family}", [v for v in names if v in known]),
            placeholder=t("form.choose"),
        )
    return tuple(made)


def limit_words(limit: Limit) -> str:
    """A printed limit in short: "≤ 4.2"."""
    if limit.limit is None:
        return t("form.no_limit")
    return f"{SYMBOLS[limit.op]} {limit.limit:g}"


def numbers(plan: Plan, scenario: Scenario, made: tuple[str, ...]) -> tuple[dict, dict[str, str]]:
    """The measured values, each beside its printed limit; rows that are not present."""
    values: dict = {}
    absent: dict[str, str | None] = {}  # measure to its reason, None when it is present
    for asked in plan.inputs:
        if asked.variant and asked.variant not in made:
            continue
        if asked.measure in plan.absences:
            if asked.measure not in absent:
                absent[asked.measure] = _absence(plan, scenario, asked)
            if absent[asked.measure] is not None:
                continue
        number = _number(plan, scenario, asked)
        if number is None:
            continue
        if asked.variant:
            values.setdefault(asked.measure, {})[asked.variant] = number
        else:
            values[asked.measure] = number
    return values, {measure: reason for measure, reason in absent.items() if reason}


def input_label(plan: Plan, asked: Input) -> str:
    """What a number is: measure, variant and unit."""
    lang = language()
    label = plan.standard.by_id[asked.measure].label[lang]
    variant = plan.standard.by_id[asked.variant].label[lang] if asked.variant else ""
    return " · ".join(part for part in (label, variant, unit(asked.unit)) if part)


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
        key=seed(plan, f"value:{asked.measure}:{asked.variant}", given),
        placeholder=t("form.number_hint"),
        help="  \n".join(
            [*dict.fromkeys(notes), *[locator(limit.locator, language()) for limit in limits[:1]]]
        )
        or None,
    )


def _absence(plan: Plan, scenario: Scenario, asked: Input) -> str | None:
    """A box for "not present on this site": None if it is present, else the reason ("" as yet)."""
    key = seed(plan, f"absent:{asked.measure}", asked.measure in scenario.absent)
    label = plan.standard.by_id[asked.measure].label[language()]
    if not st.checkbox(t("form.absent", name=label), key=key):
        return None
    return reason_for(plan, asked.measure, scenario.absent.get(asked.measure, ""))
