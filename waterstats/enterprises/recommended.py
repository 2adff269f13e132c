"""Annex 1: the enterprises a city may recommend, as the printed form."""

from collections.abc import Mapping

import pandas as pd

from waterstats import forms
from waterstats.enterprises.results import Results, ranking, reasons_given
from waterstats.enterprises.vocabulary import RECOMMENDATION
from waterstats.scoring.batches import read_tables
from waterstats.scoring.compiled import plans


def recommendation(
    results: Results, filled_by: str = "", made_on: forms.MadeOn = None
) -> forms.Form:
    """The recommendation table: a row for each enterprise that meets the thresholds under all
    readings, in rank order, with type, output value and withdrawal of the main product as given in
    the table of enterprises; what was not given stays empty.

    filled_by: the authority that fills it in. made_on: the date to print.
    Raises ValueError when no enterprise meets the thresholds.
    """
    meets = set(results.verdicts.loc[results.verdicts["verdict"].eq("meets"), "enterprise"])
    standard = results.standard.id
    intake = read_tables(plans(standard), results.enterprises, results.measurements)
    of_products = withdrawal_of_products(results)
    told = {
        row["enterprise"]: of_products.get(row["enterprise"], {}) | _given(row)
        for row in results.enterprises.to_dict("records")
    }
    judged = {
        entry.name: entry
        for entry in forms.entries(
            plans(standard), intake, results.readings, told, reasons_given(results)
        )
        if entry.name in meets
    }
    order = [name for name in ranking(results, "zh").iloc[:, 1] if name in meets]
    return forms.recommendation([judged[name] for name in order], filled_by, made_on)


def _given(row: Mapping[str, object]) -> dict[str, object]:
    """The columns that only this table wants, where something is in them."""
    cells = {id_: row.get(id_) for id_ in RECOMMENDATION}
    return {id_: cell for id_, cell in cells.items() if cell != "" and not pd.isna(cell)}


def withdrawal_of_products(results: Results) -> dict[str, dict[str, float]]:
    """Withdrawal of the first product of each enterprise [m³ a year]: its unit value times its
    output, where both were given. Without them the form falls back on the whole year's water."""
    rows, found = results.measurements, {}
    deciding = {(x.measure, x.variant) for x in results.standard.limits if x.decides}
    for row in rows[rows["value"].notna() & rows["output"].notna()].to_dict("records"):
        if (row["measure"], row["variant"]) in deciding and row["enterprise"] not in found:
            found[row["enterprise"]] = {"product_withdrawal": row["value"] * row["output"]}
    return found
