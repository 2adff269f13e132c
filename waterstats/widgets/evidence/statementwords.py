"""Statements, quantities, ranges and readings in the words of the session's language."""

from fractions import Fraction

from waterstats.language import number, percent, relation
from waterstats.statements.found import Range
from waterstats.statements.linear import decimals, interval
from waterstats.statements.statement import Scope, Statement
from waterstats.statements.study import Evidence, Study
from waterstats.widgets import data
from waterstats.widgets.state import language, t

MANY = 3


def scope_words(scope: Scope) -> str:
    """What a scope counts: "China · ICT and microelectronics · Platinum"."""
    names = data.names()
    place = " + ".join(names[code] for code in scope.place)
    if len(scope.without) > MANY:
        place = t("statements.without_n", place=place, n=len(scope.without))
    elif scope.without:
        without = ", ".join(names[code] for code in scope.without)
        place = t("statements.without", place=place, names=without)
    kinds = [" + ".join(names[code] for code in part) for part in (scope.industry, scope.level)]
    return " · ".join([place, *filter(None, kinds)])


def brief(scope: Scope, shared: bool) -> str:
    """A scope without its place, where all scopes of a sentence share the place."""
    words = scope_words(scope)
    return words.partition(" · ")[2] or words if shared else words


def range_words(found: Range) -> str:
    """ "17–19", "35" or "17 or more"."""
    low = number(found.low, language())
    if found.known:
        return low
    if found.high is None:
        return t("statements.and_more", low=low)
    return f"{low}–{number(found.high, language())}"


def share_words(share: tuple[Fraction, Fraction], digits: int = 1) -> str:
    """ "37.5 % to 38.1 %", once when both are printed alike."""
    low, high = (percent(float(end), language(), digits) for end in share)
    return low if low == high else t("statements.to", low=low, high=high)


def value_words(statement: Statement) -> str:
    """The value as the statement means it, with the interval it stands for."""
    lang, ends = language(), interval(statement)
    if statement.order:
        shared = len({scope.place for scope in statement.scopes}) == 1
        names = [[brief(scope, shared) for scope in tier] for tier in statement.order]
        sign = " > " if statement.relation == ">" else " ≥ "
        return sign.join(" / ".join(tier) for tier in names)
    if statement.unit == "sites":
        printed = t("word.sites_n", n=number(statement.value, lang))
    elif statement.unit == "times":
        printed = f"{number(statement.value, lang)} ×"
    else:
        printed = percent(statement.value / 100, lang, decimals(statement))
    if statement.relation in ("=", "~") and None not in (ends.low, ends.high):
        if ends.low == ends.high:
            return printed
        shift = 1 if statement.unit == "growth" else 0
        if statement.unit == "sites":
            low, high = (number(float(end), lang) for end in (ends.low, ends.high))
        else:
            digits = decimals(statement) + (statement.relation == "=")
            low, high = (percent(float(e - shift), lang, digits) for e in (ends.low, ends.high))
        return t("statements.rounds", value=printed, low=low, high=high)
    if statement.relation == "<=":
        return f"≤ {printed}"
    return relation(printed, statement.relation, lang)


def statement_words(found: Study, name: str) -> str:
    """The text of a statement, with the reading it is understood by, if not as printed."""
    printed, _, reading = name.partition("@")
    text = found.collection[printed].text[language()]
    if reading:
        how = found.readings[reading].text[language()]
        return t("statements.reread_as", text=text, reading=how)
    return text


def left_words(left: Evidence) -> str:
    """What other statements leave for a quantity: its share, or its sites."""
    if left.share and left.of:
        return t(
            "statements.left_share",
            share=share_words(left.share),
            count=range_words(left.count),
            of=range_words(left.of),
        )
    return t("statements.left_count", count=range_words(left.count))
