from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingot.errors import ValidationError, VenueError
from ingot.venues.company_list import ListVenue
from ingot.venues.csv_file import parse_csv
from ingot.venues.filters import Filters
from ingot.web.client import WebClient
from tests.web.site import Answer, running

LIST = """Company Name,Website,Contact,E-Mail,Job Title,Location,Description,Tags,Team Size
Quillmark,quillmark.example,Ada Quill,ada@quillmark.example,CTO,Port Ink,"Ink, for
machines",Rust; ink,8
Otherworks,,,,,,,,
"""


def test_every_column_finds_its_field():
    first, second = parse_csv(LIST.encode()).records
    assert (first.company_name, first.website, first.location) == ("Quillmark", "quillmark.example", "Port Ink")
    assert (first.person_name, first.person_email, first.person_role) == ("Ada Quill", "ada@quillmark.example", "CTO")
    assert (first.description, first.tags, first.team_size) == ("Ink, for\nmachines", ("Rust", "ink"), 8)
    assert (second.company_name, second.website, second.team_size, second.hiring) == ("Otherworks", "", None, None)


@pytest.mark.parametrize(
    "content",
    [
        b"company,url\nQuillmark,quillmark.example\n",
        b"\xef\xbb\xbfCompany;URL\r\nQuillmark;quillmark.example\r\n",
        b"COMPANY\tWEBSITE\n\nQuillmark\tquillmark.example",
        b'"Company","Homepage"\n"Quillmark","quillmark.example"\n,\n',
        b"organisation,revenue,domain\nQuillmark,12,quillmark.example\n",
    ],
)
def test_files_of_many_programs_are_read(content):
    (record,) = parse_csv(content).records
    assert (record.company_name, record.website) == ("Quillmark", "quillmark.example")


def test_a_contact_that_is_an_address_is_the_address():
    (record,) = parse_csv(b"company,contact\nQuillmark,ada@quillmark.example\n").records
    assert (record.person_name, record.person_email) == ("", "ada@quillmark.example")


def test_every_bad_line_is_named_and_the_others_are_kept():
    content = (
        b'company,email,team_size,website,notes\nGood,,,,"two\nlines"\n,ada@quillmark.example,,,\n'
        b"Mail,not an address,,,\nSize,,many,,\nSite,,,two words,\nLong,,,,,,,\nAlso good,,,,\n"
    )
    found = parse_csv(content)
    assert {item.number: item.reason for item in found.refused} == {
        4: "has no company",
        5: "has an e-mail address that is none",
        6: "has a team size that is not a number",
        7: "has a website with a blank in it",
        8: "has 8 cells, the header 5",
    }
    assert [record.company_name for record in found.records] == ["Good", "Also good"]
    assert found.numbers == [2, 9]


def test_a_list_without_one_good_row_says_why_without_quoting_it():
    with pytest.raises(ValidationError, match="row 2 has an e-mail address that is none") as caught:
        parse_csv(b"company,email\nQuillmark,not an address\n")
    assert "Quillmark" not in str(caught.value)


@pytest.mark.parametrize(
    ("size", "known"), [("8", 8), ("0", None), ("11-50", None), ("1,001 - 5,000", None), ("500+", None)]
)
def test_a_range_of_people_is_a_team_of_unknown_size(size, known):
    (record,) = parse_csv(f'company,employees\nQuillmark,"{size}"\n'.encode()).records
    assert record.team_size == known


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        b"company,website\n",
        b"name,email\nAda,a@b.example\n",
        "company\nMüller".encode("latin-1"),
        b'company\n"open\n',
    ],
)
def test_a_file_that_is_no_list_of_companies_is_refused(content):
    with pytest.raises(ValidationError) as caught:
        parse_csv(content)
    assert caught.value.hint


async def test_the_list_is_read_from_a_file_and_filtered(tmp_path):
    path = tmp_path / "companies.csv"
    path.write_text(LIST)
    async with WebClient() as web:
        found = await ListVenue("csv", path).fetch(web, Filters(tags=("rust",)))
        with pytest.raises(VenueError):
            await ListVenue("csv", tmp_path / "missing.csv").fetch(web, Filters())
    assert [record.company_name for record in found] == ["Quillmark"]


async def test_a_bad_row_is_told_by_the_venue_and_loses_no_other(tmp_path):
    path = tmp_path / "companies.csv"
    path.write_text(LIST + ",x.example,,,,,,,\n")
    async with WebClient() as web:
        venue = ListVenue("csv", path)
        assert len(await venue.fetch(web, Filters())) == 2
    assert venue.refused == ["row 5 has no company"]


async def test_the_list_is_read_from_an_address():
    with running({"/list.csv": Answer(body=LIST.encode(), content_type="text/csv")}) as site:
        async with WebClient(allow_loopback_source=site.origin, delay=0) as web:
            assert len(await ListVenue("csv", f"{site.origin}/list.csv").fetch(web, Filters())) == 2
            with pytest.raises(VenueError):
                await ListVenue("csv", f"{site.origin}/gone.csv").fetch(web, Filters())


cells = st.text(alphabet="abc ,;\"'\n\té", max_size=12).map(str.strip)


@given(
    st.lists(st.tuples(cells.filter(bool), cells, cells), min_size=1, max_size=8),
    st.sampled_from(",;\t"),
    st.booleans(),
)
def test_whatever_a_spreadsheet_writes_is_read_back(rows, delimiter, bom):
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter).writerows([("company", "location", "notes"), *rows])
    records = parse_csv(written.getvalue().encode("utf-8-sig" if bom else "utf-8")).records
    read = [(record.company_name, record.location, record.description) for record in records]
    assert read == [tuple(cell.replace("\r\n", "\n") for cell in row) for row in rows]


@given(st.binary(max_size=80))
def test_any_bytes_are_records_or_a_validation_error(content):
    try:
        records = parse_csv(b"company,email\n" + content).records
    except ValidationError as error:
        assert error.hint  # noqa: PT017
    else:
        assert all(record.company_name for record in records)
