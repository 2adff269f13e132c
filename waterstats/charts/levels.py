"""Charts of a level: where a total stands among the bands, and what each part adds to it."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from waterstats.charts.style import ACCENT, FONT, LEVELS, MUTED, TEXT_ON, frame

SHADES = ("#6b7c93", "#dca11d", "#1a9c96", "#2a7ab9")


@dataclass(frozen=True)
class Band:
    """A level as a stretch of the scale: its code, name, and first and last points."""

    code: str
    name: str
    start: float
    end: float


def band(levels: Sequence[Band], sure: float, claimed: float, possible: float) -> go.Figure:
    """The scale of points with its levels, and on it the total: sure, claimed, still possible."""
    figure = go.Figure()
    for i, level in enumerate(levels):
        figure.add_bar(
            x=[level.end - level.start],
            base=[level.start],
            y=[0],
            width=0.5,
            orientation="h",
            marker={"color": LEVELS.get(level.code, SHADES[i % len(SHADES)]), "opacity": 0.85},
            text=f"{level.name}<br>{level.start:g}+",
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"color": TEXT_ON.get(level.code, "#1b1b1b")},
            hoverinfo="skip",
        )
    for end, colour, width in ((possible, MUTED, 5), (claimed, ACCENT, 9)):
        figure.add_scatter(
            x=[sure, end],
            y=[0.5, 0.5],
            mode="lines+markers" if end == sure else "lines",
            line={"color": colour, "width": width},
            marker={"color": colour, "size": width + 3},
            hoverinfo="skip",
        )
    ends = sorted({sure, claimed, possible})
    places = ["middle left", "top center", "middle right"]
    figure.add_scatter(
        x=ends,
        y=[0.5] * len(ends),
        mode="text",
        text=[f" {end:g} " for end in ends],
        textposition=places if len(ends) == 3 else [places[0], places[2]][-len(ends) :],
        textfont={"size": FONT},
        cliponaxis=False,
        hoverinfo="skip",
    )
    frame(figure, 108, barmode="overlay")
    most = levels[-1].end
    figure.update_xaxes(visible=False, range=[-0.04 * most, 1.04 * most])
    return figure.update_yaxes(visible=False, range=[-0.3, 0.85])
