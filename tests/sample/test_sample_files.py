from __future__ import annotations

import re
import zipfile
from xml.etree import ElementTree as ET

import pytest
from pdfminer.high_level import extract_text

from ingot.errors import ConfigError
from ingot.sample import sample_companies, sample_path

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def text_lines() -> list[str]:
    return kept(sample_path("resume.txt").read_text(encoding="utf-8"))


def pdf_lines() -> list[str]:
    return kept(extract_text(str(sample_path("resume.pdf"))))


def docx_lines() -> list[str]:
    with zipfile.ZipFile(sample_path("resume.docx")) as package:
        document = ET.fromstring(package.read("word/document.xml"))
    return kept("\n".join("".join(node.itertext()) for node in document.iter(f"{WORD}p")))


def kept(text: str) -> list[str]:
    return [line.strip() for line in re.split(r"[\n\f]", text) if line.strip()]


@pytest.mark.parametrize("read", [pdf_lines, docx_lines])
def test_the_three_forms_of_the_resume_say_the_same_in_the_same_order(read):
    assert read() == text_lines()


def test_the_resume_names_its_owner_and_an_address_that_cannot_exist():
    name, _, contact, *_ = text_lines()
    assert name == "Rowan Adeyemi"
    assert "rowan@adeyemi.example" in contact


def test_the_resume_has_a_line_for_each_of_ten_letters():
    assert len({line for line in text_lines() if line.startswith("•")}) >= 14


def test_a_missing_sample_file_says_what_to_do():
    with pytest.raises(ConfigError, match="Install INGOT again"):
        sample_path("no-such-file.txt")


def test_the_companies_are_of_all_sizes_and_all_hire():
    companies = sample_companies()
    assert {len(company) for company in companies} == {29}
    assert all(company["isHiring"] for company in companies)
    sizes = [company["team_size"] for company in companies]
    assert (min(sizes), max(sizes)) == (2, 140)


def test_every_address_of_the_sample_world_is_reserved_for_examples():
    pages = [path.read_text(encoding="utf-8") for path in sample_path("sites").rglob("*.html")]
    addresses = {found for page in pages for found in re.findall(r"[\w.-]+@([\w.-]+\w)", page)}
    assert addresses
    assert all(host.endswith(".example") for host in addresses)
    assert all(company["website"].endswith(".example/") for company in sample_companies())


def test_some_pages_publish_an_address_some_none_and_some_try_to_give_orders():
    homes = [path.read_text(encoding="utf-8") for path in sample_path("sites").glob("*/index.html")]
    assert {"mailto:" in home for home in homes} == {True, False}
    assert sum("gnore previous instructions" in home or "disregard the rules" in home for home in homes) == 3
