"""The Shandong leader rules written by hand in NumPy, for this one standard and nothing else.

What a careful analyst would write who knows the rules by heart: literal limits, no states of rows,
no readings but the default ones, only the verdict. The general scorer is measured against it.
"""

import numpy as np

YES, NO, SKIP = 1, 2, 3
NOT_ELIGIBLE, BELOW, LIMIT_FAILED, INCOMPLETE, MEETS = range(5)


def verdict(industry, answers, x, made, absent):
    """answers: uint8 (47, n): vetoes 1 2 3 6 7 8 9, sub-items, groundwater, three bonuses.
    x: dict of float columns by name; made, absent: dicts of bool columns. Missing is NaN."""
    n = answers.shape[1]
    vetoes = answers[:7]
    veto = (vetoes == NO).any(axis=0)
    decided = ((vetoes == YES) | (vetoes == NO)).sum(axis=0, dtype=np.int8)
    decided += answers[5] == SKIP
    open_ = decided < 7

    strict = industry in (
        "chlor_alkali",
        "nitrogen_fertiliser",
        "coal_chemicals",
        "filament_weaving",
        "shipbuilding",
    )
    yes, no = answers == YES, answers == NO
    four_low, four_high = points(yes, FOUR), 37 - points(no, FOUR)
    low = four_low + points(yes, REST)
    high = four_high + np.int8(23) - points(no, REST)
    wells = answers[43]
    bonus = yes[44].view(np.int8) + yes[45].view(np.int8)
    bonus = bonus + (answers[46] == 4) + np.int8(2) * (answers[46] == 5)
    low = low + bonus - np.int8(3) * (wells != NO)
    high = high + bonus - np.int8(3) * (wells == YES)
    minimum = 52 if strict else 48
    below = high < minimum
    open_ |= low < minimum
    if strict:
        below |= four_high < 34
        open_ |= four_low < 34

    size = x["annual_withdrawal"]
    big = (size >= 100000) & (size < np.inf)
    small = (size >= 0) & (size < 100000)
    veto |= small
    open_ |= ~(big | small)

    failed = np.zeros(n, bool)
    for column, op, limit, maximum, system in SITE[industry]:
        v = x[column]
        bound = limit
        if column == "concentration_ratio":
            share = x["reclaimed_share"]
            share = np.where((share >= 0) & (share <= 100), share, 0)
            bound = np.round(limit - np.floor(share / 10) / 10, 9)
        if op == "<=":
            good, bad = (v >= 0) & (v <= bound), (v > bound) & (v <= maximum)
        elif op == ">=":
            good, bad = (v >= bound) & (v <= maximum), (v >= 0) & (v < bound)
        else:
            good, bad = v == bound, (v >= 0) & (v < bound)
        if column == "unit_withdrawal":
            veto |= bad
        else:
            failed |= bad
        done = good | bad
        if system:
            done |= absent[column] & np.isnan(v)
        open_ |= ~done

    if industry in PRODUCTS:
        bad, undecided = products(industry, x, made)
        veto |= bad
        open_ |= undecided
    if industry == "ethylene":
        bad, undecided = pool(
            ETHYLENE,
            {},
            x,
            made,
            "chemical_water_factor",
            "shared_chemical_feed",
            absent["chemical_water_factor"],
        )
        failed |= bad
        open_ |= undecided
    if industry == "coking":
        v = x["reuse_rate"]
        applies = made["conventional_oven"] | made["semi_coke_oven"]
        none = ~(applies | made["heat_recovery_oven"])
        bad, good = (v >= 0) & (v < 98), (v >= 98) & (v <= 100)
        failed |= bad & applies
        open_ |= (applies & ~(bad | good)) | none
    if industry == "paper":
        v = x["reuse_rate"]
        pulp = np.logical_or.reduce([made[p] for p in (*PULPS, "other_pulp")])
        paper = np.logical_or.reduce([made[p] for p in (*PAPERS, "other_paper")])
        bound = np.where(pulp, np.where(paper, 90, 75), 88)
        bad, good = (v >= 0) & (v < bound), (v >= bound) & (v <= 100)
        made_any = pulp | paper
        failed |= bad & made_any
        open_ |= ~((bad | good) & made_any)
    if industry == "alumina":
        made_any = made["bayer"] | made["sinter"] | made["combined"]
        for column, op, bound in (
            ("wastewater_reuse_rate", ">=", 98),
            ("reuse_rate", ">=", 98),
            ("leakage_rate", "<=", 1),
        ):
            v = x[column]
            if op == ">=":
                bad, good = (v >= 0) & (v < bound), (v >= bound) & (v <= 100)
            else:
                bad, good = (v > bound) & (v <= 100), (v >= 0) & (v <= bound)
            failed |= bad & made_any
            done = (bad | good) & made_any
            if column == "wastewater_reuse_rate":
                done |= absent[column] & np.isnan(v)
            open_ |= ~done
    worst = np.maximum(open_.view(np.uint8), 2 * failed.view(np.uint8))
    worst = np.maximum(worst, 3 * below.view(np.uint8))
    return 4 - np.maximum(worst, 4 * veto.view(np.uint8))


