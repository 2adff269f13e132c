"""How long does it take to solve the statements, all that their page shows at first?

    python -m benchmarks.statements

Budget: a second in all. Each step is repeated on fresh systems and the best of the rounds printed,
as processor time: solving is all there is to wait for, and other work on the machine would show.
"""

from time import process_time

from waterstats.statements.files import load_statements
from waterstats.statements.statement import Scope
from waterstats.statements.study import (
    PRINTED,
    columns,
    counts_behind,
    evidence,
    ranges,
    study,
    years_before,
)

ROUNDS, LISTED = 5, 20


def main() -> None:
    """Print the best time of each step and of all together."""
    best: dict[str, float] = {}
    for _ in range(ROUNDS):
        study.cache_clear()
        for name, seconds in once().items():
            best[name] = min(best.get(name, seconds), seconds)
    for name, seconds in best.items():
        print(f"statements: {name:44} {1e3 * seconds:7.0f} ms")


def once() -> dict[str, float]:
    """Processor seconds of each step of the page's first view."""
    times, start = {}, process_time()

    def lap(name: str) -> None:
        nonlocal start
        times[name], start = process_time() - start, process_time()

    collection = load_statements()
    lap("the file read")
    found = study(collection)
    lap(f"{len(found.found)} conflicts, smallest sets and repairs")
    rest = found.bases[PRINTED]
    for conflict in found.found:
        evidence(found.system, rest, found.statements[conflict.disputed])
    lap("what the others leave for each")
    years_before(found, PRINTED)
    for column in columns(found, PRINTED):
        counts_behind(found, PRINTED, column, LISTED)
    lap("counts behind all percentages")
    geography = collection.geography
    kinds = [(), *((industry,) for industry in geography.industries)]
    ranges(
        found, PRINTED, [Scope(("CHN",), kind, ("platinum",), on=collection.on) for kind in kinds]
    )
    lap("six ranges of numbers nobody printed")
    times["in all"] = sum(times.values())
    return times


if __name__ == "__main__":
    main()
