"""The table of threats names tests that exist."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def rows() -> list[str]:
    lines = (ROOT / "docs" / "security.md").read_text("utf-8").splitlines()
    return [line for line in lines if line.startswith("| ") and not line.startswith(("| threat", "| ---"))]


def test_every_threat_names_a_test_that_exists() -> None:
    found = rows()
    assert len(found) > 15
    for row in found:
        named = _TEST.findall(row)
        assert named, row
        for path, name in named:
            assert re.search(rf"^(async )?def {name}\(", (ROOT / path).read_text("utf-8"), re.MULTILINE), name
