"""Everything between the pages and Streamlit; with the pages, its only importers."""
