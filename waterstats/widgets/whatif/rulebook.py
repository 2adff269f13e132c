"""A rule set laid out for reading: facts, items, limits, gates, readings, what is not modelled."""

import pandas as pd
import streamlit as st

from waterstats.language import locator, unit
from waterstats.scoring.compiled import plans
from waterstats.sources import Citation
from waterstats.standards.rules import Standard
from waterstats.widgets import blocks, data
from waterstats.widgets.data import prepared
from waterstats.widgets.state import language, t
from waterstats.widgets.whatif.scenarioanswers import worth
from waterstats.widgets.whatif.scenarionumbers import limit_words


def standard_of(folder: str) -> Standard:
    """The records of a rule set."""
    return next(iter(plans(folder).values())).standard


def source(folder: str) -> None:
    """A link to the publication that a rule set comes from, with the place in it."""
    header = standard_of(folder).header
    place = locator(header.locator, language())
    if header.source_id in data.sources():
        blocks.source_line(f"rules-{folder}", [Citation(header.source_id, (header.locator,))])
    else:
        st.caption(f"{header.source_id} · {place}")


def show(folder: str) -> None:
    """The whole rule set, section by section, with a link to its source."""
    standard, lang = standard_of(folder), language()
    header = standard.header
    st.subheader(header.title[lang], anchor=False)
    st.caption(t("standard.version", version=header.version, document=header.document))
    source(folder)
    _sentences(t("standard.facts"), standard.facts)
    _sentences(t("standard.steps"), standard.steps)
    _table(t("standard.must"), musts(folder))
    _table(t("standard.points"), points(folder))
    _table(t("standard.gates"), minimums(folder, "gates"))
    if standard.levels:
        _table(t("standard.levels"), minimums(folder, "levels"))
    if standard.limits:
        st.header(t("standard.limits"), anchor=False)
    for industry in standard.industries:
        with st.expander(
            industry.label[lang], key=f"rulebook_{industry.id}", on_change="rerun"
        ) as e:
            if e.open:
                st.caption(t("standard.cited", standard=industry.standard))
                st.table(limits(folder, industry.id))
    _sentences(t("standard.adjustments"), standard.adjustments)
    _readings(standard)
    if standard.notes:
        with st.expander(t("standard.notes")):
            places = [f"- {n.text[lang]} :gray[{locator(n.locator, lang)}]" for n in standard.notes]
            st.markdown("\n".join(places))
    _sentences(t("standard.not_modelled"), standard.not_modelled)


def _sentences(title: str, records: tuple) -> None:
    """Records with words and a place, as a list."""
    if not records:
        return
    lang, lines = language(), []
    for record in records:
        label = f"**{record.label[lang]}** " if record.label else ""
        text = getattr(record, "text", None)
        lines.append(
            f"- {label}{text[lang] if text else ''} :gray[{locator(record.locator, lang)}]"
        )
    st.header(title, anchor=False)
    st.markdown("\n".join(lines))


def _table(title: str, frame: pd.DataFrame) -> None:
    if len(frame):
        st.header(title, anchor=False)
        st.table(frame)


def _rows(rows: list[dict]) -> pd.DataFrame:
    frame = pd.DataFrame(rows)
    return frame.set_index(frame.columns[0]) if len(frame) else frame


@prepared
def musts(folder: str) -> pd.DataFrame:
    """Items that have to hold: number, item, place."""
    lang = language()
    return _rows(
        [
            {
                t("standard.number"): must.number,
                t("standard.item"): must.label[lang],
                t("standard.place"): locator(must.locator, lang),
            }
            for must in standard_of(folder).must
        ]
    )


@prepared
def points(folder: str) -> pd.DataFrame:
    """Items that add or deduct points: number, section, item, points, place."""
    lang, standard = language(), standard_of(folder)
    return _rows(
        [
            {
                t("standard.number"): item.number,
                t("standard.section"): standard.by_id[item.group or item.section].label[lang],
                t("standard.item"): item.label[lang],
                t("standard.worth"): worth(item),
                t("standard.place"): locator(item.locator, lang),
            }
            for item in standard.points
        ]
    )


def _minimum(total: float | None) -> str:
    """A minimum total; that of a level may not be in the sources."""
    return t("standard.not_public") if total is None else f"{total:g}"


@prepared
def minimums(folder: str, kind: str) -> pd.DataFrame:
    """The "gates" or "levels" of a rule set: what, minimum total, place."""
    lang = language()
    return _rows(
        [
            {
                t("standard.item"): record.label[lang],
                t("standard.minimum"): _minimum(record.minimum),
                t("standard.place"): locator(record.locator, lang),
            }
            for record in getattr(standard_of(folder), kind)
        ]
    )


@prepared
def limits(folder: str, industry: str) -> pd.DataFrame:
    """The limits of an industry: indicator, product or route, limit, unit, place."""
    lang, standard = language(), standard_of(folder)
    return _rows(
        [
            {
                t("form.indicator"): limit.label[lang],
                t("standard.product"): standard.by_id[limit.variant].label[lang]
                if limit.variant
                else "",
                t("standard.limit"): limit_words(limit),
                t("standard.unit"): unit(limit.unit),
                t("standard.place"): locator(limit.locator, lang),
            }
            for limit in standard.limits
            if limit.industry == industry
        ]
    )


def _readings(standard: Standard) -> None:
    """Where the text is ambiguous: the choices, the default, the reason."""
    if not standard.readings:
        return
    lang = language()
    st.header(t("standard.readings"), anchor=False)
    for reading in standard.readings:
        with st.container(border=True, gap="xsmall"):
            st.markdown(f"**{reading.question[lang]}** :gray[{reading.ref}]")
            for choice in reading.choices:
                mark = f" ({t('standard.default')})" if choice.id == reading.default else ""
                st.markdown(f"- {choice.label[lang]}{mark}")
            st.caption(f"{reading.reason[lang]} · {locator(reading.locator, lang)}")
