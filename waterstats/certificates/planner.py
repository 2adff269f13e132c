"""A group certificate against single certificates over one cycle: costs, saving, break-even.

Nothing here has a default: audit days, rates and fees are the planner's own, as ranges. The
saving is exact over the whole box of ranges, because it rises with every audit cost and falls
with every internal cost, so its extremes lie in two known corners.
"""

import math
from dataclasses import dataclass, fields
from fractions import Fraction

from waterstats.certificates.ranges import Range
from waterstats.certificates.sampling import audited_sites


@dataclass(frozen=True)
class Costs:
    """What certification costs, each a range; money in one currency of the planner's choice.

    Attributes
    ----------
    certification_days, surveillance_days : auditor days at one audited site [days]
    day_rate : an auditor day [money]; travel : one visit to one site [money]
    fee : whatever is paid once per certificate and cycle [money]
    internal_days : internal audits of one site of a group over the cycle [days]
    internal_rate : an internal day [money]; management : running the group, over the cycle [money]
    """

    certification_days: Range
    surveillance_days: Range
    day_rate: Range
    travel: Range
    fee: Range
    internal_days: Range
    internal_rate: Range
    management: Range


INTERNAL = ("internal_days", "internal_rate", "management")
NAMES = tuple(field.name for field in fields(Costs))


@dataclass(frozen=True)
class Visits:
    """Site visits of one cycle: single certificates, and a group."""

    single: int
    group: int


@dataclass(frozen=True)
class Comparison:
    """One cycle compared; a break-even of None: never, however many sites.

    Attributes
    ----------
    single, group, saving : [money]; the saving is negative where the group costs more
    best, worst : number of sites from which a group saves for good, at best and at worst
    internal_least, internal_most : what internal audits of one site may cost before the group
        stops saving [money over the cycle]; negative: even free ones are too dear
    """

    single: dict[str, Range]
    group: dict[str, Range]
    saving: tuple[float, float]
    best: int | None
    worst: int | None
    internal_least: float
    internal_most: float


def visits(sites: int, surveillances: int, sampled: bool) -> Visits:
    """Site visits for so many sites: certification and every surveillance audit.

    sampled: whether the surveillance audits of a group visit a sample too, or every site.
    """
    watched = audited_sites(sites) if sampled else sites
    return Visits(sites * (1 + surveillances), audited_sites(sites) + surveillances * watched)


def compare(sites: int, costs: Costs, surveillances: int, sampled: bool) -> Comparison:
    """The whole comparison for so many sites; see visits() for the last two arguments.

    Raises ValueError for a number of sites that is not whole or below 1.
    """
    best, worst = (_Case.of(costs, surveillances, sampled, good) for good in (True, False))
    return Comparison(
        single=parts(sites, costs, surveillances, sampled, group=False),
        group=parts(sites, costs, surveillances, sampled, group=True),
        saving=(float(worst.saving(sites)), float(best.saving(sites))),
        best=best.break_even(),
        worst=worst.break_even(),
        internal_least=float(worst.internal_limit(sites)),
        internal_most=float(best.internal_limit(sites)),
    )


def parts(
    sites: int, costs: Costs, surveillances: int, sampled: bool, group: bool
) -> dict[str, Range]:
    """What is paid for over the cycle, part by part and in `total`: Ranges of money."""
    first = audited_sites(sites) if group else sites
    later = surveillances * (audited_sites(sites) if group and sampled else sites)

    def at(end: str) -> dict[str, float]:
        cost = {name: getattr(getattr(costs, name), end) for name in NAMES}
        days = first * cost["certification_days"] + later * cost["surveillance_days"]
        found = {
            "audits": days * cost["day_rate"],
            "travel": (first + later) * cost["travel"],
            "fee": cost["fee"] * (1 if group else sites),
            "internal": sites * cost["internal_days"] * cost["internal_rate"] if group else 0.0,
            "management": cost["management"] if group else 0.0,
        }
        return found | {"total": sum(found.values())}

    low, high = at("low"), at("high")
    return {name: Range(low[name], high[name]) for name in low}


@dataclass(frozen=True)
class _Case:
    """One corner of the ranges, exact: audits per sampled site, fee, internal per site, fixed."""

    audits: Fraction
    fee: Fraction
    internal: Fraction
    management: Fraction

    @classmethod
    def of(cls, costs: Costs, surveillances: int, sampled: bool, good: bool) -> "_Case":
        """The corner that is best for the group (dear audits, cheap internal work), or worst."""

        def end(name: str) -> Fraction:
            given = getattr(costs, name)
            amount = given.high if (name in INTERNAL) != good else given.low
            return Fraction(repr(float(amount)))  # exactly the decimal that was written

        audits = end("certification_days") * end("day_rate") + end("travel")
        if sampled:  # otherwise surveillance costs both ways the same
            audits += surveillances * (end("surveillance_days") * end("day_rate") + end("travel"))
        internal = end("internal_days") * end("internal_rate")
        return cls(audits, end("fee"), internal, end("management"))

    def saving(self, sites: int) -> Fraction:
        return self._without_internal(sites) - sites * self.internal

    def internal_limit(self, sites: int) -> Fraction:
        return self._without_internal(sites) / sites

    def _without_internal(self, sites: int) -> Fraction:
        spared = sites - audited_sites(sites)
        return self.audits * spared + self.fee * (sites - 1) - self.management

    def break_even(self) -> int | None:
        """The number of sites, 2 or more, from which on every larger group saves; None: never.

        The saving climbs by `gain` a site, and falls back just above each square number, where
        one site more is audited. Those valleys, at m² + 1, follow gain·m² − audits·m − losses,
        which has one positive root; the answer lies in the climb behind the last valley below.
        """
        gain, losses = self.audits + self.fee - self.internal, self.internal + self.management
        if gain <= 0:
            return None
        m = math.floor((self.audits + _root(self.audits**2 + 4 * gain * losses)) / (2 * gain)) + 1
        while m > 0 and self.saving(m * m + 1) > 0:
            m -= 1
        missing = -self.saving(m * m + 1)
        climbed = m * m + 2 + math.floor(missing / gain)
        return max(2, min(climbed, (m + 1) ** 2 + 1))


def _root(value: Fraction) -> Fraction:
    """A square root rounded up to a fraction: never below the true one."""
    return Fraction(math.isqrt(value.numerator * value.denominator) + 1, value.denominator)
