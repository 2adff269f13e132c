"""The database as pages see it: built when data/ is newer, shared between sessions, read-only."""

import threading

import pandas as pd
import streamlit as st

from waterstats import store

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


def connection() -> store.Connection:
    """The shared read-only connection. Raises DataError when data/ cannot be built."""
    return _opened(_built())


def table(view: str) -> pd.DataFrame:
    """A whole table or view, shared between sessions: never change it in place."""
    return _table(view, _built())


def sites(source_id: str = DIRECTORY) -> pd.DataFrame:
    """The sites of one registry with the names of their codes."""
    rows = table("site_described")
    return rows[rows["source_id"] == source_id]


def records(view: str) -> list[dict]:
    """The rows of a table or view as dictionaries, None where something is missing."""
    rows = table(view).astype(object)
    return rows.where(rows.notna(), None).to_dict("records")


def source(source_id: str) -> dict:
    """One source, None for what it does not state; KeyError when there is none of that name."""
    return {row["source_id"]: row for row in records("source")}[source_id]


def names(language: str) -> dict[str, str]:
    """Code to name of all places, industries and levels in a language."""
    return {
        code: name
        for view, key in (("place", "place"), ("industry", "industry"), ("level", "level"))
        for code, name in table(view).set_index(key)[f"name_{language}"].items()
    }
