"""Files made to harm: they cost the process that reads them, and nothing else."""

import resource
import sys
import zipfile
import zlib
from pathlib import Path

import pytest

from ingot.errors import ResumeError
from ingot.resume.apart import ReaderLimits, run_reader, understand_file, understand_pasted
from tests.resume.samples import PLAIN, column, docx, draw, paragraph

pytestmark = pytest.mark.long

SMALL = ReaderLimits(memory_bytes=300_000_000, cpu_seconds=5, wall_seconds=20, answer_bytes=1_000_000)


def memory_mb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


async def refused(path: Path, limits: ReaderLimits = SMALL) -> ResumeError:
    before = memory_mb()
    with pytest.raises(ResumeError) as caught:
        await understand_file(path, limits=limits)
    assert memory_mb() - before < 30
    assert caught.value.hint
    return caught.value


async def test_a_file_is_understood_as_in_this_process(tmp_path: Path) -> None:
    path = tmp_path / "cv.txt"
    path.write_text(PLAIN, "utf-8")
    understood = await understand_file(path)
    assert understood.profile.name == "Orla Testwell"
    assert understood.profile.source_name == "cv.txt"
    assert understood.profile.experience[0].company == "Fernglow Systems"
    assert [project.name for project in understood.profile.projects] == ["tinyledger"]


async def test_a_pdf_and_its_links_are_understood(tmp_path: Path) -> None:
    lines = ["# Experience", "Engineer, Fernglow", "2019 - 2021", "• Kept the ledgers of three shops in order"]
    page = [(50.0, 40.0, "Orla Testwell", 20.0, True), *column(50, 90, lines)]
    understood = await understand_file(draw(tmp_path / "cv.pdf", page, links=("mailto:orla@example.com",)))
    assert understood.profile.email == "orla@example.com"
    assert understood.links == ("mailto:orla@example.com",)


async def test_pasted_text_is_understood_and_too_much_of_it_refused() -> None:
    assert (await understand_pasted(PLAIN)).profile.source_name == "pasted text"
    with pytest.raises(ResumeError, match="longer"):
        await understand_pasted("a word " * 50_000)


async def test_the_reason_comes_back_from_the_other_process(tmp_path: Path) -> None:
    assert "picture" in (await refused(draw(tmp_path / "scan.pdf", []))).message
    assert "does not exist" in (await refused(tmp_path / "none.pdf")).message
    assert "no file" in (await refused(tmp_path)).message
    assert "no file" in (await refused(Path("/dev/zero"))).message


async def test_a_small_word_file_that_holds_hundreds_of_megabytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as part:
        part.write(b"<w:document xmlns:w='x'>")
        for _ in range(200):
            part.write(b"<w:p><w:t>" + bytes(1_000_000).replace(b"\0", b"x") + b"</w:t></w:p>")
        part.write(b"</w:document>")
    assert path.stat().st_size < 1_000_000
    assert "unpacks" in (await refused(path)).message


async def test_a_word_file_of_nothing_but_tags_reaches_the_limit_of_memory(tmp_path: Path) -> None:
    assert "memory" in (await refused(docx(tmp_path / "tags.docx", "<a/>" * 7_000_000))).message


async def test_deeply_nested_xml_is_refused(tmp_path: Path) -> None:
    await refused(docx(tmp_path / "deep.docx", "<w:p>" * 200_000 + "</w:p>" * 200_000))


async def test_a_pdf_stream_packed_twice_reaches_the_limit_of_memory(tmp_path: Path) -> None:
    twice = zlib.compress(zlib.compress(bytes(400_000_000), 9), 9)
    path = tmp_path / "twice.pdf"
    page = draw(tmp_path / "plain.pdf", [(50.0, 40.0, "Orla Testwell", 20.0, True)]).read_bytes()
    head = page.index(b"/Filter")
    start, stop = page.index(b"stream\n", head) + 7, page.index(b"endstream", head)
    filters = page[head : page.index(b"]", head) + 1]
    made = page[:start] + twice + page[stop:]
    path.write_bytes(made.replace(filters, b"/Filter [ /FlateDecode /FlateDecode ]", 1))
    await refused(path)


