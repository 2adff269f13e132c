"""Do printed totals reconcile? Every printed number is an interval; parts must fit the whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from waterstats.datafiles import DATA, DataError, Fault, nearest, read_toml

FILE = "totals.toml"
INFINITY = float("inf")


@dataclass(frozen=True)
class Figure:
    """A printed number as far as sums are concerned; `percent` when its unit is per cent."""

    value: float
    relation: str
    percent: bool


@dataclass(frozen=True)
class Check:
    """One declared total: the interval of the parts, the interval printed for the whole."""

    id: str
    title_zh: str
    title_en: str
    computed: tuple[float, float]
    printed: tuple[float, float]

    @property
    def reconciles(self) -> bool:
        return self.computed[0] <= self.printed[1] and self.printed[0] <= self.computed[1]


def interval(figure: Figure) -> tuple[float, float]:
    """Least and greatest value that would be printed as this number.

    Counts are exact; a percentage stands for everything that rounds to it at the printed
    decimals; "about" allows two units of the last place; "more than" has no upper end.
    """
    decimals = len(f"{figure.value:g}".partition(".")[2])
    half = 0.5 * 10**-decimals if figure.percent else 0.0
    if figure.relation in (">", ">="):
        return figure.value, INFINITY
    if figure.relation == "<":
        return 0.0, figure.value
    if figure.relation == "~":
        half = 2.0 * 10**-decimals
    return figure.value - half, figure.value + half


def check_totals(
    figures: Mapping[str, Figure], rows_in: Mapping[str, int], data: Path = DATA
) -> list[Check]:
    """Every total declared in totals.toml, computed and printed.

    `figures` maps figure_id to its number, `rows_in` maps a registry's source_id to its rows.
    Raises DataError when a total names a figure or a registry that is not there.
    """
    declared = read_toml(data / FILE, data.parent)
    checks = []
    for kind, compute in {"sum": _sum, "share": _share, "count": _count}.items():
        for total in declared.get(kind, []):
            try:
                computed, printed = compute(total, figures, rows_in)
            except KeyError as error:
                name = str(error.args[0])
                raise DataError(
                    [
                        Fault(
                            f"{data.name}/{FILE}",
                            f"an unknown {name!r} in {total['id']!r}",
                            "a figure_id of data/figures or a file of data/registry",
                            "Correct the name." + nearest(name, [*figures, *rows_in]),
                        )
                    ]
                ) from None
            title = total["title"]
            checks.append(Check(total["id"], title["zh"], title["en"], computed, printed))
    return checks


def _sum(total, figures, _rows):
    low, high = map(sum, zip(*(interval(figures[part]) for part in total["parts"]), strict=True))
    if "whole_percent" in total:
        return (low, high), (total["whole_percent"],) * 2
    return (low, high), interval(figures[total["whole"]])


def _share(total, figures, _rows):
    part, whole = interval(figures[total["part"]]), interval(figures[total["whole"]])
    computed = (100 * part[0] / whole[1], 100 * part[1] / whole[0])
    return computed, interval(figures[total["share"]])


def _count(total, figures, rows_in):
    rows = float(rows_in[total["registry"]])
    return (rows, rows), interval(figures[total["figure"]])
