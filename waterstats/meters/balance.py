"""The water balance of a site: what comes in, where it goes, and whether the readings agree."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Flow:
    """Water from one place to another, m³ a year; `implied`: not read but what is left over."""

    source: str
    target: str
    volume: float
    implied: bool = False


@dataclass(frozen=True)
class Balance:
    """In = out + stored. `gap`: what in exceeds out by (m³), `gap_share` of what comes in (%)."""

    flows: tuple[Flow, ...]
    gap: float
    gap_share: float
    contradictions: tuple[tuple[str, str], ...]


INFLOWS = ("withdrawal", "nonconventional")
OUTFLOWS = ("consumed", "discharged", "leakage", "stored")
# A part and the whole it cannot exceed.
PARTS = (
    ("compliant", "discharged"),
    ("reclaimed_makeup", "indirect_makeup"),
    ("treated_water", "treatment_feed"),
    ("stripped_reused", "stripped_water"),
    ("condensate", "steam"),
    ("indirect_circulation", "reused"),
    ("direct_circulation", "reused"),
    ("wastewater_reused", "reused"),
    ("leakage", "withdrawal"),
)


def balance(readings: Mapping[str, float]) -> Balance:
    """The water balance of a site: withdrawal + non-conventional = consumed + discharged + leakage
    + stored. Consumption that is not read is what remains, and marked so.

    Gap is NaN if the withdrawal is unknown. `contradictions` are pairs (part, whole) where the part
    reads more than the whole. Flows carry meter ids and "site", ready for a Sankey diagram.
    """
    flows = list(_flows(readings))
    into = sum(f.volume for f in flows if f.target == "site" and f.source in INFLOWS)
    out = sum(f.volume for f in flows if f.source == "site" and f.target in OUTFLOWS)
    drawn = max(0.0, -readings.get("stored", 0.0))
    gap = into + drawn - out if "withdrawal" in readings else float("nan")
    if "consumed" not in readings and gap > 0:
        flows.append(Flow("site", "consumed", gap, implied=True))
        gap = 0.0
    wrong = tuple(
        (part, whole)
        for part, whole in PARTS
        if part in readings and whole in readings and readings[part] > readings[whole]
    )
    return Balance(tuple(flows), gap, 100 * gap / into if into else float("nan"), wrong)


def _flows(readings: Mapping[str, float]) -> Iterator[Flow]:
    for meter in INFLOWS:
        if readings.get(meter, 0) > 0:
            yield Flow(meter, "site", readings[meter])
    for meter in OUTFLOWS:
        if readings.get(meter, 0) > 0:
            yield Flow("site", meter, readings[meter])
    if readings.get("stored", 0) < 0:
        yield Flow("stored", "site", -readings["stored"])
    if readings.get("reused", 0) > 0:
        yield Flow("site", "reused", readings["reused"])
