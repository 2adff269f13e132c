"""Turn data/ into one DuckDB file and open it read-only; the only importer of duckdb."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pandas as pd

from waterstats import corrections, totals
from waterstats.checks import Column, Table, check_table
from waterstats.datafiles import DATA, ROOT, DataError, Fault, Row, read_tables

SCHEMA = Path(__file__).with_name("schema.sql")
DATABASE = ROOT / "build" / "waterstats.duckdb"
Connection = duckdb.DuckDBPyConnection


def build(data: Path = DATA, database: Path = DATABASE) -> Path:
    """Build the database file from a data folder, whole or not at all.

    The file is made under another name and moved into place, so an interrupted build leaves
    the old one. Raises DataError naming file, row and column of everything that is wrong.
    """
    database.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=database.parent) as folder:
        unfinished = Path(folder) / database.name
        with duckdb.connect(unfinished) as connection:
            connection.begin()  # one commit for all tables: each is written to disk
            connection.execute(SCHEMA.read_text(encoding="utf-8"))
            connection.commit()
            _fill(connection, data)
        unfinished.replace(database)
    return database


def is_stale(data: Path = DATA, database: Path = DATABASE) -> bool:
    """Whether the database is missing or older than any file of the data folder or the schema."""
    if not database.exists():
        return True
    built = database.stat().st_mtime
    inputs = [SCHEMA, *data.rglob("*")]
    return any(path.stat().st_mtime > built for path in inputs)


def connect(database: Path = DATABASE) -> Connection:
    """Open the database read-only. Take a cursor of it for every call: see `cursor`."""
    return duckdb.connect(
        database,
        read_only=True,
        config={
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "enable_external_access": "false",
            "python_enable_replacements": "false",
            "lock_configuration": "true",
        },
    )


@contextmanager
def cursor(connection: Connection) -> Iterator[Connection]:
    """A cursor of a shared connection for one call; threads must not share one."""
    own = connection.cursor()
    try:
        yield own
    finally:
        own.close()


def path(connection: Connection) -> Path:
    """The database file behind a connection."""
    with cursor(connection) as own:
        return Path(
            own.execute(
                "select path from duckdb_databases() where database_name = current_database()"
            ).fetchone()[0]
        )


def read(connection: Connection, view: str) -> pd.DataFrame:
    """A whole table or view as a frame; raises duckdb.CatalogException for an unknown name."""
    with cursor(connection) as own:
        return own.table(view).df()


def tables(connection: Connection) -> list[Table]:
    """The tables as schema.sql declares them, referenced tables first."""
    references, keys = {}, {}
    for table, kind, columns, target, target_columns in connection.execute(
        "select table_name, constraint_type, constraint_column_names, referenced_table,"
        " referenced_column_names from duckdb_constraints()"
    ).fetchall():
        if kind == "PRIMARY KEY":
            keys[table] = tuple(columns)
        elif kind == "FOREIGN KEY":
            references[table, columns[0]] = (target, target_columns[0])
    declared: dict[str, list[Column]] = {}
    for table, name, kind, nullable in connection.execute(
        "select table_name, column_name, data_type, is_nullable from duckdb_columns()"
        " join duckdb_tables() using (table_name) where not duckdb_tables.internal"
        " order by duckdb_tables.table_oid, column_index"
    ).fetchall():
        column = Column(name, kind, not nullable, references.get((table, name)))
        declared.setdefault(table, []).append(column)
    return [Table(name, tuple(columns), keys.get(name, ())) for name, columns in declared.items()]


def check_totals(connection: Connection, data: Path = DATA) -> list[totals.Check]:
    """The printed totals of data/totals.toml against the figures and rows of a database."""
    with cursor(connection) as own:
        figures = {
            figure: totals.Figure(value, relation, unit == "percent")
            for figure, value, relation, unit in own.execute(
                "select figure_id, value, relation, unit from figure join series using (series)"
            ).fetchall()
        }
        rows_in = dict(
            own.execute("select source_id, count(*) from site group by source_id").fetchall()
        )
    return totals.check_totals(figures, rows_in, data)


def _fill(connection: Connection, data: Path) -> None:
    rows = read_tables(data)
    corrections.apply(rows, data)
    declared = tables(connection)
    known = {
        column.refers_to: {row.cells.get(column.refers_to[1]) for row in rows[column.refers_to[0]]}
        for table in declared
        for column in table.columns
        if column.refers_to
    }
    problems = [
        fault for table in declared for fault in check_table(table, rows[table.name], known)
    ]
    if problems:
        raise DataError(problems)
    connection.begin()
    for table in declared:
        if rows[table.name]:
            _insert(connection, table, rows[table.name])
    connection.commit()
    _check_across_tables(connection, declared, rows)
    failed = [check for check in check_totals(connection, data) if not check.reconciles]
    if failed:
        raise DataError(
            Fault(
                f"{data.name}/{totals.FILE}",
                f"parts of {check.id!r} making {check.computed[0]:g} to {check.computed[1]:g}",
                f"{check.printed[0]:g} to {check.printed[1]:g} ({check.title_en})",
                "Check the figures it names against their source.",
            )
            for check in failed
        )


def _insert(connection: Connection, table: Table, rows: list[Row]) -> None:
    """Insert checked rows; every CHECK is tried on every row first, to name all faults."""
    frame = pd.DataFrame([row.cells for row in rows], dtype=object).assign(_line=range(len(rows)))
    cells = ", ".join(
        f'cast("{c.name}" as {c.type}) as "{c.name}"' if c.name in frame else f"null as {c.name}"
        for c in table.columns
    )
    connection.register("incoming", frame.where(frame.notna(), None))
    expressions = connection.execute(
        "select expression, constraint_column_names from duckdb_constraints()"
        " where table_name = ? and constraint_type = 'CHECK'",
        [table.name],
    ).fetchall()
    problems = []
    for expression, names in expressions:
        broken = connection.execute(
            f"select _line from (select {cells}, _line from incoming)"
            f" where not coalesce({expression}, true)"
        ).fetchall()
        for (line,) in broken:
            row = rows[line]
            found = ", ".join(f"{name} = {row.cells.get(name)}" for name in dict.fromkeys(names))
            problems.append(
                Fault(row.file, found, expression, "Correct the row.", row.line, names[-1])
            )
    if problems:
        raise DataError(problems)
    connection.execute(f"insert into {table.name} select {cells} from incoming order by _line")
    connection.unregister("incoming")


def _check_across_tables(connection, declared: list[Table], rows: dict[str, list[Row]]) -> None:
    """The views check_* of schema.sql: each of their rows is a fault."""
    places = {
        (table.name, table.key_of(row)): row for table in declared for row in rows[table.name]
    }
    views = connection.execute(
        "select view_name from duckdb_views()"
        " where not internal and starts_with(view_name, 'check_')"
    ).fetchall()
    problems = []
    for (view,) in views:
        for table, key, column, found, expected in connection.execute(
            f"select table_name, key, column_name, found, expected from {view}"
        ).fetchall():
            row = places[table, key]
            problems.append(Fault(row.file, found, expected, "Correct the cell.", row.line, column))
    if problems:
        raise DataError(problems)
