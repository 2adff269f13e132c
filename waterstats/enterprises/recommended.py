"""Annex 1: the enterprises a city may recommend, with the columns of the printed table."""

from collections.abc import Iterator

import pandas as pd

from waterstats.enterprises.results import Results, ranking
from waterstats.enterprises.resultwords import Labels
from waterstats.standards.limits import Limit, Words

COLUMNS = (
    Words("序号", "No."),
    Words("企业名称", "Enterprise"),
    Words("企业类型", "Type of enterprise"),
    Words("所属行业", "Industry"),
    Words("{year}年总产值（万元）", "Output value of {year} (10⁴ yuan)"),
    Words("{year}年主要产品取水量（立方米）", "Withdrawal for the main product in {year} (m³)"),
    Words("{year}年主要产品单位用水量指标", "Water per unit of the main product in {year}"),
)


def recommendation(results: Results, language: str = "zh") -> pd.DataFrame:
    """One row for each enterprise that meets the thresholds under all readings, in rank order.

    Type, output value and the main product's withdrawal are as given in the table of enterprises.
    Where that withdrawal is not given, it is the value times the output of the product, or the
    whole year's withdrawal. What was not given stays empty.
    """
    year = results.standard.header.data_year or ""
    heads = [column[language].format(year=year).strip() for column in COLUMNS]
    if results.verdicts.empty:
        return pd.DataFrame(columns=heads)
    meets = set(results.verdicts.loc[results.verdicts["verdict"].eq("meets"), "enterprise"])
    names = [name for name in ranking(results, language).iloc[:, 1] if name in meets]
    given = results.enterprises.set_index("enterprise").to_dict("index")
    numbers = dict(list(results.measurements.groupby("enterprise")))
    label = Labels(results.standard, language)
    rows = []
    for position, name in enumerate(names, 1):
        own, cells = numbers.get(name, results.measurements.iloc[:0]), given[name]
        products = list(product_rows(results, cells.get("industry", ""), own))
        rows.append(
            (
                position,
                name,
                cells.get("enterprise_type", ""),
                label.of(cells.get("industry", "")),
                present(cells.get("output_value")),
                main_withdrawal(results, cells, own, products),
                "；".join(in_words(label, limit, row) for limit, row in products),
            )
        )
    return pd.DataFrame(rows, columns=heads)


def product_rows(
    results: Results, industry: str, own: pd.DataFrame
) -> Iterator[tuple[Limit, pd.Series]]:
    """The unit withdrawals that were given: each limit that decides a must, with its row."""
    for limit in results.standard.limits:
        if not limit.decides or limit.industry not in (industry, ""):
            continue
        same = own["measure"].eq(limit.measure) & own["variant"].eq(limit.variant)
        rows = own[(same | own["measure"].eq(limit.id)) & own["value"].notna()]
        if len(rows):
            yield limit, rows.iloc[0]


def main_withdrawal(
    results: Results, cells: dict, own: pd.DataFrame, products: list[tuple[Limit, pd.Series]]
) -> float | None:
    given = present(cells.get("product_withdrawal"))
    if given is not None:
        return given
    if products and present(products[0][1]["output"]) is not None:
        return products[0][1]["value"] * products[0][1]["output"]
    yearly = {must.measure for must in results.standard.must if must.measure}
    values = own.loc[own["measure"].isin(yearly), "value"].dropna()
    return float(values.iloc[0]) if len(values) else None


def in_words(label: Labels, limit: Limit, row: pd.Series) -> str:
    name = label.of(limit.variant) if limit.variant else ""
    return f"{name} {row['value']:g} {limit.unit}".strip()


def present(value: object) -> float | None:
    return None if value is None or pd.isna(value) else float(value)
