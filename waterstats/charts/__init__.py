"""Charts: a frame in, a Plotly figure out. Colours and the common frame are in `style`."""
