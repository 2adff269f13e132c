"""Where a scenario begins and ends: an example, a file, meter readings; downloads and forms."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from waterstats import forms
from waterstats.charts.scoring import water
from waterstats.language import number
from waterstats.meters.balance import balance
from waterstats.meters.measures import definitions, indicators
from waterstats.scoring.plans import Plan
from waterstats.scoring.scenario import Scenario, example
from waterstats.standards.records import RuleError
from waterstats.widgets.blocks import PLOTLY
from waterstats.widgets.state import language, t
from waterstats.widgets.whatif import information
from waterstats.widgets.whatif import scenario as scenarios
from waterstats.widgets.whatif.scenario import widget

METERS, READINGS = "meter_readings", "readings_given"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def begin(plan: Plan, scenario: Scenario) -> None:
    """Start from a worked example or a saved file, or start again."""
    lang, cases = language(), {}
    scenarios.note_on_version()
    for case in plan.standard.cases:
        if case.get("industry", "") == plan.industry:
            cases[case["id"]] = case
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            t("form.example"),
            list(cases),
            format_func=lambda id_: cases[id_]["label"][lang],
            index=None,
            placeholder=t("form.choose"),
            key=widget(plan, "example"),
        )
        st.button(
            t("form.load"),
            disabled=chosen is None,
            on_click=lambda: scenarios.load(example(plan.standard, cases[chosen])),
        )
        st.button(
            t("form.clear"),
            on_click=lambda: scenarios.load(scenarios.blank(scenario.standard, plan.industry)),
        )
    with st.expander(t("form.open_file")):
        st.file_uploader(t("form.file"), type=["json"], key="scenario_file", on_change=_open_file)
        if problem := st.session_state.pop("scenario_problem", None):
            st.error(t("scenario.unreadable", why=problem))


def _open_file() -> None:
    uploaded = st.session_state.get("scenario_file")
    if uploaded is None:
        return
    try:
        scenarios.load(Scenario.from_json(uploaded.getvalue().decode("utf-8")))
    except (RuleError, ValueError, TypeError, AttributeError) as error:
        st.session_state["scenario_problem"] = str(error)


def meters(plan: Plan) -> dict[str, float]:
    """Yearly meter readings turned into the indicators that the form asks, and a water balance.

    Returns the readings given, by meter.
    """
    lang, known = language(), definitions()
    with st.expander(t("form.meters")):
        st.caption(t("form.meters_hint"))
        names = {meter.id: meter.label[lang] for meter in known.meters.values()}
        table = pd.DataFrame(
            {
                t("form.meter"): list(names.values()),
                t("form.unit"): [meter.unit for meter in known.meters.values()],
                t("word.value"): pd.Series([None] * len(names), dtype="float64"),
            }
        )
        edited = st.data_editor(
            table,
            hide_index=True,
            disabled=[t("form.meter"), t("form.unit")],
            key=METERS,
            column_config={t("word.value"): st.column_config.NumberColumn(min_value=0.0)},
        )
        values = zip(names, edited[t("word.value")], strict=True)
        readings = {meter: float(value) for meter, value in values if value == value}
        st.session_state[READINGS] = readings
        if readings:
            _computed(plan, readings)
            _balance(readings, names)
    return readings


def _computed(plan: Plan, readings: dict[str, float]) -> None:
    """The indicators that these readings give, with formula and how sure it is; take them over."""
    lang, known = language(), definitions()
    asked = {i.measure for i in plan.inputs if not i.variant}
    found = {
        id_: float(value) for id_, value in indicators(readings).items() if float(value) == value
    }
    if not found:
        return
    rows = [
        {
            t("form.indicator"): known.indicators[id_].label[lang],
            t("word.value"): number(round(value, 3), lang, 2),
            t("form.unit"): known.indicators[id_].unit,
            t("form.formula"): known.indicators[id_].formula,
            t("form.badge"): known.badges[known.indicators[id_].badge][lang],
        }
        for id_, value in found.items()
    ]
    st.table(pd.DataFrame(rows).set_index(t("form.indicator")))
    usable = {id_: value for id_, value in found.items() if id_ in asked}
    st.button(
        t("form.use", n=len(usable)), disabled=not usable, on_click=_take_over, args=(plan, usable)
    )


def _take_over(plan: Plan, values: dict[str, float]) -> None:
    scenario = scenarios.current(plan.standard.id)
    scenarios.load(replace(scenario, values=scenario.values | values))


def _balance(readings: dict[str, float], names: dict[str, str]) -> None:
    """The site's water as a picture, what does not add up, what contradicts itself."""
    result, lang = balance(readings), language()
    if result.flows:
        nodes = list(
            dict.fromkeys(end for flow in result.flows for end in (flow.source, flow.target))
        )
        labels = [names.get(node, t("form.site") if node == "site" else node) for node in nodes]
        flows = pd.DataFrame(
            [(nodes.index(f.source), nodes.index(f.target), f.volume) for f in result.flows],
            columns=["source", "target", "volume"],
        )
        st.plotly_chart(water(labels, flows), config=PLOTLY, key="water", alt=t("form.balance_alt"))
    if result.gap == result.gap and abs(result.gap_share) > 0.5:
        gap = number(round(result.gap), lang)
        st.warning(t("form.gap", gap=gap, share=f"{result.gap_share:.1f}"))
    for part, whole in result.contradictions:
        st.warning(t("form.contradiction", part=names[part], whole=names[whole]))


@dataclass(frozen=True)
class Download:
    """A file to take away: the key of its button, its words, what makes it, its kind."""

    key: str
    label: str
    make: Callable[[], bytes]
    suffix: str
    mime: str


def offer(scenario: Scenario, name: str, downloads: Sequence[Download]) -> None:
    """Files made from a scenario, the scenario itself, and a copy put aside for comparison."""
    st.markdown(f"**{t('form.take_away')}**")
    own = Download("scenario_json", t("form.json"), scenario.to_json, "json", "application/json")
    with st.container(horizontal=True):
        for file in (*downloads, own):
            st.download_button(
                file.label,
                data=file.make,
                file_name=f"{name}.{file.suffix}",
                mime=file.mime,
                on_click="ignore",
                key=file.key,
            )
        st.button(t("form.aside"), on_click=scenarios.put_aside, args=(scenario,))
    st.caption(t("form.link_hint"))


def take_away(plan: Plan, scenario: Scenario, readings: dict[str, float]) -> None:
    """The filled forms beside the scenario itself."""
    given = information.fill_in(plan)

    def form() -> forms.Form:
        today = datetime.date.today()
        return forms.self_assessment(scenario, given, readings, today)

    word = Download("forms_docx", t("form.word"), lambda: forms.to_docx(form()), "docx", WORD_TYPE)
    excel = Download(
        "forms_xlsx", t("form.excel"), lambda: forms.to_xlsx(form()), "xlsx", EXCEL_TYPE
    )
    offer(scenario, f"{scenario.standard}_{scenario.industry}", [word, excel])
