"""Declared corrections of the sources: applied while building, shown on the sources page."""

from pathlib import Path

from waterstats.datafiles import DATA, DataError, Fault, Row, read_toml

FILE = "corrections.toml"


def declared(data: Path = DATA) -> dict[str, list[dict]]:
    """The corrections and doubts of a data folder: {"correction": [...], "doubt": [...]}."""
    return {"correction": [], "doubt": []} | read_toml(data / FILE, data.parent)


def apply(tables: dict[str, list[Row]], data: Path = DATA) -> None:
    """Change the cells that declared corrections name, in place.

    Raises DataError when a correction finds no row, or finds something else than its `expect`:
    the source or our copy has changed, so the correction has expired and must be looked at.
    """
    problems = []
    for correction in declared(data)["correction"]:
        matches = [
            row
            for row in tables.get(correction["table"], [])
            if all(row.cells.get(k) == v for k, v in correction["key"].items())
        ]
        found = [row.cells.get(correction["column"]) for row in matches]
        if found != [correction["expect"]]:
            problems.append(
                Fault(
                    f"{data.name}/{FILE}",
                    f"{found[0]!r}" if len(found) == 1 else f"{len(found)} rows",
                    f"{correction['expect']!r} in {correction['table']}.{correction['column']}",
                    f"Correction {correction['id']!r} has expired: check it against the source, "
                    "then change or delete it.",
                )
            )
            continue
        matches[0].cells[correction["column"]] = correction["value"]
    if problems:
        raise DataError(problems)
