"""`python -m benchmarks`: every benchmark, one after the other."""

import asyncio

from benchmarks import building, first_paint, reruns

building.run()
asyncio.run(reruns.run())
first_paint.run()
