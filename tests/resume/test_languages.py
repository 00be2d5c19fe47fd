"""Résumés of invented people in eight languages and the ways in which their dates are written."""

from pathlib import Path

import pytest

from benchmarks.invented_resumes import main as invent
from benchmarks.resume_reading import measure, missed_targets
from ingot.resume.dates import find_dates, is_point
from ingot.resume.extract import extract_profile
from ingot.resume.read import read_pasted
from ingot.resume.section_words import Section
from ingot.resume.sections import known_section
from ingot.resume.words import TITLE, is_place

pytestmark = pytest.mark.long


@pytest.mark.parametrize(
    ("line", "start", "end"),
    [
        ("Mar 2020 – Present", "Mar 2020", "Present"),
        ("März 2019 – heute", "März 2019", "heute"),
        ("seit 03/2020", "03/2020", "present"),
        ("Von 2018 bis 2020", "2018", "2020"),
        ("janv. 2019 – aujourd'hui", "janv. 2019", "aujourd'hui"),
        ("mars 2018 à juin 2020", "mars 2018", "juin 2020"),
        ("1er mars 2020 - 30 juin 2021", "1er mars 2020", "30 juin 2021"),
        ("enero de 2019 - actualidad", "enero de 2019", "actualidad"),
        ("março de 2020 até o momento", "março de 2020", "o momento"),
        ("da marzo 2019 ad oggi", "marzo 2019", "ad oggi"),
        ("jan. 2019 t/m dec. 2020", "jan. 2019", "dec. 2020"),
        ("maj 2019 - obecnie", "maj 2019", "obecnie"),
        ("od 2019 do 2021", "2019", "2021"),
        ("03/19 – 05/21", "03/19", "05/21"),
        ("Jan 19 - Mar 21", "Jan 19", "Mar 21"),
        ("12.2018 - 01.2020", "12.2018", "01.2020"),
        ("2021-03 – 2022-04", "2021-03", "2022-04"),
        ("2016–18", "2016", "2018"),
        ("Q1 2020 – Q3 2021", "Q1 2020", "Q3 2021"),
        ("Sept 2020 to date", "Sept 2020", "to date"),
        ("2020 –", "2020", "present"),
    ],
)
def test_a_period_is_found_as_it_is_written(line: str, start: str, end: str) -> None:
    for text in (line, f"Engineer, Fernglow\t{line}"):
        found = find_dates(text)
        assert found is not None
        assert (found.start, found.end, found.is_range) == (start, end, True)
    assert is_point(end)


@pytest.mark.parametrize("text", ["soon", "", "the 40 services", "Engineer", "2019 - 2020 - 2021 and so on"])
def test_what_is_no_single_date_is_none(text: str) -> None:
    assert not is_point(text)


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("BERUFSERFAHRUNG", Section.experience),
        ("Kenntnisse & Fähigkeiten", Section.skills),
        ("Expérience professionnelle", Section.experience),
        ("Centres d’intérêt", Section.other),
        ("Formación y cursos", Section.education),
        ("Resumo profissional", Section.summary),
        ("Istruzione e formazione", Section.education),
        ("Werkervaring", Section.experience),
        ("Dane osobowe", Section.contact),
        ("Umiejętności i narzędzia", Section.skills),
    ],
)
def test_headings_are_known_in_eight_languages(heading: str, section: Section) -> None:
    assert known_section(heading) is section


def test_titles_and_towns_are_told_from_employers() -> None:
    titles = ("Softwareentwicklerin", "Développeuse web", "Ingeniera de software", "Programista Python", "Data-analist")
    assert all(TITLE.search(title) for title in titles)
    assert all(map(is_place, ("Berlin", "10115 Berlin", "München, Deutschland", "Kraków, Polska", "London (remote)")))
    assert not any(map(is_place, ("Fernglut GmbH", "New York Times", "Weitblick")))


def test_a_german_resume_is_read_whole() -> None:
    profile = extract_profile(
        read_pasted(
            "Jörg Mühlenbrink\nIT-Berater\njoerg@example.com | Hamburg\n\nBERUFSERFAHRUNG\n\nIT-Berater, Fernglut GmbH, Berlin\tseit 03/2020\n"
            "- Ein Team von fünf Personen geführt\n\nAUSBILDUNG\nDiplom Physik, Universität Quellstadt, 2010 – 2015\n\nKENNTNISSE\nPython, Kafka"
        )
    )
    (job,) = profile.experience
    assert (job.title, job.company, job.start, job.end) == ("IT-Berater", "Fernglut GmbH", "03/2020", "present")
    assert profile.education[0].school == "Universität Quellstadt"
    assert (profile.skills, profile.location) == (["Python", "Kafka"], "Hamburg")


def test_languages_that_programs_are_written_in_are_skills() -> None:
    text = "Orla Testwell\norla@example.com\n\n\nLANGUAGES\nPython, TypeScript, Go\n\n\nEDUCATION\nBSc, Eastmoor College, 2019"
    assert extract_profile(read_pasted(text)).skills == ["Python", "TypeScript", "Go"]


def test_invented_resumes_in_many_layouts_are_read_to_the_targets(tmp_path: Path) -> None:
    assert invent([str(tmp_path), "--count", "64", "--seed", "3"]) == 0
    report = measure(tmp_path)
    assert len(report["files"]) == 64
    assert missed_targets(report) == []
