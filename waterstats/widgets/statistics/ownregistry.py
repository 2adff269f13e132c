"""The page of a visitor's own registry: how it was read, what to settle, where to go on."""

import datetime

import streamlit as st

from waterstats.enterprises.results import problem_table
from waterstats.language import number
from waterstats.registries.columns import COLUMNS, guessed, missing
from waterstats.widgets import blocks, data, state, uploads
from waterstats.widgets.state import language, t
from waterstats.widgets.statistics import matching, ownexhibits
from waterstats.widgets.statistics.bringing import again, remove
from waterstats.widgets.uploads import Upload

PAGES = {
    "world": ":material/public:",
    "china": ":material/grid_view:",
    "sites": ":material/factory:",
}


def show(source_id: str) -> None:
    """One file: what it gives, what is wrong with it, what to settle, where to go on."""
    upload = uploads.everything()[source_id]
    with st.container(border=True, key=f"upload-{source_id}"):
        with st.container(horizontal=True, vertical_alignment="center"):
            icon = ":material/casino:" if _simulates(upload) else ":material/description:"
            st.subheader(f"{icon} {blocks.plain(uploads.title(upload, language()))}", anchor=False)
            st.button(
                t("registry.remove"),
                key=f"remove_{source_id}",
                on_click=remove,
                args=(source_id,),
                icon=":material/delete:",
                width="content",
            )
        if upload.registry is not None:
            _counted(source_id, upload)
        if source_id in uploads.held():
            _go_on(source_id)
        _problems(source_id, upload)
        if upload.registry is not None:
            _unknown(source_id, upload)
        if upload.headings:
            _mapping(source_id, upload)
        if source_id in uploads.held():
            _picture(source_id)


def _simulates(upload: Upload) -> bool:
    return upload.registry is not None and upload.registry.simulated


def _counted(source_id: str, upload: Upload) -> None:
    """How many rows count, how many do not, and the date they are of."""
    lang, registry = language(), upload.registry
    if registry.simulated:
        st.warning(t("registry.banner_simulated", names=f"**{blocks.plain(upload.name)}**"))
    warned = sum(problem.warning for problem in registry.problems)
    china = registry.sites[registry.sites["country"] == "CHN"]
    numbers = [
        (
            "registry.sites",
            len(registry.sites),
            t("registry.of_rows", n=number(registry.rows, lang)),
        ),
        ("registry.left_out", registry.left_out, _told(registry.left_out)),
        ("registry.warnings", warned, t("registry.kept")),
        (
            "registry.provinces",
            int(china["province"].notna().sum()),
            t("registry.derived", n=number(len(china), lang)),
        ),
    ]
    with st.container(horizontal=True, gap="small"):
        for word, value, below in numbers:
            with st.container(border=True, width="stretch", height="stretch", gap=None):
                st.metric(t(word), number(value, lang))
                st.caption(below)
    stated = upload.as_of or registry.as_of
    st.date_input(
        t("registry.as_of"),
        upload.as_of_or_today,
        min_value=datetime.date(2014, 1, 1),
        key=f"as_of_{source_id}",
        on_change=lambda: again(source_id, as_of=st.session_state[f"as_of_{source_id}"]),
        help=t("registry.as_of_stated" if stated else "registry.as_of_today"),
        width=280,
    )
    if not stated:
        st.caption(t("registry.as_of_today"))


def _told(left_out: int) -> str:
    return t("registry.listed" if left_out else "registry.all_read")


def _problems(source_id: str, upload: Upload) -> None:
    """Everything that is wrong, with row and column."""
    if not upload.problems:
        return
    errors = sum(not problem.warning for problem in upload.problems)
    counted = {"errors": errors, "warnings": len(upload.problems) - errors}
    st.markdown(f"**{t('registry.problems')}** {t('registry.problems_all', **counted)}")
    table = problem_table(upload.problems, language())
    row = table.columns[2]  # empty, and not "None", for the whole file
    table[row] = table[row].astype("str").fillna("").replace("<NA>", "")
    st.dataframe(
        table.drop(columns=table.columns[1]),
        hide_index=True,
        alt=t("registry.problems_alt"),
        key=f"problems_{source_id}",
        height=min(300, 38 + 35 * len(table)),
    )


def _unknown(source_id: str, upload: Upload) -> None:
    """Words that are not known, with the nearest to confirm; the order of days and months."""
    names = data.names()
    near = [word for word in upload.registry.unknown if word.nearest]
    none = [word.text for word in upload.registry.unknown if not word.nearest]
    if near:
        st.markdown(f"**{t('registry.unknown')}**")
        for place, word in enumerate(near[:20]):
            label = t(
                "registry.unknown_take",
                column=t(COLUMNS[word.column].word),
                text=word.text,
                name=names.get(word.nearest, word.nearest),
                n=word.rows,
            )
            settled = {**upload.read_as.get(word.column, {}), word.text: word.nearest}
            st.button(
                label,
                key=f"read_as_{source_id}_{place}",
                icon=":material/check:",
                on_click=again,
                args=(source_id,),
                kwargs={"read_as": {**upload.read_as, word.column: settled}},
            )
    if none:
        words = "、".join(none[:8]) if language() == "zh" else ", ".join(none[:8])
        st.caption(t("registry.unknown_none", n=len(none), words=blocks.plain(words)))


def _mapping(source_id: str, upload: Upload) -> None:
    """Which heading gives which column, and the order of dates; open while something is missing."""
    lacking = [t(COLUMNS[name].word) for name in missing(upload.mapping)]
    if lacking:
        st.info(t("registry.mapping_missing", names=", ".join(lacking)), icon=":material/rule:")
    details = st.expander(
        t("registry.mapping"),
        expanded=bool(lacking),
        icon=":material/view_column:",
        key=f"mapping_of_{source_id}",
        on_change="rerun",
    )
    if not details.open:
        return
    with details:
        chosen = matching.choose(source_id, upload, guessed(upload.headings))
    if chosen is not None:
        again(source_id, **chosen)
        st.rerun()


def _picture(source_id: str) -> None:
    """The list beside the directory."""
    blocks.show(ownexhibits.levels(source_id))
    left, right = st.columns(2)
    with left:
        blocks.show(ownexhibits.beside("industry", "Industry Sector", source_id))
    with right:
        blocks.show(ownexhibits.beside("continent", "Site Country", source_id))


def _go_on(source_id: str) -> None:
    """Links to the pages that now show this list."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{t('registry.next')}**", width="content")
        for name, icon in PAGES.items():
            st.page_link(
                f"statistics/{name}.py",
                label=t(f"nav.{name}"),
                icon=icon,
                query_params={"data": source_id, state.LANGUAGE_KEY: language()},
                width="content",
            )
        st.caption(t("registry.remember"), width="content")
