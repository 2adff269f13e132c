"""Tile grids: each country or province one square; no borders, small places as visible as large."""

import pandas as pd
import plotly.graph_objects as go

from waterstats.charts.style import EMPTY, frame, shade

GAP = 0.94
SMALL, LARGE = 26, 48


def tile_grid(
    rows: pd.DataFrame, code: str, label: str, name: str, value: str, text: str
) -> go.Figure:
    """A grid of squares coloured by a value.

    Parameters
    ----------
    rows : one row a place, with tile_row (from the top) and tile_col (from the left)
    code, label, name, value, text : columns with the code (returned by a click), the short name
        in the tile, the full name, the number (missing: a grey tile) and its words
    """
    wide, tall = rows["tile_col"].max() + 1, rows["tile_row"].max() + 1
    known = rows[value].notna()
    highest = float(rows.loc[known, value].max()) if known.any() else 1.0
    fills = [
        shade(v, highest) if ok else (EMPTY, "#7d8a99")
        for v, ok in zip(rows[value], known, strict=True)
    ]
    xs, ys = rows["tile_col"], rows["tile_row"]
    figure = go.Figure()
    for x, y, (colour, _) in zip(xs, ys, fills, strict=True):
        figure.add_shape(
            type="rect",
            x0=x - GAP / 2,
            x1=x + GAP / 2,
            y0=y - GAP / 2,
            y1=y + GAP / 2,
            fillcolor=colour,
            line={"width": 0},
            layer="below",
        )
    figure.add_scatter(
        x=xs,
        y=ys,
        mode="markers+text",
        marker={"symbol": "square", "size": 30, "color": "rgba(0,0,0,0)"},
        text=rows[label],
        textfont={"color": [ink for _, ink in fills]},
        customdata=rows[[code, name, text]],
        hovertemplate="%{customdata[1]}: %{customdata[2]}<extra></extra>",
        unselected={"marker": {"opacity": 1}},
    )
    side, size = (SMALL, 10) if wide > 20 else (LARGE, 13)
    figure.update_traces(textfont_size=size)
    frame(figure, int(side * tall) + 16, uniformtext=None)
    figure.update_xaxes(visible=False, range=[-0.6, wide - 0.4])
    return figure.update_yaxes(
        visible=False, range=[tall - 0.4, -0.6], scaleanchor="x", scaleratio=1
    )
