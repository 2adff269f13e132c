"""Charts of a verdict: points against their gate, values against limits, a swept region, water."""

import pandas as pd
import plotly.graph_objects as go

from waterstats.charts.style import ACCENT, EMPTY, FONT, GRID, MUTED, captions, frame

VERDICTS = {
    "meets": "#2e9e6b",
    "depends": "#8a6fc0",
    "incomplete": "#8a97a6",
    "limit_failed": "#d98324",
    "below_points": "#d98324",
    "not_eligible": "#cf4f4f",
}
STATES = {
    "met": "#2e9e6b",
    "failed": "#cf4f4f",
    "unanswered": "#8a97a6",
    "not_applicable": "#8a97a6",
}


def points(rows: pd.DataFrame) -> go.Figure:
    """Points of each section as a share of all there are: sure (solid), still possible (pale).

    rows: label, low, high, most [points], text; one row a section, the first on top.
    """
    lines = list(range(len(rows)))
    figure = go.Figure()
    for share, fill, opacity in (
        (rows["most"] / rows["most"], EMPTY, 1),
        (rows["high"] / rows["most"], ACCENT, 0.35),
        (rows["low"] / rows["most"], ACCENT, 1),
    ):
        figure.add_bar(
            y=lines,
            x=share,
            width=0.28,
            orientation="h",
            marker={"color": fill, "opacity": opacity},
            hoverinfo="skip",
        )
    words = [f"{a} · <b>{b}</b>" for a, b in zip(rows["label"], rows["text"], strict=True)]
    captions(figure, words, 0.36, size=FONT - 1)
    frame(figure, 42 * len(rows) + 12, barmode="overlay")
    figure.update_xaxes(visible=False, range=[0, 1])
    return figure.update_yaxes(visible=False, range=[len(rows) - 0.75, -0.65])


def spread(points: pd.Series, step: int = 4) -> go.Figure:
    """How many enterprises have how many points, in steps of so many points."""
    bins = (points // step * step).value_counts().sort_index()
    figure = go.Figure(
        go.Bar(
            x=[f"{low:g} … {low + step - 1:g}".replace("-", "−") for low in bins.index],
            y=bins.to_numpy(),
            text=bins.to_numpy(),
            textposition="outside",
            cliponaxis=False,
            marker={"color": ACCENT},
            hovertemplate="%{x}: %{y}<extra></extra>",
        )
    )
    frame(figure, 220, margin={"t": 24})
    figure.update_xaxes(type="category", showgrid=False)
    return figure.update_yaxes(visible=False)


def bullets(rows: pd.DataFrame) -> go.Figure:
    """Each measured value as a share of its limit: on the right side of the line or not.

    rows: label, ratio [value / limit, NaN when unknown], state, text; the line is the limit.
    """
    figure = go.Figure()
    lines = list(range(len(rows)))
    shown = rows["ratio"].clip(upper=2.0)
    figure.add_bar(
        y=lines,
        x=shown,
        orientation="h",
        marker={"color": [STATES[state] for state in rows["state"]]},
        width=0.26,
        customdata=rows[["label", "text"]],
        hovertemplate="%{customdata[0]}: %{customdata[1]}<extra></extra>",
    )
    words = [f"{a}<br><b>{b}</b>" for a, b in zip(rows["label"], rows["text"], strict=True)]
    captions(figure, words, 0.46, size=FONT - 1)
    marks = [(line - 0.2, line + 0.2, None) for line in lines]
    figure.add_scatter(
        x=[1, 1, None] * len(rows),
        y=[end for mark in marks for end in mark],
        mode="lines",
        line={"color": MUTED, "width": 3},
        hoverinfo="skip",
    )
    frame(figure, 66 * len(rows) + 20)
    figure.update_xaxes(visible=False, range=[0, 2.05])
    return figure.update_yaxes(visible=False, range=[len(rows) - 0.7, -0.85])


def region(
    across: list[float],
    down: list[float],
    verdicts: list[list[str]],
    names: dict[str, str],
    here: tuple[float, float],
    titles: tuple[str, str],
) -> go.Figure:
    """The verdict on a grid of two numbers, and where the site stands.

    across, down: the values; verdicts: a row for each of down; names: verdict to its words;
    here: the site's own two numbers; titles: of the axes, with units.
    """
    order = list(VERDICTS)
    scale = []
    for i, verdict in enumerate(order):
        scale += [[i / len(order), VERDICTS[verdict]], [(i + 1) / len(order), VERDICTS[verdict]]]
    figure = go.Figure(
        go.Heatmap(
            x=across,
            y=down,
            z=[[order.index(v) + 0.5 for v in row] for row in verdicts],
            zmin=0,
            zmax=len(order),
            colorscale=scale,
            showscale=False,
            opacity=0.75,
            customdata=[[names[v] for v in row] for row in verdicts],
            hovertemplate="%{x:.4g} · %{y:.4g}: %{customdata}<extra></extra>",
        )
    )
    figure.add_scatter(
        x=[here[0]],
        y=[here[1]],
        mode="markers",
        marker={
            "symbol": "x",
            "size": 14,
            "color": "#ffffff",
            "line": {"color": "#000000", "width": 2},
        },
        hoverinfo="skip",
    )
    frame(figure, 360)
    figure.update_xaxes(title=titles[0], showgrid=False)
    return figure.update_yaxes(title=titles[1], showgrid=False)


def water(labels: list[str], flows: pd.DataFrame) -> go.Figure:
    """The site's water as a Sankey: flows with source, target (positions) and volume [m³]."""
    figure = go.Figure(
        go.Sankey(
            node={"label": labels, "color": ACCENT, "pad": 18, "thickness": 14},
            link={
                "source": flows["source"],
                "target": flows["target"],
                "value": flows["volume"],
                "color": GRID,
            },
            valueformat=",.0f",
            valuesuffix=" m³",
        )
    )
    return frame(figure, 320)
