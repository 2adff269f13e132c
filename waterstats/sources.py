"""Which sources stand behind these rows, and where in them."""

from dataclasses import dataclass

import pandas as pd

MOST_LOCATORS = 6


@dataclass(frozen=True)
class Citation:
    """A source and the places in it that a set of rows comes from."""

    source_id: str
    locators: tuple[str, ...]


def cite(rows: pd.DataFrame) -> list[Citation]:
    """The sources of rows with columns source_id and locator, in order of appearance.

    Sites (rows with registration_no instead of locator) are cited by their number of rows.
    """
    citations = []
    for source_id, part in rows.groupby("source_id", sort=False):
        if "locator" in part:
            locators = tuple(dict.fromkeys(part["locator"]))[:MOST_LOCATORS]
        else:
            locators = (f"{len(part)} rows",)
        citations.append(Citation(str(source_id), locators))
    return citations
