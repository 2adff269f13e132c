"""Simulated registries: the published shares, any size, the same again, and marked throughout."""

import io

import numpy as np
import pandas as pd
import pytest
from registries import read
from scipy import stats

from waterstats import store
from waterstats.command import main
from waterstats.registries.simulate import simulate, to_csv, to_parquet
from waterstats.registries.vocabulary import vocabulary

NUMBER = 20_000


@pytest.fixture(scope="module")
def tables(connection):
    names = ("place", "industry", "level", "holder", "site_described")
    return {name: store.read(connection, name) for name in names}


@pytest.fixture(scope="module")
def words(tables):
    return vocabulary(*(tables[n] for n in ("place", "industry", "level", "holder")))


def made(tables, number, seed):
    return simulate(tables["site_described"], tables["industry"], number, seed, "2026-06-08")


@pytest.fixture(scope="module")
def registry(tables, words):
    return read(to_parquet(made(tables, NUMBER, 7)), words, "simulated.parquet")


def test_every_row_can_be_read_and_is_marked(registry, tables):
    frame = made(tables, 50, 1)
    assert (registry.rows, registry.left_out, registry.problems) == (NUMBER, 0, [])
    assert registry.simulated
    assert registry.sites["registration_no"].str.startswith("SIM-").all()
    for column in ("account_name", "certificate_name", "holder"):
        assert registry.sites[column].str.startswith("Simulated ").all()
    assert frame["Source"].astype(str).str.startswith("Simulated by waterstats").all()
    assert str(registry.as_of) == "2026-06-08"


def test_no_real_name_or_number_is_in_it(registry, tables):
    real = tables["site_described"]
    for column in ("registration_no", "account_name", "certificate_name", "holder"):
        assert not set(registry.sites[column]) & set(real[column])


@pytest.mark.parametrize(
    "columns",
    [["country", "level"], ["country"], ["level"], ["sector"], ["certificate_type"], ["continent"]],
)
def test_margins_follow_the_published_ones(registry, tables, columns):
    """Chi-square against the published shares; a wrong share of a few per cent would fail."""
    published = tables["site_described"].groupby(columns).size()
    counted = registry.sites.groupby(columns, observed=True).size()
    assert set(counted.index) <= set(published.index)
    counted = counted.reindex(published.index, fill_value=0)
    expected = NUMBER * published / published.sum()
    assert stats.chisquare(counted, expected).pvalue > 1e-4


def test_a_wrong_margin_would_be_noticed(registry, tables):
    shares = tables["site_described"]["level"].value_counts(normalize=True).sort_index()
    counted = registry.sites["level"].value_counts().sort_index()
    wrong = NUMBER * (shares + np.array([0.03, -0.03, 0.0]))
    assert stats.chisquare(counted, wrong).pvalue < 1e-4


def test_provinces_and_dates_follow_too(registry, tables):
    real = tables["site_described"]
    shares = real["province"].value_counts(normalize=True)
    ours = registry.sites["province"].value_counts(normalize=True).reindex(shares.index)
    assert (ours - shares).abs().max() < 0.05
    assert registry.sites.loc[registry.sites["country"] == "CHN", "province"].notna().all()
    assert (registry.sites["date_issued"] <= "2026-06-08").all()
    assert (registry.sites["valid_until"] >= "2026-06-08").all()
    gap = registry.sites["date_issued"].mean() - real["date_issued"].mean()
    assert abs(gap.days) < 15


def test_the_same_seed_makes_the_same_registry_and_another_does_not(tables):
    assert to_csv(made(tables, 300, 5)) == to_csv(made(tables, 300, 5))
    assert to_csv(made(tables, 300, 5)) != to_csv(made(tables, 300, 6))


def test_csv_and_parquet_say_the_same(tables, words):
    frame = made(tables, 500, 2)
    both = [read(w(frame), words, n) for w, n in ((to_csv, "a.csv"), (to_parquet, "a.parquet"))]
    pd.testing.assert_frame_equal(both[0].sites, both[1].sites)


def test_the_parquet_file_itself_is_marked(tables):
    import pyarrow.parquet as pq

    file = pq.ParquetFile(io.BytesIO(to_parquet(made(tables, 5, 1))))
    assert file.schema_arrow.metadata[b"source"].startswith(b"Simulated by waterstats")


def test_a_large_registry_keeps_codes_as_categories_and_counts_the_same(tables, monkeypatch):
    from waterstats.analyses.distribution import counts, within
    from waterstats.registries import described

    content = to_parquet(made(tables, 2000, 3))
    words = vocabulary(*(tables[n] for n in ("place", "industry", "level", "holder")))
    plain = read(content, words, "a.parquet").sites
    monkeypatch.setattr(described, "LARGE", 1999)
    large = read(content, words, "a.parquet").sites
    assert isinstance(large["country"].dtype, pd.CategoricalDtype)
    for by in ("country", "level", "sector"):
        pd.testing.assert_frame_equal(counts(large, [by]), counts(plain, [by]))
    pd.testing.assert_frame_equal(
        within(large, ["side"], ["level"]), within(plain, ["side"], ["level"])
    )


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_the_command_writes_what_the_page_reads(tmp_path, words, suffix, capsys):
    out = tmp_path / f"simulated.{suffix}"
    assert main(["simulate", "--sites", "120", "--seed", "3", "--out", str(out)]) == 0
    registry = read(out.read_bytes(), words, out.name)
    assert (len(registry.sites), registry.simulated) == (120, True)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--sites", "10", "--out", "x.txt"], "expected a name in .csv or .parquet"),
        (["--sites", "0", "--out", "x.csv"], "expected at least 1"),
    ],
)
def test_what_cannot_be_simulated_is_said(arguments, told, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["simulate", *arguments]) == 1
    assert told in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
