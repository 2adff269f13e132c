"""Choose rows: sites that match filters and words, the latest of several dates."""

from collections.abc import Mapping, Sequence

import narwhals.stable.v2 as nw
from narwhals.stable.v2.typing import IntoFrameT

SEARCHED = ("registration_no", "account_name", "holder", "certificate_name", "catchment", "city")


@nw.narwhalify
def matching(
    sites: IntoFrameT, filters: Mapping[str, Sequence[str]] | None = None, words: str = ""
) -> IntoFrameT:
    """Rows whose columns hold one of the values asked for, and all the words somewhere.

    Parameters
    ----------
    sites : frame of sites
    filters : column to accepted values; an empty list accepts everything
    words : text to look for in number, names, catchment and city, whatever the case

    A missing cell matches no filter and no word.
    """
    for column, values in (filters or {}).items():
        if values:
            sites = sites.filter(nw.col(column).is_in(list(values)))
    for word in words.lower().split():
        found = [
            nw.col(column).str.to_lowercase().str.contains(word, literal=True).fill_null(False)
            for column in SEARCHED
        ]
        sites = sites.filter(nw.any_horizontal(*found, ignore_nulls=True))
    return sites
