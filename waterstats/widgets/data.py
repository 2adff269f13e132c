"""The database as pages see it: built when data/ is newer, shared between sessions, read-only."""

import atexit
import functools
import gc
import threading
from collections.abc import Callable

import pandas as pd
import streamlit as st

from waterstats import store
from waterstats.analyses.portrait import Portrait, counted, published
from waterstats.widgets import uploads
from waterstats.widgets.state import language

BLUE_BOOK = "blue_book_2024"
DIRECTORY = "aws_directory_2026_06"
_building = threading.Lock()


@st.cache_resource(ttl=2, show_spinner=False)
def _built() -> int:
    """When the database was built, in ns; builds it first when data/ is newer. Looks every 2 s."""
    with _building:
        if store.is_stale():
            store.build()
    return store.DATABASE.stat().st_mtime_ns


@st.cache_resource(show_spinner=False, max_entries=2)
def _opened(built: int) -> store.Connection:
    return store.connect()


@st.cache_resource(show_spinner=False, max_entries=64)
def _table(view: str, built: int) -> pd.DataFrame:
    return store.read(_opened(built), view)


@st.cache_resource(show_spinner=False)
def keep(page: str) -> None:
    """Tell the garbage collector, once a page, that what is loaded by now will stay.

    Streamlit collects after every run; going through the modules, tables and exhibits that live
    as long as the server would take most of a rerun.
    """
    gc.collect()
    gc.freeze()
    atexit.register(gc.unfreeze)


def connection() -> store.Connection:
    """The shared read-only connection. Raises DataError when data/ cannot be built."""
    return _opened(_built())


def table(view: str) -> pd.DataFrame:
    """A whole table or view, shared between sessions: never change it in place."""
    return _table(view, _built())


@st.cache_resource(show_spinner=False, max_entries=512)
def _prepared(name: str, lang: str, built: int, arguments: tuple, _function: Callable):
    with uploads.shared():
        return _function(*arguments)


def prepared(function: Callable) -> Callable:
    """Keep what a function makes, by its arguments, the language and the state of the data.

    For functions that only compute: figures, words and tables, shared between sessions and
    never to be changed in place. Arguments are plain values, given by position. What is made
    from a visitor's own registry (an argument names it) stays in that visitor's session.
    """
    name = f"{function.__module__}.{function.__qualname__}"

    @functools.wraps(function)
    def kept(*arguments):
        if own := uploads.mentioned(arguments):
            key = (name, language(), _built(), arguments)
            return uploads.kept(key, own, lambda: function(*arguments))
        return _prepared(name, language(), _built(), arguments, function)

    return kept


@prepared
def records(view: str) -> list[dict]:
    """The rows of a table or view as dictionaries, None where something is missing."""
    rows = table(view).astype(object)
    return rows.where(rows.notna(), None).to_dict("records")


@prepared
def sources() -> dict[str, dict]:
    """All sources by their name, None for what a source does not state."""
    return {row["source_id"]: row for row in records("source")}


def source(source_id: str) -> dict:
    """One source, or a registry of this session; KeyError when there is none of that name."""
    return uploads.source(source_id) if source_id in uploads.UPLOADS else sources()[source_id]


@prepared
def names() -> dict[str, str]:
    """Code to name of all places, industries and levels in the session's language."""
    return {
        row[key]: row[f"name_{language()}"]
        for key in ("place", "industry", "level")
        for row in records(key)
    }


def sites(source_id: str = DIRECTORY) -> pd.DataFrame:
    """The sites of one registry, also of this session's own, with the names of their codes."""
    return uploads.sites(source_id) if source_id in uploads.UPLOADS else _listed(source_id)


@prepared
def _listed(source_id: str) -> pd.DataFrame:
    rows = table("site_described")
    return rows[rows["source_id"] == source_id]


@prepared
def portrait(source_id: str) -> Portrait:
    """Certification on the date of a source: printed in the blue book, counted in a registry."""
    if source_id == BLUE_BOOK:
        return published(table("figure_described"), source_id)
    return counted(sites(source_id), source_id)
