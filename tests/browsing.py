"""A real browser on a real server: what the browser tests share."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
from playwright.sync_api import expect

from waterstats.datafiles import ROOT
from waterstats.language import LANGUAGES, message

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*/*.py"))
CONTEXTS = {}
expect.set_options(timeout=20_000)
ADDRESS = {name: f"/{name}" for name in PAGES} | {"overview": "/"}


def require_chromium():
    """Skip where there is no browser, and say so; in CI its absence is a failure."""
    if not CHROMIUM and os.environ.get("CI"):
        pytest.fail("no Chromium found: .ci/run installs it", pytrace=False)
    if not CHROMIUM:
        pytest.skip("no Chromium found on this machine")


@contextlib.contextmanager
def serving(folder):
    """A fresh dashboard server on a free loopback port, stopped by its own process id."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    options = ["--server.headless=true", "--server.address=127.0.0.1", f"--server.port={port}"]
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "dashboard.py", *options],
            cwd=ROOT,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        for _ in range(200):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{address}/_stcore/health", timeout=1)
                break
            time.sleep(0.1)
        else:
            pytest.fail((folder / "server.log").read_text())
        yield address
    finally:
        server.terminate()
        server.wait(20)


@contextlib.contextmanager
def visiting(browser, address, **options):
    """A page that must make no request elsewhere and print no error.

    Visitors with the same settings share a browser's cache, as returning visitors do: reading
    Streamlit's scripts anew for every test would take most of the time.
    """
    settings = {"viewport": {"width": 1300, "height": 1000}, "locale": "zh-CN"} | options
    known = CONTEXTS.setdefault(browser, {})
    key = (address, repr(sorted(settings.items())))
    if key not in known:
        known[key] = browser.new_context(
            base_url=address, reduced_motion="reduce", accept_downloads=True, **settings
        )
    page = known[key].new_page()
    page.set_default_timeout(30_000)
    elsewhere, errors = [], []
    local = (address, address.replace("http", "ws"), "data:", "blob:")
    page.on("request", lambda r: r.url.startswith(local) or elsewhere.append(r.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda m: m.type == "error" and errors.append(f"{m.text} {m.location}"))
    yield page
    page.close()
    assert elsewhere == []
    # A deep link first looks for the server below its own path; Streamlit then finds it.
    assert [e for e in errors if "_stcore/" not in e] == []


def settled(page):
    """Wait until the script has run and every chart of the page is drawn."""
    expect(page.get_by_test_id("stApp")).to_have_attribute(
        "data-test-script-state", "notRunning", timeout=30_000
    )
    expect(page.locator('[data-stale="true"]')).to_have_count(0, timeout=30_000)
    page.wait_for_function(
        "() => [...document.querySelectorAll('[data-testid=stPlotlyChart]')]"
        ".every(chart => chart.querySelector('.main-svg'))"
    )


def opened(page, path, title):
    page.goto(path)
    expect(page.locator("h1")).to_have_text(title, timeout=30_000)
    settled(page)
    for lang in LANGUAGES:
        expect(page.get_by_text(message("error.unexpected_title", lang))).to_have_count(0)


def metric(page, label):
    card = page.get_by_test_id("stMetric").filter(has=page.get_by_text(label, exact=True))
    return card.get_by_test_id("stMetricValue")
