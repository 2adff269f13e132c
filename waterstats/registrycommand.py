"""The command `simulate`: an invented registry of any size, for demos, benchmarks and teaching."""

import argparse
import sys
from pathlib import Path

from waterstats import store
from waterstats.registries.simulate import simulate, to_csv, to_parquet

DIRECTORY = "aws_directory_2026_06"
WRITERS = {".csv": to_csv, ".parquet": to_parquet}


def add_commands(commands) -> None:
    """Add `simulate` to the subparsers of the command line."""
    command = commands.add_parser("simulate", help="write a simulated registry, marked as such")
    command.add_argument("--sites", type=int, required=True, help="how many sites")
    command.add_argument("--seed", type=int, default=1, help="the same seed, the same registry")
    command.add_argument("--out", type=Path, required=True, help="the file: .csv or .parquet")
    command.set_defaults(run=run_simulate)


def run_simulate(options: argparse.Namespace) -> int:
    """Write a simulated registry; 1 and a sentence when what was asked cannot be done."""
    write = WRITERS.get(options.out.suffix.lower())
    if write is None:
        expected = " or ".join(WRITERS)
        print(f"--out: found {options.out.name!r}, expected a name in {expected}", file=sys.stderr)
        return 1
    if store.is_stale():
        store.build()
    with store.connect() as connection:
        sites = store.read(connection, "site_described")
        sources = store.read(connection, "source").set_index("source_id")
        industries = store.read(connection, "industry")
    published = sites[sites["source_id"] == DIRECTORY]
    as_of = sources.loc[DIRECTORY, "as_of"]
    try:
        registry = simulate(published, industries, options.sites, options.seed, as_of)
        options.out.write_bytes(write(registry))
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print(options.out)
    return 0
