"""A timeline: windows as bars, days as marks, today as a line, each named above itself."""

from datetime import date

import pandas as pd
import plotly.graph_objects as go

from waterstats.charts.style import ACCENT, FONT, MUTED, captions, frame

STATES = {"over": MUTED, "now": "#d98324", "ahead": ACCENT}
BACKGROUND, TODAY = "rgba(128,140,155,0.30)", "#cf4f4f"
SHORT = pd.Timedelta(days=8)


def timeline(rows: pd.DataFrame, today: date, words: str, years: str) -> go.Figure:
    """What happens when, one line a step, the first on top.

    Parameters
    ----------
    rows : label, text, start, end [date], state ("over", "now", "ahead") and whether it is
        `background`, a window in which nothing has to happen
    today : drawn as a line across, with `words` above it
    years : how a year is written on the axis, in the notation of D3, such as "%Y"
    """
    lines = list(range(len(rows)))
    start, end = pd.to_datetime(rows["start"]), pd.to_datetime(rows["end"])
    now = pd.Timestamp(today)
    first, last = min(start.min(), now), max(end.max(), now)
    span = last - first
    left = first - 0.02 * span
    colours = [
        BACKGROUND if quiet else STATES[state]
        for quiet, state in zip(rows["background"], rows["state"], strict=True)
    ]
    hover = [f"{a}<br>{b}" for a, b in zip(rows["label"], rows["text"], strict=True)]
    figure = go.Figure()
    figure.add_bar(
        base=start,
        x=(end - start).dt.total_seconds() * 1000,
        y=lines,
        orientation="h",
        width=0.28,
        marker={"color": colours},
        customdata=[[words] for words in hover],
        hovertemplate="%{customdata[0]}<extra></extra>",
    )
    short = (end - start) <= SHORT
    figure.add_scatter(
        x=end[short],
        y=[line for line, is_short in zip(lines, short, strict=True) if is_short],
        mode="markers",
        marker={
            "symbol": "diamond",
            "size": 15,
            "color": [c for c, is_short in zip(colours, short, strict=True) if is_short],
        },
        customdata=[[h] for h, is_short in zip(hover, short, strict=True) if is_short],
        hovertemplate="%{customdata[0]}<extra></extra>",
        cliponaxis=False,
    )
    words = [f"<b>{a}</b>  {b}" for a, b in zip(rows["label"], rows["text"], strict=True)]
    captions(figure, words, 0.38, x=left)
    figure.add_scatter(  # broken where the names stand, so that it crosses no word
        x=[now, now, None] * (len(rows) + 1),
        y=[-1.0, -0.62, None] + [end for line in lines for end in (line - 0.2, line + 0.36, None)],
        mode="lines+text",
        line={"color": TODAY, "width": 2},
        text=[words],
        textposition="top center" if 0.1 < (now - first) / span < 0.9 else "top left",
        textfont={"color": TODAY, "size": FONT},
        hoverinfo="skip",
        cliponaxis=False,
    )
    frame(figure, 54 * len(rows) + 64, margin={"t": 26, "b": 28, "l": 8, "r": 16})
    figure.update_xaxes(
        type="date",
        range=[left, last + 0.04 * span],
        tickformat=years,
        dtick="M12",
        tick0=f"{first.year}-01-01",
    )
    return figure.update_yaxes(visible=False, range=[len(rows) - 0.5, -1.0])
