"""A grid of counts: who does how much of what."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from waterstats.charts.style import EMPTY, FONT, SCALE, depth, frame, shade, wrap

ROW = 30
HEAD = 52
LEAST = 170


def counts_grid(
    rows: pd.DataFrame, row: str, column: str, value: str, columns: Mapping[str, str], unit: str
) -> go.Figure:
    """A cell for each row and column, darker for more, with its number; grey where there is none.

    Parameters
    ----------
    rows : one row a cell that is not empty; rows of the grid stand in order of appearance
    row, column, value : columns with the row's name, the column's code and the number
    columns : column code to its name, from the left
    unit : written after the number when a cell is pointed at
    """
    lines, codes = list(dict.fromkeys(rows[row])), list(columns)
    known = {(r, c): v for r, c, v in rows[[row, column, value]].itertuples(index=False)}
    highest = float(rows[value].max()) if len(rows) else 1.0
    depths = [
        [depth(known[line, code], highest) if (line, code) in known else None for code in codes]
        for line in lines
    ]
    across, down = list(range(len(codes))), list(range(len(lines)))
    figure = go.Figure(
        go.Heatmap(
            z=[[None if d is not None else 0 for d in line] for line in depths],
            colorscale=[[0, EMPTY], [1, EMPTY]],
            **_cells(across, down),
        )
    )
    figure.add_heatmap(z=depths, zmin=0, zmax=1, colorscale=SCALE, **_cells(across, down))
    cells = [(line, code) for line in lines for code in codes if (line, code) in known]
    figure.add_scatter(
        x=[codes.index(code) for _, code in cells],
        y=[lines.index(line) for line, _ in cells],
        mode="text",
        text=[f"{known[cell]:.0f}" for cell in cells],
        textfont={"color": [shade(known[cell], highest)[1] for cell in cells], "size": FONT},
        customdata=[[line, columns[code]] for line, code in cells],
        hovertemplate="%{customdata[0]} · %{customdata[1]}: %{text} " + unit + "<extra></extra>",
    )
    frame(figure, max(LEAST, ROW * len(lines) + HEAD), uniformtext=None)
    names = [wrap(name, 12) for name in columns.values()]
    figure.update_xaxes(
        side="top",
        tickvals=across,
        ticktext=names,
        showgrid=False,
        range=[-0.5, len(codes) - 0.5],
        automargin=True,
    )
    return figure.update_yaxes(
        tickvals=down,
        ticktext=[wrap(line, 18) for line in lines],
        range=[len(lines) - 0.5, -0.5],
        showgrid=False,
        automargin=True,
    )


def _cells(across: list[int], down: list[int]) -> dict:
    return {
        "x": across,
        "y": down,
        "showscale": False,
        "xgap": 3,
        "ygap": 3,
        "hoverinfo": "skip",
        "hoverongaps": False,
    }
