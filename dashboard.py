"""The front door: `streamlit run dashboard.py` serves the shell in pages/shell.py.

Served as an app object, and not as a page itself, because Streamlit takes a folder pages/
beside a main *script* for its old kind of multipage app: the first visitor of a deep link
would then see "page not found".
"""

from pathlib import Path

import streamlit as st

app = st.App(Path(__file__).with_name("pages") / "shell.py")
