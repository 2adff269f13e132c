"""One look for all charts: legible on light and dark, safe for colour-blind readers."""

import plotly.graph_objects as go
from plotly.colors import sample_colorscale

ACCENT = "#2a7ab9"
ACCENT_SCALE = ["#c6dff1", "#6aaed6", "#2a7ab9", "#123f6b"]
MUTED = "#8a97a6"
EMPTY = "rgba(128,140,155,0.16)"
GRID = "rgba(128,140,155,0.25)"
LEVELS = {"core": "#6b7c93", "gold": "#dca11d", "platinum": "#1a9c96"}
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


def shade(value: float, highest: float) -> tuple[str, str]:
    """Tile colour for a value from 0 to `highest`, and the text colour legible on it.

    The scale follows the square root, so that small counts remain distinguishable.
    """
    place = (value / highest) ** 0.5 if highest else 0.0
    colour = sample_colorscale(ACCENT_SCALE, min(1.0, place))[0]
    red, green, blue = (int(float(part)) for part in colour[4:-1].split(","))
    bright = 0.2126 * red + 0.7152 * green + 0.0722 * blue > 140
    return colour, "#10202e" if bright else "#ffffff"
