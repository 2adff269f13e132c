"""Dots with whiskers: values and the range that chance alone would give them."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from waterstats.charts.style import ACCENT, MUTED, captions, frame

ROW = 56


def dots(
    rows: pd.DataFrame,
    label: str,
    value: str,
    low: str,
    high: str,
    text: str,
    scale: tuple[float, float],
    unit: str,
    colours: Mapping[str, str] | None = None,
) -> go.Figure:
    """One line a row: a dot, its interval, its name above and its words at the end.

    Parameters
    ----------
    rows : one row a line, the first on top
    label, value, low, high, text : columns with the name, the dot, the ends of the whisker (in
        the units of the axis; missing draws none) and the words beside it
    scale : the ends of the axis; where it holds zero, zero is marked
    unit : written after the numbers of the axis
    colours : label to the colour of its dot, ACCENT without one
    """
    lines = list(range(len(rows)))
    fills = [(colours or {}).get(name, ACCENT) for name in rows[label]]
    figure = go.Figure()
    crossed = scale[0] < 0 < scale[1]
    margin = crossed and -scale[0] < 0.3 * (scale[1] - scale[0])  # names keep off the zero line
    words = [f"{name}  <b>{said}</b>" for name, said in zip(rows[label], rows[text], strict=True)]
    captions(figure, words, 0.36, x=0.008 * scale[1] if margin else scale[0])
    figure.add_scatter(
        x=rows[value],
        y=lines,
        mode="markers",
        marker={"color": fills, "size": 13},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": (rows[high] - rows[value]).fillna(0),
            "arrayminus": (rows[value] - rows[low]).fillna(0),
            "color": MUTED,
            "thickness": 2.5,
            "width": 7,
        },
        customdata=rows[[label, text]],
        hovertemplate="%{customdata[0]}: %{customdata[1]}<extra></extra>",
    )
    frame(figure, ROW * len(rows) + 44)
    figure.update_xaxes(
        range=list(scale),
        ticksuffix=unit,
        nticks=6,
        zeroline=crossed,
        zerolinecolor=MUTED,
        zerolinewidth=1.5,
    )
    return figure.update_yaxes(
        range=[len(rows) - 0.5, -0.75], tickvals=lines, showticklabels=False, ticks=""
    )
