"""Bars: ranked counts, parts of wholes, counts over time, two groups compared."""

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from waterstats.charts.style import (
    ACCENT,
    GRID,
    LEVELS,
    MUTED,
    TEXT_ON,
    captions,
    frame,
    wrap,
)

ROW = 30


def ranked(
    rows: pd.DataFrame,
    key: str,
    label: str,
    value: str,
    text: str,
    emphasis: Sequence[str] = (),
    colours: Mapping[str, str] | None = None,
) -> go.Figure:
    """Horizontal bars, the first row on top, each with its text at its end.

    Parameters
    ----------
    rows : one row a bar
    key, label, value, text : columns with the code (returned by a click), the name, the length
        and the words at the end of the bar
    emphasis : codes drawn in the accent colour, the others muted; none means all in accent
    colours : code to a colour of its own, such as a level's
    """
    fills = [
        (colours or {}).get(code, ACCENT if not emphasis or code in emphasis else MUTED)
        for code in rows[key]
    ]
    bars = go.Bar(
        x=rows[value],
        y=[wrap(name) for name in rows[label]],
        orientation="h",
        text=rows[text],
        textposition="outside",
        cliponaxis=False,
        customdata=rows[[key]],
        marker={"color": fills},
        hovertemplate="%{y}: %{text}<extra></extra>",
    )
    figure = frame(go.Figure(bars), max(120, ROW * len(rows) + 24))
    longest = float(rows[value].max()) if len(rows) else 1.0
    room = 0.08 + 0.03 * max(map(len, rows[text]), default=0)
    figure.update_xaxes(visible=False, range=[0, longest * (1 + room)])
    return figure.update_yaxes(autorange="reversed", showgrid=False, ticks="", automargin=True)


def parts(
    rows: pd.DataFrame,
    group: str,
    part: str,
    share: str,
    text: str,
    names: Mapping[str, str],
    row: int = ROW,
) -> go.Figure:
    """Bars divided into levels, each bar one whole.

    Parameters
    ----------
    rows : one row for each group and level
    group, part, share, text : columns with the bar's name, the level's code, its share [%]
        and the words inside it; a level without a row has no width
    names : level code to its name, in the order they are stacked
    row : height of one bar with its gap [pixels]
    """
    groups = list(dict.fromkeys(rows[group]))
    figure = go.Figure()
    for code, name in names.items():
        own = rows[rows[part] == code].set_index(group).reindex(groups)
        figure.add_bar(
            x=own[share].fillna(0),
            y=groups,
            name=name,
            orientation="h",
            text=own[text].fillna(""),
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"color": TEXT_ON[code]},
            marker={"color": LEVELS[code]},
            customdata=[[code]] * len(groups),
            hovertemplate="%{y} · " + name + ": %{text}<extra></extra>",
        )
    frame(figure, row * len(groups) + 24, barmode="stack", bargap=0.22)
    figure.update_xaxes(visible=False, range=[0, 100])
    return figure.update_yaxes(autorange="reversed", showgrid=False, automargin=True)


def columns(
    rows: pd.DataFrame,
    when: str,
    part: str,
    value: str,
    names: Mapping[str, str],
    ticks: Mapping[str, str],
    colours: Mapping[str, str] = LEVELS,
) -> go.Figure:
    """Upright bars over time, stacked by level, with the total on top.

    Parameters
    ----------
    rows : one row for each time and level
    when, part, value : columns with the time's label, the level's code and the number
    names : level code to its name, in the order they are stacked
    ticks : all times in order, so that empty ones keep their place, to what stands below them
    colours : code to its colour, for parts that are not levels
    """
    times = list(ticks)
    figure = go.Figure()
    for code, name in names.items():
        own = rows[rows[part] == code].set_index(when)[value].reindex(times)
        own = own.fillna(0)  # a gap would let the level above fall to the ground
        figure.add_bar(
            x=times,
            y=own,
            name=name,
            marker={"color": colours[code]},
            customdata=[[tick] for tick in times],
            hovertemplate="%{x} · " + name + ": %{y}<extra></extra>",
        )
    totals = rows.groupby(when)[value].sum().reindex(times)
    figure.add_scatter(
        x=times,
        y=totals,
        text=[f"{total:.0f}" if total > 0 else "" for total in totals],
        mode="text",
        textposition="top center",
        hoverinfo="skip",
        showlegend=False,
        cliponaxis=False,
    )
    frame(figure, 290, barmode="stack", margin={"t": 24})
    figure.update_xaxes(
        type="category",
        showgrid=False,
        tickangle=0,
        tickvals=times,
        ticktext=list(ticks.values()),
    )
    return figure.update_yaxes(rangemode="tozero", nticks=5)


def dumbbells(rows: pd.DataFrame, label: str, first: str, second: str, unit: str) -> go.Figure:
    """Two groups compared, one line a category: a dot each, joined, with their numbers.

    The name of each category stands above its line, which leaves the width to the numbers.

    Parameters
    ----------
    rows : one row a category
    label, first, second : columns with its name and the two shares [%]; missing draws no dot
    unit : written after each number
    """
    figure = go.Figure()
    lines = list(range(len(rows)))
    ends = [x for pair in zip(rows[first], rows[second], strict=True) for x in (*pair, None)]
    figure.add_scatter(
        x=ends,
        y=[y for line in lines for y in (line, line, None)],
        mode="lines",
        line={"color": GRID, "width": 4},
        hoverinfo="skip",
    )
    captions(figure, rows[label], 0.42)
    upper = rows[[first, second]].max(axis=1)
    for column, colour in ((first, ACCENT), (second, MUTED)):
        ahead = [value == top for value, top in zip(rows[column], upper, strict=True)]
        figure.add_scatter(
            x=rows[column],
            y=lines,
            name=column,
            mode="markers+text",
            marker={"color": colour, "size": 13},
            text=["" if pd.isna(v) else f"{v:.0f}{unit}" for v in rows[column]],
            textposition=["middle right" if a else "middle left" for a in ahead],
            cliponaxis=False,
            customdata=rows[[label]],
            hovertemplate="%{customdata[0]}: %{text}<extra></extra>",
        )
    highest = float(upper.max()) if len(rows) else 1.0
    frame(figure, 52 * len(rows) + 24)
    figure.update_xaxes(visible=False, range=[-0.1 * highest, highest * 1.15])
    return figure.update_yaxes(visible=False, range=[len(rows) - 0.6, -0.8])
