"""Which heading of a visitor's table gives which column: chosen, remembered, saved as a file."""

import json
from collections.abc import Mapping

import streamlit as st

from waterstats.registries.columns import COLUMNS, REQUIRED
from waterstats.widgets import state
from waterstats.widgets.state import t
from waterstats.widgets.uploads import Upload

ASKED = [name for name in COLUMNS if name not in ("source", "holder")]
ORDERS = {"auto": None, "day": True, "month": False}


def to_json(upload: Upload) -> str:
    """The matching of an upload as a file that `from_json` reads."""
    saved = {"columns": upload.mapping, "read_as": upload.read_as, "day_first": upload.day_first}
    return json.dumps(saved, ensure_ascii=False, indent=1)


def from_json(text: str) -> dict:
    """A saved matching as what it changes of an upload; ValueError when it is none."""
    saved = json.loads(text)
    if not isinstance(saved, dict) or not isinstance(saved.get("columns"), dict):
        raise ValueError('found no "columns"')
    unknown = set(saved["columns"]) - set(COLUMNS)
    read_as, day_first = saved.get("read_as", {}), saved.get("day_first")
    if unknown or day_first not in (None, True, False) or not isinstance(read_as, dict):
        raise ValueError(", ".join(sorted(unknown)) or "day_first, read_as")
    if not all(isinstance(words, dict) for words in read_as.values()):
        raise ValueError("read_as")
    return {"mapping": saved["columns"], "read_as": read_as, "day_first": day_first}


def choose(source_id: str, upload: Upload, guesses: Mapping[str, str]) -> dict | None:
    """A select box for each column, the order of dates, a saved file; what is to be changed."""
    with st.form(f"mapping_{source_id}", border=False):
        st.caption(t("registry.mapping_lead"))
        chosen, columns = {}, st.columns(3)
        given = {**guesses, **upload.mapping}
        for place, name in enumerate(ASKED):
            options = [None, *upload.headings]
            label = t(COLUMNS[name].word) + (" *" if name in REQUIRED else "")
            with columns[place % 3]:
                chosen[name] = st.selectbox(
                    label,
                    options,
                    index=options.index(given.get(name)),
                    format_func=lambda heading: heading or t("registry.mapping_none"),
                    key=f"column_{source_id}_{name}_{given.get(name)}",
                )
        order = _order(source_id, upload)
        with st.container(horizontal=True, vertical_alignment="center"):
            pressed = st.form_submit_button(t("registry.mapping_use"), type="primary")
    if upload.registry is not None:
        st.download_button(
            t("registry.mapping_save"),
            data=to_json(upload),
            file_name="waterstats_columns.json",
            mime="application/json",
            on_click="ignore",
            key=f"mapping_save_{source_id}",
        )
    if not pressed:
        return _saved(source_id, upload)
    mapping = {name: heading for name, heading in chosen.items() if heading}
    if lacking := [t(COLUMNS[name].word) for name in REQUIRED if name not in mapping]:
        st.error(t("registry.mapping_missing", names=", ".join(lacking)))
        return None
    kept = {n: h for n, h in upload.mapping.items() if n not in ASKED}
    return _remember({"mapping": mapping | kept, "day_first": ORDERS[order]})


def _saved(source_id: str, upload: Upload) -> dict | None:
    """What a saved matching changes, once for each file given."""
    saved = st.file_uploader(
        t("registry.mapping_file"), type=["json"], key=f"mapping_file_{source_id}"
    )
    if saved is not None and st.session_state.get(f"_mapping_{source_id}") != saved.file_id:
        st.session_state[f"_mapping_{source_id}"] = saved.file_id
        try:
            changes = from_json(saved.getvalue().decode("utf-8"))
        except (ValueError, UnicodeDecodeError) as error:
            st.error(t("registry.mapping_bad", why=str(error)))
        else:
            known = {n: h for n, h in changes["mapping"].items() if h in upload.headings}
            return _remember(changes | {"mapping": known})
    return None


def _order(source_id: str, upload: Upload) -> str:
    """Whether 08/06/2026 is in June."""
    words = {name: t(f"registry.order_{name}") for name in ORDERS}
    now = next(name for name, first in ORDERS.items() if first is upload.day_first)
    return st.radio(
        t("registry.order"),
        list(ORDERS),
        index=list(ORDERS).index(now),
        format_func=words.get,
        horizontal=True,
        key=f"order_{source_id}",
    )


def _remember(changes: dict) -> dict:
    state.remember("column", [f"{name}:{h}" for name, h in changes["mapping"].items()])
    return changes
