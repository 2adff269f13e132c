"""Cards of the collective-action accelerators a country takes part in."""

import pandas as pd
import streamlit as st

from waterstats.sources import cite
from waterstats.widgets import blocks, data
from waterstats.widgets.state import language, t


def accelerators(country: str) -> None:
    """Cards of a country's programmes, with how many there are worldwide."""
    figures = data.table("figure").set_index("figure_id")["value"]
    st.header(t("china.programmes_title"), anchor=False)
    st.markdown(
        t(
            "china.programmes_lead",
            running=f"{figures['bb_accelerators_running']:.0f}",
            china=f"{figures['bb_accelerators_china']:.0f}",
            planned=f"{figures['bb_accelerators_planned']:.0f}",
        )
    )
    own = [row for row in data.records("programme") if row["country"] == country]
    for column, programme in zip(st.columns(len(own)), own, strict=True):
        with column, st.container(border=True, height="stretch"):
            _card(programme)
    blocks.source_line("programmes", cite(pd.DataFrame(own)))


def _card(programme: dict) -> None:
    """One programme: name, basin, start, phases, brands and organisations as printed."""
    lang = language()
    st.subheader(programme[f"name_{lang}"], anchor=False)
    started = programme["started"]
    facts = [programme[f"basin_{lang}"], t("china.started", date=started) if started else None]
    st.caption(" · ".join(fact for fact in facts if fact))
    if programme[f"phase_note_{lang}"]:
        st.markdown(programme[f"phase_note_{lang}"])
    people = [p for p in data.records("participant") if p["programme"] == programme["programme"]]
    for role, heading in (("brand", "china.brands"), ("organisation", "china.organisations")):
        if own := [person for person in people if person["role"] == role]:
            st.markdown(f"**{t(heading)}** " + ", ".join(_names(own)))


def _names(participants: list[dict]) -> list[str]:
    """Names in the page's language, else as printed, with a level where it is known."""
    lang, other = language(), "en" if language() == "zh" else "zh"
    levels = data.names()
    names = []
    for row in participants:
        name = row[f"participant_{lang}"] or row[f"participant_{other}"]
        level = row["certified_level"]
        names.append(t("china.certified", name=name, level=levels[level]) if level else name)
    if not all(row["list_complete"] for row in participants):
        names.append(t("china.and_others"))
    return names
