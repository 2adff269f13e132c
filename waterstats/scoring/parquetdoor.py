"""Coded enterprises in Parquet, one file per industry, scored as a stream.

A folder holds INDUSTRY.parquet for each industry (STANDARD.parquet for a standard that knows no
industries), with codes instead of words: a column per asked clause (uint8, as in `Batch.answers`),
per number (double, in its unit, "measure" or "measure.variant"), and booleans "made.VARIANT" and
"absent.MEASURE". A missing column is unanswered, like null; "enterprise" may stand beside them.
Nothing here asks for reasons or doubts a unit: who writes codes answers for them. Memory depends
on BATCH and threads, not on the rows.
"""

from collections import deque
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from waterstats.scoring.compiled import plans
from waterstats.scoring.outcomes import Batch, Outcome, blank
from waterstats.scoring.plans import Plan
from waterstats.scoring.scorer import join, score_batch
from waterstats.standards.records import nearest

BATCH = 1 << 15
BUFFER = 1 << 16
KEPT = "enterprise"
KINDS = {"answers": pa.uint8(), "values": pa.float64(), "made": pa.bool_(), "absent": pa.bool_()}
EMPTY = {"answers": 0, "values": float("nan"), "made": False, "absent": False}


def score_parquet(
    standard: str | Path,
    folder: Path,
    settled: Mapping[str, str] | None = None,
    threads: int = 2,
) -> Iterator[tuple[str, Outcome]]:
    """Industries and outcomes, a part (row group) at a time, in the order of the rows.

    Raises ValueError, before the first part, for a folder without such files, a file that is of no
    industry, or a column that does not belong.
    """
    known = {industry or plan.standard.id: plan for industry, plan in plans(standard).items()}
    parts: list[tuple[Plan, Path, int]] = []
    paths = sorted(folder.glob("*.parquet"))
    if not paths:
        raise ValueError(f"{folder}: no INDUSTRY.parquet in it")
    for path in paths:
        if path.stem not in known:
            raise ValueError(f"{path.name}: no industry {path.stem!r}{nearest(path.stem, known)}")
        with pq.ParquetFile(path) as file:
            check(known[path.stem], file.schema_arrow, path.name)
            parts += [(known[path.stem], path, i) for i in range(file.num_row_groups)]
    with ThreadPoolExecutor(threads) as pool:
        ahead: deque[tuple[str, Future[Outcome]]] = deque()
        for part in parts:
            ahead.append((part[0].industry, pool.submit(score_part, *part, settled)))
            if len(ahead) > threads:
                industry, outcome = ahead.popleft()
                yield industry, outcome.result()
        for industry, outcome in ahead:
            yield industry, outcome.result()


def score_part(plan: Plan, path: Path, part: int, settled: Mapping[str, str] | None) -> Outcome:
    """Score one row group of a file; read piecemeal, because it may be of any size."""
    columns = [name for names in column_names(plan).values() for name in names]
    with pq.ParquetFile(path, buffer_size=BUFFER, pre_buffer=False) as file:
        records = file.iter_batches(BATCH, [part], columns, use_threads=False)
        outcomes = [score_batch(plan, batch_of(plan, record), settled) for record in records]
    return join(outcomes or [score_batch(plan, blank(plan, 0), settled)])


def batch_of(plan: Plan, record: pa.RecordBatch) -> Batch:
    """Columns of Arrow as the arrays of a batch; null and missing columns stay blank."""
    batch = blank(plan, record.num_rows)
    for part, names in column_names(plan).items():
        rows = getattr(batch, part)
        for row, name in zip(rows, names, strict=True):
            position = record.schema.get_field_index(name)
            if position < 0:
                continue
            column = record.column(position)
            if column.null_count:
                column = column.fill_null(EMPTY[part])
            row[:] = column.to_numpy(zero_copy_only=False)
    return batch


def table_of(plan: Plan, batch: Batch) -> pa.Table:
    """A batch as a table to write; the inverse of batch_of."""
    columns = {
        name: pa.array(row, KINDS[part])
        for part, names in column_names(plan).items()
        for name, row in zip(names, getattr(batch, part), strict=True)
    }
    return pa.table(columns)


def column_names(plan: Plan) -> dict[str, list[str]]:
    """The columns of an industry's file, by part of the batch."""
    return {
        "answers": [clause.id for clause in plan.asked],
        "values": [f"{i.measure}.{i.variant}".rstrip(".") for i in plan.inputs],
        "made": [f"made.{v.id}" for v in plan.variants[: plan.declared]],
        "absent": [f"absent.{measure}" for measure in plan.absences],
    }


def check(plan: Plan, schema: pa.Schema, file: str) -> None:
    """A misspelt column must not pass as unanswered."""
    kinds = {name: KINDS[part] for part, names in column_names(plan).items() for name in names}
    seen: set[str] = set()
    for column in schema:
        name = column.name
        if name in seen:
            raise ValueError(f"{file}: column {name!r} stands there twice")
        seen.add(name)
        if name == KEPT:
            continue
        if name not in kinds:
            raise ValueError(f"{file}: unknown column {name!r}{nearest(name, kinds)}")
        if column.type != kinds[name]:
            raise ValueError(f"{file}: column {name!r} is {column.type}, expected {kinds[name]}")
