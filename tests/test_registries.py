"""Tables of sites that people bring: read like the directory itself, every fault said."""

import datetime
import io

import openpyxl
import pandas as pd
import pytest
from registries import GOOD, page, printed_rows, read, said, table

from waterstats import exports, store
from waterstats.registries.columns import PRINTED, guessed, missing, other_words, recognised
from waterstats.registries.dates import NotADayError, caption_facts, read_day
from waterstats.registries.opening import MAX_BYTES, open_table
from waterstats.registries.vocabulary import vocabulary


@pytest.fixture(scope="module")
def words(connection):
    names = ("place", "industry", "level", "holder")
    return vocabulary(*(store.read(connection, name) for name in names))


@pytest.fixture(scope="module")
def directory(connection):
    sites = store.read(connection, "site_described")
    return sites.sort_values("registration_no").reset_index(drop=True)


@pytest.fixture(scope="module")
def printed(connection):
    return list(printed_rows(connection))


def compared(sites, directory, *without):
    """Both frames in the same order, without the name of the source and what a file lacks."""
    left_out = ["source_id", *without]
    sites = sites.sort_values("registration_no").reset_index(drop=True)
    pd.testing.assert_frame_equal(
        sites.drop(columns=left_out), directory.drop(columns=left_out), check_dtype=True
    )


def test_the_directorys_own_page_gives_the_directory(printed, words, directory):
    registry = read(page(printed), words, "certified-sites.html")
    assert (registry.rows, registry.left_out, registry.problems) == (411, 0, [])
    assert registry.as_of == datetime.date(2026, 6, 8)
    compared(registry.sites, directory, "city")  # the page has no column for the city


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_in_any_encoding_and_with_any_separator(printed, words, directory, encoding, delimiter):
    frame = pd.DataFrame(printed, columns=PRINTED)
    content = frame.to_csv(index=False, sep=delimiter).encode(encoding)
    compared(read(content, words).sites, directory, "city")


def test_gbk_with_chinese_words(words):
    row = {
        "Account Name": "苏州某公司", "Site Address": "江苏省苏州市", "Site Country": "中国",
        "Level Attained": "黄金级（单场址）", "Industry Sector": "电子与半导体",
        "Date Issued": "2024年5月8日",
    }  # fmt: skip
    registry = read(table(row, encoding="gbk"), words)
    assert registry.problems == []
    site = registry.sites.iloc[0]
    assert site["account_name"] == site["holder"] == "苏州某公司"
    assert (site["country"], site["province"], site["sector"]) == ("CHN", "CN-JS", "electronics")
    assert (site["level"], site["certificate_type"]) == ("gold", "single")
    assert site["date_issued"] == pd.Timestamp("2024-05-08")


def test_excel_cells_of_every_kind_of_date(words):
    book = openpyxl.Workbook()
    book.active.append(["A list of sites"])
    book.active.append(PRINTED)
    kinds = [
        (datetime.datetime(2024, 5, 8), datetime.date(2027, 5, 7)),
        (45420, "46514"),
        ("08/05/2024", "2027-05-07"),
        ("8 May 2024", "2027/5/7"),
    ]
    for number, (issued, valid) in enumerate(kinds):
        book.active.append([f"AWS-{number}", *GOOD[1:7], issued, valid, *GOOD[9:]])
    buffer = io.BytesIO()
    book.save(buffer)
    registry = read(buffer.getvalue(), words, "sites.xlsx")
    assert registry.problems == []
    assert set(registry.sites["date_issued"]) == {pd.Timestamp("2024-05-08")}
    assert set(registry.sites["valid_until"]) == {pd.Timestamp("2027-05-07")}


def test_a_workbook_with_macros_is_read_with_a_warning(words):
    import zipfile

    book = openpyxl.Workbook()
    book.active.append(PRINTED)
    book.active.append(GOOD)
    buffer = io.BytesIO()
    book.save(buffer)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    registry = read(buffer.getvalue(), words, "sites.xlsm")
    assert len(registry.sites) == 1
    assert said(registry.problems)[1] == [(0, "", "a workbook with macros")]


