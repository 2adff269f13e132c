"""Tables of enterprises as checked batches: one wide table of answers, one long table of numbers.

Whatever cannot be understood becomes a Problem that says where it stands, what was found and what
is expected. Nothing is guessed, and the cell counts as unanswered.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from waterstats.problems import NOTHING, Problem, one_of, suggestion
from waterstats.scoring.measurements import fill, read_measurements, text
from waterstats.scoring.outcomes import Batch, blank
from waterstats.scoring.plans import NOT_APPLICABLE, Plan
from waterstats.standards.limits import Words
from waterstats.standards.rules import Must, Points

YES_WORDS = ("yes", "y", "true", "1", "1.0", "是", "√", "✓", "✔")
NO_WORDS = ("no", "n", "false", "0", "0.0", "否", "×")
SKIP_WORDS = ("not_applicable", "not applicable", "n/a", "na", "不适用")


@dataclass
class Table:
    """The enterprises of one industry: their rows in the table, and the batch to score."""

    rows: NDArray[np.intp]
    batch: Batch


@dataclass
class Intake:
    """Everything read: one table per industry, and the problems on the way."""

    enterprises: pd.Series
    industries: pd.Series
    tables: dict[str, Table] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_tables(
    plans: dict[str, Plan], enterprises: pd.DataFrame, measurements: pd.DataFrame | None = None
) -> Intake:
    """Sort enterprises by industry and fill their batches.

    enterprises: one row each; columns enterprise, industry (unless the standard knows none), the
    asked clauses by id, and "<clause>_reason" where an answer is "not applicable". A missing
    column, like an empty cell, is unanswered.
    measurements: one row per enterprise, measure and variant; columns enterprise, measure (or the
    id of a limit), variant, value, output, present ("no" with a reason: no such system), reason.
    """
    names = text(enterprises, "enterprise")
    industries = text(enterprises, "industry")
    if "" in plans:
        industries[:] = ""
    intake = Intake(names, industries)
    intake.problems += enterprise_problems(plans, enterprises, names, industries)
    answers, problems = read_answers(next(iter(plans.values())), enterprises)
    intake.problems += problems
    codes = pd.Index(list(plans)).get_indexer(industries)
    column = np.zeros(len(names), int)
    for code, (industry, plan) in enumerate(plans.items()):
        rows = np.flatnonzero(codes == code)
        if len(rows):
            column[rows] = np.arange(len(rows))
            table = Table(rows, blank(plan, len(rows)))
            table.batch.answers[:] = answers[:, rows]
            intake.tables[industry] = table
    if measurements is not None and len(measurements):
        given, pairs, problems = read_measurements(measurements, names)
        intake.problems += problems
        industry_of = codes[given.enterprise]
        given.enterprise = column[given.enterprise]
        for code, (industry, plan) in enumerate(plans.items()):
            if industry in intake.tables:
                mine = given.part(industry_of == code)
                intake.problems += fill(plan, intake.tables[industry].batch, pairs, mine)
    intake.problems.sort(key=lambda problem: (problem.table, problem.row))
    return intake


def enterprise_problems(
    plans: dict[str, Plan], frame: pd.DataFrame, names: pd.Series, industries: pd.Series
) -> Iterator[Problem]:
    repeated = names.duplicated() & (names != "")
    known = {industry: plan.label for industry, plan in plans.items()}
    for column, wrong, cells, expected in (
        ("enterprise", names == "", names, Words("企业名称或编号", "a name or number")),
        ("enterprise", repeated, names, Words("每家企业只有一行", "each enterprise once")),
        ("industry", ~industries.isin(list(plans)), industries, one_of(known)),
    ):
        for row in np.flatnonzero(wrong):
            near = suggestion(cells[row], known) if column == "industry" else NOTHING
            yield Problem("enterprises", int(row) + 1, column, cells[row], expected, near)
    # A column that is nearly the name of a clause is a slip, not something else to carry along.
    asked = {clause.id for plan in plans.values() for clause in plan.asked}
    for column in map(str, frame.columns):
        folded = column.strip().lower().replace(" ", "_").replace("-", "_")
        if column not in asked and folded in asked:
            expected = Words(f"列名“{folded}”", f"the column name {folded!r}")
            yield Problem("enterprises", 0, column, column, expected)


def read_answers(plan: Plan, frame: pd.DataFrame) -> tuple[NDArray[np.uint8], list[Problem]]:
    """Answers in words to codes, a whole column at a time. Every industry is asked the same."""
    answers = np.zeros((len(plan.asked), len(frame)), np.uint8)
    problems: list[Problem] = []
    for position, clause in enumerate(plan.asked):
        if clause.id not in frame:
            continue
        codes, words = pd.factorize(text(frame, clause.id))
        meaning = [understood(plan, clause, str(word)) for word in words]
        wrong = np.array([m is None for m in meaning], bool)[codes]
        answers[position] = np.array([m or 0 for m in meaning], np.uint8)[codes]
        expected = one_of(answer_words(clause))
        for row in np.flatnonzero(wrong):
            found = words[codes[row]]
            problems.append(Problem("enterprises", int(row) + 1, clause.id, found, expected))
        if clause.may_be_not_applicable:
            problems += reasons(answers[position], frame, f"{clause.id}_reason")
    return answers, problems


def reasons(answers: NDArray[np.uint8], frame: pd.DataFrame, column: str) -> Iterator[Problem]:
    """An answer "not applicable" without its reason stays unanswered."""
    missing = (answers == NOT_APPLICABLE) & (text(frame, column) == "").to_numpy()
    answers[missing] = 0
    expected = Words("不适用的原因", "the reason for not applicable")
    for row in np.flatnonzero(missing):
        yield Problem("enterprises", int(row) + 1, column, "", expected)


def understood(plan: Plan, clause: Must | Points, word: str) -> int | None:
    """The code of an answer as people write it; None if it is not one."""
    folded = plain_form(word)
    for grade in getattr(clause, "grades", ()):
        # The points as written in a cell name a grade that earns exactly so many.
        worth = {f"{grade.points[0]:g}", f"{grade.points[0]:.1f}"} if grade.fixed else set()
        if folded in {*map(plain_form, (grade.id, grade.label.zh, grade.label.en)), *worth}:
            return plan.answer_code(clause, grade.id)
    plain = {**dict.fromkeys(YES_WORDS, "yes"), **dict.fromkeys(NO_WORDS, "no"), "": ""}
    plain |= dict.fromkeys(SKIP_WORDS, "not_applicable")
    try:
        return plan.answer_code(clause, plain[folded])
    except KeyError:
        return None


def plain_form(word: str) -> str:
    """A word without what people vary: width and case."""
    return unicodedata.normalize("NFKC", word).casefold()


def expected_answers(clause: Must | Points) -> list[str]:
    """The answers a clause takes, as written in a table."""
    return list(answer_words(clause))


def answer_words(clause: Must | Points) -> dict[str, Words]:
    """The answers a clause takes, with their words."""
    grades = {grade.id: grade.label for grade in getattr(clause, "grades", ())}
    skip = {"not_applicable": Words("不适用", "n/a")} if clause.may_be_not_applicable else {}
    return {**(grades or {"yes": Words("是", "yes")}), "no": Words("否", "no"), **skip}
