"""What surrounds every page: set-up, language, navigation, and the last resort for errors."""

import logging

import streamlit as st

from waterstats.datafiles import ROOT, DataError
from waterstats.widgets import blocks, data, state
from waterstats.widgets.state import t

PAGES = {
    "statistics": {
        "overview": ":material/water_drop:",
        "world": ":material/public:",
        "china": ":material/grid_view:",
        "compare": ":material/balance:",
        "sites": ":material/factory:",
        "registry": ":material/upload_file:",
    },
    "whatif": {
        "leader": ":material/fact_check:",
        "changes": ":material/tune:",
        "batch": ":material/table_view:",
        "standard": ":material/gavel:",
    },
    "certification": {
        "aws": ":material/workspace_premium:",
        "gbt": ":material/checklist:",
        "crosswalk": ":material/compare:",
        "groups": ":material/hub:",
        "calendar": ":material/event:",
    },
    "evidence": {
        "practices": ":material/diversity_3:",
        "statements": ":material/rule:",
        "sources": ":material/menu_book:",
    },
}

state.begin()
st.set_page_config(
    page_title=t("app.title"), page_icon=str(ROOT / "pages" / "icon.png"), layout="wide"
)
page = st.navigation(
    {
        t(f"section.{section}"): [
            st.Page(
                f"{section}/{name}.py",
                title=t(f"nav.{name}"),
                icon=icon,
                url_path=name,
                default=name == "overview",
            )
            for name, icon in pages.items()
        ]
        for section, pages in PAGES.items()
    },
    expanded=True,
)
st.logo(str(ROOT / "pages" / "logo.svg"), size="large", link=None)
with st.container(key="language-switch"):
    state.choose_language()
blocks.page_language()
notes = st.container()
try:
    data.connection()
    page.run()
    data.keep(page.url_path)
    with notes:
        if page.url_path != "registry":
            blocks.own_registry()
        blocks.ignored_parameters(state.ignored())
except DataError as error:
    blocks.data_problems(error.problems)
except Exception as error:  # the visitor gets a sentence, the log gets the traceback
    logging.getLogger("waterstats").exception("page %s failed", page.url_path)
    blocks.unexpected(error)
