"""Tile grids: each country or province one square; no borders, small places as visible as large."""

from collections.abc import Callable

import pandas as pd
import plotly.graph_objects as go

from waterstats.charts.style import EMPTY, SCALE, depth, frame, shade

BLANK_INK = "#7d8a99"
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
    wide, tall = int(rows["tile_col"].max()) + 1, int(rows["tile_row"].max()) + 1
    known = rows[value].notna()
    highest = float(rows.loc[known, value].max()) if known.any() else 1.0
    inks = [
        shade(v, highest)[1] if ok else BLANK_INK for v, ok in zip(rows[value], known, strict=True)
    ]
    side, size = (SMALL, 10) if wide > 20 else (LARGE, 13)
    figure = go.Figure(
        [
            _squares(rows[~known], wide, tall, lambda _: 0.0, [[0, EMPTY], [1, EMPTY]]),
            _squares(rows[known], wide, tall, lambda row: depth(row[value], highest), SCALE),
        ]
    )
    figure.add_scatter(
        x=rows["tile_col"],
        y=rows["tile_row"],
        mode="markers+text",
        marker={"symbol": "square", "size": side, "color": "rgba(0,0,0,0)"},
        text=rows[label],
        textfont={"color": inks, "size": size},
        customdata=rows[[code, name, text]],
        hovertemplate="%{customdata[1]}: %{customdata[2]}<extra></extra>",
    )
    frame(figure, side * tall + 16, uniformtext=None)
    figure.update_xaxes(visible=False, range=[-0.6, wide - 0.4])
    return figure.update_yaxes(
        visible=False, range=[tall - 0.4, -0.6], scaleanchor="x", scaleratio=1
    )


def _squares(
    rows: pd.DataFrame, wide: int, tall: int, z: Callable[[dict], float], scale: list
) -> go.Heatmap:
    """The tiles of some places as one image: quick to draw, and squares at every width."""
    grid: list[list[float | None]] = [[None] * wide for _ in range(tall)]
    for row in rows.to_dict("records"):
        grid[int(row["tile_row"])][int(row["tile_col"])] = z(row)
    return go.Heatmap(
        z=grid,
        zmin=0,
        zmax=1,
        colorscale=scale,
        showscale=False,
        xgap=2,
        ygap=2,
        hoverinfo="skip",
        hoverongaps=False,
    )
