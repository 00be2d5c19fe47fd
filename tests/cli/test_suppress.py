import json
from collections.abc import Callable
from pathlib import Path

from tests.cli.conftest import Base, Run

Ingot = Callable[..., Run]


def test_addresses_and_whole_hosts_are_added_listed_and_moved(base: Base, ingot: Ingot, tmp_path: Path) -> None:
    added = ingot("suppress", "add", "Kim+jobs@Acme.example", "@rival.example", "--reason", "former employer")
    assert (added.code, added.out.strip()) == (0, "2 added.")
    listed = json.loads(ingot("suppress", "list", "--json").out)
    assert [entry["address"] for entry in listed] == ["kim@acme.example", "@rival.example"]
    exported = ingot("suppress", "export").out
    assert exported.splitlines()[1].startswith("kim@acme.example,former employer,")
    path = tmp_path / "list.csv"
    path.write_text(f"{exported}lou@acme.example,asked\n")
    assert ingot("suppress", "import", path).out.strip() == "1 added, 2 known before."
    assert "3 entries" in ingot("suppress", "list").out


def test_a_file_with_a_wrong_line_adds_nothing(base: Base, ingot: Ingot) -> None:
    refused = ingot("suppress", "import", "-", stdin="kim@acme.example\nnot an address\n")
    assert refused.code == 5
    assert "Line 2" in refused.err
    assert "Nobody is suppressed" in ingot("suppress", "list").out
    assert ingot("suppress", "add", "nobody").code == 5
    assert ingot("suppress", "import", "missing.csv").code == 5


def test_what_waits_for_a_suppressed_address_is_skipped(base: Base, ingot: Ingot) -> None:
    ingot("mail", "approve", 1)
    ingot("suppress", "add", "bo@millpond1.example")
    assert base.statuses("delivery") == ["skipped", "skipped"]
    refused = ingot("mail", "approve", 2)
    assert refused.code == 0
    ingot("suppress", "add", "@millpond3.example")
    assert "suppression list" in ingot("mail", "approve", 3).err
