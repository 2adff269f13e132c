"""Where a visitor brings a registry, and how it is read: once, and again after a choice."""

import pandas as pd
import streamlit as st

from waterstats.registries.columns import COLUMNS, REQUIRED, missing, recognised
from waterstats.registries.opening import open_table
from waterstats.registries.reading import read_registry
from waterstats.registries.simulate import simulate, to_csv
from waterstats.registries.vocabulary import Vocabulary, vocabulary
from waterstats.widgets import data, state, uploads
from waterstats.widgets.state import language, t
from waterstats.widgets.uploads import Upload

TYPES = ["xlsx", "xlsm", "csv", "tsv", "txt", "html", "htm", "parquet"]
ROUND = "_upload_round"
LONGEST = 32  # letters of a file name


@data.prepared
def _words() -> Vocabulary:
    return vocabulary(*(data.table(name) for name in ("place", "industry", "level", "holder")))


def add() -> None:
    """Where a file is brought, as long as there is room for one."""
    source_id = uploads.free()
    if source_id is None:
        st.info(t("registry.full"), icon=":material/inventory_2:")
        return
    turn = st.session_state.setdefault(ROUND, 0)  # a new key empties the box, and the memory
    file = st.file_uploader(t("registry.upload"), type=TYPES, key=f"registry_file_{turn}")
    if file is not None:
        st.session_state[ROUND] += 1
        _bring(source_id, _short(file.name), file.getvalue())
        st.rerun()
    if not uploads.everything():
        if st.button(t("registry.try_simulated"), icon=":material/casino:", key="registry_try"):
            _bring(source_id, "simulated_500.csv", to_csv(_simulated()))
            st.rerun()
        _how()


def _how() -> None:
    """What a table needs, where to get one, what happens then."""
    needed = ("、" if language() == "zh" else ", ").join(t(COLUMNS[n].word) for n in REQUIRED)
    texts = {
        "registry.how_columns": t("registry.how_text", columns=needed),
        "registry.how_page": t("registry.how_page_text"),
        "registry.how_next": t("registry.how_next_text"),
    }
    for column, (heading, text) in zip(st.columns(3), texts.items(), strict=True):
        with column, st.container(border=True, height="stretch"):
            st.subheader(t(heading), anchor=False)
            st.markdown(text)


def _simulated() -> pd.DataFrame:
    as_of = data.source(data.DIRECTORY)["as_of"]
    return simulate(data.sites(), data.table("industry"), 500, 1, as_of)


def _short(name: str) -> str:
    """The name of a file, shortened in the middle so that a chart can carry it."""
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 10]}…{name[-9:]}"


def _bring(source_id: str, name: str, content: bytes) -> None:
    """Keep a file, with the columns that are known or that the address remembers."""
    with st.spinner(t("registry.reading")):
        table, problems = open_table(name, content)
        upload = Upload(name, content, problems=problems)
        if table is not None:
            upload.headings = table.headings
            upload.mapping = recognised(table.headings)
            remembered = state.remembered("column")
            upload.mapping |= {
                name: heading
                for name, _, heading in (word.partition(":") for word in remembered)
                if name in COLUMNS and heading in table.headings
            }
            if not missing(upload.mapping):
                _read(source_id, upload, table)
        uploads.everything()[source_id] = upload


def _read(source_id: str, upload: Upload, table=None) -> None:
    """Read the file with what is known by now; what was prepared from it before is dropped."""
    table = table or open_table(upload.name, upload.content)[0]
    upload.registry = read_registry(
        table,
        upload.mapping,
        _words(),
        source_id,
        upload.as_of_or_today if upload.as_of else None,
        upload.read_as,
        upload.day_first,
    )
    upload.problems = upload.registry.problems
    uploads.forget()


def again(source_id: str, **changes: object) -> None:
    """Read a file again after something about it was settled."""
    upload = uploads.everything()[source_id]
    for name, value in changes.items():
        setattr(upload, name, value)
    if not missing(upload.mapping):
        with st.spinner(t("registry.reading")):
            _read(source_id, upload)


def remove(source_id: str) -> None:
    """Drop a file and all that was prepared from it."""
    uploads.everything().pop(source_id, None)
    uploads.forget()
