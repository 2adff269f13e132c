"""What the tests share: one database built from the real data folder."""

import pytest

from waterstats import store


@pytest.fixture(scope="session")
def database(tmp_path_factory):
    """The database file built from data/."""
    return store.build(database=tmp_path_factory.mktemp("build") / "waterstats.duckdb")


@pytest.fixture(scope="session")
def connection(database):
    """A read-only connection to it."""
    with store.connect(database) as opened:
        yield opened
