"""`python -m benchmarks`: every benchmark, one after the other."""

import asyncio

from benchmarks import building, comparing, first_paint, reruns, scoring

building.run()
asyncio.run(reruns.run())
first_paint.run()
scoring.main(1_000_000)
comparing.main(1_000_000)
