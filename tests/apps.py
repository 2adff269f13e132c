"""The dashboard's pages through Streamlit's test harness, for the tests of all of them."""

import json

from streamlit.testing.v1 import AppTest

from waterstats.datafiles import ROOT
from waterstats.widgets.whatif.scenario import encode

SHELL = str(ROOT / "pages" / "shell.py")
PAGES = {p.stem: f"{p.parent.name}/{p.name}" for p in (ROOT / "pages").glob("*/*.py")}
SPOKEN = ("title", "header", "subheader", "markdown", "caption")
SPOKEN += ("info", "success", "warning", "error")


def opened(name, lang="en", scenario=None, **parameters):
    """A page with what its address asks for; `scenario` goes into the link."""
    if scenario is not None:
        parameters["s"] = encode(scenario)
    asked = {"lang": lang, **parameters}
    app = AppTest.from_file(SHELL, default_timeout=60)
    for visited in dict.fromkeys(("overview", name)):  # the harness begins at the first page
        if visited != "overview":
            app.switch_page(PAGES[visited])
        for key, value in asked.items():
            app.query_params[key] = value
        app.run()
    assert not app.exception
    return app


def words(app):
    """Everything a page says outside tables and charts."""
    return " ".join(str(e.value) for kind in SPOKEN for e in app.get(kind))


def metrics(app):
    return {metric.label: metric.value for metric in app.metric}


def charts(app):
    return [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]