# sub-items stand at 7..42: item 1 8x2, 2 4x2, 3 3x1 2x2, 4 3x1 2x2, 5 3x2, 6 5x2, 7 6x1
FOUR = [(slice(7, 19), 2), (slice(24, 27), 1), (slice(27, 32), 2)]
REST = [(slice(19, 22), 1), (slice(22, 24), 2), (slice(32, 37), 2), (slice(37, 43), 1)]


def points(flags, parts):
    return sum(
        np.int8(p) * flags[rows].view(np.int8).sum(axis=0, dtype=np.int8) for rows, p in parts
    )


def products(industry, x, made):
    if industry == "aluminium":
        deep = made["deep_gas_cleaning"]
        v = x["plant_unit_withdrawal.deep_gas_cleaning"]
        bad, good = (v > 2) & (v < np.inf), (v >= 0) & (v <= 2)
        more_bad, more_open = pool(
            PRODUCTS[industry],
            UNLISTED.get(industry),
            x,
            made,
            "unit_withdrawal",
            "shared_withdrawal",
        )
        return (bad & deep) | (more_bad & ~deep), np.where(deep, ~(bad | good), more_open)
    return pool(
        PRODUCTS[industry], UNLISTED.get(industry), x, made, "unit_withdrawal", "shared_withdrawal"
    )


def pool(limits, unlisted, x, made, measure, meter, absent=None):
    """Products on their own meters, and those without a value together on the shared one."""
    volume = x[meter]
    shared = bool((volume >= 0).any())
    any_listed = np.zeros(len(volume), bool)
    bad = any_listed.copy()
    open_ = any_listed.copy()
    if shared:
        allowed = np.zeros(len(volume))
        unknown = ~((volume >= 0) & (volume < np.inf))
        on_meter = any_listed.copy()
        for product in unlisted or ():
            unknown |= made[product] & np.isnan(x[f"{measure}.{product}"])
    for product, limit in limits.items():
        m = made[product]
        any_listed |= m
        v = x[f"{measure}.{product}"]
        if product in PULPS:
            board = x[f"board_share.{product}"]
            limit = np.round(limit + 3 * np.where((board >= 0) & (board <= 100), board, 0) / 100, 9)
        over, under = (v > limit) & (v < np.inf), (v >= 0) & (v <= limit)
        bad |= over & m
        undecided = m & ~(over | under)
        if absent is not None:
            undecided &= ~(absent & np.isnan(v))
        if shared:
            here = undecided & np.isnan(v)
            on_meter |= here
            output = x[f"output.{product}"]
            unknown |= here & ~((output > 0) & (output < np.inf))
            allowed += np.where(here & ~unknown, limit * output, 0)
            undecided &= ~here
        open_ |= undecided
    if shared:
        allowed = np.round(allowed, 6)
        bad |= on_meter & ~unknown & (volume > allowed)
        open_ |= on_meter & unknown
    # without anything declared, or with nothing that has a limit, it cannot be decided
    nothing = ~any_listed
    if absent is not None:
        values = [x[f"{measure}.{product}"] for product in limits]
        nothing &= ~(absent & np.logical_and.reduce([np.isnan(v) for v in values]))
    return bad, open_ | nothing


def percent(column, op, limit, system=True):
    return column, op, limit, 100.0, system