# --- faults: each row on its own, the good rows stay -------------------------------------------

FAULTS = {
    "impossible_day": ({"Date Issued": "31/02/2024"}, "Date Issued"),
    "no_date": ({"Valid Until": "soon"}, "Valid Until"),
    "date_missing": ({"Valid Until": ""}, "Valid Until"),
    "year_out_of_range": ({"Date Issued": "08/05/1824"}, "Date Issued"),
    "issued_after_expiry": ({"Date Issued": "08/05/2028"}, "Valid Until"),
    "unknown_country": ({"Site Country": "Atlantis"}, "Site Country"),
    "unknown_sector": ({"Industry Sector": "Alchemy"}, "Industry Sector"),
    "unknown_level": ({"Level Attained": "Silver (Single Site)"}, "Level Attained"),
    "no_number": ({"AWS Site Registration No": " "}, "AWS Site Registration No"),
    "no_account": ({"Account Name": ""}, "Account Name"),
}


@pytest.mark.parametrize("kind", FAULTS)
def test_a_row_with_a_fault_is_listed_and_left_out(words, kind):
    change, column = FAULTS[kind]
    registry = read(table({}, change, {}), words)
    errors, _ = said(registry.problems)
    assert [(row, name) for row, name, _ in errors] == [(3, column)]
    assert (registry.rows, len(registry.sites), registry.left_out) == (3, 2, 1)
    for language in ("zh", "en"):
        assert registry.problems[0].expected[language]


def test_an_expiry_on_the_day_of_issue_is_no_fault(words):
    registry = read(table({"Date Issued": "07/05/2027"}), words)
    assert registry.problems == []


def test_the_first_of_several_rows_with_one_number_is_kept(words):
    again = {"AWS Site Registration No": "AWS-000000", "Account Name": "Beta"}
    registry = read(table({}, again, {}), words)
    assert said(registry.problems)[0] == [(3, "AWS Site Registration No", "AWS-000000")]
    assert "row 2" in registry.problems[0].said("en")
    assert list(registry.sites["account_name"]) == ["Alpha Ltd", "Alpha Ltd"]


def test_a_wrong_row_does_not_take_the_number_of_a_right_one(words):
    wrong = {"AWS Site Registration No": "AWS-000001", "Level Attained": "Tin"}
    registry = read(table(wrong, {}), words)
    assert [row for row, *_ in said(registry.problems)[0]] == [2]
    assert list(registry.sites["registration_no"]) == ["AWS-000001"]


def test_unknown_words_have_their_nearest_and_count_once_confirmed(words):
    content = table({"Site Country": "Chnia"}, {"Site Country": "Chnia"}, {})
    registry = read(content, words)
    (unknown,) = registry.unknown
    assert (unknown.text, unknown.rows, unknown.nearest) == ("Chnia", 2, "CHN")
    assert "China" in registry.problems[0].said("en")
    assert len(registry.sites) == 1
    settled = read(content, words, read_as={"country": {"Chnia": "CHN"}})
    assert (settled.problems, len(settled.sites)) == ([], 3)


def test_the_printed_count_is_held_against_the_rows(printed, words):
    told = read(page(printed[:10]), words, "page.html")
    assert said(told.problems)[1] == [(0, "", "10 rows")]
    assert "411" in told.problems[0].said("en")
    assert len(told.sites) == 10


def test_certificates_off_the_date_of_the_list_are_said_and_kept(words):
    content = table({}, {"Date Issued": "09/06/2026"}, {"Valid Until": "07/06/2026"})
    registry = read(content, words, as_of=datetime.date(2026, 6, 8))
    assert said(registry.problems)[1] == [
        (3, "Date Issued", "09/06/2026"),
        (4, "Valid Until", "07/06/2026"),
    ]
    assert registry.left_out == 0
    on_the_day = table({"Date Issued": "08/06/2026"}, {"Valid Until": "08/06/2026"})
    assert read(on_the_day, words, as_of=datetime.date(2026, 6, 8)).problems == []


