"""One look for all charts: legible on light and dark, safe for colour-blind readers."""

import textwrap
from collections.abc import Sequence

import plotly.graph_objects as go
from plotly.colors import sample_colorscale

ACCENT = "#2a7ab9"
SCALE = [[0, "#c6dff1"], [1 / 3, "#6aaed6"], [2 / 3, "#2a7ab9"], [1, "#123f6b"]]
MUTED = "#8a97a6"
EMPTY = "rgba(128,140,155,0.16)"
GRID = "rgba(128,140,155,0.25)"
LEVELS = {"core": "#6b7c93", "gold": "#dca11d", "platinum": "#1a9c96"}
CATEGORIES = ("#2a7ab9", "#d98324", "#1a9c96", "#8a6fc0", "#c25b86", "#7f9a3d")
INKS = ("rgb(0,0,0)", "rgb(255,255,255)")
TEXT_ON = {"core": "#ffffff", "gold": "#1b1b1b", "platinum": "#ffffff"}
FONT = 13


def frame(figure: go.Figure, height: int, **layout) -> go.Figure:
    """Give a figure the common margins, fonts and transparent ground. Height in pixels."""
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"size": FONT},
        showlegend=False,
        hoverlabel={"namelength": -1},
        dragmode=False,
        bargap=0.28,
        uniformtext={"minsize": 10, "mode": "hide"},
    )
    figure.update_xaxes(fixedrange=True, gridcolor=GRID, zeroline=False)
    figure.update_yaxes(fixedrange=True, gridcolor=GRID, zeroline=False)
    return figure.update_layout(**layout)


def captions(
    figure: go.Figure, words: Sequence[str], lift: float, x: float = 0, size: int = FONT
) -> go.Figure:
    """Words above the rows of a chart, which stand at 0, 1, ... from the top; `lift` in rows, `x`
    where the words begin."""
    return figure.add_scatter(
        x=[x] * len(words),
        y=[line - lift for line in range(len(words))],
        mode="text",
        text=list(words),
        textposition="middle right",
        textfont={"size": size},
        cliponaxis=False,
        hoverinfo="skip",
    )


def wrap(name: str, width: int = 26) -> str:
    """A long category name broken into lines, so that it leaves room for the chart."""
    return "<br>".join(textwrap.wrap(name, width)) or name


def depth(value: float, highest: float) -> float:
    """Place of a value on the colour scale, 0 to 1: its square root, so small counts differ."""
    return min(1.0, (value / highest) ** 0.5) if highest else 0.0


def shade(value: float, highest: float) -> tuple[str, str]:
    """Tile colour for a value from 0 to `highest`, and the text colour legible on it."""
    colour = sample_colorscale(SCALE, depth(value, highest))[0]
    return colour, max(INKS, key=lambda ink: contrast(colour, ink))


def contrast(one: str, other: str) -> float:
    """Contrast of two rgb() colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [float(part) / 255 for part in colour[4:-1].split(",")]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
