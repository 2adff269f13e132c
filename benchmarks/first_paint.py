"""First content in a browser with a warm server: each page against the empty page."""

import shutil
import statistics
import time

from playwright.sync_api import sync_playwright

from benchmarks.reruns import PAGES
from benchmarks.servers import serving

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def _seconds(browser, address: str, times: int = 3) -> float:
    """Median seconds until the title of a page stands in a new browser context."""
    seconds = []
    for _ in range(times):
        context = browser.new_context()
        page = context.new_page()
        start = time.perf_counter()
        page.goto(address)
        page.wait_for_selector("h1")
        seconds.append(time.perf_counter() - start)
        context.close()
    return statistics.median(seconds)


def run() -> None:
    """Print the first content of every page as a ratio to the empty page."""
    chromium = shutil.which("chromium")
    if not chromium:
        print("first paint: skipped, no Chromium on this machine")
        return
    with (
        serving("dashboard.py") as (port, _),
        serving("benchmarks/empty.py") as (empty, _),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        base = _seconds(browser, f"http://127.0.0.1:{empty}/")
        for page in PAGES:
            own = _seconds(browser, f"http://127.0.0.1:{port}/{page}?lang=en")
            print(f"first content /{page}: {own / base:.2f} x empty ({own:.2f} / {base:.2f} s)")
        browser.close()
