"""The basic information sheet of the forms: what the application report asks besides the scores."""

import streamlit as st

from waterstats.forms import Field, load_layout
from waterstats.scoring.plans import Plan
from waterstats.widgets.state import language, t

KEY = "information"


def fill_in(plan: Plan) -> dict:
    """Draw the fields that are not scored; returns what is given, by field."""
    given = st.session_state.setdefault(KEY, {})
    fields = [field for field in load_layout(plan.standard.id).asked if field.fill != "name"]
    if not fields:
        return {}
    with st.expander(t("form.information"), key="information_open", on_change="rerun") as details:
        if not details.open:
            return dict(given)
        st.caption(t("form.information_hint"))
        for field in fields:
            value = _ask(field, plan.standard.header.data_year, given)
            if value in (None, "", {}):
                given.pop(field.id, None)
            else:
                given[field.id] = value
    return dict(given)


def _ask(field: Field, year: int | None, given: dict) -> object:
    """One field: text, a number, a choice, or a number for each of three years."""
    label = field.label[language()].format(year=year or "")
    key = f"{KEY}:{field.id}"
    if field.kind == "choice":
        names = {option.id: option.label[language()] for option in field.options}
        index = list(names).index(given[field.id]) if field.id in given else None
        return st.selectbox(
            label, list(names), index, names.get, key=key, placeholder=t("form.choose")
        )
    if field.kind == "number":
        return st.number_input(label, 0.0, value=given.get(field.id), format="%g", key=key)
    if field.kind == "series" and year:
        before = given.get(field.id, {})
        columns = st.columns(3)
        values = {
            str(y): column.number_input(
                f"{label} · {y}", 0.0, value=before.get(str(y)), format="%g", key=f"{key}:{y}"
            )
            for column, y in zip(columns, range(year - 2, year + 1), strict=True)
        }
        return {y: value for y, value in values.items() if value is not None}
    return st.text_input(label, given.get(field.id, ""), key=key).strip()
