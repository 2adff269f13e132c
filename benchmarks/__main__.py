"""`python -m benchmarks`: every benchmark, one after the other."""

import asyncio

from benchmarks import (
    building,
    comparing,
    first_paint,
    portfolio,
    registry,
    reruns,
    scoring,
    statements,
)

building.run()
asyncio.run(reruns.run())
first_paint.run()
statements.main()
registry.run()
scoring.main(1_000_000)
portfolio.main(100_000)
comparing.main(1_000_000)
