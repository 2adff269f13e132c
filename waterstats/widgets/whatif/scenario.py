"""The scenario a visitor works on: kept for the session and in the address, loaded again."""

import base64
import json
import zlib
from collections.abc import Sequence

import streamlit as st

from waterstats.scoring.adapting import adapted
from waterstats.scoring.compiled import plans
from waterstats.scoring.plans import Plan
from waterstats.scoring.scenario import Scenario
from waterstats.standards.records import RuleError
from waterstats.standards.rulefiles import STANDARDS
from waterstats.widgets import state
from waterstats.widgets.state import language, t

FORM, ASIDE, LINK, INDUSTRY = "scenario", "scenarios_aside", "s", "industry"
OLDER = "scenario_of_older_rules"
WIDGET = "form:"
MOST_ASIDE = 2
FIRST = "shandong_leader_2025"
WITH_A_PAGE = ("aws_v2", "gbt_38966_2020")


def standards(without: Sequence[str] = ()) -> dict[str, str]:
    """Every rule set in data/standards: its folder to its title."""
    folders = sorted({path.parent.name for path in STANDARDS.glob("*/rules.toml")} - set(without))
    titles = {name: next(iter(plans(name).values())).title for name in folders}
    return {name: title[language()] for name, title in titles.items()}


def blank(standard: str, industry: str) -> Scenario:
    """A form of an industry in which nothing is filled in."""
    version = plans(standard)[industry].standard.header.version
    return Scenario(standard=standard, version=version, industry=industry)


def current(standard: str) -> Scenario:
    """The session's scenario of a standard; at first the one in the address, else a blank form."""
    st.session_state[state.KNOWN].add(LINK)
    link = st.query_params.get(LINK)
    if slot(standard) not in st.session_state and link:
        try:
            load(decode(link))
        except (RuleError, ValueError) as error:
            st.session_state[state.REFUSED][LINK] = [t("scenario.unreadable", why=str(error))]
            del st.query_params[LINK]
    form = st.session_state.get(slot(standard))
    if form is None:
        return blank(standard, next(iter(plans(standard))))
    return Scenario.from_dict(form)


def load(scenario: Scenario) -> None:
    """Make a scenario the session's: every widget of the form starts again from it.

    One made for another version of the rules is opened under the present ones, with a note.
    Raises RuleError when it does not fit its rules.
    """
    made_for = scenario.version
    scenario, dropped = adapted(scenario)
    scenario.batch(scenario.plan())
    if made_for != scenario.version:
        st.session_state[OLDER] = (made_for, scenario.version, ", ".join(dropped))
    for key in [key for key in st.session_state if str(key).startswith(WIDGET)]:
        del st.session_state[key]
    st.session_state[slot(scenario.standard)] = scenario.to_dict()
    if scenario.industry:
        st.session_state[INDUSTRY] = scenario.industry


def note_on_version() -> None:
    """Say, once, that the scenario was made for another version, and what was dropped."""
    if OLDER in st.session_state:
        old, new, dropped = st.session_state.pop(OLDER)
        lost = t("scenario.dropped", names=dropped) if dropped else t("scenario.all_kept")
        st.warning(t("scenario.older", old=old, new=new) + " " + lost, icon=":material/history:")


def slot(standard: str) -> str:
    """Where the session keeps its scenario of a standard."""
    return f"{FORM}:{standard}"


def widget(plan: Plan, name: str) -> str:
    """The key of a widget of a form: forms of different rules never share one."""
    return f"{WIDGET}{plan.industry or plan.standard.id}:{name}"


def keep(scenario: Scenario) -> None:
    """Remember the scenario as it stands and put it into the address."""
    st.session_state[slot(scenario.standard)] = scenario.to_dict()
    st.query_params[LINK] = encode(scenario)


def encode(scenario: Scenario) -> str:
    """A scenario as a short piece of an address."""
    text = json.dumps(scenario.to_dict(), ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")


def decode(text: str) -> Scenario:
    """The inverse of encode. Raises ValueError for what is not a scenario."""
    try:
        packed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        return Scenario.from_json(zlib.decompress(packed, bufsize=1 << 20).decode())
    except (zlib.error, UnicodeDecodeError, TypeError) as error:
        raise ValueError(t("scenario.damaged")) from error


def aside(standard: str) -> list[Scenario]:
    """Scenarios of a standard put aside for comparison."""
    forms = st.session_state.get(f"{ASIDE}:{standard}", [])
    return [Scenario.from_dict(form) for form in forms]


def put_aside(scenario: Scenario) -> None:
    """Keep a copy to compare with, the newest last; the oldest gives way."""
    key = f"{ASIDE}:{scenario.standard}"
    st.session_state[key] = [*st.session_state.get(key, []), scenario.to_dict()][-MOST_ASIDE:]


def choose_standard(without: Sequence[str] = ()) -> str:
    """The rule set of the page; a choice only when there is more than one."""
    options = standards(without)
    if len(options) == 1:
        return next(iter(options))
    default = FIRST if FIRST in options else next(iter(options))
    return state.one_of("standard", options, t("form.standard"), default)


def choose_industry(scenario: Scenario) -> Scenario:
    """The industry whose rules apply; changing it starts a blank form."""
    names = {
        industry: plan.label[language()] for industry, plan in plans(scenario.standard).items()
    }
    if len(names) == 1:
        return scenario
    if st.session_state.get(INDUSTRY) not in names:
        st.session_state[INDUSTRY] = scenario.industry
    chosen = st.pills(
        t("form.industry"), list(names), format_func=names.get, key=INDUSTRY, required=True
    )
    return scenario if chosen == scenario.industry else blank(scenario.standard, chosen)


def plan_of(scenario: Scenario) -> Plan:
    """The compiled rules of a scenario's industry."""
    return plans(scenario.standard)[scenario.industry]
