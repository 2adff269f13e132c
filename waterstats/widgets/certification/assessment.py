"""What the certification pages share: how to read them, next level, claims made twice, gap list."""

from collections import defaultdict

import pandas as pd
import streamlit as st

from waterstats import exports
from waterstats.language import locator
from waterstats.scoring.outcomes import Batch, Outcome
from waterstats.scoring.plans import Plan
from waterstats.scoring.scenario import Scenario
from waterstats.standards.rules import Points
from waterstats.whatif import cheapest
from waterstats.widgets import state
from waterstats.widgets.state import language, t
from waterstats.widgets.whatif import changes, rulebook, verdict
from waterstats.widgets.whatif.scenariofile import EXCEL_TYPE, Download, offer


def how_to_read(plan: Plan) -> None:
    """What the result rests on and does not cover, from the rule set itself."""
    lang = language()
    with st.expander(t("aws.good_to_know"), icon=":material/info:"):
        facts = [*plan.standard.facts, *plan.standard.not_modelled]
        st.markdown(
            "\n".join(
                f"- {f'**{fact.label[lang]}** ' if fact.label else ''}{fact.text[lang]} "
                f":gray[{locator(fact.locator, lang)}]"
                for fact in facts
            )
        )
        rulebook.source(plan.standard.id)


def next_level(plan: Plan, scenario: Scenario, batch: Batch, outcome: Outcome) -> None:
    """The least effort that surely reaches a level above the one that is sure."""
    names = {level.id: level.label[language()] for level in plan.standard.levels}
    following = cheapest.next_level(plan, outcome)
    if not following:
        st.success(t("aws.reached", level=list(names.values())[-1]))
        return
    above = dict(list(names.items())[int(outcome.level[0]) :])
    target = state.choice("target", above, t("aws.target"), following)
    st.subheader(t("aws.way", level=names[target]), anchor=False)
    st.caption(t("aws.way_lead"))
    changes.least_effort(plan, scenario, batch, target)


def claimed_twice(plan: Plan, scenario: Scenario) -> None:
    """A warning for every action named for more than one indicator that earns points."""
    claims: dict[str, list[str]] = defaultdict(list)
    for item in plan.standard.points:
        action = scenario.evidence.get(item.id, "").strip()
        if action and scenario.answers.get(item.id, "no") != "no":
            claims[" ".join(action.split()).casefold()].append(item.number)
    twice = [
        t("aws.claim", action=action, items=", ".join(numbers))
        for action, numbers in claims.items()
        if len(numbers) > 1
    ]
    if twice:
        st.warning(t("aws.twice", claims="; ".join(twice)), icon=":material/content_copy:")


def gap_list(plan: Plan, scenario: Scenario, outcome: Outcome) -> pd.DataFrame:
    """Every indicator that is not met or still open, or could earn more: the gaps, core first."""
    lang, rows = language(), []
    states = {id_: state_ for id_, _, state_ in verdict.states(plan, outcome)}
    for clause in plan.standard.clauses:
        advanced = isinstance(clause, Points)
        if states[clause.id] in ("met", "not_applicable"):
            continue
        rows.append(
            {
                t("standard.number"): clause.number,
                t("form.indicator"): clause.label[lang],
                t("standard.section"): plan.standard.by_id[clause.section].label[lang],
                t("aws.kind"): t("aws.advanced" if advanced else "aws.core"),
                t("aws.state"): t(f"state.{states[clause.id]}"),
                t("aws.could_add"): f"{clause.most:g}" if advanced else "",
                t("aws.evidence"): scenario.evidence.get(clause.id, ""),
                t("standard.place"): locator(clause.locator, lang),
            }
        )
    return pd.DataFrame(rows)


def take_away(plan: Plan, scenario: Scenario, outcome: Outcome, level: str) -> None:
    """The gap list, the scenario as a file, a copy put aside."""
    lang, standard = language(), plan.standard
    name = scenario.name or standard.id
    words = standard.verdicts[verdict.verdict_of(outcome)][lang]
    notes = [
        " · ".join(filter(None, (t("aws.gap_title"), scenario.name))),
        f"{standard.header.title[lang]} · {t('form.version')} {standard.header.version}",
        f"{words} · {level} · {t('verdict.points', total=verdict.total(plan, outcome))}",
        *(fact.text[lang] for fact in (*standard.facts, *standard.not_modelled)),
    ]
    gaps = gap_list(plan, scenario, outcome)
    gap_file = Download(
        "gap_list",
        t("aws.gap_list"),
        lambda: exports.to_xlsx(gaps, "gaps", notes),
        "xlsx",
        EXCEL_TYPE,
    )
    offer(scenario, name, [gap_file])