async def test_text_that_is_hard_on_patterns_is_read_or_refused_in_time(tmp_path: Path) -> None:
    for number, text in enumerate(("a." * 50_000, "[" * 100_000, "1 " * 50_000, "Jan 2020 - " * 9_000, "(," * 50_000)):
        path = tmp_path / f"{number}.txt"
        path.write_text(f"Orla Testwell\n\nSkills\n{text}", "utf-8")
        try:
            await understand_file(path, limits=SMALL)
        except ResumeError as error:
            assert error.hint  # noqa: PT017


async def run(script: str, **changes: float) -> bytes:
    limits = ReaderLimits(**{"memory_bytes": 300_000_000, "cpu_seconds": 2, "wall_seconds": 20, **changes})
    confined = f"from ingot.resume.child import confine; confine(memory_bytes={limits.memory_bytes}, cpu_seconds={limits.cpu_seconds})\n"
    return await run_reader((sys.executable, "-c", confined + script), limits=limits, data=b"a file")


async def test_a_reader_that_loops_is_stopped_by_its_processor_limit() -> None:
    with pytest.raises(ResumeError, match="too long"):
        await run("while True: pass", cpu_seconds=1)


async def test_a_reader_that_waits_for_ever_is_stopped_by_the_clock() -> None:
    with pytest.raises(ResumeError, match="too long"):
        await run("import time; time.sleep(600)", wall_seconds=0.5)


async def test_a_reader_that_eats_memory_or_crashes_is_an_error_without_personal_data() -> None:
    for script in ("x = bytearray(10**9)", "import os; os.abort()", "raise SystemExit('Orla Testwell')"):
        with pytest.raises(ResumeError, match="made its reader stop") as caught:
            await run(script)
        assert "Orla" not in str(caught.value)


async def test_a_reader_that_answers_without_end_is_stopped() -> None:
    with pytest.raises(ResumeError, match="without end"):
        await run("while True: print('x' * 100_000)", answer_bytes=1_000_000)


async def test_a_reader_writes_no_file_and_sees_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    seen = await run("import os; print(sorted(os.environ))")
    assert b"OPENAI" not in seen
    with pytest.raises(ResumeError):
        await run(f"open({str(tmp_path / 'x')!r}, 'w').write('x' * 100_000)")


@pytest.mark.parametrize(
    "printed", ["", "[]", "{}", '{"text": 1}', '{"error": {"message": 1, "hint": ""}}', "[" * 9_000]
)
async def test_an_answer_of_another_shape_is_refused(printed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async def answered(*_: object, **__: object) -> bytes:
        return printed.encode()

    monkeypatch.setattr("ingot.resume.apart.run_reader", answered)
    with pytest.raises(ResumeError, match="no answer that can be used"):
        await understand_pasted("Orla Testwell")


async def test_fifteen_full_pages_are_read(tmp_path: Path) -> None:
    job = [
        "Engineer, Fernglow Systems",
        "2019 - 2021",
        *["• Kept the ledgers of three shops in order for many years"] * 40,
    ]
    pages = [[(50.0, 40.0, "Orla Testwell", 20.0, True), *column(50, 70, ["# Experience", *job])] for _ in range(15)]
    understood = await understand_file(draw(tmp_path / "long.pdf", *pages))
    assert sum(len(job.lines) for job in understood.profile.experience) >= 40


async def test_a_word_file_with_a_header_is_understood(tmp_path: Path) -> None:
    body = (
        paragraph("Experience", style="Heading1")
        + paragraph("Engineer, Fernglow\t2019 - 2021")
        + paragraph("– Ran it all")
    )
    path = docx(tmp_path / "cv.docx", body, header=paragraph("Orla Testwell"))
    (job,) = (await understand_file(path)).profile.experience
    assert job.lines == ("Ran it all",)
