import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Base, Run

pytestmark = pytest.mark.long

Ingot = Callable[..., Run]
LIST = "Firma,Webseite,Mitarbeiter\nQuillmark,quillmark.example,8\n,lost.example,\nOtherworks,,many\n"


def test_a_dry_run_shows_columns_rows_and_refusals_and_stores_nothing(base: Base, ingot: Ingot, tmp_path: Path) -> None:
    path = tmp_path / "companies.csv"
    path.write_text(LIST)
    before = base.ask("SELECT count(*) FROM lead")
    told = ingot("venues", "import", path, "--dry-run")
    assert told.code == 0
    for words in ("Firma", "company", "Quillmark", "a new lead", "has no company", "not a number", "nothing was"):
        assert words in told.out
    assert base.ask("SELECT count(*) FROM lead") == before


def test_an_import_stores_and_says_how_to_go_on(base: Base, ingot: Ingot, tmp_path: Path) -> None:
    path = tmp_path / "companies.csv"
    path.write_text(LIST)
    told = json.loads(ingot("venues", "import", path, "--json").out)
    assert (told["new"], told["known"], told["stored"]) == (1, 0, True)
    assert [item["row"] for item in told["refused"]] == [3, 4]
    assert told["columns"]["Firma"] == "company"
    again = ingot("venues", "import", path).out
    assert "0 leads stored. 1 known before" in again
    assert "--venue csv --source" in again
    [lead_id] = base.ask("SELECT id FROM lead WHERE company_name = 'Quillmark'")
    sources = json.loads(ingot("leads", "show", lead_id, "--json").out)["tables"]["Sources"]
    assert [item["venue"].partition("-")[0] for item in sources] == ["csv:companies"]


def test_a_column_is_named_by_the_user(base: Base, ingot: Ingot, tmp_path: Path) -> None:
    path = tmp_path / "list.json"
    path.write_text('[{"who": "Quillmark"}]')
    assert ingot("venues", "import", path).code == 5
    assert json.loads(ingot("venues", "import", path, "--map", "company=who", "--json").out)["new"] == 1
    assert ingot("venues", "import", path, "--map", "who").code == 5


def test_a_new_venue_is_listed_and_passes_its_test(base: Base, ingot: Ingot) -> None:
    made = ingot("venues", "new", "city_jobs", "--non-interactive")
    assert made.code == 0
    assert "ingot venues test city_jobs" in made.out
    tried = ingot("venues", "test", "city_jobs")
    assert "Example Works" in tried.out
    assert "1 record found" in tried.out
    told = json.loads(ingot("venues", "test", "city_jobs", "--json", "--limit", 1).out)
    assert (told["found"], told["refused"]) == (1, [])
    listed = {line["kind"]: line for line in json.loads(ingot("venues", "list", "--json").out)}
    assert listed["city_jobs"]["enabled"] is True
    assert listed["yc"]["from"] == "built in"
    assert ingot("venues", "new", "city_jobs").code == 3
    assert ingot("venues", "new").code == 3


def test_a_venue_that_others_could_write_is_listed_with_what_to_do(base: Base, ingot: Ingot) -> None:
    ingot("venues", "new", "city_jobs", "--reads", "csv", "--non-interactive")
    (base.path / "venues" / "city_jobs.py").chmod(0o666)
    told = ingot("venues", "list")
    assert "chmod" in told.out
    assert ingot("venues", "test", "city_jobs").code == 3


def test_a_venue_that_fails_is_an_error_of_one_line(ingot: Ingot) -> None:
    told = ingot("venues", "test", "csv", "--source", "missing.csv")
    assert told.code == 1
    assert "could not be opened" in told.err
