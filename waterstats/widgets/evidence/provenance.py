"""The sources page: one source with its numbers, totals, doubts, corrections, the data package."""

import pandas as pd
import streamlit as st

from waterstats import corrections as corrections_file
from waterstats import store
from waterstats.language import date, locator, number, period, relation
from waterstats.package import package as make_package
from waterstats.sources import Citation, cite
from waterstats.totals import Check
from waterstats.widgets import blocks, data, state
from waterstats.widgets.data import prepared
from waterstats.widgets.state import language, t


def overview() -> None:
    """How many sources, numbers, sites and checks there are."""
    checks = _checks()
    counted = {
        "n_sources": len(data.table("source")),
        "n_figures": len(data.table("figure")),
        "n_sites": len(data.table("site")),
    }
    fits = f"{sum(check.reconciles for check in checks)} / {len(checks)}"
    with st.container(horizontal=True, gap="small"):
        for name, value in counted.items():
            st.metric(t(f"sources.{name}"), number(value, language()), border=True)
        st.metric(t("sources.n_checks"), fits, border=True)


@prepared
def _options() -> dict[str, str]:
    """All sources with their titles, those with the most numbers first."""
    table = data.table("source")
    titles = dict(zip(table["source_id"], table[f"title_{language()}"], strict=True))
    counts = data.table("figure")["source_id"].value_counts().reindex(titles, fill_value=0)
    return {s: titles[s] for s in counts.sort_values(ascending=False, kind="stable").index}


def one_source() -> None:
    """Choose a source; see what it is, how to cite it, and every number taken from it."""
    lang = language()
    options = _options()
    chosen = state.one_of("source", options, t("sources.choose"), next(iter(options)))
    source = data.source(chosen)
    with st.container(border=True):
        st.subheader(source[f"title_{lang}"], anchor=False)
        st.markdown(_facts(source))
        if source[f"note_{lang}"]:
            st.markdown(source[f"note_{lang}"])
        st.caption(t("sources.cite"))
        st.code(_citation(source), language=None, wrap_lines=True)
    _numbers(chosen, options[chosen])
    sites = len(data.sites(chosen))
    if sites:
        st.markdown(t("sources.registry", n=number(sites, lang)))
    facts = int((data.table("practice_fact")["source_id"] == chosen).sum())
    if facts:
        st.markdown(t("sources.practices", n=number(facts, lang)))


def _facts(source: dict) -> str:
    lang = language()
    facts = [(t("sources.producer"), source[f"producer_{lang}"])]
    for column in ("published", "as_of", "accessed"):
        words = date(source[column], lang) if source[column] else t("sources.unknown")
        facts.append((t(f"sources.{column}"), words))
    facts.append((t("sources.licence"), source[f"licence_{lang}"]))
    facts.append((t("sources.address"), source["url"] or t("sources.unknown")))
    return "  \n".join(f":gray[{name}] {value}" for name, value in facts)


def _citation(source: dict) -> str:
    lang = language()
    return t(
        "sources.cite_text",
        producer=source[f"producer_{lang}"],
        title=source[f"title_{lang}"],
        as_of=date(source["as_of"], lang) if source["as_of"] else t("sources.unknown"),
        url=source["url"] or "",
    ).strip()


@prepared
def _figures(column: str, *values: str) -> pd.DataFrame:
    """Numbers of sources or series: what, where, number, date, as printed, place in the source."""
    lang, rows = language(), data.table("figure_described")
    rows = rows[rows[column].isin(values)]
    about = rows[f"industry_{lang}"].fillna(rows[f"level_{lang}"]).fillna("")
    numbers = [
        relation(f"{number(r.value, lang)} {r.unit}", r.relation, lang)
        for r in rows.assign(unit=rows[f"unit_{lang}"]).itertuples()
    ]
    dates = [period(r.period_start, r.period_end, lang) for r in rows.itertuples()]
    return pd.DataFrame(
        {
            t("sources.statement"): rows[f"series_{lang}"],
            t("sources.where"): rows[f"place_{lang}"],
            t("sources.about"): about,
            t("sources.number"): numbers,
            t("sources.when"): dates,
            t("sources.printed"): rows["as_published"],
            t("word.locator"): [locator(place, lang) for place in rows["locator"]],
            t("sources.note"): rows[f"note_{lang}"].fillna(""),
        }
    )


