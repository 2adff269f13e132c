"""Charts draw the numbers they are given, label them, and leave the missing grey."""

import pandas as pd
import pytest

from waterstats.charts import style
from waterstats.charts.bars import columns, dumbbells, parts, ranked
from waterstats.charts.curve import growth_curve
from waterstats.charts.tiles import tile_grid

LEVELS = {"core": "Core", "gold": "Gold", "platinum": "Platinum"}


def test_ranked_bars_carry_code_length_and_words():
    rows = pd.DataFrame(
        {"k": ["CHN", "MEX"], "n": ["China", "Mexico"], "v": [78, 27], "t": ["78", "27"]}
    )
    bar = ranked(rows, "k", "n", "v", "t", emphasis=["CHN"]).data[0]
    assert list(bar.x) == [78, 27]
    assert [code for (code,) in bar.customdata] == ["CHN", "MEX"]
    assert list(bar.text) == ["78", "27"]
    assert list(bar.marker.color) == [style.ACCENT, style.MUTED]


def test_parts_stack_in_the_order_of_the_levels_and_absent_ones_have_no_width():
    rows = pd.DataFrame(
        {
            "g": ["China", "China", "Rest"],
            "p": ["gold", "core", "core"],
            "s": [50, 50, 100],
            "t": "x",
        }
    )
    figure = parts(rows, "g", "p", "s", "t", LEVELS)
    assert [trace.name for trace in figure.data] == ["Core", "Gold", "Platinum"]
    gold = figure.data[1]
    assert list(gold.x) == [50, 0]


def test_columns_keep_the_place_of_empty_quarters():
    rows = pd.DataFrame({"q": ["Q1", "Q3"], "l": ["core", "gold"], "n": [2, 3]})
    figure = columns(rows, "q", "l", "n", LEVELS, {"Q1": "1", "Q2": "2", "Q3": "3"})
    assert list(figure.data[0].x) == ["Q1", "Q2", "Q3"]
    assert list(figure.data[-1].text) == ["2", "", "3"]


def test_dumbbells_draw_no_dot_for_what_is_not_published():
    rows = pd.DataFrame({"n": ["ICT", "Farms"], "a": [61.0, None], "b": [6.0, 10.0]})
    figure = dumbbells(rows, "n", "a", "b", "%")
    dots = [trace for trace in figure.data if trace.mode == "markers+text"]
    assert list(dots[0].text) == ["61%", ""]
    assert list(dots[1].text) == ["6%", "10%"]


def test_tiles_are_grey_without_a_value_and_never_zero():
    rows = pd.DataFrame(
        {
            "place": ["CHN", "FRA", "TUV"],
            "label": ["CHN", "FRA", "TUV"],
            "name": ["China", "France", "Tuvalu"],
            "value": [78.0, 5.0, None],
            "text": ["78", "5", "none"],
            "tile_row": [0, 0, 1],
            "tile_col": [0, 1, 1],
        }
    )
    figure = tile_grid(rows, "place", "label", "name", "value", "text")
    blank, filled, words = figure.data
    assert blank.z[1][1] == 0 and filled.z[1][1] is None
    assert filled.z[0][0] == 1
    assert 0 < filled.z[0][1] < 1
    assert list(blank.z[0]) == [None, None]
    assert words.customdata[2][0] == "TUV"


def test_curve_marks_approximate_points_hollow():
    points = pd.DataFrame(
        {
            "place": ["WLD", "WLD"],
            "when": pd.to_datetime(["2023-03-22", "2026-06-08"]),
            "value": [250, 411],
            "exact": [False, True],
            "text": ["", "411"],
            "hover": ["a", "b"],
        }
    )
    implied = points.head(0).assign(low=[], high=[])
    figure = growth_curve(points, implied, {"WLD": "World"})
    line = next(trace for trace in figure.data if trace.name == "World")
    assert list(line.marker.color) == ["rgba(0,0,0,0)", style.ACCENT]


def rgb(colour):
    """A #rrggbb colour as rgb()."""
    return "rgb({},{},{})".format(*(int(colour[i : i + 2], 16) for i in (1, 3, 5)))


def test_contrast_of_black_and_white_is_21():
    assert style.contrast("rgb(0,0,0)", "rgb(255,255,255)") == pytest.approx(21)


@pytest.mark.parametrize("level", LEVELS)
def test_words_on_level_colours_are_legible(level):
    assert style.contrast(rgb(style.LEVELS[level]), rgb(style.TEXT_ON[level])) >= 3.0


@pytest.mark.parametrize("colour", [style.ACCENT, style.MUTED, *style.LEVELS.values()])
def test_marks_stand_out_on_light_and_dark(colour):
    assert style.contrast(rgb(colour), rgb("#0f151b")) >= 3.0
    assert style.contrast(rgb(colour), rgb("#ffffff")) >= 2.2


@pytest.mark.parametrize("value", range(1, 79))
def test_numbers_in_tiles_are_legible(value):
    assert style.contrast(*style.shade(value, 78)) >= 4.5
