"""The blocks pages are made of: question, headline numbers, exhibits, sources, downloads."""

import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from waterstats import exports
from waterstats.datafiles import Fault
from waterstats.language import date, locator
from waterstats.sources import Citation
from waterstats.widgets import data, uploads
from waterstats.widgets.state import LANGUAGE_KEY, language, t

SOURCES_PAGE = "evidence/sources.py"
PLOTLY = {"displayModeBar": False}
STYLE = Path(__file__).with_name("page.css").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Headline:
    """A number at the top of a page: its label, value, as-of date and change in words."""

    label: str
    value: str
    as_of: str
    change: str | None = None


def question(key: str) -> None:
    """The page's question as its title, and one sentence on what the page answers."""
    st.title(t(f"{key}.question"), anchor=False)
    st.markdown(t(f"{key}.lead"))


def headlines(
    numbers: Sequence[Headline], cited: Sequence[Citation], key: str = "headlines"
) -> None:
    """The answer first: large numbers with their as-of date and change, then the sources.

    key: another name for a second row of numbers on the same page.
    """
    with st.container(horizontal=True, gap="small"):
        for number in numbers:
            with st.container(border=True, width="stretch", height="stretch", gap=None):
                st.metric(number.label, number.value)
                lines = [f"**{number.change}**"] if number.change else []
                st.caption("  \n".join([*lines, number.as_of]))
    source_line(key, cited)


def source_line(key: str, cited: Sequence[Citation]) -> None:
    """A link for each source behind what stands above, with the places in it."""
    with st.container(horizontal=True, gap="small", key=f"sources-of-{key}"):
        st.caption(t("word.sources"), width="content")
        for citation in cited:
            source = data.source(citation.source_id)
            places = locator("; ".join(citation.locators), language())
            title = source[f"title_{language()}"]
            if citation.source_id in uploads.UPLOADS:
                places = plain(uploads.in_own_headings(citation.source_id, places))
                own = t("registry.cited", name=plain(title), places=places)
                st.markdown(f":small[:gray[{own}]]", width="content")
                continue
            st.page_link(
                SOURCES_PAGE,
                label=f":small[:gray[{title} · {places}]]" if places else f":small[:gray[{title}]]",
                query_params={"source": citation.source_id, LANGUAGE_KEY: language()},
                width="content",
            )


@dataclass(frozen=True)
class Exhibit:
    """A chart with everything a reader needs beside it.

    Attributes
    ----------
    key : name of the exhibit, also of the file taken away
    title : a finding or a question
    figure, table : the chart and the same numbers as a table with words for headings
    cited : the sources of exactly these numbers
    alt : what a reader who cannot see the chart should know
    unit, as_of, note : words below the title and below the chart
    legend : what the colours mean, name to colour
    selectable : whether a click on a mark selects it
    wide : whether the chart keeps its width and scrolls sideways on a narrow screen
    """

    key: str
    title: str
    figure: go.Figure
    table: pd.DataFrame
    cited: Sequence[Citation]
    alt: str
    unit: str
    as_of: str
    note: str = ""
    legend: Mapping[str, str] | None = None
    selectable: bool = False
    wide: bool = False


def show(exhibit: Exhibit) -> None:
    """Draw an exhibit; its table and downloads are made when they are opened."""
    key = exhibit.key
    with st.container(border=True, gap="small", key=f"exhibit-{key}"):
        st.subheader(exhibit.title, anchor=False)
        st.caption(f"{exhibit.unit} · {t('word.as_of', date=exhibit.as_of)}")
        if exhibit.legend:
            legend_of(exhibit.legend)
        with wide(key) if exhibit.wide else st.container(key=f"chart-of-{key}"):
            st.plotly_chart(
                exhibit.figure,
                key=f"chart_{key}",
                config=PLOTLY,
                alt=exhibit.alt,
                on_select="rerun" if exhibit.selectable else "ignore",
                selection_mode="points",
            )
        if exhibit.note:
            st.caption(exhibit.note)
        details = st.expander(
            t("word.table_and_download"), key=f"table_of_{key}", on_change="rerun"
        )
        if details.open:
            with details:
                st.dataframe(exhibit.table, hide_index=True, alt=exhibit.alt)
                downloads(key, exhibit.table, exhibit.cited, exhibit.title)
        source_line(key, exhibit.cited)


