"""The answered half of the form: vetoes, and the items of a rule set section by section."""

from itertools import groupby

import streamlit as st

from waterstats.language import locator
from waterstats.scoring.plans import Plan
from waterstats.scoring.scenario import Scenario
from waterstats.standards.rules import Must, Points, Section
from waterstats.widgets.state import language, t
from waterstats.widgets.whatif.scenario import widget
from waterstats.widgets.whatif.scenarionumbers import reason_for, seed

MOST_BUTTONS = 4
Clause = Must | Points


def vetoes(plan: Plan) -> list[Clause]:
    """The musts that stand apart from the sections."""
    return [clause for clause in plan.asked[: plan.asked_must] if not clause.section]


def items(plan: Plan, section: Section) -> list[Clause]:
    """What is asked in a section, in the order of its numbers where it has criteria."""
    own = [clause for clause in plan.asked if clause.section == section.id]
    if plan.standard.groups:
        own.sort(key=lambda clause: [int(part) for part in clause.number.split(".")])
    return own


def ask(plan: Plan, scenario: Scenario, clauses: list[Clause]) -> dict:
    """Draw questions; the scenario's answers and reasons with what is answered now."""
    ids = {clause.id for clause in clauses}
    answers = {id_: answer for id_, answer in scenario.answers.items() if id_ not in ids}
    reasons = {id_: reason for id_, reason in scenario.reasons.items() if id_ not in ids}
    for clause in clauses:
        _answer(plan, scenario, clause, answers, reasons)
    return {"answers": answers, "reasons": reasons}


def sections(plan: Plan, scenario: Scenario) -> dict:
    """The items section by section, criterion by criterion; only open sections are drawn."""
    lang, drawn = language(), []
    for section in plan.standard.sections:
        own = items(plan, section)
        if not own:
            continue
        worth = sum(item.most for item in own if isinstance(item, Points))
        label = t(
            "form.section" if worth else "form.section_plain",
            number=section.number,
            name=section.label[lang],
            most=f"{worth:g}",
            done=sum(item.id in scenario.answers for item in own),
            n=len(own),
        )
        first = section is plan.standard.sections[0]
        opened = st.expander(label, expanded=first, key=f"open:{section.id}", on_change="rerun")
        if opened.open:
            drawn.append((opened, own))
    answers, reasons = dict(scenario.answers), dict(scenario.reasons)
    for opened, own in drawn:
        for item in own:
            answers.pop(item.id, None)
            reasons.pop(item.id, None)
        with opened:
            _section(plan, scenario, own, answers, reasons)
    return {"answers": answers, "reasons": reasons}


def _section(
    plan: Plan, scenario: Scenario, own: list[Clause], answers: dict, reasons: dict
) -> None:
    plain = [c for c in own if isinstance(c, Must) or (c.blank == "open" and not c.grades)]
    musts = [clause for clause in plain if isinstance(clause, Must)]
    with st.container(horizontal=True):
        for word, clauses in (("all_core", musts), ("all_yes", plain)):
            if len(clauses) > 1:
                st.button(
                    t(f"form.{word}"),
                    key=f"{word}:{own[0].section}",
                    on_click=_all_yes,
                    args=(plan, clauses),
                    type="tertiary",
                )
    for group, clauses in groupby(own, key=lambda clause: clause.group):
        if group:
            heading = plan.standard.by_id[group]
            st.markdown(f"**{heading.number} {heading.label[language()]}**")
        for clause in clauses:
            _answer(plan, scenario, clause, answers, reasons)


def _all_yes(plan: Plan, clauses: list[Clause]) -> None:
    for clause in clauses:
        st.session_state[widget(plan, f"answer:{clause.id}")] = "yes"


def _answer(plan: Plan, scenario: Scenario, clause: Clause, answers: dict, reasons: dict) -> None:
    """One question with its possible answers; "not applicable" asks for its reason."""
    options = _options(clause)
    key = seed(plan, f"answer:{clause.id}", scenario.answers.get(clause.id))
    label, help_ = (
        f"{clause.number} {clause.label[language()]}{_worth(clause)}",
        _help(plan, clause),
    )
    if len(options) > MOST_BUTTONS:
        answer = st.selectbox(
            label, [None, *options], format_func=lambda o: options.get(o, ""), key=key, help=help_
        )
    else:
        answer = st.segmented_control(
            label, list(options), format_func=options.get, key=key, help=help_
        )
    if not answer:
        return
    if answer == "not_applicable":
        reason = reason_for(plan, clause.id, scenario.reasons.get(clause.id, ""))
        if not reason:
            return
        reasons[clause.id] = reason
    answers[clause.id] = answer


def _options(clause: Clause) -> dict[str, str]:
    grades = {grade.id: grade.label[language()] for grade in getattr(clause, "grades", ())}
    options = grades or {"yes": t("form.yes")}
    options |= {"no": t("form.no")}
    if clause.may_be_not_applicable:
        options["not_applicable"] = t("form.not_applicable")
    return options


def _worth(clause: Clause) -> str:
    """What a yes is worth, beside the question; a must among the items of a criterion says so."""
    if isinstance(clause, Must):
        return f" · :gray[{t('form.core')}]" if clause.group else ""
    return f" · **{worth(clause)}**"


def worth(item: Points) -> str:
    """The points of an item: "+2", or "+4 … +7" where an assessor decides."""
    spans = [grade.points for grade in item.grades] or [item.points]
    least, most = min(s[0] for s in spans), max(s[1] for s in spans)
    ranged = any(low != high for low, high in spans)
    return f"{least:+g} … {most:+g}" if ranged else f"{most or least:+g}"


def _help(plan: Plan, clause: Clause) -> str:
    lang = language()
    notes = [note.text[lang] for note in plan.standard.notes_at(clause.id)]
    words = [clause.help[lang]] if clause.help else []
    return "  \n".join([*words, *notes, locator(clause.locator, lang)])
