"""Registries that a visitor brought: they live in this visitor's session and nowhere else.

What is prepared from them is kept in the session too. While something is prepared that all
sessions share, they cannot be reached at all: a mistake is an error, not a leak.
"""

import contextvars
import datetime
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, is_dataclass

import pandas as pd
import streamlit as st

from waterstats.language import date, message
from waterstats.problems import Problem
from waterstats.registries.columns import COLUMNS
from waterstats.registries.reading import Registry

UPLOADS = ("upload_1", "upload_2")
HELD, KEPT, SHOWN = "_uploads", "_kept_of_uploads", "_shown_uploads"
MOST_KEPT, MOST_ROWS = 256, 3_000_000
_sharing = contextvars.ContextVar("sharing", default=False)


@dataclass
class Upload:
    """A file and how it is read; `registry` once it could be, `problems` why it cannot be yet."""

    name: str
    content: bytes
    headings: list[str] = field(default_factory=list)
    mapping: dict[str, str] = field(default_factory=dict)
    read_as: dict[str, dict[str, str]] = field(default_factory=dict)
    day_first: bool | None = None
    as_of: datetime.date | None = None
    registry: Registry | None = None
    problems: list[Problem] = field(default_factory=list)

    @property
    def as_of_or_today(self) -> datetime.date:
        """The date given or stated, else the day the file was brought."""
        return self.as_of or (self.registry and self.registry.as_of) or datetime.date.today()


@contextmanager
def shared() -> Iterator[None]:
    """What is made inside is for all sessions, so no upload may be part of it."""
    token = _sharing.set(True)
    try:
        yield
    finally:
        _sharing.reset(token)


def everything() -> dict[str, Upload]:
    """All files of this session by the name of their source, also those not read yet."""
    if _sharing.get():
        raise RuntimeError("a visitor's registry was asked for in what all sessions share")
    return st.session_state.setdefault(HELD, {})


def held() -> dict[str, Upload]:
    """The registries of this session that could be read, in their order."""
    uploads = everything()
    return {
        id_: uploads[id_]
        for id_ in UPLOADS
        if id_ in uploads and uploads[id_].registry is not None and len(uploads[id_].registry.sites)
    }


def free() -> str | None:
    """The name for the next file; None when there are two."""
    return next((id_ for id_ in UPLOADS if id_ not in everything()), None)


def forget() -> None:
    """Drop what was prepared from registries, after one of them changed."""
    st.session_state.pop(KEPT, None)


def names(language: str) -> dict[str, str]:
    """The registries as a visitor chooses them: name of the file and date."""
    return {
        id_: f"{title(upload, language)} · {date(upload.as_of_or_today, language)}"
        for id_, upload in held().items()
    }


def title(upload: Upload, language: str) -> str:
    """What a registry is called: its file, and that it is simulated."""
    if upload.registry is not None and upload.registry.simulated:
        return message("registry.simulated_title", language, name=upload.name)
    return upload.name


def source(source_id: str) -> dict:
    """A registry as a record of the table source; KeyError when there is none."""
    upload = held()[source_id]
    show(source_id)
    words = {}
    for language in ("zh", "en"):
        words[f"title_{language}"] = title(upload, language)
        words[f"producer_{language}"] = message("registry.producer", language)
        words[f"licence_{language}"] = message("registry.licence", language)
        words[f"note_{language}"] = None
    day = pd.Timestamp(upload.as_of_or_today)
    return words | {
        "source_id": source_id,
        "kind": "directory",
        "published": None,
        "as_of": day,
        "accessed": None,
        "language": "",
        "url": None,
    }


def in_own_headings(source_id: str, places: str) -> str:
    """Places in a registry, with the headings of the visitor's own table for the directory's."""
    for name, heading in held()[source_id].mapping.items():
        if printed := COLUMNS[name].printed:
            places = places.replace(printed, heading)
    return places


def sites(source_id: str) -> pd.DataFrame:
    """The sites of a registry; KeyError when there is none."""
    show(source_id)
    return held()[source_id].registry.sites


def show(source_id: str) -> None:
    """Note that this run shows something of a registry, for the banner."""
    st.session_state.setdefault(SHOWN, set()).add(source_id)


def shown(*, reset: bool = False) -> list[Upload]:
    """The registries this run has shown something of; `reset` begins a run."""
    if reset:
        st.session_state[SHOWN] = set()
    return [u for id_, u in held().items() if id_ in st.session_state.get(SHOWN, ())]


def mentioned(value: object) -> set[str]:
    """The registries that an argument, or a part of it, names."""
    if isinstance(value, str):  # also within a code such as "CHN@upload_1"
        return {id_ for id_ in UPLOADS if id_ in value}
    if is_dataclass(value):
        value = tuple(vars(value).values())
    return set().union(*map(mentioned, value)) if isinstance(value, tuple | list) else set()


def kept(key: Hashable, source_ids: set[str], make: Callable[[], object]) -> object:
    """What `make` makes, kept in the session; the oldest goes when there is too much."""
    for source_id in source_ids:
        show(source_id)
    everything()  # refuses inside what is shared
    store = st.session_state.setdefault(KEPT, {})
    if key in store:
        store[key] = store.pop(key)  # the latest is last
        return store[key]
    made = make()
    store[key] = made
    rows = sum(len(value) for value in store.values() if isinstance(value, pd.DataFrame))
    while len(store) > 1 and (len(store) > MOST_KEPT or rows > MOST_ROWS):
        oldest = store.pop(next(iter(store)))
        rows -= len(oldest) if isinstance(oldest, pd.DataFrame) else 0
    return made
