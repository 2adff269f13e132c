"""The statements page: a visitor's own statement, tried on the published ones."""

import re
import unicodedata

import streamlit as st

from waterstats.enterprises.cellnumbers import NotANumberError, read_number
from waterstats.standards.limits import Words
from waterstats.statements.statement import Scope, Statement
from waterstats.statements.study import Trial, trial
from waterstats.widgets import state
from waterstats.widgets.data import prepared
from waterstats.widgets.evidence.statementcounts import (
    ALL,
    base_of_page,
    kinds,
    places,
    scope_of,
)
from waterstats.widgets.evidence.statements import Card, card, draw, studied
from waterstats.widgets.evidence.statementwords import left_words, scope_words, statement_words
from waterstats.widgets.state import language, t

RELATIONS = {"is": "=", "more": ">", "least": ">=", "less": "<", "most": "<=", "about": "~"}
LARGEST, DIGITS = 1_000_000, 2
YOURS = "yours"


def add() -> None:
    """A small form; the answer appears as soon as there is a number."""
    st.header(t("statements.add"), anchor=False)
    st.markdown(t("statements.add_lead"))
    relations = {
        "is": t("statements.is_equal"),
        "more": t("statements.is_more"),
        "least": t("statements.is_least"),
        "less": t("statements.is_less"),
        "most": t("statements.is_most"),
        "about": t("statements.is_about"),
    }
    units = {
        "sites": t("statements.of_sites"),
        "place": t("statements.of_place"),
        "kind": t("statements.of_kind"),
        "world": t("statements.of_world"),
    }
    upper, lower = st.columns(3), st.columns(3)
    with upper[0]:
        place = state.one_of("say_place", places(), t("statements.place"), "CHN")
    with upper[1]:
        levels = kinds("level", t("statements.any_level"))
        level = state.one_of("say_level", levels, t("word.level"), "platinum")
    with upper[2]:
        industries = kinds("industry", t("statements.any_industry"))
        industry = state.one_of("say_industry", industries, t("word.industry"), ALL)
    with lower[0]:
        relation = state.one_of("say", relations, t("statements.relation"), "is")
    with lower[1]:
        hint = t("statements.value_hint")
        text = state.words("say_value", t("statements.value"), hint)
    with lower[2]:
        unit = state.one_of("say_of", units, t("statements.of_what"), "sites")
    if not text.strip():
        return
    try:
        value, digits = typed(text, unit, relation)
    except NotANumberError as error:
        expected, remedy = (words[language()] for words in (error.expected, error.remedy))
        words = t("statements.bad_number", found=text, expected=expected, remedy=remedy)
        st.error(words.strip(), icon=":material/error:")
        return
    said = t(
        "statements.added",
        what=scope_words(scope_of(place, industry, level)),
        relation=relations[relation],
        value=text.strip(),
        unit=units[unit],
    )
    quantity = (place, industry, level)
    _answer(said, *_tried(base_of_page(), said, quantity, relation, value, digits, unit))


def typed(text: str, unit: str, relation: str) -> tuple[float, int]:
    """The number in a text ("57.0 %", full-width digits too) and how many decimals it has.

    Raises NotANumberError for what is no number from 0 to a million with at most two decimals,
    and for a share or a fraction where sites are counted exactly.
    """
    value, _ = read_number(text, "" if unit == "sites" else "%")
    plain = unicodedata.normalize("NFKC", text)
    digits = len(found[1]) if (found := re.search(r"\.(\d+)", plain)) else 0
    if value is None or not 0 <= value <= LARGEST or digits > DIGITS or "e" in plain.lower():
        raise NotANumberError(_words("statements.bad_range"))
    if unit == "sites" and relation == "is" and value % 1:
        raise NotANumberError(_words("statements.bad_whole"))
    return value, digits


def _words(key: str) -> Words:
    return Words(t(key), t(key))


@prepared
def _tried(
    base: str,
    said: str,
    quantity: tuple[str, str, str],
    relation: str,
    value: float,
    digits: int,
    unit: str,
) -> tuple[Trial, Card | None]:
    """The visitor's statement against a base, and the conflict as a card."""
    found, count = studied(), scope_of(*quantity)
    place, industry, level = quantity
    of = {
        "sites": None,
        "place": scope_of(place, ALL, ALL),
        "kind": scope_of("WLD", industry, level),
        "world": scope_of("WLD", ALL, ALL),
    }[unit]
    own = statement_of(count, of, RELATIONS[relation], value, digits)
    tried = trial(found, base, own)
    if tried.conflict is None:
        return tried, None

    def name(each: str) -> str:
        return said if each == YOURS else statement_words(found, each)

    return tried, card(found, tried.conflict, own, tried.before, name=name)


def statement_of(
    count: Scope, of: Scope | None, relation: str, value: float, digits: int
) -> Statement:
    """A statement that no source makes: the visitor's own."""
    text = Words(YOURS, YOURS)
    return Statement(
        YOURS,
        YOURS,
        text,
        YOURS,
        YOURS,
        YOURS,
        on=count.on,
        count=(count,),
        relation=relation,
        value=value,
        unit="percent" if of else "sites",
        of=of,
        decimals=digits,
    )


def _answer(said: str, tried: Trial, conflict: Card | None) -> None:
    with st.container(key="answer"):
        if not tried.fits:
            st.error(t("statements.fits_not"), icon=":material/close:")
            draw(conflict)
            return
        st.markdown(f"**{said}**")
        left = left_words(tried.before)
        words = "statements.fits_new" if tried.new else "statements.fits_known"
        st.success(t(words, left=left), icon=":material/check:")
