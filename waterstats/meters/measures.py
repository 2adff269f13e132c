"""Indicators from yearly meter readings, and the water balance behind them.

Definitions (label, unit, reference, how sure the formula is) are data/measures.toml; the formulas
are here, under the same ids. Volumes are m³ a year unless the definition says otherwise. Numbers or
arrays alike; what is missing, negative or infinite gives NaN, and so does a zero denominator.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from inspect import signature
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import brentq

from waterstats.datafiles import DATA
from waterstats.standards.limits import Words
from waterstats.standards.records import RuleError, only, parse, records, words

DEFINITIONS = DATA / "measures.toml"

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Meter:
    """A reading of the year: what it is, its symbol in formulas, its unit."""

    id: str
    symbol: str
    unit: str
    label: Words


@dataclass(frozen=True)
class Indicator:
    """What is computed: formula in symbols, the meters it needs, reference, and a badge that says
    whether the definition is published, general practice, or arithmetic."""

    id: str
    formula: str
    unit: str
    meters: tuple[str, ...]
    badge: str
    reference: str
    label: Words
    url: str = ""


@dataclass(frozen=True)
class Definitions:
    """data/measures.toml: meters and indicators by id, and the words of the badges."""

    meters: dict[str, Meter]
    indicators: dict[str, Indicator]
    badges: dict[str, Words]


# --- formulas: parameters are meters -----------------------------------------------------------


def ratio(part: ArrayLike, whole: ArrayLike) -> Numbers:
    """part / whole; NaN unless both are finite, part is 0 or more, and whole is above 0."""
    part, whole = np.asarray(part, float), np.asarray(whole, float)
    right = (part >= 0) & (part < np.inf) & (whole > 0) & (whole < np.inf)
    return np.divide(part, whole, out=np.full(right.shape, np.nan), where=right)


def share(part: ArrayLike, rest: ArrayLike) -> Numbers:
    """part / (part + rest) in %; NaN if either is missing or negative."""
    rest = np.where(np.asarray(rest, float) >= 0, rest, np.nan)
    return 100 * ratio(part, np.asarray(part, float) + rest)


def unit_withdrawal(withdrawal, output):
    return ratio(withdrawal, output)


def nonconventional_unit_withdrawal(nonconventional, output):
    return ratio(nonconventional, output)


def reuse_rate(reused, withdrawal):
    return share(reused, withdrawal)


def indirect_cooling_rate(indirect_circulation, indirect_makeup):
    return share(indirect_circulation, indirect_makeup)


def direct_cooling_rate(direct_circulation, direct_makeup):
    return share(direct_circulation, direct_makeup)


def condensate_rate(condensate, steam):
    return 100 * ratio(condensate, steam)


def wastewater_reuse_rate(wastewater_reused, discharged):
    return share(wastewater_reused, discharged)


def leakage_rate(leakage, withdrawal):
    return 100 * ratio(leakage, withdrawal)


def compliant_discharge_rate(compliant, discharged):
    return 100 * ratio(compliant, discharged)


def concentration_ratio(indirect_makeup, blowdown, drift):
    lost = [np.where(np.asarray(x, float) >= 0, x, np.nan) for x in (blowdown, drift)]
    return ratio(indirect_makeup, lost[0] + lost[1])


def reclaimed_share(reclaimed_makeup, indirect_makeup):
    return 100 * ratio(reclaimed_makeup, indirect_makeup)


def chemical_water_factor(treatment_feed, treated_water):
    return ratio(treatment_feed, treated_water)


def stripped_water_rate(stripped_reused, stripped_water):
    return 100 * ratio(stripped_reused, stripped_water)


def unit_discharge(discharged, output):
    return ratio(discharged, output)


def nonconventional_share(nonconventional, withdrawal):
    return share(nonconventional, withdrawal)


FORMULAS: dict[str, Callable[..., Numbers]] = {
    formula.__name__: formula
    for formula in (
        unit_withdrawal,
        nonconventional_unit_withdrawal,
        reuse_rate,
        indirect_cooling_rate,
        direct_cooling_rate,
        condensate_rate,
        wastewater_reuse_rate,
        leakage_rate,
        compliant_discharge_rate,
        concentration_ratio,
        reclaimed_share,
        chemical_water_factor,
        stripped_water_rate,
        unit_discharge,
        nonconventional_share,
    )
}


@cache
def definitions(path: Path = DEFINITIONS) -> Definitions:
    """Read and check data/measures.toml: every indicator has its formula, and the reverse.

    Raises RuleError with file, entry and key if something does not fit.
    """
    tables = parse(path)
    only(tables, ["badges", "meters", "indicators"], path.name)
    badges = {id_: words(w, f"{path.name}: badges.{id_}") for id_, w in tables["badges"].items()}
    meters = {m.id: m for m in records(Meter, tables["meters"], f"{path.name}: meters")}
    entries = records(Indicator, tables["indicators"], f"{path.name}: indicators")
    indicators = {indicator.id: indicator for indicator in entries}
    for id_ in sorted(set(indicators) ^ set(FORMULAS)):
        raise RuleError(f"{path.name}: {id_} needs both a definition and a formula")
    for id_, indicator in indicators.items():
        if tuple(signature(FORMULAS[id_]).parameters) != indicator.meters:
            raise RuleError(f"{path.name}: {id_}: meters are not those of the formula")
        if indicator.badge not in badges or not set(indicator.meters) <= set(meters):
            raise RuleError(f"{path.name}: {id_}: unknown badge or meter")
    return Definitions(meters, indicators, badges)


def indicators(readings: Mapping[str, ArrayLike]) -> dict[str, Numbers]:
    """Every indicator whose meters are all read.

    readings: by meter id, numbers or arrays of one length. Raises KeyError for an unknown meter.
    """
    known = definitions()
    for meter in readings:
        known.meters[meter]
    return {
        id_: FORMULAS[id_](*(readings[m] for m in indicator.meters))
        for id_, indicator in known.indicators.items()
        if all(m in readings for m in indicator.meters)
    }


def meter_needed(indicator: str, readings: Mapping[str, float], target: float) -> dict[str, float]:
    """What each meter alone would have to read for the indicator to be exactly on target.

    Meters that cannot do it alone are left out: no leak is small enough, no output large enough.
    """
    meters = definitions().indicators[indicator].meters

    def miss(value: float, meter: str) -> float:
        return float(FORMULAS[indicator](*({**readings, meter: value}[m] for m in meters))) - target

    needed = {}
    for meter in meters:
        span = max(readings[meter], 1.0)
        ends = span * 1e-9, span * 1e6
        if miss(ends[0], meter) * miss(ends[1], meter) < 0:
            needed[meter] = float(brentq(miss, *ends, args=(meter,), xtol=1e-9, rtol=1e-12))
    return needed