@contextmanager
def wide(key: str) -> Iterator[None]:
    """A part that keeps its width and scrolls sideways on a narrow screen, also by keyboard."""
    with st.container(key=f"wide-{key}"):
        yield
        script = f"document.querySelector('.st-key-wide-{key}').tabIndex = 0"
        st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)


def legend_of(colours: Mapping[str, str]) -> None:
    """Coloured squares with their names, above a chart; wraps on a narrow screen."""
    marks = " ".join(  # a space, so that a line can break between two names
        f'<span style="white-space:nowrap;margin-right:1.1em"><span style="color:{colour}">'
        f"■</span> {html.escape(name)}</span>"
        for name, colour in colours.items()
    )
    st.html(f'<div style="font-size:0.875rem">{marks}</div>')


def selected(event) -> list[str]:
    """Codes of the marks in a selection event, each once."""
    points = (event or {}).get("selection", {}).get("points", [])
    return list(dict.fromkeys(_first(point.get("customdata")) for point in points))


def _first(customdata) -> str:
    """Plotly sends customdata as a list, or as an object keyed "0", "1", ..."""
    if isinstance(customdata, dict):
        return customdata["0"]
    return customdata[0] if isinstance(customdata, list) else customdata


def downloads(
    key: str,
    table: pd.DataFrame | Callable[[], pd.DataFrame],
    cited: Sequence[Citation],
    title: str,
    excel: bool = True,
) -> None:
    """Buttons that give the table as CSV and as Excel, with its sources.

    A table may be given as what makes it when asked; that runs outside the session.
    """
    notes = [title, *(_citation_text(citation) for citation in cited)]
    made = table if callable(table) else lambda: table
    with st.container(horizontal=True):
        st.download_button(
            t("word.download_csv"),
            data=lambda: exports.to_csv(made()),
            file_name=f"waterstats_{key}.csv",
            mime="text/csv",
            on_click="ignore",
            key=f"csv_{key}",
        )
        if not excel:
            return
        st.download_button(
            t("word.download_xlsx"),
            data=lambda: exports.to_xlsx(made(), key, notes),
            file_name=f"waterstats_{key}.xlsx",
            mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            on_click="ignore",
            key=f"xlsx_{key}",
        )


def _citation_text(citation: Citation) -> str:
    source = data.source(citation.source_id)
    words = [source[f"producer_{language()}"], source[f"title_{language()}"]]
    if source["as_of"]:
        words.append(t("word.as_of", date=date(source["as_of"], language())))
    words.append(locator("; ".join(citation.locators), language()))
    if source["url"]:
        words.append(source["url"])
    return ". ".join(words)


def ignored_parameters(names: Sequence[str]) -> None:
    """A note that parts of the address were not understood and have no effect."""
    gone = [name for name in names if name.rpartition("=")[2] in uploads.UPLOADS]
    names = [name for name in names if name not in gone]
    if gone:
        st.info(t("registry.gone", names=", ".join(gone)), icon=":material/upload_file:")
    if names:
        st.info(t("word.ignored", names=", ".join(names)), icon=":material/link_off:")


def own_registry() -> None:
    """A banner when the page shows a visitor's own registry, or a simulated one."""
    own = {True: [], False: []}
    for upload in uploads.shown():
        own[upload.registry.simulated].append(f"**{plain(upload.name)}**")
    if own[True]:
        words = t("registry.banner_simulated", names=", ".join(own[True]))
        st.warning(words, icon=":material/casino:")
    if own[False]:
        st.info(t("registry.banner", names=", ".join(own[False])), icon=":material/upload_file:")


def plain(name: str) -> str:
    """The name of a file inside Markdown, whatever signs it has."""
    return re.sub(r"([\\`*_{}\[\]<>()#+!|$:~])", r"\\\1", name)


def data_problems(problems: Sequence[Fault]) -> None:
    """The page shown instead of statistics when the data folder has faults."""
    st.title(t("error.data_title"), anchor=False)
    st.markdown(t("error.data_lead"))
    for problem in problems[:20]:
        st.error(str(problem), icon=":material/error:")


def unexpected(error: Exception) -> None:
    """The page shown instead of a traceback."""
    st.title(t("error.unexpected_title"), anchor=False)
    st.error(t("error.unexpected", kind=type(error).__name__), icon=":material/error:")


def page_language() -> None:
    """Tell the browser which language the page is in, and leave the sidebar out of print."""
    tag = "zh-CN" if language() == "zh" else "en"
    st.html(
        f"<script>document.documentElement.lang='{tag}'</script><style>{STYLE}</style>",
        unsafe_allow_javascript=True,
    )
