from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingot.domain.address_patterns import KnownAddress, guesses, mail_host, pattern_of
from ingot.domain.person_name import folded, name_parts

HOST = "quillmark.example"


def offered(name: str, host: str = HOST, **known: object) -> dict[str, float]:
    return {guess.address: guess.confidence for guess in guesses(name, host, **known)}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "host", "first", "second"),
    [
        ("Ada Quill", HOST, "ada", "ada.quill"),
        ("Zoë O’Hara", HOST, "zoe", "zoe.ohara"),
        ("Bo van der Lind", HOST, "bo", "bo.vanderlind"),
        ("Łucja Żak-Nowak", HOST, "lucja", "lucja.zaknowak"),
        ("Jörg Müller", "druck.de", "joerg", "joerg.mueller"),
        ("Jörg Müller", "druck.example", "jorg", "jorg.muller"),
        ("Dr. Ada B. Quill, PhD", HOST, "ada", "ada.quill"),
        ("Ada “Inky” (she/her) Quill Jr.", HOST, "ada", "ada.quill"),
        ("Søren Ægir", HOST, "soren", "soren.aegir"),
    ],
)
def test_names_are_spelled_as_addresses_spell_them(name, host, first, second):
    assert list(offered(name, host))[:2] == [f"{first}@{host}", f"{second}@{host}"]


@pytest.mark.parametrize("name", ["", "王伟", "Иван Петров", "J. Marsh", "Ada Q.", "Quill, Ada", "Ada Quill 2", "Dr."])
def test_what_addresses_do_not_spell_is_not_guessed(name):
    assert "ada@quillmark.example" not in offered(name)
    assert name_parts(name) is None or name == "Dr."


def test_a_single_name_has_one_guess_and_compounds_have_both_spellings():
    assert list(offered("Ada")) == [f"ada@{HOST}"]
    compound = offered("Jean-Pierre van Lind")
    assert compound[f"jeanpierre@{HOST}"] > compound[f"jean-pierre@{HOST}"] > 0
    assert compound[f"jeanpierre.vanlind@{HOST}"] > compound[f"jeanpierre.lind@{HOST}"] > 0


@pytest.mark.parametrize("host", ["", "gmail.com", "gmx.de"])
def test_nothing_is_guessed_where_anybody_may_have_a_mailbox(host):
    assert guesses("Ada Quill", host) == []


def test_large_companies_are_thought_to_use_whole_names():
    assert next(iter(offered("Ada Quill", team_size=8))) == f"ada@{HOST}"
    assert next(iter(offered("Ada Quill", team_size=400))) == f"ada.quill@{HOST}"


def test_a_published_address_of_a_colleague_shows_the_pattern():
    before = offered("Ada Quill")
    once = offered("Ada Quill", shown=[KnownAddress(address=f"b.lind@{HOST}", person_name="Bo Lind")])
    assert next(iter(once)) == f"a.quill@{HOST}"
    assert once[f"a.quill@{HOST}"] > before[f"a.quill@{HOST}"]
    assert once[f"ada@{HOST}"] < before[f"ada@{HOST}"]
    twice = [
        KnownAddress(address=f"{a}@{HOST}", person_name=n) for a, n in (("b.lind", "Bo Lind"), ("c.mar", "Cy Mar"))
    ]
    assert offered("Ada Quill", shown=twice)[f"a.quill@{HOST}"] > once[f"a.quill@{HOST}"]


def test_a_pattern_elsewhere_or_of_nobody_shows_nothing():
    elsewhere = [
        KnownAddress(address="b.lind@gmail.com", person_name="Bo Lind"),
        KnownAddress(address=f"office@{HOST}", person_name="Bo Lind"),
        KnownAddress(address=f"b.lind@{HOST}"),
    ]
    assert offered("Ada Quill", shown=elsewhere) == offered("Ada Quill")


def test_an_address_that_came_back_is_never_guessed_again_and_lowers_its_pattern():
    bounced = [
        KnownAddress(address=f"Ada@{HOST}", person_name="Ada Quill"),
        KnownAddress(address=f"bo.lind@{HOST}", person_name="Bo Lind"),
    ]
    before, after = offered("Ada Quill"), offered("Ada Quill", bounced=bounced)
    assert f"ada@{HOST}" not in after
    assert after[f"ada.quill@{HOST}"] == pytest.approx(before[f"ada.quill@{HOST}"] / 4, abs=0.001)
    assert after[f"aquill@{HOST}"] == before[f"aquill@{HOST}"]


@pytest.mark.parametrize(
    ("website", "published", "host"),
    [
        ("https://www.quillmark.example", [], HOST),
        ("https://app.quillmark.example/login", [], HOST),
        ("https://quillmark.ai", ["hi@quillmark.example", "bo@quillmark.example"], HOST),
        ("https://quillmark.ai", ["hi@quillmark.example", "bo@third.example"], "quillmark.ai"),
        ("https://quillmark.example", ["hi@quillmark.example", "bo@third.example"], HOST),
        ("https://quillmark.example", ["quillmark@gmail.com"], HOST),
        ("https://github.com/quillmark", [], ""),
        ("https://gmail.com", [], ""),
        ("", ["hi@quillmark.example"], HOST),
    ],
)
def test_the_host_of_the_mailboxes_is_that_of_the_site_unless_all_are_elsewhere(website, published, host):
    assert mail_host(website, published) == host


def test_a_pattern_is_read_back_from_an_address():
    assert pattern_of("Ada Quill", f"aquill@{HOST}") == "flast"
    assert pattern_of("Ada Quill", f"ada+jobs@{HOST}") == "first"
    assert pattern_of("Ada Quill", f"hello@{HOST}") == ""
    assert pattern_of("王伟", f"wei@{HOST}") == ""


@given(st.text(max_size=30), st.sampled_from([HOST, "druck.de"]))
def test_every_guess_is_a_plain_address_and_its_pattern_is_read_back(name, host):
    found = guesses(name, host)
    assert len({guess.address for guess in found}) == len(found)
    for guess in found:
        local, _, at = guess.address.partition("@")
        assert at == host
        assert local.isascii()
        assert local == local.lower().strip(".-_")
        assert 0 < guess.confidence <= 0.5
        assert pattern_of(name, guess.address)


@given(st.text(max_size=20))
def test_folding_twice_changes_nothing(word):
    assert folded(folded(word)) == folded(word)
