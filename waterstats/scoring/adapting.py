"""A form made for an older version of a rule set, opened under the present one."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from waterstats.scoring.plans import Plan
from waterstats.scoring.scenario import Scenario
from waterstats.standards.records import RuleError
from waterstats.standards.rulefiles import load_standard
from waterstats.standards.thresholds import with_thresholds

EMPTY = {"answers": {}, "values": {}, "made": (), "absent": {}}


def adapted(
    scenario: Scenario, standard: str | Path | None = None
) -> tuple[Scenario, tuple[str, ...]]:
    """The form under the present rules, and what of it had to be dropped, as "part: id".

    Kept is what the present rules still understand, by its id: answers, numbers, variants, reasons,
    readings, minimums. Whether a question still asks the same is for the reader to judge, so say
    that the form was made for another version. Nothing is dropped from one that is up to date.
    standard: the folder of one that is not in data/. Raises RuleError for an unknown standard or
    industry.
    """
    rules = load_standard(standard or scenario.standard)
    now = replace(scenario, version=rules.header.version, thresholds={})
    plan = now.plan(standard)
    dropped: list[str] = []
    parts = {part: dict(kept(now, plan, part, dropped)) for part in EMPTY}
    choices = {reading.id: [c.id for c in reading.choices] for reading in rules.readings}
    for id_, choice in scenario.readings.items():
        if choice not in choices.get(id_, ()):
            dropped.append(f"readings: {id_}")
    try:
        with_thresholds(rules, scenario.thresholds)
        minimums = scenario.thresholds
    except RuleError:
        dropped += [f"thresholds: {id_}" for id_ in scenario.thresholds]
        minimums = {}
    lost = set(dropped)
    return replace(
        now,
        **{**parts, "made": tuple(parts["made"])},
        reasons={k: v for k, v in scenario.reasons.items() if f"answers: {k}" not in lost},
        readings={k: v for k, v in scenario.readings.items() if f"readings: {k}" not in lost},
        thresholds=dict(minimums),
    ), tuple(dropped)


def kept(now: Scenario, plan: Plan, part: str, dropped: list[str]) -> Iterator[tuple]:
    """The entries of one part that the plan takes, each tried alone; the others go to `dropped`."""
    entries = getattr(now, part)
    for id_ in entries:
        given = entries[id_] if isinstance(entries, Mapping) else True
        if isinstance(given, Mapping):
            taken = {}
            for variant, number in given.items():
                if fits(now, plan, part, {id_: {variant: number}}):
                    taken[variant] = number
                else:
                    dropped.append(f"{part}: {id_}.{variant}")
            if taken:
                yield id_, taken
        elif fits(now, plan, part, {id_: given} if part != "made" else (id_,)):
            yield id_, given
        else:
            dropped.append(f"{part}: {id_}")


def fits(now: Scenario, plan: Plan, part: str, entry: Mapping | tuple) -> bool:
    try:
        replace(now, **{**EMPTY, part: entry}).batch(plan)
    except RuleError:
        return False
    return True
