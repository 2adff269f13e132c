"""Language and choices of a session, kept in the address so that every view is a link."""

from collections.abc import Mapping, Sequence

import streamlit as st

from waterstats.language import LANGUAGES, message
from waterstats.widgets import uploads

LANGUAGE_KEY = "lang"
DIRECTORIES = ("aws_directory_2026_06",)
SNAPSHOTS = (*DIRECTORIES, "blue_book_2024")
KNOWN, REFUSED = "_known_parameters", "_refused_parameters"


def begin() -> None:
    """Start a run: settle the language (address, then browser, then Chinese)."""
    st.session_state[KNOWN], st.session_state[REFUSED] = {LANGUAGE_KEY, "embed"}, {}
    uploads.shown(reset=True)
    if LANGUAGE_KEY not in st.session_state:
        asked = st.query_params.get(LANGUAGE_KEY)
        if asked is not None and asked not in LANGUAGES:
            st.session_state[REFUSED][LANGUAGE_KEY] = [asked]
        browser = (st.context.locale or "")[:2]
        st.session_state[LANGUAGE_KEY] = next(
            (code for code in (asked, browser) if code in LANGUAGES), "zh"
        )
    st.query_params[LANGUAGE_KEY] = st.session_state[LANGUAGE_KEY]


def language() -> str:
    """The session's language, "zh" or "en"."""
    return st.session_state[LANGUAGE_KEY]


def t(key: str, **values: object) -> str:
    """A message in the session's language."""
    return message(key, language(), **values)


def choose_language() -> None:
    """The switch between Chinese and English."""
    st.segmented_control(
        "Language / 语言",
        list(LANGUAGES),
        format_func=LANGUAGES.get,
        key=LANGUAGE_KEY,
        required=True,
        label_visibility="collapsed",
    )


def _from_address(name: str, accepted: Sequence[str]) -> list[str]:
    """Values of a parameter in the address that are accepted; the others are noted."""
    st.session_state[KNOWN].add(name)
    asked = st.query_params.get_all(name)
    refused = [value for value in asked if value not in accepted]
    if refused:
        st.session_state[REFUSED][name] = refused
    return [value for value in asked if value in accepted]


def _to_address(name: str, values: list[str]) -> None:
    if values:
        st.query_params[name] = values
    elif name in st.query_params:
        del st.query_params[name]


def choice(name: str, options: Mapping[str, str], label: str, default: str) -> str:
    """One of a few options as a row of buttons; in the address unless it is the default.

    An option that is gone gives the default; when there is no choice, no buttons are drawn.
    """
    if len(options) == 1:
        _from_address(name, list(options))
        _to_address(name, [])
        return default
    if st.session_state.get(name) not in options:
        st.session_state.pop(name, None)
        asked = _from_address(name, list(options))
        st.session_state[name] = asked[0] if asked else default
    st.session_state[KNOWN].add(name)
    before = st.session_state[name]
    st.segmented_control(label, list(options), format_func=options.get, key=name, required=True)
    value = st.session_state[name] if st.session_state[name] in options else before
    _to_address(name, [] if value == default else [value])
    return value


def snapshots() -> dict[str, str]:
    """The dates statistics can be shown for, this session's own last: source_id to its name."""
    return {source: t(f"snapshot.{source}") for source in SNAPSHOTS} | uploads.names(language())


def snapshot(source: str) -> str:
    """The name of one of them; KeyError when this session has none of that name."""
    return t(f"snapshot.{source}") if source in SNAPSHOTS else uploads.names(language())[source]


def registries() -> dict[str, str]:
    """The snapshots that list every site: source_id to its name."""
    return {source: t(f"snapshot.{source}") for source in DIRECTORIES} | uploads.names(language())


def remembered(name: str) -> list[str]:
    """Values of a parameter of the address that a page keeps without a widget."""
    st.session_state[KNOWN].add(name)
    return st.query_params.get_all(name)


def remember(name: str, values: list[str]) -> None:
    """Keep values in the address, repeated."""
    _to_address(name, values)


def several(
    name: str,
    options: Mapping[str, str],
    label: str,
    placeholder: str,
    default: Sequence[str] = (),
) -> list[str]:
    """Any number of options from a searchable list; in the address, repeated, unless default."""
    if name not in st.session_state:
        st.session_state[name] = _from_address(name, list(options)) or list(default)
    elif gone := set(st.session_state[name]) - set(options):
        st.session_state[name] = [v for v in st.session_state[name] if v not in gone]
    st.session_state[KNOWN].add(name)
    st.multiselect(label, list(options), format_func=options.get, key=name, placeholder=placeholder)
    chosen = list(st.session_state[name])
    _to_address(name, [] if chosen == list(default) else chosen)
    return chosen


def one_of(name: str, options: Mapping[str, str], label: str, default: str) -> str:
    """One option from a searchable list; in the address unless it is the default."""
    if st.session_state.get(name) not in options:
        st.session_state[name] = next(iter(_from_address(name, list(options))), default)
    st.session_state[KNOWN].add(name)
    st.selectbox(label, list(options), format_func=options.get, key=name)
    value = st.session_state[name]
    _to_address(name, [] if value == default else [value])
    return value


def words(name: str, label: str, placeholder: str) -> str:
    """Free text to search for; in the address."""
    if name not in st.session_state:
        st.session_state[name] = st.query_params.get(name, "")
    st.session_state[KNOWN].add(name)
    st.text_input(label, key=name, placeholder=placeholder)
    _to_address(name, [st.session_state[name]] if st.session_state[name] else [])
    return st.session_state[name]


def ignored() -> list[str]:
    """What the address asked for and this page does not know, as "name=value"."""
    unknown = {
        name: st.query_params.get_all(name)
        for name in st.query_params
        if name not in st.session_state[KNOWN]
    }
    return [
        f"{name}={value}"
        for name, values in (st.session_state[REFUSED] | unknown).items()
        for value in values
    ]
