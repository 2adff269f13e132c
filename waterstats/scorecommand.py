"""The commands `score` and `template`: tables of enterprises from the shell."""

import argparse
import sys
from pathlib import Path

from waterstats.enterprises.files import FileTables, read_files
from waterstats.enterprises.resultbook import workbook
from waterstats.enterprises.results import score_files
from waterstats.enterprises.templates import template, template_csv
from waterstats.enterprises.vocabulary import vocabulary
from waterstats.standards.records import RuleError


def add_commands(commands) -> None:
    """Add `score` and `template` to the subparsers of the command line."""
    score = commands.add_parser("score", help="judge a table of enterprises under a standard")
    score.add_argument("standard", help="its id, or its folder")
    score.add_argument("enterprises", type=Path, help="xlsx (with both tables), CSV or Parquet")
    score.add_argument("measurements", type=Path, nargs="?", help="the numbers, if apart")
    score.add_argument("--out", type=Path, required=True, help="the workbook to write (.xlsx)")
    score.add_argument("--keep", action="store_true", help="score the enterprises without errors")
    score.add_argument(
        "--reading", action="append", default=[], metavar="ID=CHOICE", help="settle a reading"
    )
    score.add_argument(
        "--threshold",
        action="append",
        default=[],
        metavar="LEVEL=POINTS",
        help="the minimum of a level that the sources do not give",
    )
    score.set_defaults(run=run_score)
    blank = commands.add_parser("template", help="write the tables to fill in")
    blank.add_argument("standard", help="its id, or its folder")
    blank.add_argument("--industry", help="only this industry, with a row for each number")
    blank.add_argument("--out", type=Path, required=True, help=".xlsx, or .csv for several files")
    blank.set_defaults(run=run_template)
    for command in (score, blank):
        command.add_argument("--language", choices=["zh", "en"], default="zh")


def run_score(options: argparse.Namespace) -> int:
    """Score files; 0 if every row could be read, else 1 and the list of problems."""
    try:
        readings = dict(reading.partition("=")[::2] for reading in options.reading)
        thresholds = dict(map(threshold, options.threshold))
        paths = filter(None, (options.enterprises, options.measurements))
        tables = read_files(options.standard, [(p.name, p.read_bytes()) for p in paths])
        say(tables, options.language)
        if tables.errors and not (options.keep and len(tables.enterprises)):
            return 1
        results = score_files(tables, readings, thresholds)
    except (RuleError, ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    options.out.write_bytes(workbook(results, options.language))
    counts = results.verdicts["verdict"].value_counts()
    for verdict, words in results.standard.verdicts.items():
        if verdict in counts:
            print(f"{counts[verdict]:6} {words[options.language]}")
    print(options.out)
    return 1 if tables.errors else 0


def threshold(written: str) -> tuple[str, float]:
    """LEVEL=POINTS as a pair; ValueError if it is not."""
    level, _, points = written.partition("=")
    try:
        return level, float(points)
    except ValueError:
        raise ValueError(f"--threshold {written}: expected LEVEL=POINTS") from None


def say(tables: FileTables, language: str) -> None:
    for problem in tables.problems:
        print(problem.said(language), file=sys.stderr)
    if tables.errors:
        aside = {"zh": "个错误；未评分的企业", "en": "error(s); enterprises set aside"}[language]
        names = "、".join(tables.set_aside) or "–"
        print(f"{len(tables.errors)} {aside}: {names}", file=sys.stderr)


def run_template(options: argparse.Namespace) -> int:
    """Write a template: one workbook, or for a .csv name one file per table beside it."""
    arguments = options.standard, options.industry, options.language
    try:
        vocabulary(options.standard)
        if options.out.suffix.lower() != ".csv":
            options.out.write_bytes(template(*arguments))
            print(options.out)
            return 0
        for name, content in template_csv(*arguments).items():
            path = options.out.with_name(f"{options.out.stem}-{name}.csv")
            path.write_bytes(content)
            print(path)
    except (RuleError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0
