"""The batch page: template, upload, what to mend, verdicts and ranking, what to take away."""

import hashlib

import pandas as pd
import streamlit as st

from waterstats import forms
from waterstats.charts.bars import ranked
from waterstats.charts.scoring import VERDICTS as COLOURS
from waterstats.charts.scoring import spread
from waterstats.charts.style import LEVELS, MUTED
from waterstats.enterprises.files import FileTables, read_files
from waterstats.enterprises.recommended import recommendation
from waterstats.enterprises.resultbook import workbook
from waterstats.enterprises.results import (
    Results,
    missing_items,
    problem_table,
    ranking,
    score_files,
)
from waterstats.enterprises.templates import template
from waterstats.language import number
from waterstats.scoring.compiled import plans
from waterstats.widgets.blocks import PLOTLY
from waterstats.widgets.state import language, t
from waterstats.widgets.whatif.scenariofile import EXCEL_TYPE, WORD_TYPE

KEPT = "batch_results"


def offer_template(standard: str) -> None:
    """The tables to fill in, for one industry or all."""
    lang = language()
    names = {"": t("batch.any_industry")}
    names |= {id_: plan.label[lang] for id_, plan in plans(standard).items() if id_}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        industry = ""
        if len(names) > 1:
            industry = st.selectbox(
                t("batch.template_for"), list(names), format_func=names.get, key="template_industry"
            )
        st.download_button(
            t("batch.template"),
            data=lambda: template(standard, industry or None, lang),
            file_name=f"{standard}_{industry or 'all'}.xlsx",
            mime=EXCEL_TYPE,
            on_click="ignore",
            key="template_xlsx",
        )


def uploaded(standard: str) -> Results | None:
    """Read and score what is uploaded, once; None while nothing is."""
    files = st.file_uploader(
        t("batch.upload"),
        type=["xlsx", "xlsm", "csv", "parquet"],
        accept_multiple_files=True,
        key="batch_files",
    )
    if not files:
        return None
    contents = [(file.name, file.getvalue()) for file in files]
    mark = hashlib.sha256(b"".join(content for _, content in contents)).hexdigest()
    if st.session_state.get(KEPT, ("",))[0] != (standard, mark):
        bar = st.progress(0.1, t("batch.reading"))
        tables = read_files(standard, contents)
        bar.progress(0.6, t("batch.scoring"))
        st.session_state[KEPT] = ((standard, mark), score_files(tables), tables)
        bar.progress(1.0, t("batch.done"))
        bar.empty()
    return st.session_state[KEPT][1]


def _tables() -> FileTables:
    return st.session_state[KEPT][2]


def show(results: Results) -> None:
    """How many, what is wrong, who meets, in which order, what is missing, downloads."""
    lang, tables = language(), _tables()
    meets = 0 if results.verdicts.empty else int((results.verdicts["verdict"] == "meets").sum())
    counted = {
        "enterprises": len(results.verdicts),
        "meets": meets,
        "set_aside": len(tables.set_aside),
        "warnings": sum(problem.warning for problem in results.problems),
    }
    with st.container(horizontal=True):
        for name, value in counted.items():
            st.metric(t(f"batch.{name}"), number(value, lang), border=True)
    if results.problems:
        st.header(t("batch.problems"), anchor=False)
        st.dataframe(problem_table(results.problems, lang), hide_index=True)
    if results.verdicts.empty:
        st.error(t("batch.nobody"))
        return
    _verdicts(results)
    st.header(t("batch.ranking"), anchor=False)
    st.dataframe(ranking(results, lang), hide_index=True)
    _take_away(results)
    st.header(t("batch.missing"), anchor=False)
    st.dataframe(missing_items(results, lang), hide_index=True)


def _verdicts(results: Results) -> None:
    """How many enterprises got which verdict, which level where there are levels, which points."""
    lang, table = language(), results.verdicts
    words = {name: words[lang] for name, words in results.standard.verdicts.items()}
    _bars("verdicts", table["verdict"], words, COLOURS)
    if results.standard.levels:
        st.markdown(f"**{t('batch.levels')}**")
        names = {level.id: level.label[lang] for level in results.standard.levels}
        _bars("levels", table["level"], names | {"": t("batch.no_level")}, LEVELS)
    st.markdown(f"**{t('batch.points')}**")
    st.plotly_chart(
        spread(table["points_low"]),
        config=PLOTLY,
        key="batch_points",
        alt=t("batch.points_alt"),
    )


def _bars(key: str, codes: pd.Series, words: dict[str, str], colours: dict[str, str]) -> None:
    """How many enterprises have each code."""
    counts = codes.value_counts()
    rows = pd.DataFrame(
        {
            "key": counts.index,
            "label": [words[code] for code in counts.index],
            "value": counts.to_numpy(),
            "text": counts.astype(str).to_numpy(),
        }
    )
    figure = ranked(rows, "key", "label", "value", "text", colours={"": MUTED, **colours})
    st.plotly_chart(figure, config=PLOTLY, key=f"batch_{key}", alt=t(f"batch.{key}_alt"))


def _take_away(results: Results) -> None:
    """The results as a workbook; the recommendation table of those that meet, as a form.

    Deferred files are made outside the run, where the session's language cannot be asked.
    """
    lang = language()
    with st.container(horizontal=True):
        st.download_button(
            t("batch.results"),
            data=lambda: workbook(results, lang),
            file_name="waterstats_results.xlsx",
            mime=EXCEL_TYPE,
            on_click="ignore",
            key="results_xlsx",
        )
        for kind, write, mime in (
            ("word", forms.to_docx, WORD_TYPE),
            ("excel", forms.to_xlsx, EXCEL_TYPE),
        ):
            st.download_button(
                t(f"batch.recommend_{kind}"),
                data=lambda write=write: write(recommendation(results)),
                file_name=f"annex_1.{'docx' if kind == 'word' else 'xlsx'}",
                mime=mime,
                on_click="ignore",
                disabled=not results.verdicts["verdict"].eq("meets").any(),
                key=f"annex_1_{kind}",
            )
