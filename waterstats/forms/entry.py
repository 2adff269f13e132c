"""One enterprise's answers beside what became of them: what the tables are filled from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from waterstats.scoring.batches import Intake
from waterstats.scoring.outcomes import Batch, Outcome
from waterstats.scoring.plans import Plan, Row, worths
from waterstats.scoring.scenario import Scenario, score_scenario
from waterstats.scoring.scorer import choices, score_batch
from waterstats.scoring.verdicts import all_states, left_out
from waterstats.standards.limits import Limit
from waterstats.standards.records import RuleError, nearest
from waterstats.standards.rulechecks import VERDICTS
from waterstats.standards.rules import Choice, Points, Reading

from .content import Value, clean, number
from .layout import Layout, load_layout

OPEN, MET, FAILED, LEFT_OUT = range(4)
NOTHING: Mapping = MappingProxyType({})


@dataclass(frozen=True)
class Entry:
    """One enterprise, judged.

    batch and outcome have one column. readings: the settled ones. evidence: by id of a clause or
    limit. reasons: by id of a clause or measure left out. information: by id of a field.
    """

    plan: Plan
    layout: Layout
    batch: Batch
    outcome: Outcome
    name: str = ""
    readings: Mapping[str, str] = field(default_factory=dict)
    evidence: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    information: Mapping[str, object] = field(default_factory=dict)

    @cached_property
    def states(self) -> dict[str, int]:
        """The state of every must, gate, limit and points item: OPEN, MET, FAILED or LEFT_OUT."""
        table, ids = all_states(self.plan, self.outcome.details)
        items = [item.id for item in self.plan.standard.points]
        codes = [*table[:, 0].tolist(), *self.outcome.details.points[:, 0].tolist()]
        return dict(zip([*ids, *items], codes, strict=True))

    @cached_property
    def skipped(self) -> list[str]:
        """What was left out for a reason somebody gave."""
        table, ids = all_states(self.plan, self.outcome.details)
        flags = left_out(self.plan, self.batch, table)[:, 0]
        return [id_ for id_, flag in zip(ids, flags, strict=True) if flag]

    @cached_property
    def answers(self) -> dict[str, int]:
        """The code of the answer to each asked clause."""
        codes = self.batch.answers[:, 0].tolist()
        return {c.id: code for c, code in zip(self.plan.asked, codes, strict=True)}

    @cached_property
    def choices(self) -> dict[Reading, Choice]:
        """The readings that matter in this industry, each with the choice judged by."""
        chosen, _ = choices(self.plan, self.readings)
        readings = self.plan.readings
        return {r: r.choices[k] for r, k in zip(readings, chosen, strict=True)}

    @cached_property
    def rows(self) -> dict[str, Row]:
        """Every compiled limit as the chosen readings have it."""
        chosen, _ = choices(self.plan, self.readings)
        return {row.id: row for unit in self.plan.units for row in unit.under(chosen).rows}

    @property
    def verdict(self) -> str:
        return VERDICTS[self.outcome.verdict[0]]

    @property
    def chosen(self) -> str:
        """The verdict under the chosen readings."""
        return VERDICTS[self.outcome.chosen[0]]

    @property
    def decisive(self) -> list[Reading]:
        """The readings the verdict turns on."""
        flags = self.outcome.decisive[:, 0]
        return [r for r, flag in zip(self.plan.readings, flags, strict=True) if flag]

    def word(self, key: str) -> str:
        return self.layout.words[key]

    def text(self, given: object) -> str:
        """What somebody typed, fit to print."""
        return clean(str(given), self.word("cut"))

    def numbered(self, label: str) -> str:
        """A printed label with the years of the form."""
        return label.format(year=self.plan.standard.header.data_year)

    def proof(self, *ids: str) -> str:
        """The evidence index of the first id that has one."""
        return next((self.text(self.evidence[id_]) for id_ in ids if self.evidence.get(id_)), "")

    def box(self, word: str, ticked: bool) -> str:
        return f"{self.word('ticked' if ticked else 'empty')}{word}"

    def value(self, row: Row) -> Value:
        """What is compared with a limit: one number, or the sum of several."""
        return number(self.batch.values[list(row.inputs), 0].sum())

    def bound(self, limit: Limit) -> Value:
        """The limit in force, footnotes and readings included."""
        return number(self.outcome.details.bounds[self.plan.limits.index(limit), 0])

    def is_shared(self, limit: Limit) -> bool:
        return bool(self.outcome.details.shared[self.plan.limits.index(limit), 0])

    def earned(self, item: Points) -> tuple[float, float] | None:
        """What an item earns as (least, most); None if it is open."""
        if self.states[item.id] == OPEN:
            return None
        if item.measure:
            value = float(self.batch.values[self.plan.input(item.measure), 0])
            return value, value
        return dict(worths(item)).get(self.answers[item.id])

    def points(self, sections: list[int], items: tuple[Points, ...]) -> Value:
        """What sections earn: a number, "low～high" while items are open, None if all are blank."""
        if all(self.states[item.id] == OPEN for item in items):
            return None
        low, high = (
            number(total[sections, 0].sum() / self.plan.scale)
            for total in (self.outcome.low, self.outcome.high)
        )
        return low if low == high else f"{low}～{high}"


def entry(
    scenario: Scenario, information: Mapping = NOTHING, standard: str | Path | None = None
) -> Entry:
    """A scenario, judged. `standard`: the folder of one that is not in data/.

    Raises RuleError for information the forms do not ask, and whatever scoring it raises.
    """
    plan, outcome = score_scenario(scenario, standard)
    layout = load_layout(standard or scenario.standard)
    check_information(layout, information)
    settled = {k: v for k, v in scenario.readings.items() if k in plan.standard.defaults}
    return Entry(
        plan,
        layout,
        scenario.batch(plan),
        outcome,
        scenario.name,
        settled,
        scenario.evidence,
        {**scenario.reasons, **scenario.absent},
        information,
    )


def entries(
    plans: Mapping[str, Plan],
    intake: Intake,
    readings: Mapping[str, str] = NOTHING,
    information: Mapping[str, Mapping] = NOTHING,
    reasons: Mapping[str, Mapping[str, str]] = NOTHING,
    standard: str | Path | None = None,
) -> Iterator[Entry]:
    """The enterprises of uploaded tables, judged, in their order; information and reasons by
    name. A choice may be a word of the uploader's own."""
    places = [
        (row, plans[industry], table.batch, column)
        for industry, table in intake.tables.items()
        for column, row in enumerate(table.rows.tolist())
    ]
    for row, plan, batch, column in sorted(places, key=lambda place: place[0]):
        layout = load_layout(standard or plan.standard.id)
        name = str(intake.enterprises[row])
        given = information.get(name, NOTHING)
        check_known(layout, given)
        own = batch.part(slice(column, column + 1))
        outcome = score_batch(plan, own, readings, details=True)
        why = reasons.get(name, NOTHING)
        yield Entry(plan, layout, own, outcome, name, readings, NOTHING, why, given)


def check_known(layout: Layout, information: Mapping) -> None:
    known = [f.id for f in layout.asked]
    for id_ in information:
        if id_ not in known:
            raise RuleError(f"information: {id_!r} is not asked{nearest(id_, known)}")


def check_information(layout: Layout, information: Mapping) -> None:
    check_known(layout, information)
    known = {f.id: f for f in layout.asked}
    for id_, given in information.items():
        if known[id_].kind == "choice" and given and not known[id_].option(str(given)):
            options = [option.id for option in known[id_].options]
            raise RuleError(f"information {id_!r}: {given!r}{nearest(given, options)}")