def test_months_first_is_read_so_and_said(words):
    content = table({"Date Issued": "05/31/2024", "Valid Until": "05/07/2027"})
    registry = read(content, words)
    assert said(registry.problems) == ([], [(0, "", "05/31/2024; –")])
    assert registry.sites["valid_until"][0] == pd.Timestamp("2027-05-07")
    assert read(content, words, day_first=True).left_out == 1


def test_dates_in_both_orders_are_read_days_first_and_the_others_left_out(words):
    registry = read(table({"Date Issued": "31/05/2024"}, {"Date Issued": "05/31/2024"}), words)
    errors, warnings = said(registry.problems)
    assert errors == [(3, "Date Issued", "05/31/2024")]
    assert warnings == [(0, "", "05/31/2024; 31/05/2024")]


def test_without_evidence_days_come_first(words):
    registry = read(table({"Date Issued": "08/05/2024"}), words)
    assert registry.sites["date_issued"][0] == pd.Timestamp("2024-05-08")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("blank.csv", b"  \n \n"),
        ("word.docx", b"PK\x03\x04 no workbook"),
        ("old.xls", b"\xd0\xcf\x11\xe0 old"),
        ("page.html", b"<!doctype html><html><body><p>No table here.</p></body></html>"),
        ("broken.parquet", b"PAR1 broken"),
        ("noise.csv", b"\xff\xff\x00\x80"),
        ("one.csv", b"word"),
        ("large.csv", b"a" * (MAX_BYTES + 1)),
    ],
)
def test_a_file_without_a_table_is_refused_in_words(name, content):
    opened, problems = open_table(name, content)
    assert opened is None
    assert all(p.said("zh") and p.said("en") and not p.warning for p in problems)
    assert problems


def test_a_table_with_headings_only_says_that_nothing_is_there(words):
    registry = read(table(), words)
    assert said(registry.problems)[0] == [(0, "", "no usable row")]
    assert registry.sites.empty


def test_many_faults_are_counted_and_the_first_are_listed(words):
    registry = read(table(*[{"Level Attained": "Tin"}] * 350), words)
    assert registry.left_out == 350
    listed = [p for p in registry.problems if p.column == "Level Attained"]
    assert len(listed) == 201
    assert "150 more rows" in [p.found_in("en") for p in listed]


# --- places, headings --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "province"),
    [
        ("No. 1, Suzhou, Jiangsu Province, P.R. China", "CN-JS"),
        ("江苏省苏州市", "CN-JS"),
        ("Xi'an, Shaanxi", "CN-SN"),
        ("Taiyuan, Shanxi", "CN-SX"),
        ("Hohhot, Nei Mongol", "CN-NM"),
        ("Shandong Road, Shanghai", None),  # two provinces named: not clear
        ("Suzhou Industrial Park", None),
        ("Jilinton Street 5", None),
    ],
)
def test_a_province_is_taken_from_an_address_that_names_one(words, address, province):
    site = read(table({"Site Address": address}), words).sites.iloc[0]
    assert site["province"] == province or (province is None and pd.isna(site["province"]))


def test_provinces_listed_as_countries_are_china(words):
    rows = ("Taiwan, Province of China", "Hong Kong", "Macao")
    sites = read(table(*({"Site Country": c, "Site Address": ""} for c in rows)), words).sites
    assert set(sites["country"]) == {"CHN"}
    assert list(sites["province"]) == ["CN-TW", "CN-HK", "CN-MO"]
    assert list(sites["province_en"]) == ["Taiwan", "Hong Kong", "Macao"]


def test_other_spellings_name_codes_that_exist(connection):
    tables = {"country": "place", "province": "place", "sector": "industry", "level": "level"}
    for column, name in tables.items():
        known = set(store.read(connection, name)[name])
        assert set(other_words()[column]) <= known


