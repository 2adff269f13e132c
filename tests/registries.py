"""Registries for tests: the directory's page as its site serves it, small tables, their reading."""

import csv
import html
import io

from waterstats.datafiles import DATA
from waterstats.registries.columns import PRINTED, recognised
from waterstats.registries.opening import open_table
from waterstats.registries.reading import read_registry

LONG_NAMES = {
    "KOR": "Korea, Republic of",
    "VEN": "Venezuela, Bolivarian Republic of",
    "TUR": "Turkey",
    "SWZ": "Swaziland (Eswatini)",
    "VNM": "Viet Nam",
    "GBR": "United Kingdom",
    "USA": "United States of America",
}
TYPES = {"single": "Single Site", "multi": "Multi-site", "group": "Group Certificate"}
GOOD = [
    "AWS-000001", "Alpha Ltd", "Alpha One", "1 Road, Suzhou, Jiangsu, China", "China", "Taihu",
    "Gold (Single Site)", "08/05/2024", "07/05/2027", "AWS V2.0", "Food & Beverage Production",
]  # fmt: skip


def listed():
    """The rows of data/registry as text."""
    with (DATA / "registry" / "aws_directory_2026_06.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _day(text):
    year, month, day = text.split("-")
    return f"{day}/{month}/{year}"


def printed_rows(database):
    """The directory as its page prints it: eleven cells for each site."""
    countries = dict(database.execute("select place, name_en from place").fetchall())
    sectors = dict(database.execute("select industry, printed_as from industry").fetchall())
    for row in listed():
        country = LONG_NAMES.get(row["country"], countries[row["country"]])
        address = "\n".join(filter(None, [row["city"], f"{row['admin1']} 215300", country]))
        level = f"{row['level'].title()} ({TYPES[row['certificate_type']]})"
        yield [
            row["registration_no"], row["account_name"], row["certificate_name"], address, country,
            row["catchment"], level, _day(row["date_issued"]), _day(row["valid_until"]),
            row["aws_standard"], sectors[row["sector"]],
        ]  # fmt: skip


def page(rows, caption="Certified sites on 8 June 2026: 411 sites"):
    """A page with a TablePress table, its entities escaped twice as on the directory's."""

    def cell(text, number, tag):
        words = html.escape(html.escape(text, quote=False), quote=False).replace("\n", "<br />\n")
        return f'<{tag} class="column-{number}">{words}</{tag}>'

    def line(cells, number, tag):
        inner = "".join(cell(text, n, tag) for n, text in enumerate(cells, 1))
        return f'<tr class="row-{number}">{inner}</tr>'

    body = "\n".join(line(cells, n, "td") for n, cells in enumerate(rows, 2))
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>Sites</title></head>'
        "<body><table><tr><td>menu</td></tr></table>"
        f'<span id="tablepress-3-description" class="tablepress-table-description">{caption}</span>'
        f'<table id="tablepress-3" class="tablepress"><thead>{line(PRINTED, 1, "th")}</thead>'
        f"<tbody>{body}</tbody></table></body></html>"
    ).encode()


def table(*rows, headings=PRINTED, delimiter=",", encoding="utf-8"):
    """A CSV file of a few rows; a row is GOOD with {heading: other cell}."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\n")
    writer.writerow(headings)
    for number, changes in enumerate(rows):
        cells = dict(zip(PRINTED, GOOD, strict=True))
        cells["AWS Site Registration No"] = f"AWS-{number:06d}"
        writer.writerow((cells | changes).values())
    return buffer.getvalue().encode(encoding)


def read(content, vocabulary, name="sites.csv", **options):
    """A file through the whole reader."""
    opened, problems = open_table(name, content)
    assert opened is not None, problems
    return read_registry(opened, recognised(opened.headings), vocabulary, "upload_1", **options)


def said(problems):
    """Problems as (row, column, found), errors only, and warnings."""
    errors = [(p.row, p.column, p.found_in("en")) for p in problems if not p.warning]
    return errors, [(p.row, p.column, p.found_in("en")) for p in problems if p.warning]
