"""The unknowns: numbers of sites in cells that every counted quantity is a sum of.

The cells are as few as the statements allow. Places are cut only where a statement cuts them; so
are industries and levels. Places that no statement about an industry or a level tells apart share
one set of cells and keep a total each; where no statement joins an industry to a level, the cells
are the industries and the levels, and not their combinations. Whole numbers with given row and
column sums can always be filled in, so nothing is lost by not asking for the table behind them.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import product

import numpy as np
from numpy.typing import NDArray

from waterstats.statements.statement import Geography, Scope

Part = frozenset[str]
Parts = tuple[Part, ...]
Kind = tuple[Part | None, Part | None]


@dataclass(frozen=True)
class _Day:
    """The cells of one date: classes of places, industries and levels nobody tells apart."""

    places: tuple[Part, ...]
    industries: tuple[Part, ...]
    levels: tuple[Part, ...]
    joined: frozenset[Part]

    def families(self, place: Part) -> list[list[Kind]]:
        """The cells of a class of places, each family adding up to all its sites: combinations, or
        industries by themselves and levels by themselves."""
        if place in self.joined or 1 in (len(self.industries), len(self.levels)):
            return [list(product(self.industries, self.levels))]
        return [[(part, None) for part in self.industries], [(None, part) for part in self.levels]]

    def counted(self, place: Part, industries: Parts, levels: Parts, every: bool) -> list[Kind]:
        """The cells of a class that are in these industries (`every`: that is all) and levels."""
        first, *second = self.families(place)
        family = second[0] if second and every and len(levels) < len(self.levels) else first
        return [
            (industry, level)
            for industry, level in family
            if (industry is None or industry in industries) and (level is None or level in levels)
        ]


class Cells:
    """Unknown whole numbers for a set of scopes: the cells, and one unknown for every scope, which
    is a sum of cells. Solvers find out much more from few unknowns with names than from long sums.

    Attributes
    ----------
    size : number of unknowns
    structure : rows that are zero in every table of sites: totals of places that share cells, and
        every scope against its cells
    """

    def __init__(self, scopes: Iterable[Scope], geography: Geography) -> None:
        self._sums, self._geography = dict(geography.sums), geography
        self._position: dict[Hashable, int] = {}
        self._days: dict[date | None, _Day] = {}
        self._atoms: dict[date | None, dict[str, Part]] = {}
        by_day: dict[date | None, list[Scope]] = {}
        for scope in dict.fromkeys(scopes):
            by_day.setdefault(scope.on, []).append(scope)
        for on, own in by_day.items():
            self._atoms[on] = self._leaves(own)
            self._days[on] = self._divide(own)
            self._number(on)
        self._cells = len(self._position)
        sums = {scope: self._sum(scope) for own in by_day.values() for scope in own}
        distinct = {row.tobytes(): row for row in sums.values()}
        place = {key: self._cells + i for i, key in enumerate(distinct)}
        self._unknown = {scope: place[row.tobytes()] for scope, row in sums.items()}
        self.size = self._cells + len(distinct)
        shared = np.array(self._totals(), dtype=np.int64).reshape(-1, self._cells)
        sums = np.array(list(distinct.values()), dtype=np.int64).reshape(-1, self._cells)
        self.structure = np.block(
            [
                [shared, np.zeros((len(shared), len(distinct)), dtype=np.int64)],
                [sums, -np.eye(len(distinct), dtype=np.int64)],
            ]
        )

    def row(self, scope: Scope) -> NDArray[np.int64]:
        """The scope as coefficients of the unknowns. KeyError for one it was not made for."""
        row = np.zeros(self.size, dtype=np.int64)
        row[self._unknown[scope]] = 1
        return row

    def _sum(self, scope: Scope) -> NDArray[np.int64]:
        row = np.zeros(self._cells, dtype=np.int64)
        day, covered = self._days[scope.on], self._covered(scope)
        industries = self._chosen(day.industries, scope.industry)
        levels = self._chosen(day.levels, scope.level)
        whole = len(industries) == len(day.industries) and len(levels) == len(day.levels)
        for place in day.places:
            if whole and len(place) > 1:
                for atom in place & covered:
                    row[self._position[scope.on, atom]] = 1
            elif place <= covered:
                every_industry = len(industries) == len(day.industries)
                for kind in day.counted(place, industries, levels, every_industry):
                    row[self._position[scope.on, place, *kind]] = 1
            elif place & covered:
                raise KeyError(scope)
        return row

    def _totals(self) -> list[NDArray[np.int64]]:
        """Places that share cells, and families of cells of the same places, add up alike."""
        rows = []
        for on, day in self._days.items():
            for place in day.places:
                families = [
                    [self._position[on, place, *kind] for kind in family]
                    for family in day.families(place)
                ]
                if len(place) > 1:
                    families.append([self._position[on, atom] for atom in place])
                for family in families[1:]:
                    row = np.zeros(self._cells, dtype=np.int64)
                    row[family], row[families[0]] = 1, -1
                    rows.append(row)
        return rows

    def _number(self, on: date | None) -> None:
        day = self._days[on]
        for place in day.places:
            names = [(on, place, *kind) for family in day.families(place) for kind in family]
            if len(place) > 1:
                names += [(on, atom) for atom in sorted(place)]
            for name in names:
                self._position[name] = len(self._position)

    def _leaves(self, scopes: list[Scope]) -> dict[str, Part]:
        """Each place spoken of, to the smallest places it is made of."""
        parents = dict(self._geography.parents)
        named: set[str] = set()
        waiting = [code for scope in scopes for code in (*scope.place, *scope.without)]
        while waiting:
            code = waiting.pop()
            if code in named:
                continue
            if code in self._sums:
                waiting += [*self._sums[code].place, *self._sums[code].without]
                continue
            named.add(code)
            waiting += [parents[code]] if code in parents else []
        inside: dict[str, set[str]] = {code: set() for code in named}
        for child, parent in parents.items():
            if parent in named:
                inside[parent].add(child if child in named else f"rest of {parent}")

        def leaves(code: str) -> Part:
            parts = inside.get(code, set())
            if parts <= {f"rest of {code}"}:
                return frozenset({code})
            return frozenset().union(*map(leaves, parts))

        return {code: leaves(code) for code in named}

    def _covered(self, scope: Scope) -> Part:
        return self._of(scope, scope.place) - self._of(scope, scope.without)

    def _of(self, scope: Scope, codes: tuple[str, ...]) -> Part:
        atoms, parts = self._atoms[scope.on], []
        for code in codes:
            if code in self._sums:
                total = self._sums[code]
                parts.append(self._of(scope, total.place) - self._of(scope, total.without))
            else:
                parts.append(atoms[code])
        return frozenset().union(*parts)

    def _divide(self, scopes: list[Scope]) -> _Day:
        """Classes of places, industries and levels that no scope tells apart."""
        every = frozenset().union(*self._atoms[scopes[0].on].values())
        narrow = [scope for scope in scopes if scope.industry or scope.level]
        places = _classes(every, [self._covered(scope) for scope in narrow])
        joint = [self._covered(scope) for scope in narrow if scope.industry and scope.level]
        return _Day(
            places,
            _classes(
                frozenset(self._geography.industries),
                [frozenset(scope.industry) for scope in narrow],
            ),
            _classes(
                frozenset(self._geography.levels), [frozenset(scope.level) for scope in narrow]
            ),
            frozenset(place for place in places if any(place <= each for each in joint)),
        )

    @staticmethod
    def _chosen(classes: tuple[Part, ...], codes: tuple[str, ...]) -> tuple[Part, ...]:
        if not codes:
            return classes
        chosen = tuple(part for part in classes if part & set(codes))
        if frozenset().union(*chosen) != frozenset(codes):
            raise KeyError(codes)
        return chosen


def _classes(members: Part, groups: list[Part]) -> tuple[Part, ...]:
    """Members in one class when they are in the same groups."""
    classes: dict[tuple[bool, ...], set[str]] = {}
    for member in sorted(members):
        classes.setdefault(tuple(member in group for group in groups), set()).add(member)
    return tuple(frozenset(part) for part in classes.values())
