"""The growth curve: published totals over time, exact, approximate and implied."""

import itertools

import pandas as pd
import plotly.graph_objects as go

from waterstats.charts.style import ACCENT, FONT, MUTED, frame

GAP = pd.Timedelta(days=731)


def growth_curve(points: pd.DataFrame, implied: pd.DataFrame, names: dict[str, str]) -> go.Figure:
    """Lines of certified sites over time, one a place, with a dot for every published number.

    Parameters
    ----------
    points : place, when [date], value [sites], exact [bool], text, hover; in order of time
    implied : place, when [date], low, high [sites], hover: numbers that follow from a printed
        growth, drawn hollow with their range
    names : place code to the name written at the end of its line; the first in accent
    """
    figure = go.Figure()
    for place, name in names.items():
        colour = ACCENT if place == next(iter(names)) else MUTED
        own, follows = points[points["place"] == place], implied[implied["place"] == place]
        figure.add_traces(_line(own, follows, colour))
        figure.add_scatter(
            x=own["when"],
            y=own["value"],
            mode="markers+text",
            name=name,
            marker={
                "size": 9,
                "color": [colour if exact else "rgba(0,0,0,0)" for exact in own["exact"]],
                "line": {"color": colour, "width": 2},
            },
            text=own["text"],
            textposition="top center",
            textfont={"size": FONT - 1},
            customdata=own[["hover"]],
            hovertemplate="%{customdata[0]}<extra></extra>",
            cliponaxis=False,
        )
        figure.add_scatter(
            x=follows["when"],
            y=(follows["low"] + follows["high"]) / 2,
            mode="markers",
            marker={"symbol": "diamond-open", "size": 10, "color": colour, "line": {"width": 2}},
            customdata=follows[["hover"]],
            hovertemplate="%{customdata[0]}<extra></extra>",
        )
        for last in own.tail(1).itertuples():
            figure.add_annotation(
                x=last.when,
                y=last.value,
                text=f"<b>{name}</b>",
                xanchor="left",
                xshift=10,
                showarrow=False,
                font={"color": colour, "size": FONT + 1},
            )
    frame(figure, 380, margin={"r": 70, "t": 24, "b": 8, "l": 8})
    figure.update_xaxes(showgrid=False)
    return figure.update_yaxes(rangemode="tozero", nticks=6)


def _line(points: pd.DataFrame, implied: pd.DataFrame, colour: str) -> list[go.Scatter]:
    """The line through all dots of a place, dotted where more than two years have no number."""
    middle = implied.assign(value=(implied["low"] + implied["high"]) / 2)
    dots = pd.concat([points[["when", "value"]], middle[["when", "value"]]]).sort_values("when")
    lines = []
    for dash, long_gap in (("solid", False), ("dot", True)):
        xs, ys = [], []
        for before, after in itertools.pairwise(dots.itertuples()):
            if (after.when - before.when > GAP) == long_gap:
                xs += [before.when, after.when, None]
                ys += [before.value, after.value, None]
        style = {"color": colour, "width": 2.5, "dash": dash}
        lines.append(go.Scatter(x=xs, y=ys, mode="lines", line=style, hoverinfo="skip"))
    return lines
