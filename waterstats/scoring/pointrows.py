"""The points of a standard in numbers: the scale they are counted in, what each answer adds, what
is typed, and the levels."""

from collections.abc import Iterator

from waterstats.scoring.plans import LevelRow, Term, Typed, worths
from waterstats.scoring.versions import merge
from waterstats.standards.rules import Must, Points, Standard

NEVER = 2**31 - 1  # more than any total: a minimum that nothing reaches
HUNDREDTHS = 100


def scale_of(standard: Standard) -> int:
    """The parts of a point that totals are counted in, so that every number is whole. Points that
    are typed need hundredths at least."""
    worth = [pair for p in standard.points for pair in (p.points, *(g.points for g in p.grades))]
    numbers = [number for pair in worth for number in pair]
    numbers += [x.minimum or 0.0 for x in (*standard.gates, *standard.levels)]
    least = HUNDREDTHS if any(item.measure for item in standard.points) else 1
    scales = (1, 2, 4, 10, 100, 1000)
    return next(s for s in scales if s >= least and all(round(x * s) / s == x for x in numbers))


def terms(
    standard: Standard, first: int, scale: int
) -> tuple[tuple[Term, ...], tuple[int, ...], tuple[int, ...]]:
    """What answers add to the section totals of a form left blank, and those totals; `first` is the
    row of the first item that is answered."""
    ids = [s.id for s in standard.sections]
    low, high = [0] * len(ids), [0] * len(ids)
    added: list[Term] = []
    row = first
    for item in standard.points:
        section, blank = ids.index(item.section), item.unanswered
        low[section] += round(blank[0] * scale)
        high[section] += round(blank[1] * scale)
        for code, worth in worths(item) if item.asked else ():
            change = [round((w - b) * scale) for w, b in zip(worth, blank, strict=True)]
            if any(change):
                added.append(Term(section, slice(row, row + 1), code, *change))
        row += item.asked
    return tuple(merge(added)), tuple(low), tuple(high)


def typed(standard: Standard, scale: int, position) -> Iterator[Typed]:
    """The items whose points are a number; `position` gives the place of a measure's value."""
    ids = [s.id for s in standard.sections]
    for row, item in enumerate(standard.points):
        if item.measure:
            blank = [round(x * scale) for x in item.unanswered]
            yield Typed(row, ids.index(item.section), position(item.measure), item.most, *blank)


def level_rows(
    standard: Standard, asked: tuple[Must | Points, ...], scale: int
) -> Iterator[LevelRow]:
    """The levels. Where a minimum is not known it lies between those of its neighbours: above the
    last known one below, so that nothing under it is that level; under the next one known, which
    whoever reaches has reached this too."""
    ids = [clause.id for clause in asked]
    for place, level in enumerate(standard.levels):
        requires = tuple(ids.index(i) for i in level.requires if i in ids)
        sure = possible = level.minimum
        if sure is None:
            above = [x.minimum for x in standard.levels[place:] if x.minimum is not None]
            below = [x.minimum for x in standard.levels[:place] if x.minimum is not None]
            sure = above[0] if above else None
            possible = (below[-1] if below else 0.0) + (1 / scale if place else 0.0)
        minimum = NEVER if sure is None else round(sure * scale)
        yield LevelRow(minimum, requires, round(possible * scale))
