import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.pdfencrypt import StandardEncryption

from ingot.errors import ResumeError
from ingot.resume.extract import extract_profile
from ingot.resume.read import read_pasted, read_resume
from tests.resume.samples import PLAIN, column, docx, draw, paragraph, zip_of

PERSON = [(50, 40, "Orla Testwell", 20, True), (50, 60, "orla.testwell@example.com", 10, False)]
HISTORY = [
    "# Experience",
    "Engineer, Fernglow Systems",
    "2019 - 2021",
    "Kept the ledgers of three shops in order for years",
]


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    return draw(tmp_path / "cv.pdf", PERSON + column(50, 90, HISTORY), links=("https://github.com/orlatest",))


def refusal(path: Path) -> ResumeError:
    with pytest.raises(ResumeError) as caught:
        read_resume(path)
    assert caught.value.hint
    return caught.value


def test_a_pdf_gives_its_lines_and_its_links(pdf: Path) -> None:
    read = read_resume(pdf)

    assert read.text.splitlines()[0] == "Orla Testwell"
    assert "https://github.com/orlatest" in read.links
    assert read.source_name == "cv.pdf"


def test_a_name_of_another_kind_is_refused_and_an_unknown_one_is_not_asked(pdf: Path, tmp_path: Path) -> None:
    word = docx(tmp_path / "word.docx", paragraph("Orla Testwell")).read_bytes()
    for name, data in (("a.docx", pdf.read_bytes()), ("b.txt", pdf.read_bytes()), ("c.pdf", word), ("d.md", word)):
        (tmp_path / name).write_bytes(data)
        assert f"named {name[1:]} but holds a" in refusal(tmp_path / name).message
    unnamed = tmp_path / "upload"
    unnamed.write_bytes(word)

    assert read_resume(unnamed).text == "Orla Testwell"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
def test_text_reads_in_every_usual_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "cv.txt"
    path.write_bytes(PLAIN.replace("Orla", "Zoë").replace("–", "-").encode(encoding))

    assert read_resume(path).text.startswith("Zoë Testwell")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_refused_with_what_to_do(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "cv.txt"
    path.write_bytes(PLAIN.encode(encoding))

    assert "UTF-8" in refusal(path).hint


def test_every_unreadable_file_is_refused_with_its_own_reason(pdf: Path, tmp_path: Path) -> None:
    def kept(name: str, data: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    whole_docx = docx(tmp_path / "whole.docx", paragraph("Orla Testwell") * 400).read_bytes()
    messages = [
        refusal(path).message
        for path in (
            tmp_path / "missing.pdf",
            kept("empty.pdf", b""),
            kept("cut.pdf", pdf.read_bytes()[:300]),
            kept("cut.docx", whole_docx[: len(whole_docx) // 2]),
            kept("junk.pdf", b"words in place of a PDF"),
            kept("picture.txt", bytes(range(256)) * 20),
            kept("other.docx", zip_of(readme=b"a plain archive")),
            kept("old.doc", b"\xd0\xcf\x11\xe0" + bytes(600)),
            draw(tmp_path / "scan.pdf", []),
            draw(tmp_path / "locked.pdf", PERSON, encrypt="secret"),
            draw(tmp_path / "restricted.pdf", PERSON, encrypt=StandardEncryption("", ownerPassword="owner")),
            kept("word.pdf", whole_docx),
            kept("wide.txt", "Orla Testwell".encode("utf-16")),
            draw(tmp_path / "long.pdf", *([PERSON] * 16)),
            kept("long.txt", b"a word and another\n" * 10_000),
        )
    ]

    assert len(set(messages)) == len(messages)


def test_a_word_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingot.resume.docx.MAX_XML_BYTES", 1_000_000)
    path = docx(tmp_path / "bomb.docx", paragraph("x" * 1_000_000))

    assert "unpacks" in refusal(path).message


def test_xml_entities_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "entities.docx"
    path.write_bytes(zip_of(**{"word/document.xml": b'<!DOCTYPE d [<!ENTITY a "aaaa">]><d>&a;</d>'}))

    assert "entities" in refusal(path).message


def test_a_pdf_bomb_is_refused_before_it_is_unpacked(
    pdf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingot.resume.pdf.MAX_INFLATED_BYTES", 3_000_000)
    path = tmp_path / "bomb.pdf"
    path.write_bytes(pdf.read_bytes() + b"\nstream\n" + zlib.compress(bytes(9_000_000)) + b"\nendstream\n")

    assert "unpacks" in refusal(path).message


def test_nothing_personal_is_in_a_refusal(tmp_path: Path) -> None:
    path = docx(tmp_path / "Orla Testwell.docx", paragraph("hello there"))

    with pytest.raises(ResumeError) as caught:
        extract_profile(read_resume(path))
    assert "Orla" not in str(caught.value)


@given(st.text(max_size=400))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        profile = extract_profile(read_pasted(text))
    except ResumeError:
        return
    assert profile.name


@given(st.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04"]), st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, head: bytes, rest: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.bin"
    path.write_bytes(head + rest)
    try:
        extract_profile(read_resume(path))
    except ResumeError as error:
        assert error.hint  # noqa: PT017


@given(
    st.lists(
        st.sampled_from([*PLAIN.split("\n"), "Experience", "• ", "2019 - 2020", "\t", "a\tb", "# Skills"]), max_size=30
    )
)
def test_any_order_of_lines_is_read_or_refused(lines: list[str]) -> None:
    try:
        extract_profile(read_pasted("\n".join(lines)))
    except ResumeError as error:
        assert error.hint  # noqa: PT017


@given(at=st.integers(0, 1_000_000), byte=st.integers(0, 255))
def test_a_damaged_pdf_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, at: int, byte: int) -> None:
    folder = tmp_path_factory.getbasetemp()
    data = bytearray(draw(folder / "damaged.pdf", PERSON + column(50, 90, HISTORY)).read_bytes())
    data[at % len(data)] = byte
    (folder / "damaged.pdf").write_bytes(data)
    try:
        read_resume(folder / "damaged.pdf")
    except ResumeError as error:
        assert error.hint  # noqa: PT017
