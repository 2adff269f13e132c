"""Water-stewardship certification statistics and what-if scorers."""

from .scenario import Scenario
from .verdicts import score

__all__ = ["Scenario", "score"]
