"""Bars: ranked counts, parts of wholes, counts over time, two groups compared."""

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from waterstats.charts.style import ACCENT, GRID, LEVELS, MUTED, TEXT_ON, frame

ROW = 30


def ranked(
    rows: pd.DataFrame, key: str, label: str, value: str, text: str, emphasis: Sequence[str] = ()
) -> go.Figure:
    """Horizontal bars, the first row on top, each with its text at its end.

    Parameters
    ----------
    rows : one row a bar
    key, label, value, text : columns with the code (returned by a click), the name, the length
        and the words at the end of the bar
    emphasis : codes drawn in the accent colour, the others muted; none means all in accent
    """
    colours = [ACCENT if not emphasis or k in emphasis else MUTED for k in rows[key]]
    bars = go.Bar(
        x=rows[value],
        y=rows[label],
        orientation="h",
        text=rows[text],
        textposition="outside",
        cliponaxis=False,
        customdata=rows[[key]],
        marker={"color": colours},
        hovertemplate="%{y}: %{text}<extra></extra>",
    )
    figure = frame(go.Figure(bars), max(120, ROW * len(rows) + 24))
    longest = float(rows[value].max()) if len(rows) else 1.0
    figure.update_xaxes(visible=False, range=[0, longest * 1.22])
    return figure.update_yaxes(autorange="reversed", showgrid=False, ticks="", automargin=True)


def parts(
    rows: pd.DataFrame, group: str, part: str, share: str, text: str, names: Mapping[str, str]
) -> go.Figure:
    """Bars divided into levels, each bar one whole.

    Parameters
    ----------
    rows : one row for each group and level
    group, part, share, text : columns with the bar's name, the level's code, its share [%]
        and the words inside it
    names : level code to its name, in the order they are stacked
    """
    groups = list(dict.fromkeys(rows[group]))
    figure = go.Figure()
    for code, name in names.items():
        own = rows[rows[part] == code].set_index(group).reindex(groups)
        figure.add_bar(
            x=own[share],
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
    frame(figure, ROW * len(groups) + 70, barmode="stack", showlegend=True, bargap=0.22)
    figure.update_layout(
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0, "traceorder": "normal"},
        margin={"t": 34},
    )
    figure.update_xaxes(visible=False, range=[0, 100])
    return figure.update_yaxes(autorange="reversed", showgrid=False, automargin=True)


def columns(
    rows: pd.DataFrame, when: str, part: str, value: str, names: Mapping[str, str], ticks: list
) -> go.Figure:
    """Upright bars over time, stacked by level, with the total on top.

    Parameters
    ----------
    rows : one row for each time and level
    when, part, value : columns with the time's label, the level's code and the number
    names : level code to its name, in the order they are stacked
    ticks : the labels of all times in order, so that empty ones keep their place
    """
    figure = go.Figure()
    for code, name in names.items():
        own = rows[rows[part] == code].set_index(when)[value].reindex(ticks)
        figure.add_bar(
            x=ticks,
            y=own,
            name=name,
            marker={"color": LEVELS[code]},
            customdata=[[tick] for tick in ticks],
            hovertemplate="%{x} · " + name + ": %{y}<extra></extra>",
        )
    totals = rows.groupby(when)[value].sum().reindex(ticks)
    figure.add_scatter(
        x=ticks,
        y=totals,
        text=[f"{total:.0f}" if total > 0 else "" for total in totals],
        mode="text",
        textposition="top center",
        hoverinfo="skip",
        showlegend=False,
        cliponaxis=False,
    )
    frame(figure, 300, barmode="stack", showlegend=True, margin={"t": 40})
    figure.update_layout(legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0})
    figure.update_xaxes(type="category", showgrid=False, tickangle=0)
    return figure.update_yaxes(rangemode="tozero", nticks=5)


def dumbbells(
    rows: pd.DataFrame, label: str, first: str, second: str, names: tuple[str, str], unit: str
) -> go.Figure:
    """Two groups compared, one line a category: a dot each, joined, with their numbers.

    Parameters
    ----------
    rows : one row a category
    label, first, second : columns with its name and the two shares [%]; missing draws no dot
    names : what the two groups are called
    unit : written after each number
    """
    figure = go.Figure()
    for row in rows.itertuples():
        ends = (getattr(row, first), getattr(row, second))
        figure.add_scatter(
            x=ends,
            y=[getattr(row, label)] * 2,
            mode="lines",
            line={"color": GRID, "width": 4},
            hoverinfo="skip",
            showlegend=False,
        )
    upper = rows[[first, second]].max(axis=1)
    for column, name, colour in ((first, names[0], ACCENT), (second, names[1], MUTED)):
        ahead = [value == top for value, top in zip(rows[column], upper, strict=True)]
        figure.add_scatter(
            x=rows[column],
            y=rows[label],
            name=name,
            mode="markers+text",
            marker={"color": colour, "size": 13},
            text=["" if pd.isna(v) else f"{v:.3g}{unit}" for v in rows[column]],
            textposition=["middle right" if a else "middle left" for a in ahead],
            cliponaxis=False,
            hovertemplate="%{y} · " + name + ": %{text}<extra></extra>",
        )
    highest = float(upper.max()) if len(rows) else 1.0
    frame(figure, 38 * len(rows) + 70, showlegend=True, margin={"t": 34})
    figure.update_layout(legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0})
    figure.update_xaxes(visible=False, range=[-0.16 * highest, highest * 1.2])
    return figure.update_yaxes(autorange="reversed", showgrid=False, automargin=True)
