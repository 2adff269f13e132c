"""Numbers that can be right but look wrong: ratios for percentages, m³ against 10⁴ m³. They are
kept as they are, with a warning."""

from collections.abc import Iterator, Mapping
from math import log10

from waterstats.enterprises.numberrows import Measurement
from waterstats.enterprises.vocabulary import Vocabulary
from waterstats.problems import Problem
from waterstats.scoring.plans import Plan
from waterstats.standards.limits import Words

OFF = 500  # times a limit: 1,000 and 10,000 with some room for a plant that is good or bad
SMALL = 50  # times below the least amount that counts, where nobody would apply


def doubts(words: Vocabulary, measurements: list[Measurement]) -> Iterator[Problem]:
    """Warnings about the numbers of all enterprises."""
    outputs: dict[tuple[str, str], float] = {}
    for given in measurements:
        if given.output or (given.measure == "output" and given.value):
            outputs[given.enterprise, given.variant] = given.output or given.value or 0.0
    for given in measurements:
        asked = words.input(given.industry, given.measure, given.variant)
        if not asked or not given.value:
            continue
        plan = words.plans[given.industry]
        limits = printed(plan, asked.measure, asked.variant or given.variant)
        if asked.unit == "%":
            yield from looks_like_ratio(given, limits)
        else:
            least = [m.limit for m in plan.standard.must if m.measure == asked.measure]
            limits += shared_limit(plan, given, outputs)
            yield from looks_off(given, asked.unit, limits, [x for x in least if x])


def printed(plan: Plan, measure: str, variant: str) -> list[float]:
    """The limits printed for a number; of all variants, if it is one number for all."""
    rows = [x for x in plan.limits if x.measure == measure and x.limit]
    return [x.limit for x in rows if x.variant == variant] or [x.limit for x in rows]


def shared_limit(
    plan: Plan, given: Measurement, outputs: Mapping[tuple[str, str], float]
) -> list[float]:
    """What a shared meter may show: the sum of limit times output."""
    measures = [m.id for m in plan.standard.measures if m.shared == given.measure]
    rows = [x for x in plan.limits if x.measure in measures and x.limit]
    total = sum(x.limit * outputs.get((given.enterprise, x.variant), 0) for x in rows)
    return [total] if total else []


def looks_like_ratio(given: Measurement, limits: list[float]) -> Iterator[Problem]:
    """A bare 0.97 for 97 %: at most 1, and nearer to the limit if multiplied by 100."""
    value = given.value or 0
    near = [abs(log10(value * 100 / x)) < abs(log10(value / x)) for x in limits]
    if value <= 1 and (all(near) if limits else value < 1):
        percent = f"{value * 100:.15g}"
        expected = Words("百分数", "a percentage")
        remedy = Words(
            f"按{value:g}%读；如指{percent}%，请写{percent}。",
            f"Read as {value:g} %; if {percent} % is meant, write {percent}.",
        )
        yield given.row.problem(given.place("value"), expected, remedy, warning=True)


def looks_off(
    given: Measurement, unit: str, limits: list[float], least: list[float]
) -> Iterator[Problem]:
    """Hundreds of times above or below its limit: probably another unit."""
    value = given.value or 0
    off = [x for x in limits if not 1 / OFF < value / x < OFF]
    off += [x for x in least if value * SMALL < x]
    if not off or len(off) < len(limits + least):
        return
    times = max(value / off[0], off[0] / value)
    above = value > off[0]
    limit, about = f"{off[0]:,.15g}", f"{times:,.0f}"
    expected = Words(f"以{unit}计，限值为{limit}", f"{unit}, with a limit of {limit}")
    zh = f"约为限值的{about}{'倍' if above else '分之一'}"
    en = f"About {about} times {'above' if above else 'below'} the limit"
    remedy = Words(
        f"{zh}：单位是{unit}吗，还是10⁴ {unit}？按填的数读。",
        f"{en}: is it in {unit}, not 10⁴ {unit}? Read as it stands.",
    )
    yield given.row.problem(given.place("value"), expected, remedy, warning=True)
