"""Technical limits as frozen records: what is measured, for which products and routes, and the
printed numbers it is compared with."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """The same short label in Chinese and English; `words["en"]` picks one."""

    zh: str
    en: str

    def __getitem__(self, language: str) -> str:
        return getattr(self, language)


@dataclass(frozen=True)
class Measure:
    """A number that is asked: once per site, or `per = "variant"` for each product or route.

    `maximum` bounds what is possible (100 for a percentage). `shared` names the volume to give
    when several variants run on one meter.
    """

    id: str
    label: Words
    unit: str
    per: str = "site"
    maximum: float | None = None
    shared: str = ""
    help: Words | None = None


@dataclass(frozen=True)
class Industry:
    """An industry with its technical table and the standard that table cites."""

    id: str
    label: Words
    table: str
    standard: str
    locator: str


@dataclass(frozen=True)
class Family:
    """A kind of variant (product, route, oven type); one has to be declared unless optional."""

    id: str
    label: Words
    optional: bool = False


@dataclass(frozen=True)
class Variant:
    """A product, route or type of an industry, declared by those who have it.

    `needs` and `excludes` list classes: such a variant is not declared but follows from the
    classes of what is made. `same_as` names the variant whose limits it takes.
    """

    id: str
    industry: str
    family: str
    label: Words
    locator: str
    unit: str = ""
    class_: str = ""
    needs: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    same_as: str = ""


@dataclass(frozen=True)
class Limit:
    """A measured value against a printed limit, for an industry and perhaps one of its variants.

    `op` is one of <=, <, >=, >, = or "-" (printed as not assessed). `absent` names the reason for
    which the row may be left out, `decides` the must that follows from it, `unless` a variant that
    takes the row out, `adds` measures added to the value, `basis` the share of a printed unit of
    output in a declared one.
    """

    id: str
    industry: str
    table: str
    row: str
    topic: str
    measure: str
    label: Words
    unit: str
    op: str
    limit: float | None = None
    variant: str = ""
    absent: str = ""
    decides: str = ""
    unless: str = ""
    printed: str = ""
    adds: tuple[str, ...] = ()
    basis: float = 1.0
    copy_of: str = ""

    @property
    def locator(self) -> str:
        return f"table {self.table}, row {self.row}"


@dataclass(frozen=True)
class Adjustment:
    """A footnote that moves limits: `step` for each `per` % of a declared share (whole steps or in
    proportion). A share that is not declared is not claimed."""

    id: str
    label: Words
    limits: tuple[str, ...]
    measure: str
    per: float
    step: float
    locator: str
    whole_steps: bool = False
