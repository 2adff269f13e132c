"""Rows of a registry with the names and groups of their codes, as the view site_described."""

import numpy as np
import pandas as pd

from waterstats.registries.vocabulary import Vocabulary

LARGE = 100_000
COLUMNS = [
    "source_id", "registration_no", "account_name", "holder", "certificate_name",
    "country", "country_zh", "country_en", "continent", "continent_zh", "continent_en",
    "province", "province_zh", "province_en", "city", "catchment", "level", "level_rank",
    "certificate_type", "date_issued", "valid_until", "aws_standard",
    "sector", "sector_zh", "sector_en", "industry", "industry_zh", "industry_en", "side",
]  # fmt: skip
UNIQUE = ("registration_no", "account_name", "certificate_name", "catchment", "city", "holder")
NUMBERS_AND_DAYS = ("level_rank", "date_issued", "valid_until")


def described(rows: pd.DataFrame, known: Vocabulary, source_id: str) -> pd.DataFrame:
    """The sites of a registry with the columns of the view site_described.

    A holder that is not given is looked up by the account name, which stands for itself when it
    is unknown. The province of a site in China is its own column's, or the one that its address
    names; else it is missing. Above `LARGE` rows codes are kept as categories, which are grouped
    in a fraction of the time.
    """
    sites = rows.reset_index(drop=True).drop(columns=["address", "source"])
    places, industries = known.places.set_index("place"), known.industries.set_index("industry")
    ranks = dict(zip(known.levels["level"], known.levels["rank"], strict=True))
    sites["province"], sites["country"] = map(pd.Categorical, _provinces(rows, known))
    sites["source_id"] = source_id
    sites["certificate_name"] = sites["certificate_name"].fillna(sites["account_name"])
    own = sites["account_name"].map(known.holders).astype("str")
    sites["holder"] = sites["holder"].fillna(own).fillna(sites["account_name"])
    sites["continent"] = sites["country"].map(places["parent"])
    sites["industry"] = sites["sector"].map(industries["parent"])
    for names, columns in (
        (places, ("country", "continent", "province")),
        (industries, ("sector", "industry")),
    ):
        for column in columns:
            for language in ("zh", "en"):
                sites[f"{column}_{language}"] = sites[column].map(names[f"name_{language}"])
    sites["level_rank"] = sites["level"].map(ranks).astype("int32")
    sites["side"] = pd.Categorical(np.where(sites["country"] == "CHN", "CHN", "XCN"))
    words = [c for c in COLUMNS if c not in NUMBERS_AND_DAYS]
    sites = sites.astype(dict.fromkeys(words, "str"))
    if len(sites) > LARGE:
        sites = sites.astype({c: "category" for c in words if c not in UNIQUE})
    return sites[COLUMNS]


def _provinces(rows: pd.DataFrame, known: Vocabulary) -> tuple[np.ndarray, np.ndarray]:
    """The province of each site in China, and its country: a province listed as a country, such
    as "Taiwan, Province of China", is China."""
    country, province = rows["country"].to_numpy(object), rows["province"].to_numpy(object)
    listed = pd.Series(country).str.startswith("CN-").fillna(False).to_numpy(bool)
    province = np.where(listed, country, province)
    country = np.where(listed, "CHN", country)
    unstated = (country == "CHN") & pd.isna(province)
    addresses = rows.loc[unstated, "address"].to_list()
    found = {a: known.province_in(a) for a in set(addresses) if isinstance(a, str)}
    province[unstated] = [found.get(address) for address in addresses]
    province[country != "CHN"] = None
    return province, country
