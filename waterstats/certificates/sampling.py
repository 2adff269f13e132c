"""How many sites of a group are audited, and which certificates of a registry cover several."""

import math
import operator

import pandas as pd


def audited_sites(sites: int) -> int:
    """Sites audited of a group of so many: the square root, rounded up, exact for any size.

    Source: blue book (2024 edition), ch. 3.1.3. Raises ValueError for what is not a whole
    number of at least one site.
    """
    try:
        count = operator.index(sites)
    except TypeError:
        count = 0
    if isinstance(sites, bool) or count < 1:
        raise ValueError(f"expected a whole number of sites, 1 or more; found {sites!r}")
    return math.isqrt(count - 1) + 1


def shared_certificates(sites: pd.DataFrame) -> pd.DataFrame:
    """The group and multi-site certificates of a registry, the largest first.

    Rows that are not single and share certificate name and date of issue are one certificate.
    Returns certificate_name, date_issued, certificate_type, country, level, sites and audited
    [sites; missing for multi-site, because the sampling rule is for groups].
    """
    several = sites[sites["certificate_type"] != "single"]
    parts = several.groupby(["certificate_name", "date_issued", "certificate_type"], as_index=False)
    rows = parts.agg(
        country=("country", "first"), level=("level", "first"), sites=("certificate_name", "size")
    )
    audited = [
        audited_sites(row.sites) if row.certificate_type == "group" else None
        for row in rows.itertuples()
    ]
    rows["audited"] = pd.array(audited, dtype="Int64")
    order = ["sites", "certificate_name"]
    return rows.sort_values(order, ascending=[False, True], ignore_index=True)


def certificates_in(sites: pd.DataFrame) -> int:
    """How many certificates the sites of a registry hold: single ones and shared ones."""
    return int((sites["certificate_type"] == "single").sum()) + len(shared_certificates(sites))
