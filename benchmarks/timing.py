"""How long something takes: the best of some rounds, because other work only ever adds."""

from collections.abc import Callable
from time import perf_counter


def fastest(run: Callable[[], object], rounds: int) -> float:
    """The fastest of so many runs [seconds]."""
    times = []
    for _ in range(rounds):
        start = perf_counter()
        run()
        times.append(perf_counter() - start)
    return min(times)