def also_published(*series: str) -> None:
    """A short table of the numbers of some series, with their sources."""
    table = _figures("series", *series)
    shown = [t(f"sources.{name}") for name in ("statement", "where", "number", "when")]
    figures = data.table("figure")
    st.table(table[shown].set_index(shown[0]))
    blocks.source_line("also", cite(figures[figures["series"].isin(series)]))


def _numbers(source_id: str, title: str) -> None:
    """The numbers of a source as a table to read and take away."""
    table = _figures("source_id", source_id)
    if table.empty:
        st.markdown(t("sources.no_figures"))
        return
    st.subheader(t("sources.figures", n=number(len(table), language())), anchor=False)
    st.dataframe(table, hide_index=True, alt=t("sources.figures_alt"))
    blocks.downloads("figures", table, [Citation(source_id, ())], title)


@prepared
def _checks() -> list[Check]:
    return store.check_totals(data.connection())


@prepared
def _reconciled() -> pd.DataFrame:
    """Every declared total with the interval of its parts and the printed one."""
    lang = language()

    def interval(ends: tuple[float, float]) -> str:
        low, high = (number(round(end, 1), lang) if end < float("inf") else "∞" for end in ends)
        return low if low == high else t("sources.range", low=low, high=high)

    rows = [
        {
            t("sources.total"): check.title_zh if lang == "zh" else check.title_en,
            t("sources.computed"): interval(check.computed),
            t("sources.whole"): interval(check.printed),
            t("sources.result"): t(f"sources.{'fits' if check.reconciles else 'fails'}"),
        }
        for check in _checks()
    ]
    return pd.DataFrame(rows).set_index(t("sources.total"))


def totals() -> None:
    """Which printed totals reconcile, with both intervals."""
    st.header(t("sources.totals"), anchor=False)
    st.markdown(t("sources.totals_lead"))
    st.table(_reconciled())


@prepared
def _declared() -> dict[str, list[dict]]:
    return corrections_file.declared()


def doubts() -> None:
    """Statements of the sources that do not fit together, in words."""
    st.header(t("sources.doubts"), anchor=False)
    st.markdown(t("sources.doubts_lead"))
    for doubt in _declared()["doubt"]:
        with st.container(border=True, gap="xsmall"):
            st.markdown(f"**{doubt['title'][language()]}**  \n{doubt['reason'][language()]}")
            blocks.source_line(doubt["id"], [Citation(doubt["source_id"], (doubt["locator"],))])


def corrections() -> None:
    """What was corrected, from what to what, and why."""
    st.header(t("sources.corrections"), anchor=False)
    st.markdown(t("sources.corrections_lead"))
    for correction in _declared()["correction"]:
        words = t(
            "sources.correction",
            before=correction["expect"],
            after=correction["value"],
            reason=correction["reason"][language()],
        )
        st.markdown(f"- {words}")
        cited = [Citation(correction["source_id"], (correction["locator"],))]
        blocks.source_line(correction["id"], cited)


def package() -> None:
    """All the data as one archive, and what its columns mean."""
    lang = language()
    st.header(t("sources.package"), anchor=False)
    st.markdown(t("sources.package_lead"))
    st.download_button(
        t("sources.package_button"),
        data=lambda: make_package(data.connection()),
        file_name="waterstats-data.zip",
        mime="application/zip",
        on_click="ignore",
        icon=":material/download:",
    )
    with st.expander(t("sources.dictionary"), key="dictionary", on_change="rerun") as details:
        if not details.open:
            return
        words = data.table("data_dictionary")
        st.dataframe(
            pd.DataFrame(
                {
                    t("sources.table"): words["table_name"],
                    t("sources.column"): words["column_name"],
                    t("sources.type"): words["data_type"],
                    t("sources.meaning"): words[lang],
                }
            ),
            hide_index=True,
        )
