"""One enterprise's form as a record that travels: a link, a file, an example, a column beside
another. Filled in or half filled in, it scores as a batch of one."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

from waterstats.scoring.compiled import plans, plans_with
from waterstats.scoring.outcomes import Batch, Outcome, blank
from waterstats.scoring.plans import Plan
from waterstats.scoring.scorer import score_batch
from waterstats.standards.records import RuleError, nearest
from waterstats.standards.rules import Must, Points, Standard

Numbers = dict[str, float | dict[str, float]]


@dataclass(frozen=True)
class Scenario:
    """What one enterprise says under one version of a standard.

    answers: clause id to "yes", "no", "not_applicable" or a grade; what is missing is unanswered.
    values: measure id to a number in its unit, or to numbers by variant.
    made: variants it has, where no value says so yet. absent: measure id to the reason.
    reasons: clause id to the reason for "not_applicable". evidence: any id to where to find it.
    readings: settled readings; the others are varied.
    thresholds: level id to the minimum that somebody entered who has the text [points].
    """

    standard: str
    version: str
    industry: str = ""
    name: str = ""
    answers: dict[str, str] = field(default_factory=dict)
    values: Numbers = field(default_factory=dict)
    made: tuple[str, ...] = ()
    absent: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    evidence: dict[str, str] = field(default_factory=dict)
    readings: dict[str, str] = field(default_factory=dict)
    thresholds: dict[str, float] = field(default_factory=dict)

    def to_dict(self) -> dict:
        """Plain dicts, lists, strings and numbers; empty parts are left out."""
        parts = {key: part for key, part in asdict(self).items() if part}
        return parts | ({"made": list(self.made)} if self.made else {})

    @classmethod
    def from_dict(cls, parts: Mapping) -> "Scenario":
        """The inverse of to_dict. Raises RuleError for a key it does not know."""
        known = [f.name for f in fields(cls)]
        for key in parts:
            if key not in known:
                raise RuleError(f"scenario: unknown key {key!r}{nearest(key, known)}")
        return cls(**{**parts, "made": tuple(parts.get("made", ()))})

    def to_json(self) -> str:
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=1, allow_nan=False)

    @classmethod
    def from_json(cls, text: str) -> "Scenario":
        return cls.from_dict(json.loads(text))

    def plan(self, standard: str | Path | None = None) -> Plan:
        """The plan it is scored by; `standard` gives the folder of one that is not in data/.

        Raises RuleError for an unknown standard or industry, for thresholds that cannot be, and for
        another version of the rules: answers given to one text are not answers to another
        (`adapting.adapted` carries over what it can).
        """
        known = plans(standard or self.standard)
        if self.industry not in known:
            raise RuleError(
                f"scenario: no industry {self.industry!r}{nearest(self.industry, known)}"
            )
        plan = known[self.industry]
        if self.version != plan.standard.header.version:
            version = plan.standard.header.version
            raise RuleError(
                f"scenario: made for version {self.version!r}, the rules are {version!r}"
            )
        return plans_with(standard or self.standard, self.thresholds)[self.industry]

    def batch(self, plan: Plan) -> Batch:
        """The form as a batch of one.

        Raises RuleError for an id or an answer that the plan does not know, and for a row left
        out without a reason.
        """
        batch = blank(plan)
        self._answer(plan, batch)
        self._measure(plan, batch)
        for measure, reason in self.absent.items():
            if not reason.strip():
                raise RuleError(f"absent {measure!r}: the reason is missing")
            batch.absent[position(plan.absences, measure, "absent"), 0] = True
        return batch

    def _answer(self, plan: Plan, batch: Batch) -> None:
        ids = [clause.id for clause in plan.asked]
        for id_, answer in self.answers.items():
            row = position(ids, id_, "answers")
            if answer == "not_applicable" and not self.reasons.get(id_, "").strip():
                raise RuleError(f"answers {id_!r}: not applicable needs a reason")
            try:
                batch.answers[row, 0] = plan.answer_code(plan.asked[row], answer)
            except KeyError:
                raise RuleError(f"answers {id_!r}: {answer!r} is not an answer to it") from None

    def _measure(self, plan: Plan, batch: Batch) -> None:
        declared = [variant.id for variant in plan.variants[: plan.declared]]
        for variant in self.made:
            batch.made[position(declared, variant, "made"), 0] = True
        keys = [(i.measure, i.variant) for i in plan.inputs]
        for measure, given in self.values.items():
            numbers = given if isinstance(given, Mapping) else {"": given}
            for variant, number in numbers.items():
                if (measure, variant) not in keys:
                    known = [f"{m}.{v}".rstrip(".") for m, v in keys]
                    name = f"{measure}.{variant}".rstrip(".")
                    raise RuleError(f"values: {name!r} is not asked{nearest(name, known)}")
                batch.values[keys.index((measure, variant)), 0] = number
                if variant:
                    batch.made[position(declared, variant, "values"), 0] = True


def score_scenario(scenario: Scenario, standard: str | Path | None = None) -> tuple[Plan, Outcome]:
    """Score one form under all readings it leaves open, with the state of every row."""
    plan = scenario.plan(standard)
    settled = {k: v for k, v in scenario.readings.items() if k in plan.standard.defaults}
    return plan, score_batch(plan, scenario.batch(plan), settled, details=True)


def example(standard: Standard, case: Mapping) -> Scenario:
    """A worked case of cases.toml as a scenario. In its answers, `musts` answers every must that is
    asked, `items` every item without grades (a "no" also those with), and `others` every must and
    every item that earns points by itself, bonus items and deductions apart; what is named besides
    replaces them, and an empty answer takes one away."""
    given = dict(case.get("answers", {}))
    answers: dict[str, str] = {}
    for word, takes in (("others", is_base), ("musts", is_must), ("items", is_item)):
        if every := given.pop(word, ""):
            answers |= {c.id: every for c in standard.clauses if takes(c, every)}
    answers = {id_: answer for id_, answer in {**answers, **given}.items() if answer}
    known = [f.name for f in fields(Scenario)]
    parts = {key: part for key, part in case.items() if key in known}
    header = standard.header
    return Scenario.from_dict(
        {**parts, "standard": header.id, "version": header.version, "answers": answers}
    )


def is_must(clause: Must | Points, _: str) -> bool:
    return isinstance(clause, Must) and clause.asked


def is_item(clause: Must | Points, answer: str) -> bool:
    return isinstance(clause, Points) and (answer == "no" or not clause.grades)


def is_base(clause: Must | Points, _: str) -> bool:
    if isinstance(clause, Must):
        return clause.asked
    return clause.blank == "open" and clause.most > 0 and not clause.grades


def position(known: list[str] | tuple[str, ...], id_: str, where: str) -> int:
    try:
        return known.index(id_)
    except ValueError:
        raise RuleError(f"{where}: {id_!r} is not known here{nearest(id_, known)}") from None
