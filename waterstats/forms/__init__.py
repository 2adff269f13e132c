"""Filled application forms: a form is built once as plain data, then written as xlsx or docx.

The forms are in Chinese and laid out as a standard's forms.toml says. People and telephones are
never asked or kept; their cells stay blank.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from waterstats.scoring.scenario import Scenario

from .assessment import must_table, points_table
from .conclusion import MadeOn, conclusion_table, footer
from .content import Cell, Form, Table
from .docx import to_docx
from .entry import NOTHING, Entry, entries, entry
from .information import information_table
from .layout import Field, Layout, load_layout
from .limits import limits_table, numbers_table
from .meters import Readings, meters_table
from .recommendation import recommendation_form
from .xlsx import to_xlsx

__all__ = [
    "Cell",
    "Entry",
    "Field",
    "Form",
    "Layout",
    "MadeOn",
    "Table",
    "entries",
    "entry",
    "load_layout",
    "recommendation",
    "self_assessment",
    "to_docx",
    "to_xlsx",
]


def self_assessment(
    scenario: Scenario,
    information: Mapping = NOTHING,
    meters: Readings = NOTHING,
    made_on: MadeOn = None,
    standard: str | Path | None = None,
) -> Form:
    """The application forms of one enterprise: information sheet, musts, points, limits of its
    industry, and what the verdict rests on. What was not given stays blank.

    information: by id of `load_layout(standard).asked`. meters: readings the values were computed
    from, by meter id, once for the site or by variant. made_on: the date to print.
    standard: the folder of a standard that is not in data/.
    Raises RuleError for an id it does not know.
    """
    e = entry(scenario, information, standard)
    tables = (
        information_table(e),
        must_table(e),
        points_table(e),
        limits_table(e),
        numbers_table(e),
        meters_table(e, meters),
        conclusion_table(e, made_on),
    )
    printed = tuple(table for table in tables if table)
    below = footer(e, made_on, f"{e.word('verdict')} {e.plan.standard.verdicts[e.verdict].zh}")
    return Form(e.plan.title.zh, printed, below, e.word("page"), e.word("font"))


def recommendation(
    enterprises: Sequence[Entry], filled_by: str = "", made_on: MadeOn = None
) -> Form:
    """The recommendation table, a row per enterprise (`entry` of a scenario, or `entries` of
    uploaded tables), with the verdicts on a second page. filled_by: the authority that fills it in.
    """
    return recommendation_form(enterprises, filled_by, made_on)
