"""Groups: how many of their sites are audited, and what a group costs against single sites."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from waterstats.charts.style import ACCENT, EMPTY, MUTED, captions, frame

GROUP, SINGLE = ACCENT, "#d98324"


def sampled(rows: pd.DataFrame) -> go.Figure:
    """Sites of each group as a row of squares, the audited ones filled; names above them.

    rows: label, sites, audited [sites] and text; one row a group, the first on top.
    """
    lines = range(len(rows))
    filled, empty = ([], []), ([], [])
    for line, sites, audited in zip(lines, rows["sites"], rows["audited"], strict=True):
        for place in range(int(sites)):
            across, down = filled if place < audited else empty
            across.append(place)
            down.append(line)
    figure = go.Figure()
    for (across, down), colour in ((filled, ACCENT), (empty, EMPTY)):
        figure.add_scatter(
            x=across,
            y=down,
            mode="markers",
            marker={"symbol": "square", "size": 20, "color": colour},
            hoverinfo="skip",
            cliponaxis=False,
        )
    words = [f"{a}  <b>{b}</b>" for a, b in zip(rows["label"], rows["text"], strict=True)]
    captions(figure, words, 0.43, x=-0.4)
    frame(figure, 58 * len(rows) + 20)
    figure.update_xaxes(visible=False, range=[-0.6, max(12.0, float(rows["sites"].max())) - 0.2])
    return figure.update_yaxes(visible=False, range=[len(rows) - 0.65, -0.75])


def shares(rule: pd.DataFrame, groups: pd.DataFrame, axes: tuple[str, str]) -> go.Figure:
    """Audited sites against sites, as the steps of the rule, with the real groups on them.

    rule: sites, audited; groups: sites, audited, text; axes: titles of the two axes.
    """
    figure = go.Figure()
    figure.add_scatter(
        x=rule["sites"],
        y=rule["sites"],
        mode="lines",
        line={"color": MUTED, "width": 1.5, "dash": "dot"},
        hoverinfo="skip",
    )
    figure.add_scatter(
        x=rule["sites"],
        y=rule["audited"],
        mode="lines",
        line={"color": ACCENT, "width": 2.5, "shape": "vh"},
        hovertemplate="%{x} → %{y}<extra></extra>",
    )
    figure.add_scatter(
        x=groups["sites"],
        y=groups["audited"],
        mode="markers",
        marker={"size": 11, "color": ACCENT, "line": {"width": 2, "color": "#ffffff"}},
        customdata=groups[["text"]],
        hovertemplate="%{customdata[0]}<extra></extra>",
        cliponaxis=False,
    )
    frame(figure, 390)
    figure.update_xaxes(title=axes[0], range=[0, float(rule["sites"].max())])
    return figure.update_yaxes(title=axes[1], range=[0, 2 * float(rule["audited"].max())])


def costs(rows: pd.DataFrame, here: int, names: Mapping[str, str]) -> go.Figure:
    """Cost of a group and of single certificates by number of sites, each as a band.

    rows: sites, and low and high of each of `names` ("group_low", ...); here: the sites planned.
    """
    figure = go.Figure()
    for code, colour in (("single", SINGLE), ("group", GROUP)):
        low, high = rows[f"{code}_low"], rows[f"{code}_high"]
        figure.add_scatter(
            x=np.concatenate([rows["sites"], rows["sites"][::-1]]),
            y=np.concatenate([low, high[::-1]]),
            fill="toself",
            mode="lines",
            line={"color": colour, "width": 1.5},
            opacity=0.75,
            hoverinfo="skip",
            name=names[code],
        )
    figure.add_scatter(
        x=[here, here],
        y=[0, float(rows[["single_high", "group_high"]].to_numpy().max())],
        mode="lines",
        line={"color": MUTED, "width": 2, "dash": "dot"},
        hoverinfo="skip",
    )
    frame(figure, 340)
    figure.update_xaxes(range=[float(rows["sites"].min()), float(rows["sites"].max())])
    return figure.update_yaxes(rangemode="tozero", nticks=6)
