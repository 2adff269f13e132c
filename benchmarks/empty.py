"""The smallest page Streamlit can serve: what every ratio is against."""

import streamlit as st

st.title("empty")