INF = np.finfo(float).max
DIRECT, INDIRECT = "direct_cooling_rate", "indirect_cooling_rate"
REUSE, LEAK = "reuse_rate", "leakage_rate"
WASTE, STEAM, EXACT = "wastewater_reuse_rate", "condensate_rate", "compliant_discharge_rate"
SITE = {
    "steel": [
        ("unit_withdrawal", "<=", 4.2, INF, False),
        percent(DIRECT, ">=", 95),
        percent(WASTE, ">=", 75),
        percent(REUSE, ">=", 97, False),
        percent(LEAK, "<=", 8, False),
    ],
    "coking": [
        percent(INDIRECT, ">=", 98),
        percent(WASTE, ">=", 75),
        percent(LEAK, "<=", 3, False),
    ],
    "refining": [
        ("unit_withdrawal", "<=", 0.7, INF, False),
        percent(REUSE, ">=", 97.5, False),
        ("concentration_ratio", ">=", 4.0, INF, True),
        ("chemical_water_factor", "<=", 1.1, INF, True),
        percent(STEAM, ">=", 60),
        percent("stripped_water_rate", ">=", 60),
        percent(WASTE, ">=", 50),
        percent(LEAK, "<=", 7, False),
        ("unit_discharge", "<=", 0.35, INF, False),
    ],
    "ethylene": [
        ("unit_withdrawal", "<=", 6.5, INF, False),
        percent(REUSE, ">=", 98, False),
        ("concentration_ratio", ">=", 5.0, INF, True),
        percent(STEAM, ">=", 80),
        ("unit_discharge", "<=", 1.8, INF, False),
    ],
    "chlor_alkali": [
        percent(REUSE, ">=", 96, False),
        percent(INDIRECT, ">=", 98),
        percent(LEAK, "<=", 1.5, False),
        percent(EXACT, "=", 100),
    ],
    "nitrogen_fertiliser": [
        percent(INDIRECT, ">=", 97),
        percent(REUSE, ">=", 95, False),
        percent(LEAK, "<=", 2, False),
        percent(EXACT, "=", 100),
    ],
    "coal_chemicals": [
        percent(INDIRECT, ">=", 98),
        percent(REUSE, ">=", 97, False),
        percent(LEAK, "<=", 2, False),
        percent(EXACT, "=", 100),
    ],
    "dyeing": [
        percent(REUSE, ">=", 45, False),
        percent(INDIRECT, ">=", 95),
        percent(STEAM, ">=", 98),
        percent(WASTE, ">=", 20),
        percent(LEAK, "<=", 6, False),
    ],
    "filament_weaving": [
        percent(REUSE, ">=", 70, False),
        percent(DIRECT, ">=", 70),
        percent(STEAM, ">=", 85),
        percent(WASTE, ">=", 80),
        percent(LEAK, "<=", 3, False),
    ],
    "paper": [],
    "beer": [
        ("unit_withdrawal", "<=", 4.0, INF, False),
        percent(REUSE, ">=", 70, False),
        percent(INDIRECT, ">=", 95),
    ],
    "msg": [
        ("unit_withdrawal", "<=", 15, INF, False),
        percent(REUSE, ">=", 92, False),
        percent(INDIRECT, ">=", 95),
        percent(LEAK, "<=", 3, False),
    ],
    "alumina": [],
    "aluminium": [percent(REUSE, ">=", 96, False), percent(LEAK, "<=", 6, False)],
    "shipbuilding": [
        ("unit_withdrawal", "<=", 3.0, INF, False),
        percent(REUSE, ">=", 75, False),
        percent(LEAK, "<=", 2.0, False),
    ],
}
PULPS = {
    "bleached_chemical_wood": 50,
    "dissolving_wood": 55,
    "unbleached_chemical_wood": 40,
    "bleached_chemical_bamboo": 55,
    "dissolving_bamboo": 60,
    "unbleached_chemical_bamboo": 45,
    "bleached_chemical_nonwood": 70,
    "deinked_pulp": 20,
    "bleached_deinked_pulp": 28,
    "undeinked_pulp": 12,
    "chemi_mechanical_wood": 22,
    "semi_chemical_wood": 40,
    "semi_chemical_straw": 40,
    "mechanical_wood": 22,
}
PAPERS = {
    "newsprint": 15,
    "printing_paper": 20,
    "tissue": 14,
    "packaging_paper": 20,
    "white_board": 20,
    "linerboard": 15,
    "corrugating_medium": 12,
}
PRODUCTS = {
    "coking": {"conventional_oven": 1.2, "heat_recovery_oven": 0.4, "semi_coke_oven": 0.6},
    "chlor_alkali": {"caustic_soda": 5.5, "pvc_carbide": 6.0, "pvc_ethylene": 8.6},
    "nitrogen_fertiliser": {
        "ammonia_lump_coal": 9,
        "ammonia_powder_coal": 12,
        "ammonia_gas": 7.5,
        "urea": 2.5,
    },
    "coal_chemicals": {
        "methanol": 11,
        "glycol_coal": 20,
        "glycol_syngas": 12,
        "oil_direct": 6.5,
        "oil_indirect": 10.75,
        "synthetic_gas": 8,
        "olefins": 24,
    },
    "dyeing": {"cotton_woven": 2, "silk_woven": 3, "knit_yarn": 100},
    "filament_weaving": {"water_jet_polyester": 0.9, "water_jet_nylon": 0.8, "other_loom": 0.3},
    "paper": PULPS | PAPERS,
    "alumina": {"bayer": 1.5, "sinter": 3.0, "combined": 2.0},
    "aluminium": {"molten_aluminium": 0.8, "aluminium_ingot": 1.1},
}
UNLISTED = {
    "chlor_alkali": ["other_chlor_alkali"],
    "nitrogen_fertiliser": ["ammonia_other"],
    "coal_chemicals": ["other_coal_chemical"],
    "dyeing": ["wool"],
    "filament_weaving": ["other_filament"],
    "paper": ["other_pulp", "other_paper"],
}
ETHYLENE = {"ion_exchange": 1.1, "reverse_osmosis": 1.25}
