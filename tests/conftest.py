"""What the tests share: one database built from the real data folder, one browser, one server."""

import pytest
from browsing import ARGUMENTS, CHROMIUM, require_chromium, serving
from playwright.sync_api import sync_playwright

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


@pytest.fixture(scope="session")
def browser():
    """A headless Chromium."""
    require_chromium()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def server(browser, tmp_path_factory):
    """The address of a dashboard that all browser tests visit."""
    with serving(tmp_path_factory.mktemp("server")) as address:
        yield address
