"""`python -m benchmarks`: every benchmark, one after the other."""

import asyncio

from benchmarks import building, first_paint, registry, reruns, scoring

building.run()
asyncio.run(reruns.run())
first_paint.run()
registry.run()
scoring.main(1_000_000)
