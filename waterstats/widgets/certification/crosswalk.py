"""Two standards side by side, from their rule sets."""

import pandas as pd

from waterstats.language import date
from waterstats.sources import Citation
from waterstats.standards.rules import Standard
from waterstats.widgets import blocks
from waterstats.widgets.data import prepared
from waterstats.widgets.state import language, t
from waterstats.widgets.whatif.rulebook import standard_of


@prepared
def frames(*folders: str) -> pd.DataFrame:
    """What has to hold, what earns points, levels and outcomes: a column for each standard."""
    standards = [standard_of(folder) for folder in folders]
    rows = {
        t("crosswalk.published"): [date(s.header.published, language()) for s in standards],
        t("crosswalk.must"): [_musts(s) for s in standards],
        t("crosswalk.points"): [_points(s) for s in standards],
        t("crosswalk.levels"): [_names(s.levels, " → ") for s in standards],
        t("crosswalk.outcomes"): [_outcomes(s) for s in standards],
    }
    return pd.DataFrame.from_dict(rows, orient="index", columns=_titles(standards))


@prepared
def steps(*folders: str) -> pd.DataFrame:
    """The steps by their numbers, a column for each standard."""
    standards = [standard_of(folder) for folder in folders]
    labels = [
        {s.number: s.label[language()] for s in standard.sections if s.number.isdigit()}
        for standard in standards
    ]
    columns = dict(zip(_titles(standards), labels, strict=True))
    return pd.DataFrame(columns).rename_axis(t("crosswalk.step"))


def take_away(*folders: str) -> None:
    """Both tables as one file, with the sources of the rule sets."""
    table = pd.concat([frames(*folders), steps(*folders)]).rename_axis(t("crosswalk.step"))
    headers = [standard_of(folder).header for folder in folders]
    cited = [Citation(header.source_id, (header.locator,)) for header in headers]
    blocks.downloads("crosswalk", table.reset_index(), cited, t("crosswalk.frame"))


def _titles(standards: list[Standard]) -> list[str]:
    return [s.header.document.split(";")[0] or s.header.title[language()] for s in standards]


def _musts(standard: Standard) -> str:
    if standard.groups:
        return t("crosswalk.must_count", n=len(standard.must))
    return t("crosswalk.must_steps")


def _points(standard: Standard) -> str:
    most = f"{sum(item.most for item in standard.points):g}"
    if standard.groups:
        return t("crosswalk.points_items", n=len(standard.points), most=most)
    return t("crosswalk.points_total", most=most)


def _names(records: tuple, between: str) -> str:
    return between.join(record.label[language()] for record in records)


def _outcomes(standard: Standard) -> str:
    words = [words[language()] for words in standard.outcomes.values()]
    return " · ".join(words) or t("crosswalk.outcomes_none")
