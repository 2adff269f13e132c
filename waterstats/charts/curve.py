"""The growth curve: published totals over time, exact, approximate and implied."""

import pandas as pd
import plotly.graph_objects as go

from waterstats.charts.style import ACCENT, FONT, MUTED, frame


def growth_curve(
    points: pd.DataFrame, implied: pd.DataFrame, names: dict[str, str], words: dict[str, str]
) -> go.Figure:
    """Lines of certified sites over time, one a place, with a dot for every published number.

    Parameters
    ----------
    points : place, when [date], value [sites], exact [bool], text, hover; in order of time
    implied : place, when [date], low, high [sites], hover: numbers that follow from a printed
        growth, drawn hollow with their range
    names : place code to the name written at the end of its line; the first in accent
    words : "implied" to the words of the hollow dots in the legend
    """
    figure = go.Figure()
    for place, name in names.items():
        colour = ACCENT if place == next(iter(names)) else MUTED
        own = points[points["place"] == place]
        figure.add_scatter(
            x=own["when"],
            y=own["value"],
            mode="lines+markers+text",
            name=name,
            line={"color": colour, "width": 2.5},
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
            showlegend=False,
        )
        if len(own):
            last = own.iloc[-1]
            figure.add_annotation(
                x=last["when"],
                y=last["value"],
                text=f"<b>{name}</b>",
                xanchor="left",
                xshift=10,
                showarrow=False,
                font={"color": colour, "size": FONT + 1},
            )
        follows = implied[implied["place"] == place]
        figure.add_scatter(
            x=follows["when"],
            y=(follows["low"] + follows["high"]) / 2,
            mode="markers",
            marker={"symbol": "diamond-open", "size": 10, "color": colour, "line": {"width": 2}},
            name=words["implied"],
            customdata=follows[["hover"]],
            hovertemplate="%{customdata[0]}<extra></extra>",
            showlegend=place == next(iter(names)),
        )
    frame(figure, 380, showlegend=True, margin={"r": 70, "t": 24, "b": 8, "l": 8})
    figure.update_layout(legend={"x": 0.01, "y": 0.98, "bgcolor": "rgba(0,0,0,0)"})
    figure.update_xaxes(showgrid=False)
    return figure.update_yaxes(rangemode="tozero", nticks=6)
