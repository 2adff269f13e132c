"""Small steps of compiling: terms joined, versions that no reading tells apart, bounds."""

from dataclasses import replace

from waterstats.scoring.plans import FINITE, Term, Versions
from waterstats.standards.rules import Reading


def merge(terms: list[Term]) -> list[Term]:
    """Join terms of neighbouring rows that add the same, so that they are counted in one go."""
    merged: list[Term] = []
    for term in sorted(terms, key=lambda t: (t.section, t.code, t.low, t.high, t.rows.start)):
        last = merged[-1] if merged else None
        if last and term == replace(last, rows=term.rows) and last.rows.stop == term.rows.start:
            merged[-1] = replace(last, rows=slice(last.rows.start, term.rows.stop))
        else:
            merged.append(term)
    return merged


def changed_ids(reading: Reading) -> set[str]:
    return {change.of for choice in reading.choices for change in choice.changes}


def without_idle(versions: Versions) -> Versions:
    """Leave out readings that change nothing here (the 34-point rule where it binds anyway)."""
    for i in range(len(versions.readings)):
        first = {c: v for c, v in versions.versions.items() if c[i] == 0}
        if all(v == first[(*c[:i], 0, *c[i + 1 :])] for c, v in versions.versions.items()):
            readings = (*versions.readings[:i], *versions.readings[i + 1 :])
            return without_idle(
                Versions(readings, {(*c[:i], *c[i + 1 :]): v for c, v in first.items()})
            )
    return versions


def renumber(versions: Versions, used: list[int]) -> Versions:
    """Positions of readings among those the plan uses."""
    return replace(versions, readings=tuple(used.index(i) for i in versions.readings))


def bound(maximum: float | None) -> float:
    return FINITE if maximum is None else maximum
