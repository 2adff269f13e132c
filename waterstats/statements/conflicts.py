"""Which statements cannot be true together, the smallest such sets, and what repairs them.

Two facts are used throughout: a set of statements that cannot be true together must lose one from
each of its minimal conflicting sets, and each such set must meet every correction set (statements
whose loss makes the rest consistent). The smallest of either kind is found by collecting sets of
the other kind until a smallest set that meets them all is itself one.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from waterstats.statements.solve import System
from waterstats.statements.statement import Reading

Names = frozenset[str]


@dataclass(frozen=True)
class Conflict:
    """Statements that cannot be true together.

    disputed : the statement without which all others (of the other conflicts' rest) are consistent
    members : a smallest set that cannot be true together, the disputed one among them
    dropped : every statement whose loss alone repairs this conflict
    reread : every reading that alone repairs it
    """

    disputed: str
    members: Names
    dropped: tuple[str, ...]
    reread: tuple[str, ...]


def smallest_meeting(sets: Iterable[Names]) -> Names:
    """A smallest set that shares a member with each of `sets`; of several the first by name."""
    sets = list(sets)
    members = sorted(frozenset().union(*sets))
    if not members:
        return frozenset()
    rows = np.array([[member in each for member in members] for each in sets], dtype=float)
    cost = _nudged(members)
    found = milp(
        [cost(member) for member in members],
        integrality=np.ones(len(members)),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(rows, 1, np.inf),
        options={"mip_rel_gap": 0},
    )
    return frozenset(m for m, take in zip(members, found.x, strict=True) if take > 0.5)


def minimal_conflict(system: System, names: Iterable[str]) -> Names:
    """A set that cannot be true together and of which every member is needed.

    Halves are left out first and single statements last (QuickXplain), so that a small conflict
    among many statements takes few solutions; exact counts are kept longest, since the solver
    is quick where totals are known. Raises ValueError if all can be true.
    """
    names = sorted(names, key=lambda name: (-system.counts(name), name))
    if system.fits(names):
        raise ValueError("no conflict")

    def needed(kept: list[str], added: bool, rest: list[str]) -> list[str]:
        """The members of `rest` that conflict with `kept`; `added`: kept has just grown."""
        if added and not system.fits(kept):
            return []
        if len(rest) == 1:
            return rest
        half = len(rest) // 2
        later = needed(kept + rest[:half], True, rest[half:])
        return needed(kept + later, bool(later), rest[:half]) + later

    return frozenset(needed([], False, names))


def fewest_to_drop(
    system: System, names: Iterable[str], rank: Callable[[str], int] = lambda _: 0
) -> Names:
    """A smallest set of statements without which the others can be true together.

    Exact counts are not doubted while shares, growths and ranks can be. Among equally small sets
    members of a lower rank are taken, then the first by name.
    """
    names = frozenset(names)
    exact = frozenset(name for name in names if system.counts(name))
    doubtable = sorted(names - exact, key=lambda name: (rank(name), name))
    dropped = system.fewest_false(exact, doubtable, _nudged(doubtable))
    if dropped is None:  # the exact counts contradict each other
        dropped = system.fewest_false((), names, _nudged(sorted(names)))
    for name in sorted(dropped):  # none in vain, should the solver's tolerance have cost one
        if system.fits(names - dropped | {name}):
            dropped -= {name}
    return dropped


def _nudged(names: list[str]) -> Callable[[str], float]:
    """A cost of 1 each, the earlier ones a little cheaper: too little to outweigh a member."""
    place = {name: number for number, name in enumerate(names)}
    return lambda name: 1 + place[name] / (10 * len(names) ** 2)


def smallest_conflict(system: System, names: Iterable[str]) -> Names:
    """A set that cannot be true together, with as few shares, growths and ranks as possible, and of
    the exact counts only those that it needs.

    Raises ValueError if the statements can all be true.
    """
    names = frozenset(names)
    if system.fits(names):
        raise ValueError("no conflict")
    exact = frozenset(name for name in names if system.counts(name))
    corrections: list[Names] = []
    while True:
        candidate = exact | smallest_meeting(corrections)
        false = system.fewest_false(candidate, names - candidate)
        if false is None:
            return minimal_conflict(system, candidate)
        corrections.append(false)


def reread(names: Iterable[str], reading: Reading) -> Names:
    """The names with the statements of a reading in place of the printed ones."""
    changed = {statement: f"{statement}@{reading.id}" for statement, _ in reading.changes}
    return frozenset(changed.get(name, name) for name in names)


def conflicts(
    system: System, names: Iterable[str], readings: Mapping[str, Reading]
) -> list[Conflict]:
    """Every conflict by itself, the others set aside, with all single changes that repair it.

    Which statement a conflict is named after: one whose loss repairs it, rather one that a
    reading changes, because its words leave room.
    """
    names = frozenset(names)
    ambiguous = {name for reading in readings.values() for name, _ in reading.changes}
    disputed = fewest_to_drop(system, names, lambda name: name not in ambiguous)
    return [
        conflict_of(system, names - (disputed - {name}), name, readings)
        for name in sorted(disputed)
    ]


def conflict_of(
    system: System, names: Iterable[str], disputed: str, readings: Mapping[str, Reading]
) -> Conflict:
    """The one conflict of a set that is consistent without the disputed statement."""
    names = frozenset(names)
    members = smallest_conflict(system, names)
    return Conflict(
        disputed,
        members,
        tuple(name for name in sorted(members) if system.fits(names - {name})),
        tuple(
            id_
            for id_, reading in readings.items()
            if members & {name for name, _ in reading.changes}
            and system.fits(reread(names, reading))
        ),
    )
