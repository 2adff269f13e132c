"""Who imports whom: the arrows of the architecture, read from the imports themselves."""

import ast
from pathlib import Path

import pytest

from waterstats.datafiles import ROOT

FILES = [
    path.relative_to(ROOT)
    for folder in ("waterstats", "pages")
    for path in sorted((ROOT / folder).rglob("*.py"))
] + [Path("dashboard.py")]


def imports(path):
    """Full names of everything a file imports."""
    names = set()
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def importers(package):
    return {
        path.as_posix()
        for path in FILES
        if any(name == package or name.startswith(package + ".") for name in imports(path))
    }


def test_duckdb_is_imported_by_the_store_alone():
    assert importers("duckdb") == {"waterstats/store.py"}


def test_streamlit_stays_in_the_front_door_the_pages_and_the_widgets():
    allowed = ("dashboard.py", "pages/", "waterstats/widgets/")
    assert [path for path in importers("streamlit") if not path.startswith(allowed)] == []


def test_plotly_is_imported_by_charts_and_their_one_caller():
    allowed = ("waterstats/charts/", "waterstats/widgets/blocks.py")
    assert [path for path in importers("plotly") if not path.startswith(allowed)] == []


def test_plotly_express_is_not_used():
    assert importers("plotly.express") == set()


@pytest.mark.parametrize(
    ("layer", "may_not_import"),
    [
        ("waterstats/analyses/", ("waterstats.charts", "waterstats.widgets", "waterstats.store")),
        ("waterstats/charts/", ("waterstats.analyses", "waterstats.widgets", "waterstats.store")),
        ("pages/", ("waterstats.store", "duckdb", "plotly", "waterstats.charts.style")),
        ("waterstats/language.py", ("waterstats.",)),
        ("waterstats/store.py", ("waterstats.analyses", "waterstats.charts", "waterstats.widgets")),
    ],
)
def test_arrows_point_one_way(layer, may_not_import):
    wrong = {
        f"{path} imports {name}"
        for path in FILES
        if path.as_posix().startswith(layer)
        for name in imports(path)
        if name.startswith(may_not_import)
    }
    assert wrong == set()


def test_sql_stands_in_the_schema_and_the_store_only():
    keywords = ("select ", "insert into", "create table", "create view")
    with_sql = {
        path.as_posix()
        for path in FILES
        for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node.value.strip().lower().startswith(keywords)
        and " from " in node.value.lower()
    }
    assert with_sql <= {"waterstats/store.py"}


def test_pages_are_short_and_modules_stay_readable():
    long = {
        path.as_posix(): lines
        for path in FILES
        if (lines := len((ROOT / path).read_text(encoding="utf-8").splitlines()))
        > (80 if path.parts[0] == "pages" else 270)
    }
    assert long == {}
