"""From Parquet: seconds and peak memory, in a process of its own held to two processors.

    python -m benchmarks.streaming FOLDER

prints one line of JSON. The clock starts with the standard compiled and stops after the last
verdict; the file was just written, so it is read from the system's cache. The peak is that of the
whole process, imports included.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

import numpy as np
import pyarrow.parquet as pq

from waterstats.scoring.compiled import plans
from waterstats.scoring.outcomes import Batch
from waterstats.scoring.parquetdoor import score_parquet, table_of
from waterstats.scoring.plans import Plan
from waterstats.standards.rulechecks import VERDICTS

ID = "shandong_leader_2025"
ROW_GROUP = 1 << 16


def run(compiled: dict[str, Plan], batches: dict[str, Batch], expected: np.ndarray) -> None:
    """One and ten times the batches; `expected`: how often each verdict comes out in memory."""
    n = sum(map(len, batches.values()))
    print("from Parquet (a file per industry, coded columns), default readings, two processors")
    for times, options, words in (
        (1, {}, "pyarrow's default encoding"),
        (1, {"use_dictionary": False, "compression": "none"}, "plain, as if no value came twice"),
        (10, {}, "pyarrow's default encoding"),
    ):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            for i, batch in batches.items():
                table = table_of(compiled[i], batch)
                with pq.ParquetWriter(folder / f"{i}.parquet", table.schema, **options) as out:
                    for _ in range(times):
                        out.write_table(table, ROW_GROUP)
            size = sum(path.stat().st_size for path in folder.iterdir()) / 2**20
            results = [child(folder) for _ in range(5 if times == 1 else 2)]
        for result in results:
            assert np.array_equal(result["counts"], expected * times), result
        seconds = sorted(r["seconds"] for r in results)
        peak = max(r["peak_mib"] for r in results)
        print(
            f"  {n * times:10,} {seconds[0]:6.2f} to {seconds[-1]:.2f} s in {len(results)} runs,"
            f" peak {peak:4.0f} MiB; files {size:4.0f} MiB, {words}"
        )


def child(folder: Path) -> dict:
    command = [sys.executable, "-m", "benchmarks.streaming", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def main(folder: Path) -> None:
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:2])
    defaults = next(iter(plans(ID).values())).standard.defaults
    counts = np.zeros(len(VERDICTS), int)
    start = perf_counter()
    for _, outcome in score_parquet(ID, folder, defaults):
        counts += np.bincount(outcome.verdict, minlength=len(counts))
    seconds = perf_counter() - start
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak = int(status.split("VmHWM:")[1].split()[0]) / 1024
    print(json.dumps({"seconds": seconds, "peak_mib": peak, "counts": counts.tolist()}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
