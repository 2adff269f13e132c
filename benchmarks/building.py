"""How long the database takes to build from data/ (budget: a second)."""

import statistics
import tempfile
import time
from pathlib import Path

from waterstats import store


def run(times: int = 5) -> None:
    """Build the database a few times and print the median seconds and the size."""
    seconds = []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(times):
            start = time.perf_counter()
            database = store.build(database=Path(folder) / "w.duckdb")
            seconds.append(time.perf_counter() - start)
        size = database.stat().st_size / 2**20
    print(f"build: {statistics.median(seconds):.2f} s (median of {times}), {size:.1f} MiB")
