"""What is wrong with a table, said so that its owner can mend it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """A cell that cannot be used: table, row counted from 1 (0 is the header), column, what is
    there, and what should be."""

    table: str
    row: int
    column: str
    found: str
    expected: str

    def __str__(self) -> str:
        where = f"{self.table}, row {self.row}, {self.column}"
        return f"{where}: found {self.found!r}, expected {self.expected}"


class InputError(ValueError):
    """Tables with cells that cannot be used; `problems` lists them all."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        more = f"\n… and {len(problems) - 20} more" if len(problems) > 20 else ""
        super().__init__("\n".join(map(str, problems[:20])) + more)
