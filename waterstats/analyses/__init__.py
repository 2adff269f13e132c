"""Analyses: pure functions of frames, the same on pandas and on DuckDB relations (Narwhals)."""
