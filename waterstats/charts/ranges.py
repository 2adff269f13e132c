"""Ranges: from the least to the greatest possible number, one line each; a dot where they meet."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from waterstats.charts.style import ACCENT, GRID, captions, frame, wrap

ROW, ROW_ABOVE = 40, 52


def range_lines(
    rows: pd.DataFrame, colours: Sequence[str] = (), above: bool = False, zero: bool = True
) -> go.Figure:
    """Horizontal lines from low to high, the first row on top, their words at the right edge.

    Parameters
    ----------
    rows : label, low, high, text; one row a line
    colours : one for each row; none means all in the accent colour
    above : label and words stand above each line, which leaves a narrow chart its width
    zero : whether the axis starts at zero
    """
    colours = list(colours) or [ACCENT] * len(rows)
    lines = list(range(len(rows)))
    highest = float(rows["high"].max()) or 1.0
    least = 0.0 if zero else float(rows["low"].min())
    span = (highest - least) or 1.0
    figure = go.Figure()
    figure.add_scatter(  # the ground each line moves on
        x=[x for _ in lines for x in (least, highest, None)],
        y=[y for line in lines for y in (line, line, None)],
        mode="lines",
        line={"color": GRID, "width": 2},
        hoverinfo="skip",
    )
    figure.add_bar(
        base=rows["low"],
        x=rows["high"] - rows["low"],
        y=lines,
        orientation="h",
        width=0.24,
        marker={"color": colours},
        hoverinfo="skip",
    )
    for column in ("low", "high"):
        figure.add_scatter(
            x=rows[column],
            y=lines,
            mode="markers",
            marker={"color": colours, "size": 13},
            cliponaxis=False,
            customdata=rows[["label", "text"]],
            hovertemplate="%{customdata[0]}: %{customdata[1]}<extra></extra>",
        )
    words = [f"<b>{text}</b>" for text in rows["text"]]
    if above:
        words = [f"{name}: {text}" for name, text in zip(rows["label"], words, strict=True)]
    captions(figure, words, 0.42 if above else 0, x=least if above else highest + 0.03 * span)
    frame(figure, (ROW_ABOVE if above else ROW) * len(rows) + 20)
    room = 0.05 if above else 0.1 + 0.02 * max(map(len, rows["text"]), default=0)
    figure.update_xaxes(visible=False, range=[least - 0.03 * span, highest + room * span])
    return figure.update_yaxes(
        tickvals=lines,
        ticktext=[wrap(label, 22) for label in rows["label"]],
        showticklabels=not above,
        range=[len(rows) - 0.6, -0.8 if above else -0.5],
        showgrid=False,
        automargin=True,
        ticks="",
    )
