"""A registry of any size whose margins follow a published one, and that says it is invented."""

import io
from collections.abc import Callable

import numpy as np
import pandas as pd

MARK = "Simulated by waterstats"
TYPES = {"single": "Single Site", "multi": "Multi-site", "group": "Group Certificate"}
SPREAD = 14  # days by which a pair of dates is moved, both alike


def simulate(sites: pd.DataFrame, industries: pd.DataFrame, number: int, seed: int, as_of):
    """A simulated registry with the eleven columns of the AWS directory, and one that marks it.

    Parameters
    ----------
    sites : a registry as the view site_described gives it
    industries : the table industry, for the sectors as the directory prints them
    number : how many sites, at least 1
    seed : the same seed makes the same registry
    as_of : the date of `sites`; certificates are issued before and valid on it

    Country and level are drawn together, sector, type of certificate and province of China each
    by itself, from the shares of `sites`; the dates are those of one of its certificates, moved
    by up to two weeks. Sites share holders as often as there. No name or number is real.
    Raises ValueError for less than one site or a negative seed.
    """
    if number < 1:
        raise ValueError(f"number of sites: found {number}, expected at least 1")
    draw = np.random.default_rng(seed)
    day = pd.Timestamp(as_of)
    pair = _drawn(draw, sites["country_en"] + "|" + sites["level"], number)
    kind = _drawn(draw, sites["certificate_type"], number)
    province = _drawn(draw, sites.loc[sites["country"] == "CHN", "province_en"], number)
    sector = _drawn(draw, sites["sector"], number)
    standard = _drawn(draw, sites["aws_standard"], number)
    issued, valid = _days(draw, sites, number, day)
    holders = max(1, round(number * sites["holder"].nunique() / len(sites)))
    holder = draw.integers(1, holders + 1, number)
    printed = dict(zip(industries["industry"], industries["printed_as"], strict=True))
    country = _renamed(pair, lambda words: words.split("|")[0])
    source = f"{MARK} (seed {seed}, as of {day.date()})"
    return pd.DataFrame(
        {
            "AWS Site Registration No": [f"SIM-{n:06d}" for n in range(1, number + 1)],
            "Account Name": [f"Simulated holder {n}" for n in holder.tolist()],
            "Certificate Name": [f"Simulated site {n}" for n in range(1, number + 1)],
            "Site Address": _joined(country, province, _address),
            "Site Country": country,
            "Catchment": pd.Categorical.from_codes(np.zeros(number, dtype=int), [""]),
            "Level Attained": _joined(pair, kind, _level),
            "Date Issued": issued,
            "Valid Until": valid,
            "AWS Standard": standard,
            "Industry Sector": _renamed(sector, printed.get),
            "Source": pd.Categorical.from_codes(np.zeros(number, dtype=int), [source]),
        }
    )


def _address(country: str, province: str) -> str:
    return f"Simulated address, {f'{province}, China' if country == 'China' else country}"


def _level(pair: str, kind: str) -> str:
    return f"{pair.split('|')[1].title()} ({TYPES[kind]})"


def _drawn(draw: np.random.Generator, column: pd.Series, number: int) -> pd.Categorical:
    """Values of a column, each as likely as it is frequent there."""
    shares = column.value_counts(normalize=True).sort_index()
    return pd.Categorical.from_codes(draw.choice(len(shares), number, p=shares), shares.index)


def _renamed(drawn: pd.Categorical, name: Callable[[str], str]) -> pd.Categorical:
    """The same draws under other names; names that become equal are one."""
    names = [name(code) for code in drawn.categories]
    known = list(dict.fromkeys(names))
    return pd.Categorical.from_codes(np.array([known.index(n) for n in names])[drawn.codes], known)


def _joined(
    first: pd.Categorical, second: pd.Categorical, join: Callable[[str, str], str]
) -> pd.Categorical:
    """A word for each pair of draws, made once for each pair there is."""
    width = len(second.categories)
    pairs = [f"{a}\0{b}" for a in first.categories for b in second.categories]
    codes = first.codes.astype(int) * width + second.codes
    return _renamed(pd.Categorical.from_codes(codes, pairs), lambda pair: join(*pair.split("\0")))


def _days(draw: np.random.Generator, sites: pd.DataFrame, number: int, as_of: pd.Timestamp):
    """Pairs of issue and expiry, moved together where both stay on their side of `as_of`."""
    rows = draw.integers(0, len(sites), number)
    issued, valid = (sites[c].to_numpy()[rows] for c in ("date_issued", "valid_until"))
    moved = draw.integers(-SPREAD, SPREAD + 1, number) * np.timedelta64(1, "D")
    day = np.datetime64(as_of)
    stays = (issued + moved <= day) & (valid + moved >= day)
    moved = np.where(stays, moved, np.timedelta64(0, "D"))
    return issued + moved, valid + moved


def to_csv(registry: pd.DataFrame) -> bytes:
    """The registry as CSV in UTF-8 with a mark, dates as dd/mm/yyyy like the directory's."""
    import pyarrow as pa
    import pyarrow.csv

    days = {}
    for column in ("Date Issued", "Valid Until"):
        known = registry[column].astype("category")
        days[column] = known.cat.rename_categories(known.cat.categories.strftime("%d/%m/%Y"))
    table = pa.Table.from_pandas(registry.assign(**days), preserve_index=False)
    plain = table.cast(pa.schema([(name, pa.string()) for name in table.column_names]))
    buffer = io.BytesIO(b"\xef\xbb\xbf")
    buffer.seek(3)
    pa.csv.write_csv(plain, buffer)
    return buffer.getvalue()


def to_parquet(registry: pd.DataFrame) -> bytes:
    """The registry as Parquet; the file's own metadata say that it is simulated."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.Table.from_pandas(registry, preserve_index=False)
    for column in ("Date Issued", "Valid Until"):
        place = table.schema.get_field_index(column)
        table = table.set_column(place, column, table[column].cast(pa.date32()))
    source = str(registry["Source"].iloc[0])
    table = table.replace_schema_metadata({**(table.schema.metadata or {}), "source": source})
    buffer = io.BytesIO()
    pq.write_table(table, buffer, compression="zstd")
    return buffer.getvalue()
