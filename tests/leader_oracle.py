"""The Shandong leader rules read once more, in plain Python and exact fractions.

Written from the notice and the decisions taken, not from waterstats: one enterprise at a time, ifs
and loops, limits straight from the CSV. The vectorised scorer has to agree with it everywhere.
"""

import csv
import math
from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "data" / "standards" / "shandong_leader_2025"
with (FOLDER / "limits.csv").open(encoding="utf-8", newline="") as file:
    LIMITS = list(csv.DictReader(file))

ASKED_VETOES = ["veto_1", "veto_2", "veto_3", "veto_6", "veto_7", "veto_8", "veto_9"]
# sub-items of each row of items 1-7, and the points of each
ITEMS = {
    1: [(2, 2), (3, 2), (3, 2)],
    2: [(2, 2), (2, 2)],
    3: [(3, 1), (2, 2)],
    4: [(3, 1), (2, 2)],
    5: [(3, 2)],
    6: [(3, 2), (2, 2)],
    7: [(3, 1), (3, 1)],
}
SUB_ITEMS = {
    f"item_{item}_{row}_{sub}": (item, points)
    for item, rows in ITEMS.items()
    for row, (count, points) in enumerate(rows, 1)
    for sub in range(1, count + 1)
}
STRICT = {
    "chlor_alkali",
    "nitrogen_fertiliser",
    "coal_chemicals",
    "filament_weaving",
    "shipbuilding",
}
SYSTEMS = {
    "direct_cooling_rate", "indirect_cooling_rate", "wastewater_reuse_rate", "condensate_rate",
    "chemical_water_factor", "concentration_ratio", "stripped_water_rate",
    "compliant_discharge_rate",
}  # fmt: skip
MAPPED = {
    "semi_chemical_wood": "unbleached_chemical_wood",
    "semi_chemical_straw": "unbleached_chemical_wood",
    "mechanical_wood": "chemi_mechanical_wood",
}
PULP = {row["variant"] for row in LIMITS if row["row"] in {f"1.{n}" for n in range(1, 12)}
        and row["industry"] == "paper"} | set(MAPPED) | {"other_pulp"}  # fmt: skip
MILLS = ("pulp_mill", "paper_mill", "integrated_mill")
UNLISTED = {
    "other_chlor_alkali", "ammonia_other", "other_coal_chemical", "wool", "other_filament",
    "other_pulp", "other_paper",
}  # fmt: skip
SHARED = {"unit_withdrawal": "shared_withdrawal", "chemical_water_factor": "shared_chemical_feed"}
READINGS = {
    "points_34": ("second_group", "all"),
    "water_counted": ("withdrawal", "with_reuse"),
    "size_boundary": ("at_least", "more_than"),
    "steel_water": ("conventional", "sum"),
    "ratio_step": ("full_tens", "continuous"),
    "caustic_basis": ("pure", "lye"),
    "gas_cleaning": ("whole_plant", "step"),
}
ONLY = {  # the other readings concern every industry
    "steel_water": {"steel"},
    "ratio_step": {"refining", "ethylene"},
    "caustic_basis": {"chlor_alkali"},
    "gas_cleaning": {"aluminium"},
}
MET, FAILED, OPEN, SKIPPED = "met", "failed", "unanswered", "not_applicable"


def number(enterprise: dict, measure: str, variant: str = "") -> Fraction | None:
    """A usable number, exactly as written; None for missing, negative or infinite."""
    x = enterprise["values"].get((measure, variant), math.nan)
    if not math.isfinite(x) or x < 0:
        return None
    if x > 100 and (measure.endswith("_rate") or measure.endswith("_share")):
        return None
    return Fraction(repr(float(x)))


