"""The command `waterstats`: build and check the database from the shell."""

import argparse
import sys
from pathlib import Path

from waterstats import registrycommand, scorecommand, store
from waterstats.datafiles import DATA, DataError
from waterstats.statements.files import load_statements


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status (0 done, 1 the data has problems)."""
    parser = argparse.ArgumentParser(prog="waterstats", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    build = commands.add_parser("build", help="turn data/ into one DuckDB file")
    build.add_argument("--out", type=Path, default=store.DATABASE, help="the file to make")
    build.set_defaults(run=_build)
    check = commands.add_parser("check", help="say what is wrong with data/, file and row")
    check.set_defaults(run=_check)
    for command in (build, check):
        command.add_argument("--data", type=Path, default=DATA, help="the data folder")
    scorecommand.add_commands(commands)
    registrycommand.add_commands(commands)
    options = parser.parse_args(arguments)
    try:
        return options.run(options)
    except DataError as error:
        print(error, file=sys.stderr)
        print(f"{len(error.problems)} problem(s) found.", file=sys.stderr)
        return 1


def _build(options: argparse.Namespace) -> int:
    print(store.build(options.data.resolve(), options.out))
    return 0


def _check(options: argparse.Namespace) -> int:
    import tempfile

    data = options.data.resolve()
    with tempfile.TemporaryDirectory() as folder:
        database = store.build(data, Path(folder) / "check.duckdb")
        with store.connect(database) as connection:
            for check in store.check_totals(connection, data):
                print(f"reconciles: {check.title_en}")
            for name in ("source", "figure", "site"):
                print(f"{name}: {len(store.read(connection, name))} rows")
    print(f"statement: {len(load_statements(data).statements)} entries")
    return 0
