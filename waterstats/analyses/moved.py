"""What happened to each site between two registries: joined, left, moved level, renewed."""

import datetime

import narwhals.stable.v2 as nw
from narwhals.stable.v2.typing import IntoFrameT

KINDS = ("joined", "left", "raised", "lowered", "renewed", "unchanged")
NUMBER = "registration_no"
UNKNOWN = datetime.datetime(1900, 1, 1)  # sorts before every expiry
KEPT = ("certificate_name", "holder", "country", "level", "level_rank", "valid_until")


@nw.narwhalify
def changes(before: IntoFrameT, after: IntoFrameT) -> IntoFrameT:
    """One row for each site of either registry, joined by its registration number.

    Parameters
    ----------
    before, after : sites as in the view site_described, the earlier registry first

    Returns registration_no, kind, certificate_name, holder, country (as in the later registry
    where it has the site), level_before, level_after, valid_before, valid_after. `kind` is the
    first that holds: joined (only after), left (only before), raised or lowered (the level),
    renewed (a later expiry at the same level), unchanged. A number listed twice counts once,
    with the certificate that expires last; a site without a number cannot be followed and is
    left out.
    """
    both = _latest(before, "before").join(
        _latest(after, "after"), left_on="_before", right_on="_after", how="full"
    )
    rank_before, rank_after = nw.col("level_rank_before"), nw.col("level_rank_after")
    kind = (
        nw.when(nw.col("_before").is_null())
        .then(nw.lit("joined"))
        .when(nw.col("_after").is_null())
        .then(nw.lit("left"))
        .when(rank_after > rank_before)
        .then(nw.lit("raised"))
        .when(rank_after < rank_before)
        .then(nw.lit("lowered"))
        .when(nw.col("valid_until_after") > nw.col("valid_until_before"))
        .then(nw.lit("renewed"))
        .otherwise(nw.lit("unchanged"))
    )
    texts = {
        name: nw.coalesce(f"{name}_after", f"{name}_before")
        for name in ("certificate_name", "holder", "country")
    }
    return both.select(
        nw.coalesce("_after", "_before").alias(NUMBER),
        "level_before",
        "level_after",
        kind=kind,
        **texts,
        valid_before="valid_until_before",
        valid_after="valid_until_after",
    ).sort("kind", NUMBER)


def _latest(sites, when: str):
    """Each number once, with its last expiry; columns renamed so that two dates stand together."""
    known = sites.drop_nulls(NUMBER)
    expiry = nw.col("valid_until").fill_null(UNKNOWN)
    order = expiry.rank("ordinal", descending=True).over(NUMBER)
    once = known.with_columns(_order=order).filter(nw.col("_order") == 1)
    return once.select(
        nw.col(NUMBER).alias(f"_{when}"), *(nw.col(c).alias(f"{c}_{when}") for c in KEPT)
    )
