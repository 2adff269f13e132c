"""What companies do: how many act on each outcome, and which texts speak of a subject."""

from collections.abc import Sequence

import narwhals.stable.v2 as nw
from narwhals.stable.v2.typing import IntoFrameT


@nw.narwhalify
def counted(measures: IntoFrameT, by: Sequence[str]) -> IntoFrameT:
    """Measures and companies for each value of `by`, most companies first.

    Parameters
    ----------
    measures : one row a measure, with the company that took it
    by : columns to count by, such as outcome, or company and outcome

    Returns `by` + [measures [measures], companies [companies]]; ties are ordered by `by`. What
    nobody does has no row; rows missing a value of `by` are left out.
    """
    return (
        measures.drop_nulls(list(by))
        .group_by(*by)
        .agg(measures=nw.len(), companies=nw.col("company").n_unique())
        .sort("companies", "measures", *by, descending=[True, True, *[False] * len(by)])
    )


@nw.narwhalify
def speaking_of(texts: IntoFrameT, words: str) -> IntoFrameT:
    """The companies whose texts hold all the words, each word anywhere, whatever the case.

    Parameters
    ----------
    texts : columns company and text, any number of rows a company; a missing text holds nothing
    words : words to look for, divided by spaces; none at all keeps every company

    Returns one row a company: company.
    """
    held = texts.select("company", text=nw.col("text").str.to_lowercase())
    found = held.select("company").unique()
    for word in words.lower().split():
        with_word = held.filter(nw.col("text").str.contains(word, literal=True).fill_null(False))
        found = found.join(with_word.select("company").unique(), on="company", how="semi")
    return found.sort("company")
