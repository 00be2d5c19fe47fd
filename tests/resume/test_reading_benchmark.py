import json
from pathlib import Path

import pytest

from benchmarks.resume_reading import main
from tests.resume.samples import PLAIN, docx, paragraph

pytestmark = pytest.mark.long

TRUTH = {
    "name": "Orla Testwell",
    "email": "orla.testwell@example.com",
    "work": [
        {
            "company": "Fernglow Systems",
            "title": "Senior Backend Engineer",
            "start": "2021-03",
            "end": "present",
            "lines": ["Ran the on-call rota for four teams", "Never said"],
        }
    ],
    "schools": ["University of Nowhere"],
    "skills": ["Go", "Rust"],
}


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    for folder in ("docx", "truth", "hostile"):
        (tmp_path / folder).mkdir()
    docx(tmp_path / "docx" / "cv.docx", "".join(paragraph(line) for line in PLAIN.splitlines()))
    (tmp_path / "truth" / "docx__cv.docx.json").write_text(json.dumps(TRUTH), "utf-8")
    (tmp_path / "hostile" / "empty.pdf").write_bytes(b"")
    return tmp_path


def test_it_counts_what_is_right_and_names_each_refusal(collection: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(collection), "--json"]) == 1

    report = json.loads(capsys.readouterr().out)
    assert report["shares"]["name"] == {"right": 1, "of": 1}
    assert report["shares"]["starts"] == {"right": 1, "of": 1}
    assert report["shares"]["bullets"] == {"right": 1, "of": 2}
    assert report["shares"]["skills"] == {"right": 1, "of": 2}
    assert "empty" in report["hostile"]["empty.pdf"]


def test_it_prints_a_table(collection: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(collection)]) == 1
    told = capsys.readouterr().out
    assert "employers      1 of     1  100.0%   target 85%" in told
    assert told.endswith("missed: bullets, skills\n")


def test_it_says_when_there_is_no_collection(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(tmp_path)]) == 2
    assert "no truth/" in capsys.readouterr().err