def verdict(enterprise: dict) -> tuple[str, str, set[str]]:
    """The verdict under all readings, under the default ones, and what it turns on."""
    industry = enterprise["industry"]
    readings = {r: c for r, c in READINGS.items() if industry in ONLY.get(r, {industry})}
    by_choice = {}
    for combination in product(*readings.values()):
        by_choice[combination] = judge(enterprise, dict(zip(readings, combination, strict=True)))[0]
    chosen = by_choice[tuple(choices[0] for choices in readings.values())]
    turns_on = set()
    for i, id_ in enumerate(readings):
        for combination, word in by_choice.items():
            other = list(combination)
            other[i] = readings[id_][1]
            if by_choice[tuple(other)] != word:
                turns_on.add(id_)
    return ("depends" if turns_on else chosen), chosen, turns_on


def judge(enterprise: dict, choice: dict[str, str]) -> tuple[str, dict[str, str]]:
    """The verdict under one choice of every reading, and the state of every limit and veto."""
    states = {row["id"]: state for row, state in limit_states(enterprise, choice)}
    limits = list(states.values())
    vetoes = {veto: veto_state(enterprise, veto) for veto in ASKED_VETOES}
    vetoes["veto_4"] = size(enterprise, choice)
    withdrawal = [
        states[row["id"]] for row in rows_of(enterprise["industry"]) if row["decides"] == "veto_5"
    ]
    vetoes["veto_5"] = together(withdrawal)
    states |= vetoes
    low, high = points(enterprise, (1, 2, 3, 4, 5, 6, 7), extras=True)
    strict = enterprise["industry"] in STRICT
    gates = [gate(low, high, 52 if strict else 48)]
    if strict or choice["points_34"] == "all":
        gates.append(gate(*points(enterprise, (1, 2, 4, 5), extras=False), 34))
    if FAILED in vetoes.values():
        return "not_eligible", states
    if FAILED in gates:
        return "below_points", states
    if FAILED in limits:
        return "limit_failed", states
    if OPEN in [*vetoes.values(), *gates, *limits]:
        return "incomplete", states
    return "meets", states


def together(states: list[str]) -> str:
    if FAILED in states:
        return FAILED
    return MET if MET in states and OPEN not in states else OPEN


def veto_state(enterprise: dict, veto: str) -> str:
    answer = enterprise["answers"].get(veto, "")
    if answer == "not_applicable" and veto == "veto_8":
        return SKIPPED
    return {"yes": MET, "no": FAILED}.get(answer, OPEN)


def size(enterprise: dict, choice: dict[str, str]) -> str:
    parts = [number(enterprise, "annual_withdrawal")]
    if choice["water_counted"] == "with_reuse":
        parts.append(number(enterprise, "annual_reuse"))
    known = sum(part for part in parts if part is not None)
    if known > 100000 or (known == 100000 and choice["size_boundary"] == "at_least"):
        return MET
    return OPEN if None in parts else FAILED


def points(enterprise: dict, items: tuple[int, ...], extras: bool) -> tuple[int, int]:
    low = high = 0
    for id_, (item, worth) in SUB_ITEMS.items():
        answer = enterprise["answers"].get(id_, "")
        if item in items:
            low += worth if answer == "yes" else 0
            high += 0 if answer == "no" else worth
    if extras:
        wells = enterprise["answers"].get("groundwater", "")
        low -= 0 if wells == "no" else 3
        high -= 3 if wells == "yes" else 0
        bonus = sum(
            enterprise["answers"].get(b) == "yes" for b in ("innovation", "nonconventional_water")
        )
        bonus += {"provincial": 1, "national": 2}.get(enterprise["answers"].get("green_title"), 0)
        low, high = low + bonus, high + bonus
    return low, high


def gate(low: int, high: int, minimum: int) -> str:
    if low >= minimum:
        return MET
    return FAILED if high < minimum else OPEN


def rows_of(industry: str) -> Iterator[dict]:
    """The rows of a table, and again for each pulp that takes another's limit."""
    for row in LIMITS:
        if row["industry"] == industry:
            yield row
            for pulp, same in MAPPED.items():
                if row["variant"] == same:
                    yield {**row, "variant": pulp, "id": f"{row['id']}_for_{pulp}"}


def limit_states(enterprise: dict, choice: dict[str, str]) -> Iterator[tuple[dict, str]]:
    rows = list(rows_of(enterprise["industry"]))
    for row in rows:
        yield row, limit_state(enterprise, row, rows, choice)
    made = enterprise["made"]
    if made and made <= UNLISTED:  # nothing that has a limit
        yield {"id": "only_unlisted"}, OPEN


