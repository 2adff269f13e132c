"""What has to hold between the records of a rule set: every name refers to something, every row
can be decided. One sentence per problem."""

from collections.abc import Iterator
from math import isfinite

from waterstats.standards.limits import Limit, Measure
from waterstats.standards.rules import Points, Standard

VERDICTS = ("not_eligible", "below_points", "limit_failed", "incomplete", "meets", "depends")
OPERATORS = ("<=", "<", ">=", ">", "=", "-")
ANSWERS = ("yes", "no", "not_applicable")


def check(standard: Standard) -> list[str]:
    """Every contradiction in a rule set, as sentences; empty when there is none."""
    return [
        *_names(standard),
        *_references(standard),
        *_limits(standard),
        *_follows(standard),
        *_readings(standard),
        *_totals(standard),
    ]


def _names(standard: Standard) -> Iterator[str]:
    seen: set[str] = set()
    groups = ("sections", "groups", "must", "points", "gates", "levels", "measures", "industries")
    groups += ("families", "variants", "limits", "adjustments", "readings")
    for group in groups:
        for record in getattr(standard, group):
            if not record.id.isidentifier():
                yield f"{group}: id {record.id!r} is not an identifier (letters, digits, _)"
            if record.id in seen:
                yield f"{group}: id {record.id!r} is used twice"
            seen.add(record.id)
    for verdict in sorted(set(VERDICTS) ^ set(standard.verdicts)):
        yield f"verdicts: {verdict!r} is {'missing' if verdict in VERDICTS else 'unknown'}"
    for item in standard.points:
        for grade in item.grades:
            if grade.id in ANSWERS or not grade.id.isidentifier():
                yield f"points {item.id}: grade id {grade.id!r} cannot be used"


def _references(standard: Standard) -> Iterator[str]:
    """(who, field, names it uses, where they should be)"""
    own = {
        group: {r.id for r in getattr(standard, group)}
        for group in [
            "sections",
            "groups",
            "industries",
            "measures",
            "families",
            "variants",
            "limits",
            "must",
        ]
    }
    own["clauses"] = {clause.id for clause in standard.clauses}
    own |= {name: set(getattr(standard, name)) for name in ("topics", "absences", "outcomes")}
    own["anything"] = {"standard", *standard.by_id}
    uses = {
        "groups": [("section", "sections")],
        "points": [
            ("measure", "measures"),
            ("section", "sections"),
            ("group", "groups"),
            ("outcomes", "outcomes"),
        ],
        "gates": [("sections", "sections"), ("industries", "industries")],
        "levels": [("requires", "clauses")],
        "measures": [("shared", "measures")],
        "must": [
            ("measure", "measures"),
            ("adds", "measures"),
            ("section", "sections"),
            ("group", "groups"),
            ("outcomes", "outcomes"),
        ],
        "variants": [
            ("industry", "industries"),
            ("family", "families"),
            ("same_as", "variants"),
        ],
        "limits": [
            ("industry", "industries"),
            ("measure", "measures"),
            ("variant", "variants"),
            ("topic", "topics"),
            ("absent", "absences"),
            ("decides", "must"),
            ("unless", "variants"),
            ("adds", "measures"),
        ],
        "adjustments": [("limits", "limits"), ("measure", "measures")],
        "notes": [("at", "anything")],
    }
    for group, columns in uses.items():
        for record in getattr(standard, group):
            for column, target in columns:
                named = getattr(record, column)
                for name in (named,) if isinstance(named, str) else named:
                    if name and name not in own[target]:
                        yield f"{group} {record.id}: {column} {name!r} is not among the {target}"


def _limits(standard: Standard) -> Iterator[str]:
    known = standard.by_id
    for row in (*standard.limits, *(m for m in standard.must if m.measure)):
        if row.op not in OPERATORS:
            yield f"{row.id}: op {row.op!r} is not one of {' '.join(OPERATORS)}"
        if (row.op == "-") != (row.limit is None):
            yield f'{row.id}: a limit goes with an operator, and "-" with none'
        elif row.limit is not None and not (isfinite(row.limit) and row.limit > 0):
            yield f"{row.id}: limit {row.limit} is not a positive number"
        if isinstance(row, Limit) and row.variant in known:
            if known[row.variant].industry != row.industry:
                yield f"{row.id}: variant {row.variant!r} belongs to another industry"
            if known[row.measure].shared and row.op not in ("<=", "<"):
                yield f"{row.id}: a shared meter needs an upper limit"


def _follows(standard: Standard) -> Iterator[str]:
    for must in standard.must:
        if must.follows and must.measure:
            yield f"must {must.id}: follows from limits or has its own, not both"
        for industry in standard.industries if must.follows else ():
            rows = [r for r in standard.limits if r.industry in (industry.id, "")]
            if not any(r.decides == must.id for r in rows):
                yield f"must {must.id}: no limit of {industry.id} decides it"
    follows = {m.id for m in standard.must if m.follows}
    for row in standard.limits:
        if row.decides and row.decides not in follows:
            yield f"limits {row.id}: {row.decides!r} does not follow from limits"


def _readings(standard: Standard) -> Iterator[str]:
    """A reading moves limits, the footnotes on them, gates, and musts with a limit of their own."""
    may_change = {r.id for g in (standard.limits, standard.adjustments, standard.gates) for r in g}
    may_change |= {must.id for must in standard.must if must.measure}
    for reading in standard.readings:
        for change in (change for choice in reading.choices for change in choice.changes):
            if change.of not in may_change:
                yield f"readings {reading.id}: {change.of!r} cannot depend on a reading"
        choices = {choice.id: choice for choice in reading.choices}
        if len(choices) < 2:
            yield f"readings {reading.id}: needs two choices or more"
        if reading.default not in choices:
            yield f"readings {reading.id}: default {reading.default!r} is not a choice"
        elif choices[reading.default].changes:
            yield f"readings {reading.id}: the default is what the rules say and changes nothing"


def _totals(standard: Standard) -> Iterator[str]:
    minimums = [level.minimum for level in standard.levels if level.minimum is not None]
    if minimums != sorted(set(minimums)):
        yield "levels: minimums have to rise"
    for item in standard.points:
        if item.blank not in ("open", "no"):
            yield f"points {item.id}: blank is 'open' or 'no', not {item.blank!r}"
        for least, most in (item.points, *(grade.points for grade in item.grades)):
            if least > most:
                yield f"points {item.id}: {[least, most]} runs backwards"
        yield from _typed(standard, item)
    for gate in standard.gates:
        best = sum(
            p.most for p in standard.points if not gate.sections or p.section in gate.sections
        )
        if gate.minimum > best:
            yield f"gates {gate.id}: {gate.minimum:g} is more than all points together ({best:g})"


def _typed(standard: Standard, item: Points) -> Iterator[str]:
    """Points that are typed: one number of the site, between 0 and what can be earned."""
    measure = standard.by_id.get(item.measure)
    if isinstance(measure, Measure):
        if item.grades or item.may_be_not_applicable:
            yield f"points {item.id}: typed points have no grades and always apply"
        if item.points != (0.0, measure.maximum):
            yield f"points {item.id}: write points = [0, the maximum of {measure.id!r}]"
        if measure.per != "site":
            yield f"points {item.id}: {measure.id!r} is not one number of the site"
