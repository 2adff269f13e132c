"""A gallery of broken data files: every error names file, row, column, value and remedy."""

import shutil

import pytest

from waterstats import store
from waterstats.datafiles import DATA, DataError

FIGURES = "figures/certification.csv"
REGISTRY = "registry/aws_directory_2026_06.csv"


@pytest.fixture
def data(tmp_path):
    return shutil.copytree(DATA, tmp_path / "data")


def change(path, before, after):
    text = path.read_text(encoding="utf-8")
    assert before in text, f"{before!r} not in {path.name}"
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def line_of(path, words):
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(i for i, line in enumerate(lines, 1) if words in line)


def faults(data):
    with pytest.raises(DataError) as caught:
        store.build(data, data.parent / "broken.duckdb")
    assert not (data.parent / "broken.duckdb").exists()
    return str(caught.value)


def test_missing_column(data):
    path = data / "levels.csv"
    path.write_text("level,name_zh,name_en\ncore,基础级,Core\n", encoding="utf-8")
    words = faults(data)
    assert "data/levels.csv" in words
    assert "no column 'rank'" in words
    assert "Add the column" in words


def test_unknown_column_suggests_the_right_name(data):
    change(data / FIGURES, "as_published", "as_publish")
    words = faults(data)
    assert "unknown column 'as_publish'" in words
    assert "Did you mean 'as_published'?" in words


def test_unknown_source_names_row_column_and_nearest(data):
    path = data / FIGURES
    line = line_of(path, "bb_sites_world")
    text = path.read_text(encoding="utf-8").splitlines()
    text[line - 1] = text[line - 1].replace("blue_book_2024", "blue_book_2042")
    path.write_text("\n".join(text) + "\n", encoding="utf-8")
    words = faults(data)
    assert f"data/figures/certification.csv, row {line}, column source_id" in words
    assert "'blue_book_2042'" in words
    assert "Did you mean 'blue_book_2024'?" in words


def test_duplicate_key_names_both_rows(data):
    path = data / "places.csv"
    first = line_of(path, "FRA,")
    with path.open("a", encoding="utf-8") as file:
        file.write("FRA,country,EUR,法国,France,,\n")
    words = faults(data)
    assert "'FRA' again" in words
    assert f"data/places.csv, row {first}" in words


def test_impossible_date(data):
    path = data / REGISTRY
    row = path.read_text(encoding="utf-8").splitlines()[1]
    day = next(cell for cell in row.split(",") if cell.startswith("20") and cell.count("-") == 2)
    change(path, day, "2026-02-30")
    words = faults(data)
    assert "row 2, column date_issued" in words
    assert "'2026-02-30'" in words
    assert "a real date written yyyy-mm-dd" in words


def test_certificate_that_ends_before_it_begins(data):
    path = data / REGISTRY
    row = path.read_text(encoding="utf-8").splitlines()[1].split(",")
    days = [cell for cell in row if cell.startswith("20") and cell.count("-") == 2]
    change(path, f"{days[0]},{days[1]}", f"{days[1]},{days[0]}")
    words = faults(data)
    assert "row 2" in words
    assert "date_issued" in words and "valid_until" in words


def test_share_over_100_percent(data):
    change(data / FIGURES, ",17,=,17%", ",170,=,170%")
    words = faults(data)
    assert "170" in words
    assert "a share between 0 and 100 percent" in words


def test_totals_that_do_not_add_up(data):
    change(data / FIGURES, ",158,=,", ",185,=,")
    words = faults(data)
    assert "'continents'" in words
    assert "389" in words and "362" in words


def test_unknown_country(data):
    change(data / REGISTRY, ",MEX,", ",MEXX,")
    words = faults(data)
    assert "unknown place 'MEXX'" in words
    assert "Did you mean 'MEX'?" in words


def test_wrong_encoding(data):
    text = (data / "places.csv").read_text(encoding="utf-8")
    (data / "places.csv").write_bytes(text.encode("gb18030"))
    words = faults(data)
    assert "data/places.csv, row " in words
    assert "UTF-8" in words


@pytest.mark.parametrize("value", ["nan", "inf", "-3", "３６２", "97%", "1,234", ""])
def test_value_that_is_not_a_plain_number(data, value):
    cell = f'"{value}"' if "," in value else value
    change(data / FIGURES, ",362,=,", f",{cell},=,")
    line = line_of(data / FIGURES, "bb_sites_world")
    words = faults(data)
    assert f"data/figures/certification.csv, row {line}" in words
    assert "column value" in words


def test_row_with_a_cell_too_many(data):
    change(data / "units.csv", "site,场址数,", "site,场址,数,")
    words = faults(data)
    assert "data/units.csv, row 2" in words
    assert "6 cells" in words


def test_empty_file(data):
    (data / "units.csv").write_text("", encoding="utf-8")
    assert "data/units.csv: found an empty file" in faults(data)


def test_expired_correction(data):
    change(
        data / "industries.csv",
        "Electrical Eqiupment",
        "Electrical Equipment",
    )
    words = faults(data)
    assert "corrections.toml" in words
    assert "'sector_equipment_spelling' has expired" in words


def test_unreadable_toml(data):
    (data / "sources/suntory_2023.toml").write_text("kind = ", encoding="utf-8")
    assert "data/sources/suntory_2023.toml" in faults(data)


def test_source_without_a_licence(data):
    path = data / "sources/suntory_2023.toml"
    lines = [
        x for x in path.read_text(encoding="utf-8").splitlines() if not x.startswith("licence")
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    words = faults(data)
    assert "data/sources/suntory_2023.toml" in words
    assert "licence_zh" in words


def test_certificate_issued_after_the_directory(data):
    path = data / REGISTRY
    row = path.read_text(encoding="utf-8").splitlines()[1].split(",")
    day = next(cell for cell in row if cell.startswith("20") and cell.count("-") == 2)
    change(path, day, "2026-06-09")
    assert "issued on or before 2026-06-08" in faults(data)


def test_two_places_on_one_tile(data):
    path = data / "places.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    france = next(line for line in lines if line.startswith("FRA,"))
    spain = next(line for line in lines if line.startswith("ESP,"))
    tile = ",".join(france.split(",")[-2:])
    change(path, spain, ",".join([*spain.split(",")[:-2], tile]))
    assert "a tile that no other place of this kind stands on" in faults(data)


def test_all_faults_of_a_file_are_reported_at_once(data):
    change(data / FIGURES, ",362,=,", ",many,=,")
    change(data / FIGURES, ",61,=,61个", ",few,=,61个")
    words = faults(data)
    assert "'many'" in words and "'few'" in words


def test_check_command_prints_the_faults_and_fails(data, capsys):
    from waterstats.command import main

    change(data / FIGURES, ",362,=,", ",many,=,")
    assert main(["check", "--data", str(data)]) == 1
    assert "'many'" in capsys.readouterr().err
