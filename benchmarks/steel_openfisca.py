"""The steel rules as OpenFisca variables, one enterprise an entity, judged as arrays.

OpenFisca keeps whole numbers as int32 and the others as float32.
"""

import numpy as np
from openfisca_core.entities import Entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from benchmarks.leader_numpy import FOUR, REST, SITE

YEAR = "2025"
Enterprise = Entity("enterprise", "enterprises", "An enterprise", "Applies for the title.")


def variable(name: str, kind: type, formula=None) -> type[Variable]:
    parts = {"value_type": kind, "entity": Enterprise, "definition_period": DateUnit.YEAR}
    if formula:
        parts["formula"] = formula
    return type(name, (Variable,), {**parts, "label": name})


def answered(enterprise, period, code: int):
    """The points of the sub-items answered with a code."""
    return sum(
        worth * (enterprise(f"a{i}", period) == code)
        for rows, worth in (*FOUR, *REST)
        for i in range(rows.start, rows.stop)
    )


def bonus(enterprise, period):
    title = enterprise("a46", period)
    both = (enterprise("a44", period) == 1) + 1 * (enterprise("a45", period) == 1)
    return both + (title == 4) + 2 * (title == 5)


def low(enterprise, period):
    points = answered(enterprise, period, 1) + enterprise("bonus", period)
    return points - 3 * (enterprise("a43", period) != 2)


def high(enterprise, period):
    points = 60 - answered(enterprise, period, 2) + enterprise("bonus", period)
    return points - 3 * (enterprise("a43", period) == 1)


def vetoed(enterprise, period):
    answers = [enterprise(f"a{i}", period) == 2 for i in range(7)]
    size = enterprise("annual_withdrawal", period)
    small = (size >= 0) & (size < 100000)
    return np.logical_or.reduce([*answers, small, enterprise("bad_unit_withdrawal", period)])


def failed(enterprise, period):
    names = [row[0] for row in SITE["steel"] if row[0] != "unit_withdrawal"]
    return np.logical_or.reduce([enterprise(f"bad_{name}", period) for name in names])


def decided(enterprise, period):
    size = enterprise("annual_withdrawal", period)
    every = [(size >= 0) & (size < np.inf), enterprise("low", period) >= 48]
    every += [enterprise(f"done_{row[0]}", period) for row in SITE["steel"]]
    for i in range(7):
        answer = enterprise(f"a{i}", period)
        every.append((answer >= 1) & (answer <= (3 if i == 5 else 2)))
    return np.logical_and.reduce(every)


def verdict(enterprise, period):
    return np.select(
        [
            enterprise("vetoed", period),
            enterprise("high", period) < 48,
            enterprise("failed", period),
            ~enterprise("decided", period),
        ],
        [0, 1, 2, 3],
        4,
    )


def limit_row(column: str, op: str, limit: float, maximum: float, system: bool):
    """The variables of one limit: does the value miss it, and is it decided?"""
    maximum = maximum if maximum == 100 else np.finfo(np.float32).max

    def bad(enterprise, period):
        value = enterprise(column, period)
        wrong = value > limit if op == "<=" else value < limit
        return wrong & (value >= 0) & (value <= maximum)

    def done(enterprise, period):
        value = enterprise(column, period)
        known = (value >= 0) & (value <= maximum)
        return known | enterprise(f"absent_{column}", period) & np.isnan(value) if system else known

    yield variable(f"bad_{column}", bool, bad)
    yield variable(f"done_{column}", bool, done)


def rules() -> TaxBenefitSystem:
    """All variables: the inputs first."""
    system = TaxBenefitSystem([Enterprise])
    variables = [variable(f"a{i}", int) for i in range(47)]
    variables.append(variable("annual_withdrawal", float))
    for row in SITE["steel"]:
        variables += [variable(row[0], float), *limit_row(*row)]
        if row[-1]:
            variables.append(variable(f"absent_{row[0]}", bool))
    variables += [variable(f.__name__, int, f) for f in (bonus, low, high, verdict)]
    variables += [variable(f.__name__, bool, f) for f in (vetoed, failed, decided)]
    for one in variables:
        system.add_variable(one)
    return system


def filled(system: TaxBenefitSystem, answers, x, absent) -> Simulation:
    simulation = SimulationBuilder().build_default_simulation(system, answers.shape[1])
    columns = {f"a{i}": row for i, row in enumerate(answers)} | x
    columns |= {f"absent_{name}": row for name, row in absent.items()}
    for name, row in columns.items():
        if name in system.variables:
            simulation.set_input(name, YEAR, row)
    return simulation


def judge(system: TaxBenefitSystem, answers, x, absent) -> np.ndarray:
    return filled(system, answers, x, absent).calculate("verdict", YEAR)
