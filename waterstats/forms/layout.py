"""How the forms of a standard are laid out and worded: data/standards/forms.toml, and before it the
standard's own forms.toml."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from waterstats.language import locator as locator_words
from waterstats.standards.limits import Words
from waterstats.standards.records import RuleError, nearest, only, parse, record, records
from waterstats.standards.rulefiles import STANDARDS, load_standard

KINDS = ("text", "number", "choice", "series", "industry", "by_hand")
TABLES = ("words", "tables", "columns", "fields", "groups", "beside", "units", "signs")


@dataclass(frozen=True)
class Option:
    """An answer to a field of kind choice; `short` is its coarser class, `group` what it is in."""

    id: str
    label: Words
    group: str = ""
    short: str = ""


@dataclass(frozen=True)
class Field:
    """A line of the information sheet. `half`: two stand side by side. `group` heads neighbours.

    kind: text, number, choice, series (a value for each of three years), industry (tick boxes), or
    by_hand (printed blank, with `lines`; never asked). `fill`: taken from the scenario where
    nothing was given: "name", a family of variants, a measure, or a must that limits decide.
    `sheet`: on the sheet itself.
    """

    id: str
    label: Words
    kind: str = "text"
    section: str = ""
    group: str = ""
    half: bool = False
    fill: str = ""
    sheet: bool = True
    options: tuple[Option, ...] = ()
    lines: tuple[str, ...] = ()

    def option(self, given: str) -> Option | None:
        """The option of an id, or of the word a table of enterprises has for it."""
        for option in self.options:
            if given and given in (option.id, option.label.zh, option.label.en, option.short):
                return option
        return None


@dataclass(frozen=True)
class Column:
    """A column of the recommendation table: "number", "name", "industry", or a field."""

    show: str
    head: str
    width: float


@dataclass(frozen=True)
class Sheet:
    """Title, headings, column widths in cm, and the lines around a table."""

    name: str
    title: str
    widths: tuple[float, ...] = ()
    heads: tuple[str, ...] = ()
    subheads: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    least_rows: int = 0


@dataclass(frozen=True)
class Layout:
    """Everything that is printed without being a rule or an answer."""

    words: Mapping[str, str]
    tables: Mapping[str, Sheet]
    columns: tuple[Column, ...]
    fields: tuple[Field, ...] = ()
    groups: Mapping[str, str] = field(default_factory=dict)
    beside: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    signs: Mapping[str, str] = field(default_factory=dict)

    def place(self, locator: str) -> str:
        """A locator in Chinese."""
        return locator_words(locator, "zh")

    def unit(self, unit: str) -> str:
        """A unit as it is printed."""
        for ours, printed in self.units.items():
            unit = unit.replace(ours, printed)
        return unit

    def field(self, id_: str) -> Field | None:
        return next((known for known in self.fields if known.id == id_), None)

    @property
    def asked(self) -> tuple[Field, ...]:
        """The fields somebody fills in on the screen."""
        return tuple(f for f in self.fields if f.kind not in ("industry", "by_hand"))


@cache
def load_layout(standard: str | Path) -> Layout:
    """The layout of a standard's forms, by its id or folder.

    Raises RuleError for a key, field or record it does not know.
    """
    id_ = load_standard(standard).id
    folder = STANDARDS / id_ if str(standard) == id_ else Path(standard)
    common = parse(STANDARDS / "forms.toml")
    own = parse(folder / "forms.toml") if (folder / "forms.toml").is_file() else {}
    only(own, list(TABLES), "forms.toml")
    layout = read_layout(common, own)
    for column in layout.columns:
        known = ["number", "name", "industry", *(f.id for f in layout.fields)]
        if column.show not in known:
            raise RuleError(f"forms.toml: column {column.show!r}{nearest(column.show, known)}")
    for f in layout.fields:
        if f.kind not in KINDS:
            raise RuleError(f"forms.toml: field {f.id}: kind {f.kind!r}{nearest(f.kind, KINDS)}")
    return layout


def read_layout(common: Mapping[str, Any], own: Mapping[str, Any]) -> Layout:
    def merged(name: str) -> dict[str, Any]:
        return {**common.get(name, {}), **own.get(name, {})}

    only(own.get("words", {}), list(common["words"]), "forms.toml: words")
    only(own.get("tables", {}), list(common["tables"]), "forms.toml: tables")
    tables = {
        name: record(Sheet, {**sheet, **own.get("tables", {}).get(name, {})}, f"forms.toml: {name}")
        for name, sheet in common["tables"].items()
    }
    columns = own.get("columns", common["columns"])
    return Layout(
        words=merged("words"),
        tables=tables,
        columns=tuple(records(Column, columns, "forms.toml: columns")),
        fields=tuple(records(Field, own.get("fields", []), "forms.toml: fields")),
        groups=merged("groups"),
        beside=merged("beside"),
        units=merged("units"),
        signs=merged("signs"),
    )
