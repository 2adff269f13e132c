"""Water-stewardship certification statistics and what-if scorers."""

from waterstats.scoring.scenario import Scenario
from waterstats.scoring.verdicts import score

__all__ = ["Scenario", "score"]
