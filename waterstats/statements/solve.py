"""Which numbers of sites fit a set of statements: solved exactly as integer programmes (HiGHS).

The solver works in floating point and accepts a row that is missed by 1e-6. Every row has whole
coefficients and a whole bound, so that a whole solution either holds or misses by 1: solutions are
rounded and checked again in whole numbers.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, hstack, vstack

from waterstats.statements.cells import Cells
from waterstats.statements.found import Range, Solutions, SolverError
from waterstats.statements.linear import AtLeast, inequalities
from waterstats.statements.statement import Geography, Scope, Statement

INFEASIBLE = 2
UNLIMITED = 1_000_000  # a number that could reach this has no limit
LARGEST = 100_000
LEAST_ROOM, ROOM = 2_000, 4


class System:
    """Statements by name, over one set of cells; any subset of them can be solved.

    statements : name to statement (a reading of a statement has a name of its own)
    asked : further scopes that will be asked for
    """

    def __init__(
        self,
        statements: Mapping[str, Statement],
        geography: Geography,
        asked: Iterable[Scope] = (),
    ) -> None:
        scopes = [scope for statement in statements.values() for scope in statement.scopes]
        self.cells = Cells([*scopes, *asked], geography)
        rows, least, self._own = [*self.cells.structure], [0] * len(self.cells.structure), {}
        for name, statement in statements.items():
            demands = [self.whole(each) for each in inequalities(statement)]
            self._own[name] = np.arange(len(rows), len(rows) + len(demands))
            rows += [row for row, _ in demands]
            least += [end for _, end in demands]
        self._rows = np.array(rows, dtype=np.int64).reshape(len(rows), self.cells.size)
        self._least = np.array(least, dtype=np.int64)
        self._sparse = csr_array(self._rows.astype(float))
        sites = [each.value for each in statements.values() if each.unit == "sites"]
        self._largest = int(max(sites, default=0))
        bases = [each.of for each in statements.values()]
        self._counts = {
            name: 1 + sum(of in each.count for of in bases)
            for name, each in statements.items()
            if each.count and each.unit == "sites" and each.relation == "="
        }
        self._fixed = np.arange(len(self.cells.structure))
        self._bits = {name: 1 << position for position, name in enumerate(statements)}
        self._consistent: set[int] = set()
        self._conflicting: set[int] = set()

    def whole(self, demand: AtLeast) -> tuple[NDArray[np.int64], int]:
        """An inequality between scopes as one between cells, in lowest terms."""
        row = sum(n * self.cells.row(scope) for scope, n in demand.terms)
        divisor = int(np.gcd.reduce(row)) or 1
        return row // divisor, math.ceil(Fraction(demand.least, divisor))

    def solution(
        self,
        names: Iterable[str],
        objective: NDArray | None = None,
        extra: Iterable[AtLeast] = (),
    ) -> NDArray[np.int64] | None:
        """Numbers that fit the statements named (and extra demands), the objective least; or None.

        Raises SolverError if HiGHS gives up.
        """
        names = sorted(names)
        chosen = self._rows_of(names)
        matrix, least = self._sparse[chosen], self._least[chosen].astype(float)
        most = np.full(len(chosen), np.inf)
        most[: len(self._fixed)] = 0
        constraints = [LinearConstraint(matrix, least, most)] if len(chosen) else []
        further = [self.whole(each) for each in extra]
        if further:
            rows = np.array([row for row, _ in further], dtype=float)
            constraints.append(LinearConstraint(rows, [float(end) for _, end in further], np.inf))
        found = milp(
            np.zeros(self.cells.size) if objective is None else objective.astype(float),
            integrality=np.ones(self.cells.size),
            bounds=Bounds(0, UNLIMITED),
            constraints=constraints,
        )
        if found.status == INFEASIBLE:
            if not further:
                self._conflicting.add(self._bits_of(names))
            return None
        if found.x is None:
            raise SolverError(found.message)
        x = np.rint(found.x).astype(np.int64)
        wrong = self._rows[chosen] @ x < self._least[chosen]
        wrong[: len(self._fixed)] |= self._rows[self._fixed] @ x != 0
        if wrong.any() or any(row @ x < end for row, end in further):
            raise SolverError("a rounded solution does not hold")
        if objective is None:
            self._consistent.add(self._bits_of(self.true(self._own, x)))
        return x

    def fits(self, names: Iterable[str], extra: Iterable[AtLeast] = ()) -> bool:
        """Whether the statements can be true together.

        Not solved when it is known: they are all true of numbers found before, or a conflict found
        before is among them.
        """
        names, extra = list(names), list(extra)
        asked = self._bits_of(names)
        if not extra and any(asked & true == asked for true in self._consistent):
            return True
        if any(asked & conflict == conflict for conflict in self._conflicting):
            return False
        return self.solution(names, extra=extra) is not None

    def fewest_false(
        self, hard: Iterable[str], soft: Iterable[str], cost: Callable[[str], float] = lambda _: 1
    ) -> frozenset[str] | None:
        """The cheapest of the soft statements to be false so that the rest is true together.

        None if the hard ones conflict. Each soft row may be missed at the price of its statement,
        by as much as numbers of sites up to a limit can miss it: a price paid in fractions, which
        the solver takes for none, must not buy a whole site.
        """
        hard, soft = sorted(hard), sorted(soft)
        rows = self._rows_of(hard)
        own = np.concatenate([np.zeros(0, np.int64), *(self._own[name] for name in soft)])
        own = own.astype(np.int64)
        price = [number for number, name in enumerate(soft) for _ in self._own[name]]
        most = max(LEAST_ROOM, ROOM * self._largest)
        missed = self._least[own] - np.minimum(self._rows[own] * most, 0).sum(axis=1)
        matrix = vstack(
            [
                hstack([self._sparse[rows], csr_array((len(rows), len(soft)))]),
                hstack(
                    [
                        self._sparse[own],
                        csr_array((missed, (range(len(own)), price)), (len(own), len(soft))),
                    ]
                ),
            ]
        )
        ends = np.full(len(rows) + len(own), np.inf)
        ends[: len(self._fixed)] = 0
        found = milp(
            np.append(np.zeros(self.cells.size), [cost(name) for name in soft]),
            integrality=np.ones(self.cells.size + len(soft)),
            bounds=Bounds(0, np.append(np.full(self.cells.size, most), np.ones(len(soft)))),
            constraints=LinearConstraint(matrix, self._least[np.append(rows, own)], ends),
            options={"mip_rel_gap": 0},
        )
        if found.x is None:
            if self.fits(hard):
                raise SolverError("the statements need more sites than can be looked at")
            return None
        x = np.rint(found.x[: self.cells.size]).astype(np.int64)
        true = self.true(self._own, x)
        if not true >= set(hard) or (self._rows[self._fixed] @ x != 0).any():
            raise SolverError("a rounded solution does not hold")
        self._consistent.add(self._bits_of(true))
        return frozenset(soft) - true

    def _rows_of(self, names: Iterable[str]) -> NDArray[np.int64]:
        own = [self._own[name] for name in names]
        return np.concatenate([self._fixed, *own]).astype(np.int64)

    def _bits_of(self, names: Iterable[str]) -> int:
        return sum({self._bits[name] for name in names})

    def counts(self, name: str) -> int:
        """0 unless a statement gives a number of sites exactly, then 1, and 1 for every statement
        about a share of these sites."""
        return self._counts.get(name, 0)

    def true(self, names: Iterable[str], x: NDArray[np.int64]) -> frozenset[str]:
        """The statements that are true of these numbers."""
        holds = self._rows @ x >= self._least
        return frozenset(name for name in names if holds[self._own[name]].all())

    def count(self, scope: Scope, x: NDArray[np.int64]) -> int:
        """The sites of a scope in a solution."""
        return int(self.cells.row(scope) @ x)

    def bounds(
        self, names: Iterable[str], scope: Scope, extra: Iterable[AtLeast] = ()
    ) -> Range | None:
        """Least and greatest number of sites of a scope, both reached; None if nothing fits."""
        row, names, extra = self.cells.row(scope), list(names), list(extra)
        x = self.solution(names, row, extra)
        if x is None:
            return None
        high = self.count(scope, self.solution(names, -row, extra))
        return Range(self.count(scope, x), high if high < UNLIMITED else None)

    def share(
        self, names: Iterable[str], count: Scope, of: Scope
    ) -> tuple[Fraction, Fraction] | None:
        """Least and greatest count/of, exactly; None if nothing fits, or `of` may be zero."""
        names, rows = list(names), (self.cells.row(count), self.cells.row(of))
        some = AtLeast(((of, 1),), 1)
        if self.fits(names, [AtLeast(((of, -1),), 0)]):
            return None
        low, high = (self._extreme(names, *rows, sign, some) for sign in (1, -1))
        return None if low is None or high is None else (low, high)

    def _extreme(
        self, names: list[str], count: NDArray, of: NDArray, sign: int, some: AtLeast
    ) -> Fraction | None:
        """Dinkelbach's method: the least (sign 1) or greatest quotient of two sums."""
        x = self.solution(names, extra=[some])
        while x is not None:
            best = Fraction(int(count @ x), int(of @ x))
            objective = sign * (best.denominator * count - best.numerator * of)
            x = self.solution(names, objective, [some])
            if objective @ x >= 0:
                return best
        return None

    def every(
        self, names: Iterable[str], scopes: list[Scope], most: int, near: list[Range]
    ) -> Solutions:
        """All numbers the scopes can have together, at most `most` of them, in order.

        near : a range for each that surely holds its numbers. They are read as the digits of one
        number, each digit as many values as its range, and the solver is asked for the next
        larger one. Where that number would grow too large to be told apart in floating point only
        the bounds are given.
        """
        names, found, least = list(names), [], 0
        widths = [each.high - each.low + 1 for each in near]
        worths = [math.prod(widths[i + 1 :]) for i in range(len(scopes))]
        number = sum(w * self.cells.row(scope) for w, scope in zip(worths, scopes, strict=True))
        terms = tuple(zip(scopes, worths, strict=True))
        complete = False
        while len(found) <= most and math.prod(widths) < LARGEST:
            x = self.solution(names, number, [AtLeast(terms, least)])
            if complete := x is None:
                break
            found.append(tuple(self.count(scope, x) for scope in scopes))
            least = int(number @ x) + 1
        if complete and found:
            ranges = [Range(min(each), max(each)) for each in zip(*found, strict=True)]
        else:
            ranges = [self.bounds(names, scope) for scope in scopes]
        return Solutions(tuple(ranges), tuple(found[:most]), complete)
