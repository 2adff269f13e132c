"""The README names what exists, and what exists is in the README."""

import re
import tomllib

import pytest

from waterstats.datafiles import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


@pytest.mark.parametrize("target", re.findall(r"\bmake (run|test|bench|\w+)\b(?=[ `#])", README))
def test_make_targets_exist(target):
    assert re.search(rf"^{target}:", MAKEFILE, re.M)


@pytest.mark.parametrize(
    "path",
    sorted(
        set(re.findall(r"(?:data|pages|waterstats|tests|docs)/[\w./]*\w(?:\.\w+)?", README))
        | set(re.findall(r"\b\w+\.(?:py|sql|lock)\b", README))
    ),
)
def test_files_named_exist(path):
    folders = (ROOT, ROOT / "waterstats", ROOT / "pages", ROOT / "tests")
    assert any((folder / path).exists() for folder in folders)


def test_every_module_is_in_the_picture_of_the_house():
    for path in (ROOT / "waterstats").glob("*.py"):
        if path.name not in ("__init__.py", "command.py"):
            assert path.name in README, path.name
    for folder in (ROOT / "waterstats").iterdir():
        if folder.is_dir() and folder.name != "__pycache__":
            assert f"{folder.name}/" in README, folder.name


def test_every_page_is_described_with_its_address():
    for path in (ROOT / "pages").glob("*/*.py"):
        address = "/" if path.stem == "overview" else f"/{path.stem}"
        assert f"(`{address}`)" in README, path.stem


def test_every_command_is_described(capsys):
    from waterstats.command import main

    with pytest.raises(SystemExit):
        main(["--help"])
    commands = re.findall(r"^    (\w+) ", capsys.readouterr().out, re.M)
    assert commands
    for command in commands:
        assert f"`waterstats {command}`" in README


def test_every_dependency_has_its_reason():
    extras = PROJECT["project"]["optional-dependencies"]
    for requirement in PROJECT["project"]["dependencies"] + extras["test"] + extras["bench"]:
        name = re.match(r"[\w-]+", requirement).group()
        assert re.search(rf"\b{name}\b", README.split("## Dependencies")[1]), name


def test_lock_pins_every_dependency_and_names_no_address():
    lock = (ROOT / "requirements.lock").read_text().splitlines()
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", line) for line in lock)
    pinned = {line.split("==")[0].lower() for line in lock}
    extras = PROJECT["project"]["optional-dependencies"]
    for requirement in PROJECT["project"]["dependencies"] + extras["test"] + extras["bench"]:
        assert re.match(r"[\w-]+", requirement).group().lower() in pinned
