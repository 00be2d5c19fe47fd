import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import ingot.db.models  # noqa: F401 - starts the mappers
from ingot.actions.evaluate_case import dossier_of
from ingot.domain.grounding import check, unbacked
from ingot.errors import ValidationError
from ingot.sample.golden import GoldenCase, golden_cases, golden_hash
from ingot.sample.server import sample_path

pytestmark = pytest.mark.long


CASES = golden_cases()
PACKAGED = "data_engineer.json"


def broken(folder: Path, change: Any) -> Path:
    """The set of one file in which `change` was made."""
    content = json.loads((sample_path("golden") / PACKAGED).read_text("utf-8"))
    change(content)
    (folder / PACKAGED).write_text(json.dumps(content), "utf-8")
    return folder


def test_there_are_thirty_leads_for_six_resumes_and_most_are_traps() -> None:
    assert len(CASES) == 30
    assert len({case.profile.name for case in CASES}) == 6
    assert len([case for case in CASES if case.trap]) >= 20
    assert [case.variant for case in CASES] == list(range(30))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_a_case_brings_along_is_backed_by_its_own_sources(case: GoldenCase) -> None:
    grounds = dossier_of(case).grounds(today=date(2026, 11, 24))
    brought = [*(point.text for point in case.brief.talking_points), case.match.value_proposition]
    assert [tie.claim for text in brought for tie in unbacked(check(text, grounds, part="point"))] == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_line_to_lead_with_stands_in_the_resume(case: GoldenCase) -> None:
    assert case.brief.lead_line in {item.line for item in case.profile.achievements()}
    assert case.lead.id is None


def test_the_hash_is_that_of_the_files(tmp_path: Path) -> None:
    assert golden_hash() == golden_hash(sample_path("golden"))
    changed = broken(tmp_path, lambda content: content["cases"][0].update(location="Ghent"))
    assert golden_hash(changed) != golden_hash()


def missing_field(content: Any) -> None:
    del content["cases"][1]["product"]


def unknown_field(content: Any) -> None:
    content["profile"]["shoe_size"] = 42


def no_such_line(content: Any) -> None:
    content["cases"][0]["lead_line"] = "Climbed a hill."


def no_such_evidence(content: Any) -> None:
    content["cases"][0]["talking_points"][0]["evidence"] = 9


def twice_a_kind(content: Any) -> None:
    content["cases"][0]["talking_points"][0]["kind"] = "value"


def no_such_option(content: Any) -> None:
    content["cases"][0]["questions"][0]["answer"] = "Neither"


def same_name(content: Any) -> None:
    content["cases"][1]["name"] = content["cases"][0]["name"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (missing_field, rf"{PACKAGED}: cases\.1\.product: Field required"),
        (unknown_field, rf"{PACKAGED}: profile\.shoe_size: Extra inputs"),
        (no_such_line, f"{PACKAGED}: havgrid-wind: lead_line is no line"),
        (no_such_evidence, "there is no evidence 9"),
        (twice_a_kind, "one of each kind"),
        (no_such_option, "an answer is none of its options"),
        (same_name, "Two cases of the golden set are named havgrid-wind"),
    ],
)
def test_a_broken_set_is_refused_with_its_place(tmp_path: Path, change: Any, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        golden_cases(broken(tmp_path, change))


def test_what_is_no_json_and_an_empty_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="holds no JSON file"):
        golden_cases(tmp_path)
    (tmp_path / "x.json").write_text("{", "utf-8")
    with pytest.raises(ValidationError, match=r"x\.json: the file: Invalid JSON"):
        golden_cases(tmp_path)