def test_headings_are_known_in_any_case_and_guessed_when_similar():
    assert recognised([h.upper() + " " for h in PRINTED]).keys() == recognised(PRINTED).keys()
    assert recognised(["Valid Untill"]) == {}
    assert guessed(["Valid Untill", "Nonsense"]) == {"valid_until": "Valid Untill"}
    assert guessed(["所属行业分类"]) == {"sector": "所属行业分类"}
    assert "sector" in missing(recognised(PRINTED[:-1]))
    assert missing(recognised(PRINTED)) == []


def test_a_foreign_table_is_read_through_a_mapping(words, directory):
    from waterstats.registries.reading import read_registry

    headings = [f"c{n}" for n in range(len(PRINTED))]
    opened, _ = open_table("foreign.csv", table({}, headings=headings))
    mapping = {name: headings[PRINTED.index(h)] for name, h in recognised(PRINTED).items()}
    registry = read_registry(opened, mapping, words, "upload_1")
    assert registry.problems == []
    with pytest.raises(KeyError):
        read_registry(opened, {"level": "c6"}, words, "upload_1")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_our_own_download_comes_back_as_it_was(words, directory, monkeypatch, lang, kind):
    from waterstats.widgets import data, state
    from waterstats.widgets.statistics import registry

    names = {}
    for code, column in (("country", "country"), ("level", "level"), ("sector", "sector")):
        names |= dict(zip(directory[code], directory.get(f"{column}_{lang}", ""), strict=False))
    names |= dict(zip(directory["province"], directory[f"province_{lang}"], strict=True))
    levels = {"zh": ["基础级", "黄金级", "白金级"], "en": ["Core", "Gold", "Platinum"]}[lang]
    names |= dict(zip(["core", "gold", "platinum"], levels, strict=True))
    monkeypatch.setattr(state, "language", lambda: lang)
    monkeypatch.setattr(data, "names", lambda: names)
    frame = registry.in_words()(directory).assign(Source="AWS directory")
    content = exports.to_csv(frame) if kind == "csv" else exports.to_xlsx(frame, "sites", ["n"])
    result = read(content, words, f"sites.{kind}")
    assert result.problems == []
    compared(result.sites, directory)


# --- single cells ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cell", ["08/06/2026", "8.6.2026", "2026-06-08", "2026年6月8日", "８/６/2026", "June 8, 2026",
             "8th June 2026", 46181, "46181", "2026-06-08T00:00:00", 46181.5]
)  # fmt: skip
def test_days_as_people_write_them(cell):
    assert read_day(cell) == datetime.date(2026, 6, 8)


@pytest.mark.parametrize(
    ("cell", "kind"),
    [("31/02/2026", "day"), ("13/13/2026", "day"), ("08/06/26", "date"), ("", "date"),
     (True, "date"), (float("inf"), "date"), (19_999, "date"), (-1, "date"), ("1989-12-31", "year"),
     ("2101-01-01", "year")],
)  # fmt: skip
def test_what_is_no_day_has_a_kind(cell, kind):
    with pytest.raises(NotADayError) as error:
        read_day(cell)
    assert error.value.args[0] == kind


def test_the_limits_of_years():
    first, last = datetime.date(1990, 1, 1), datetime.date(2100, 12, 31)
    assert (read_day("1990-01-01"), read_day(32_874)) == (first, first)
    assert (read_day("2100-12-31"), read_day(73_415)) == (last, last)
    for beyond in (32_873, 73_416):
        with pytest.raises(NotADayError, match="year"):
            read_day(beyond)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("As of 8 June 2026 there are 411 certified sites.", (datetime.date(2026, 6, 8), 411)),
        ("Certified sites: 1,411 (08/06/2026)", (datetime.date(2026, 6, 8), 1411)),
        ("截至2026年6月8日共411个场址", (datetime.date(2026, 6, 8), 411)),
        ("All our sites", (None, None)),
        ("", (None, None)),
    ],
)
def test_a_caption_states_its_date_and_count(text, facts):
    assert caption_facts(text) == facts
