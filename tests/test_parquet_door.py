"""Coded Parquet: scored in parts it says what the arrays say, and refuses what does not belong."""

from dataclasses import fields

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from enterprises import random_batch

from waterstats.scoring import parquetdoor
from waterstats.scoring.compiled import plans
from waterstats.scoring.outcomes import Batch, blank
from waterstats.scoring.parquetdoor import batch_of, score_parquet, table_of
from waterstats.scoring.scorer import join, score_batch

ID = "shandong_leader_2025"
DEFAULTS = plans(ID)["steel"].standard.defaults


def write(folder, industry, table, **options):
    pq.write_table(table, folder / f"{industry}.parquet", **options)


def scored(folder, industry, **options):
    parts = [outcome for i, outcome in score_parquet(ID, folder, **options) if i == industry]
    return join(parts)


@pytest.mark.parametrize(
    ("threads", "settled"), [(1, DEFAULTS), (2, {}), (5, {**DEFAULTS, "steel_water": "sum"})]
)
def test_every_industry_scores_as_from_arrays(tmp_path, monkeypatch, threads, settled):
    monkeypatch.setattr(parquetdoor, "BATCH", 40)
    rng = np.random.default_rng(5)
    batches = {i: random_batch(plan, 120, rng) for i, plan in plans(ID).items()}
    for i, batch in batches.items():
        write(tmp_path, i, table_of(plans(ID)[i], batch), row_group_size=70)
    seen = [i for i, _ in score_parquet(ID, tmp_path, settled, threads)]
    assert seen == sorted(seen)
    for i, batch in batches.items():
        direct = score_batch(plans(ID)[i], batch, settled)
        streamed = scored(tmp_path, i, settled=settled, threads=threads)
        for f in fields(direct):
            assert np.array_equal(getattr(direct, f.name), getattr(streamed, f.name)), (i, f.name)


def test_null_and_missing_columns_are_blank(tmp_path):
    plan = plans(ID)["steel"]
    table = pa.table(
        {
            "enterprise": ["甲", "乙"],
            "veto_1": pa.array([1, None], pa.uint8()),
            "reuse_rate": pa.array([None, 98.0], pa.float64()),
            "absent.direct_cooling_rate": pa.array([None, True], pa.bool_()),
        }
    )
    expected = blank(plan, 2)
    expected.answers[0, 0] = 1
    expected.values[plan.input("reuse_rate"), 1] = 98
    expected.absent[plan.absences.index("direct_cooling_rate"), 1] = True
    write(tmp_path, "steel", table)
    with pq.ParquetFile(tmp_path / "steel.parquet") as file:
        batch = batch_of(plan, next(file.iter_batches()))
    for f in fields(Batch):
        assert np.array_equal(
            getattr(batch, f.name), getattr(expected, f.name), equal_nan=f.name == "values"
        )
    assert np.array_equal(scored(tmp_path, "steel").verdict, score_batch(plan, expected).verdict)


def test_a_file_without_rows_is_no_error(tmp_path):
    table = table_of(plans(ID)["paper"], blank(plans(ID)["paper"], 0))
    write(tmp_path, "paper", table)
    assert sum(len(o.verdict) for _, o in score_parquet(ID, tmp_path)) == 0


@pytest.mark.parametrize(
    ("industry", "columns", "said"),
    [
        ("stele", {"veto_1": pa.array([1], pa.uint8())}, "stele.parquet: no industry 'stele'"),
        ("steel", {"veto_01": pa.array([1], pa.uint8())}, "unknown column 'veto_01'"),
        ("steel", {"made.paper": pa.array([True])}, "unknown column 'made.paper'"),
        ("steel", {"veto_1": pa.array(["yes"])}, "'veto_1' is string, expected uint8"),
        ("steel", {"reuse_rate": pa.array([98])}, "'reuse_rate' is int64, expected double"),
    ],
)
def test_what_does_not_belong_is_refused(tmp_path, industry, columns, said):
    write(tmp_path, industry, pa.table(columns))
    with pytest.raises(ValueError, match=said):
        list(score_parquet(ID, tmp_path))


def test_a_column_twice_is_refused(tmp_path):
    codes = pa.array([1], pa.uint8())
    write(tmp_path, "steel", pa.Table.from_arrays([codes, codes], ["veto_1", "veto_1"]))
    with pytest.raises(ValueError, match="stands there twice"):
        list(score_parquet(ID, tmp_path))


def test_a_damaged_file_is_refused(tmp_path):
    (tmp_path / "steel.parquet").write_bytes(b"PAR1 and nothing more")
    with pytest.raises(ValueError, match="Parquet"):
        list(score_parquet(ID, tmp_path))


def test_a_folder_without_files_is_refused(tmp_path):
    with pytest.raises(ValueError, match="no INDUSTRY"):
        list(score_parquet(ID, tmp_path / "nowhere"))
