"""What happens to a certificate and when, from its printed dates or from a planned audit.

An expiry is never computed for a certificate that has one: the printed day is an argument. What
the sources leave open stays open: a surveillance audit is a window of a year, and the version of
the standard it uses after the transition is "unsaid".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from waterstats.certificates.dates import years_after

ISSUED, SURVEILLANCE, RENEWAL = "issued", "surveillance", "renewal"
UPGRADE, TRANSITION, AUDIT, LAPSE = "upgrade", "transition", "audit", "lapse"
DEADLINES = (AUDIT, SURVEILLANCE, RENEWAL, LAPSE)
NEWEST = "AWS V3.0"


@dataclass(frozen=True)
class Rules:
    """The rules of certification the sources give.

    Attributes
    ----------
    validity, surveillances, lapse : validity [years], yearly audits after certification,
        registration without certification [years]
    launches, ends : days the sources give for the launch of V3.0 and the end of its transition;
        more than one where they disagree
    """

    validity: int
    surveillances: int
    lapse: int
    launches: tuple[date, ...]
    ends: tuple[date, ...]


@dataclass(frozen=True)
class Step:
    """One thing that happens, on a day or within a window.

    standard: "old" (that of the certificate), "either", "depends" (on which source is right
    about the end of the transition), "new" (V3.0), "unsaid", or "" where none is used.
    number: which of several. estimate: follows from a planned audit, not from a printed day.
    """

    kind: str
    start: date
    end: date
    standard: str = ""
    number: int = 0
    estimate: bool = False


def standard_of_audit(day: date, rules: Rules, version: str = "") -> str:
    """Which version an initial or renewal audit held on a day uses; see Step.

    The transition includes its last day. A certificate of V3.0 stays with it.
    """
    if version == NEWEST or day > max(rules.ends):
        return "new"
    if day > min(rules.ends):
        return "depends"
    return "either" if day >= min(rules.launches) else "old"


def of_certificate(
    issued: date, valid_until: date, rules: Rules, version: str, highest: bool = False
) -> list[Step]:
    """The steps of a certificate with printed dates, in order of time.

    version: standard it was issued to, such as "AWS V2.0". highest: already at the highest
    level, so that there is no upgrade. Raises ValueError when it ends before it begins.
    """
    if valid_until < issued:
        raise ValueError(f"valid until {valid_until}, which is before its issue on {issued}")
    steps = [
        Step(ISSUED, issued, issued, "old"),
        *_surveillance(issued, valid_until, rules, version),
        Step(RENEWAL, valid_until, valid_until, standard_of_audit(valid_until, rules, version)),
    ]
    if not highest:
        steps.append(Step(UPGRADE, issued, valid_until))
    if version != NEWEST:
        steps.append(Step(TRANSITION, min(rules.ends), max(rules.ends)))
    return _in_order(steps)


def of_planned_audit(audit: date, rules: Rules, registered: date | None = None) -> list[Step]:
    """The steps that follow from an audit that is planned; all but the audit are estimates.

    They take the day of the audit as the earliest day of issue. The expiry is a window of two
    days, "three years less a day" or "three years", because the certificate will print it.
    registered: day of registration; without certification it lapses some years later.
    """
    last = years_after(audit, rules.validity)
    standard = standard_of_audit(audit, rules)
    version = NEWEST if standard == "new" else ""
    first = last - timedelta(days=1)
    steps = [
        Step(AUDIT, audit, audit, standard),
        *_surveillance(audit, last, rules, version, estimate=True),
        Step(RENEWAL, first, last, standard_of_audit(first, rules, version), estimate=True),
        Step(UPGRADE, audit, first, estimate=True),
        Step(TRANSITION, min(rules.ends), max(rules.ends)),
    ]
    if registered:
        lapses = years_after(registered, rules.lapse)
        steps.append(Step(LAPSE, lapses, lapses))
    return _in_order(steps)


def _surveillance(
    issued: date, valid_until: date, rules: Rules, version: str, estimate: bool = False
) -> list[Step]:
    """One window a year after issue, none beyond the validity."""
    found = []
    for number in range(1, rules.surveillances + 1):
        start = years_after(issued, number - 1) + timedelta(days=1)
        end = min(years_after(issued, number), valid_until)
        if start <= end:
            standard = "unsaid" if end >= min(rules.launches) else "old"
            standard = "new" if version == NEWEST else standard
            found.append(Step(SURVEILLANCE, start, end, standard, number, estimate))
    return found


def _in_order(steps: Sequence[Step]) -> list[Step]:
    return sorted(steps, key=lambda step: (step.end, step.start))


def next_deadline(steps: Sequence[Step], today: date) -> Step | None:
    """The first audit, renewal or lapse that is not over; None when all are."""
    return next((s for s in steps if s.kind in DEADLINES and s.end >= today), None)


def state_of(step: Step, today: date) -> str:
    """Whether a step is "over", "now" (its window is open) or "ahead"."""
    if step.end < today:
        return "over"
    return "now" if step.start <= today else "ahead"