def limit_state(enterprise: dict, row: dict, rows: list[dict], choice: dict[str, str]) -> str:
    industry, variant, measure = row["industry"], row["variant"], row["measure"]
    made = set(enterprise["made"])
    if industry == "paper" and variant in MILLS:
        if not made:
            return OPEN
        pulp, paper = bool(made & PULP), bool(made - PULP)
        mill = "integrated_mill" if pulp and paper else "pulp_mill" if pulp else "paper_mill"
        if variant != mill:
            return SKIPPED
        return compare(number(enterprise, measure), row["op"], Fraction(row["limit"]))
    if variant == "deep_gas_cleaning":
        if variant not in made:
            return SKIPPED
        if choice["gas_cleaning"] == "step":
            measure = "cleaning_unit_withdrawal"
        return compare(number(enterprise, measure, variant), "<=", Fraction(2))
    if (
        industry == "aluminium"
        and variant
        and "deep_gas_cleaning" in made
        and choice["gas_cleaning"] == "whole_plant"
    ):
        return SKIPPED
    missing = math.isnan(
        enterprise["values"].get((measure, variant_key(measure, variant)), math.nan)
    )
    if measure in enterprise["absent"] and measure in SYSTEMS and missing:
        return SKIPPED
    if variant and variant not in made:
        return SKIPPED if made - {"deep_gas_cleaning"} else OPEN
    if row["op"] == "-":
        return SKIPPED
    limit = limit_of(enterprise, row, choice)
    value = number(enterprise, measure, variant_key(measure, variant))
    if row["id"] == "steel_unit_withdrawal" and choice["steel_water"] == "sum":
        parts = [value, number(enterprise, "nonconventional_unit_withdrawal")]
        known = sum(part for part in parts if part is not None)
        if known > limit:
            return FAILED
        return OPEN if None in parts else MET
    if variant and measure in SHARED and missing:
        return aggregate(enterprise, measure, rows, choice)
    return compare(value, row["op"], limit)


def variant_key(measure: str, variant: str) -> str:
    return variant if measure in (*SHARED, "plant_unit_withdrawal") else ""


def limit_of(enterprise: dict, row: dict, choice: dict[str, str]) -> Fraction:
    limit = Fraction(row["limit"])
    if row["measure"] == "concentration_ratio":
        share = number(enterprise, "reclaimed_share") or Fraction(0)
        steps = share / 10
        if choice["ratio_step"] == "full_tens":
            steps = Fraction(math.floor(steps))
        limit -= steps / 10
    if row["industry"] == "paper" and row["variant"] in PULP:
        limit += 3 * (number(enterprise, "board_share", row["variant"]) or 0) / 100
    if row["variant"] == "caustic_soda" and choice["caustic_basis"] == "lye":
        limit /= Fraction("0.3")
    return limit


def aggregate(enterprise: dict, measure: str, rows: list[dict], choice: dict[str, str]) -> str:
    """Products on one meter: the volume against the sum of limit times output."""
    volume = number(enterprise, SHARED[measure])
    if volume is None:
        return OPEN
    allowed = Fraction(0)
    values = enterprise["values"]
    family = {row["variant"] for row in rows if row["measure"] == measure}
    for variant in enterprise["made"] & (family | UNLISTED):
        if not math.isnan(values.get((measure, variant), math.nan)):
            continue
        if variant in UNLISTED:
            return OPEN
        output = number(enterprise, "output", variant)
        if not output:
            return OPEN
        row = next(r for r in rows if (r["measure"], r["variant"]) == (measure, variant))
        allowed += limit_of(enterprise, row, choice) * output
    return MET if volume <= allowed else FAILED


def compare(value: Fraction | None, op: str, limit: Fraction) -> str:
    if value is None:
        return OPEN
    right = {"<=": value <= limit, ">=": value >= limit, "=": value == limit}[op]
    return MET if right else FAILED
