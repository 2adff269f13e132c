"""Whether levels and groups go together: one test and one strength for a table of counts."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import MonteCarloMethod, chi2_contingency, fisher_exact
from scipy.stats.contingency import association, expected_freq

DEALS = 9999
SEED = 1934
SMALL = 5
STRENGTHS = (("negligible", 0.1), ("weak", 0.3), ("moderate", 0.5), ("strong", float("inf")))


@dataclass(frozen=True)
class Link:
    """What a test of a table of groups by levels found.

    Attributes
    ----------
    method : "chi2", "fisher" (2 x 2), "fisher_simulated" (larger), "chi2_simulated" (a rare level
        among very many sites), or "none" when there is nothing to test
    p : how often chance alone deals a table at least as uneven [0 to 1], NaN for "none"
    statistic, freedom : chi-square and its degrees of freedom, NaN for other methods
    smallest_expected : the smallest count expected if groups did not differ [sites]
    v : Cramér's V [0 to 1], NaN for "none"
    strength : V in words: negligible, weak, moderate, strong; "none" without V
    """

    method: str
    p: float
    statistic: float
    freedom: float
    smallest_expected: float
    v: float
    strength: str


NOTHING = Link("none", *[float("nan")] * 5, "none")


def linked(counts: pd.DataFrame) -> Link:
    """Test a table of counts [sites], a row for each group, a column for each level.

    Rows and columns without any site are left out. The chi-square test is used where Cochran
    (1954) allows it: no expected count below 1, and at most a fifth of them below 5. Otherwise
    Fisher's exact test, by enumeration for two rows and columns and by 9,999 random tables of the
    same margins (fixed seed) for more. V is Cramér's (1946), never continuity-corrected.
    """
    cells = counts.to_numpy(dtype=np.int64)
    cells = cells[cells.sum(axis=1) > 0][:, cells.sum(axis=0) > 0]
    if min(cells.shape) < 2:
        return NOTHING
    expected = expected_freq(cells)
    statistic = freedom = float("nan")
    if expected.min() >= 1 and (expected < SMALL).mean() <= 0.2:
        found, method = chi2_contingency(cells, correction=False), "chi2"
        statistic, freedom = float(found.statistic), float(found.dof)
    else:
        found, method = _exact(cells)
    v = float(association(cells, method="cramer"))
    p = float(np.squeeze(found.pvalue))
    smallest = float(expected.min())
    return Link(method, p, statistic, freedom, smallest, v, strength(v, min(cells.shape) - 1))


def _exact(cells: np.ndarray):
    if cells.shape == (2, 2):
        return fisher_exact(cells), "fisher"
    deals = MonteCarloMethod(n_resamples=DEALS, rng=np.random.default_rng(SEED))
    if cells.sum() < DEALS * cells.size:
        return fisher_exact(cells, method=deals), "fisher_simulated"
    # SciPy 1.17 tells one table from many by their sum, and takes so large a table for many.
    return chi2_contingency(cells, correction=False, method=deals), "chi2_simulated"


def strength(v: float, freedom: int) -> str:
    """Cramér's V in words, by Cohen (1988, ch. 7): w = V x sqrt(freedom) is small from 0.1,
    medium from 0.3, large from 0.5. `freedom` is one less than the fewer of rows and columns."""
    return next(word for word, below in STRENGTHS if v * freedom**0.5 < below)
