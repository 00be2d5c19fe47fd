from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from ingot.domain.user import UserProfile
from ingot.resume.extract import extract_profile
from ingot.resume.read import read_resume
from tests.resume.samples import Write, column, docx, draw, paragraph

SIDE = [
    "# Contact",
    "orla.testwell@example.com",
    "+49 30 5550 1234",
    "",
    "# Skills",
    "Python",
    "PostgreSQL",
    "Terraform",
    "",
    "# Languages",
    "Irish",
    "German",
]
MAIN = [
    "# Experience",
    "Senior Backend Engineer",
    "Fernglow Systems, 2019 - Present",
    "• Cut the nightly import of forty million rows from six hours to",
    "   fifty minutes by partitioning the ledger table",
    "• Ran the on-call rota for four teams",
    "",
    "Software Engineer",
    "Quillmark GmbH, 2015 - 2019",
    "• Wrote the billing service in Go and moved every customer over",
    "",
    "# Education",
    "BSc Computer Science, University of Nowhere",
    "2011 - 2015",
]
NAME: Write = (50, 50, "Orla Testwell", 26, True)


def profile_of(path: Path, *pages: list[Write]) -> UserProfile:
    return extract_profile(read_resume(draw(path, *pages)))


def assert_jobs(profile: UserProfile) -> None:
    assert [(job.title, job.company, job.start, job.end) for job in profile.experience] == [
        ("Senior Backend Engineer", "Fernglow Systems", "2019", "Present"),
        ("Software Engineer", "Quillmark GmbH", "2015", "2019"),
    ]
    assert profile.experience[0].lines == (
        "Cut the nightly import of forty million rows from six hours to fifty minutes by partitioning the ledger table",
        "Ran the on-call rota for four teams",
    )


def test_a_side_column_on_the_left_is_read_by_itself(tmp_path: Path) -> None:
    profile = profile_of(tmp_path / "cv.pdf", [NAME, *column(50, 90, SIDE), *column(230, 93, MAIN, step=14)])

    assert (profile.name, profile.email) == ("Orla Testwell", "orla.testwell@example.com")
    assert profile.skills == ["Python", "PostgreSQL", "Terraform"]
    assert_jobs(profile)


def test_a_side_column_on_the_right_is_read_by_itself(tmp_path: Path) -> None:
    profile = profile_of(tmp_path / "cv.pdf", [NAME, *column(50, 90, MAIN), *column(430, 90, SIDE)])

    assert profile.skills == ["Python", "PostgreSQL", "Terraform"]
    assert_jobs(profile)


def test_the_name_beside_a_full_height_column_comes_first(tmp_path: Path) -> None:
    side, main = column(40, 50, SIDE), column(230, 90, MAIN)
    profile = profile_of(tmp_path / "cv.pdf", [(230, 60, "Orla Testwell", 26, True), *side, *main])

    assert profile.name == "Orla Testwell"
    assert profile.resume_raw_text.startswith("Orla Testwell")
    assert_jobs(profile)


def test_a_column_goes_on_in_the_same_column_of_the_next_page(tmp_path: Path) -> None:
    cut = 7
    first = [NAME, *column(50, 90, MAIN[:cut]), *column(430, 90, SIDE)]
    second = [*column(50, 60, MAIN[cut:]), *column(430, 60, ["# Interests", "Moss", "Tides", "Bells", "Kites"])]
    profile = profile_of(tmp_path / "cv.pdf", first, second)

    assert_jobs(profile)


def test_places_and_dates_at_the_margin_stay_with_their_job(tmp_path: Path) -> None:
    lines = [
        "# Experience",
        "Fernglow Systems, Senior Backend Engineer",
        "• Cut the nightly import of forty million rows from six",
        "   hours to fifty minutes",
        "• Ran the on-call rota for four teams",
        "",
        "Quillmark GmbH, Software Engineer",
        "• Wrote the billing service in Go for all customers",
        "• Moved every customer over in a week of quiet nights",
    ]
    main = column(50, 120, lines)
    starts = [y for _, y, text, _, _ in main if "Engineer" in text]
    notes: list[Write] = []
    for y, place, dates in zip(
        starts, ("Berlin, Germany", "Cork, Ireland"), ("2019 - Present", "2015 - 2019"), strict=True
    ):
        notes += [(450, y, place, 10, False), (450, y + 13, dates, 10, False)]
    contact: list[Write] = [(50, 75, "orla.testwell@example.com", 10, False)]
    profile = profile_of(tmp_path / "cv.pdf", [NAME, *contact, *main, *notes])

    assert [(job.title, job.company, job.start) for job in profile.experience] == [
        ("Senior Backend Engineer", "Fernglow Systems", "2019"),
        ("Software Engineer", "Quillmark GmbH", "2015"),
    ]
    assert profile.experience[0].lines[0].endswith("hours to fifty minutes")


def test_page_numbers_and_running_heads_are_dropped(tmp_path: Path) -> None:
    pages = [[NAME, *column(50, 90, MAIN), (280, 770, f"Orla Testwell - {number} of 2", 8, False)] for number in (1, 2)]
    text = read_resume(draw(tmp_path / "cv.pdf", *pages)).text

    assert "of 2" not in text


def test_letter_spaced_headings_are_words(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "cv.pdf"), pagesize=(612, 792))
    for y, text, spacing in ((50, "Orla Testwell", 0), (90, "WORK EXPERIENCE", 3), (105, "Engineer, 2019 - 2020", 0)):
        canvas.drawString(50, 792 - y, text, charSpace=spacing)
    canvas.save()

    assert "WORK EXPERIENCE" in read_resume(tmp_path / "cv.pdf").text.splitlines()


def test_word_files_keep_headers_tables_and_bullets(tmp_path: Path) -> None:
    row = "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in ("Software Engineer, Quillmark GmbH", "2015 - 2019"))
    body = (
        paragraph("Experience", style="Heading1")
        + f"<w:tbl><w:tr>{row}</w:tr></w:tbl>"
        + paragraph("Wrote the billing service", style="ListBullet")
        + paragraph("Skills", style="Heading1")
        + paragraph("Python, SQL")
    )
    path = docx(tmp_path / "cv.docx", body, header=paragraph("Orla Testwell  orla.testwell@example.com"))
    profile = extract_profile(read_resume(path))

    assert (profile.name, profile.email) == ("Orla Testwell", "orla.testwell@example.com")
    (job,) = profile.experience
    assert (job.title, job.company, job.end, job.lines) == (
        "Software Engineer",
        "Quillmark GmbH",
        "2019",
        ("Wrote the billing service",),
    )
    assert profile.skills == ["Python", "SQL"]
