"""Venues that others wrote: loaded only from where nobody else can write, and broken for themselves alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ingot.errors import ConfigError, VenueError
from ingot.venues.filters import Filters
from ingot.venues.plugins import find_plugin, find_plugins
from ingot.venues.registry import kinds, open_venue
from ingot.venues.skeleton import Reads, skeleton

pytestmark = pytest.mark.long

GOOD = skeleton("good", Reads.json)


class NoWeb:
    """A reader for venues that need none."""

    async def get_json(self, url: str) -> Any:
        raise AssertionError(url)

    async def get_source(self, url: str, *, max_bytes: int) -> Any:
        raise AssertionError(url)


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    made = tmp_path / "venues"
    made.mkdir(mode=0o700)
    return made


def put(directory: Path, name: str, text: str = GOOD, mode: int = 0o600) -> Path:
    path = directory / name
    path.write_text(text)
    path.chmod(mode)
    return path


def venue_that(fetches: str, name: str = "good") -> str:
    return (
        "from ingot.venues.record import VenueRecord\nclass V:\n"
        f"    name = {name!r}\n    refused = []\n    async def fetch(self, web, filters):\n        {fetches}\n"
        "def open_venue(source):\n    return V()\n"
    )


@pytest.mark.parametrize("reads", list(Reads))
async def test_a_file_of_the_users_is_a_venue(directory: Path, reads: Reads):
    put(directory, "good.py", skeleton("good", reads))
    venue = open_venue("good", directory=directory)
    records = await venue.fetch(NoWeb(), Filters())
    assert [record.company_name for record in records] == ["Example Works"]
    assert venue.name == "good"


@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_a_file_that_others_can_write_is_not_loaded(directory: Path, mode: int):
    put(directory, "good.py", "raise SystemExit('it ran')", mode)
    [plugin] = find_plugins(directory)
    assert plugin.open is None
    assert "can be written by other users" in plugin.error
    assert "chmod go-w" in plugin.error
    with pytest.raises(ConfigError, match="cannot be used"):
        open_venue("good", directory=directory)


@pytest.mark.parametrize("mode", [0o770, 0o703])
def test_a_directory_that_others_can_write_is_not_loaded_from(directory: Path, mode: int):
    put(directory, "good.py", "raise SystemExit('it ran')")
    directory.chmod(mode)
    [plugin] = find_plugins(directory)
    assert "directory" in plugin.error


def test_a_link_is_judged_by_where_it_leads(directory: Path, tmp_path: Path):
    safe, open_to_all = tmp_path / "safe", tmp_path / "open"
    for place, mode in ((safe, 0o700), (open_to_all, 0o777)):
        place.mkdir()
        place.chmod(mode)
        (directory / f"{place.name}.py").symlink_to(put(place, "code.py"))
    assert {item.kind: item.open is not None for item in find_plugins(directory)} == {"open": False, "safe": True}


def test_a_file_of_another_user_is_not_loaded(directory: Path, monkeypatch: pytest.MonkeyPatch):
    put(directory, "good.py", "raise SystemExit('it ran')")
    monkeypatch.setattr("os.geteuid", lambda: directory.stat().st_uid + 1)
    [plugin] = find_plugins(directory)
    assert "belongs to another user" in plugin.error


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("def broken(:", "SyntaxError"),
        ("import nothing_of_this_name", "ModuleNotFoundError"),
        ("raise SystemExit(3)", "SystemExit"),
        ("1 / 0", "ZeroDivisionError"),
        ("name = 'no function'", "open_venue"),
        ("open_venue = 3", "open_venue"),
        ("\0", "cannot be loaded"),
    ],
)
def test_a_broken_file_is_listed_with_its_error_and_breaks_no_other(directory: Path, text: str, told: str):
    put(directory, "bad.py", text)
    put(directory, "good.py")
    put(directory, "_ignored.py", "1 / 0")
    bad, good = find_plugins(directory)
    assert (bad.kind, bad.open) == ("bad", None)
    assert told in bad.error
    assert good.open is not None
    assert open_venue("good", directory=directory).name == "good"


def test_a_directory_that_is_not_there_holds_nothing(tmp_path: Path):
    assert find_plugins(tmp_path / "none") == []
    assert find_plugin("x", tmp_path / "none") is None
    (tmp_path / "dangling.py").symlink_to(tmp_path / "gone")
    assert "FileNotFoundError" in find_plugins(tmp_path)[0].error


@pytest.mark.parametrize("fetches", ["raise KeyError('secret')", "return 3", "return None", "return [1 / 0]"])
async def test_what_a_venue_raises_is_a_venue_error_without_its_text(directory: Path, fetches: str):
    put(directory, "good.py", venue_that(fetches))
    with pytest.raises(VenueError, match="The venue good failed") as caught:
        await open_venue("good", directory=directory).fetch(NoWeb(), Filters())
    assert "secret" not in str(caught.value)


async def test_a_venue_that_cannot_even_be_opened_is_a_venue_error(directory: Path):
    put(directory, "good.py", "def open_venue(source):\n    raise OSError('home')")
    with pytest.raises(VenueError, match="OSError"):
        open_venue("good", directory=directory)


async def test_records_that_cannot_be_stored_are_refused_and_the_rest_is_filtered(directory: Path):
    records = "VenueRecord(company_name='Mill'), 'text', VenueRecord(company_name=''), VenueRecord(company_name='X', hiring=False)"
    put(directory, "good.py", venue_that(f"return [{records}, VenueRecord(company_name='Y', team_size='8')]"))
    venue = open_venue("good", directory=directory)
    assert [item.company_name for item in await venue.fetch(NoWeb(), Filters())] == ["Mill"]
    assert venue.refused == [
        "record 2 is not a VenueRecord",
        "record 3 has no company",
        "record 5 has a team_size of the wrong type",
    ]


@pytest.mark.parametrize(("given", "name"), [("good:berlin", "good:berlin"), ("yc", "good"), ("", "good")])
def test_a_venue_cannot_take_the_name_of_another(directory: Path, given: str, name: str):
    put(directory, "good.py", venue_that("return []", given))
    assert open_venue("good", directory=directory).name == name


def test_a_plug_in_cannot_take_the_place_of_a_venue_that_is_built_in(directory: Path):
    put(directory, "yc.py", "1 / 0")
    put(directory, "Odd-Name.py")
    errors = {item.kind: item.error for item in kinds(directory)}
    assert open_venue("yc", directory=directory).name == "yc"
    assert "lower-case" in errors["Odd-Name"]
    assert errors["yc"]  # the plug-in's line stands after the one built in


def test_only_the_venue_that_is_asked_for_is_loaded(directory: Path):
    put(directory, "good.py")
    put(directory, "other.py", f"open({str(directory / 'ran')!r}, 'w')")
    open_venue("good", directory=directory)
    assert not (directory / "ran").exists()


def test_an_installed_package_gives_a_venue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "city_venue.py").write_text(GOOD)
    info = tmp_path / "city_venue-1.2.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: city-venue\nVersion: 1.2\n")
    (info / "entry_points.txt").write_text(
        "[ingot.venues]\ncity = city_venue:open_venue\nbroken = city_venue:nothing\nmissing = no_such_module:x\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    found = {item.kind: item for item in find_plugins(None)}
    assert found["city"].origin == "package city-venue 1.2"
    assert "AttributeError" in found["broken"].error
    assert "ModuleNotFoundError" in found["missing"].error
    assert open_venue("city").name == "city"
