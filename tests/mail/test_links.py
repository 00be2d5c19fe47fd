from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingot.mail.links import LinkSigner, unsubscribe_uris

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
SIGNER = LinkSigner([KEY])
TOKEN = SIGNER.sign("unsubscribe", "letter-7")

references = st.from_regex(r"[A-Za-z0-9_-]{1,80}", fullmatch=True)


@given(references, st.text(max_size=20), st.binary(min_size=16, max_size=32))
def test_what_was_signed_is_read(reference: str, purpose: str, key: bytes) -> None:
    signer = LinkSigner([key])
    assert signer.read(purpose, signer.sign(purpose, reference)) == reference


@given(references)
def test_a_token_needs_no_escaping_in_a_link(reference: str) -> None:
    token = SIGNER.sign("opened", reference)
    assert quote(token, safe="") == token


@given(st.integers(0, len(TOKEN) - 1), st.characters())
@example(len(TOKEN) - 1, "\n")
def test_a_token_with_one_letter_changed_is_nothing(position: int, letter: str) -> None:
    changed = TOKEN[:position] + letter + TOKEN[position + 1 :]
    assert SIGNER.read("unsubscribe", changed) == ("letter-7" if changed == TOKEN else "")


@given(st.text(max_size=200))
@example("")
@example(TOKEN + "\n")
@example(f" {TOKEN}")
@example(TOKEN + "=")
@example(TOKEN[:-1])
@example(TOKEN.upper())
@example(TOKEN.replace(".", "..", 1))
@example("٠" * 8 + TOKEN[8:])
def test_what_nobody_signed_is_nothing(token: str) -> None:
    assert SIGNER.read("unsubscribe", token) == ""


def test_the_signature_of_one_letter_does_not_fit_another() -> None:
    key_id, _, tag = TOKEN.split(".")
    assert SIGNER.read("unsubscribe", f"{key_id}.letter-8.{tag}") == ""


@pytest.mark.parametrize("purpose", ["opened", "", "unsubscribe\0letter-7", "unsubscrib"])
def test_a_token_is_good_for_its_purpose_only(purpose: str) -> None:
    assert SIGNER.read(purpose, TOKEN) == ""


def test_a_token_of_another_key_is_nothing() -> None:
    assert LinkSigner([OTHER_KEY]).read("unsubscribe", TOKEN) == ""


def test_another_key_under_the_name_of_ours_is_nothing() -> None:
    theirs = LinkSigner([OTHER_KEY]).sign("unsubscribe", "letter-7")
    assert SIGNER.read("unsubscribe", TOKEN[:8] + theirs[8:]) == ""


def test_after_a_rotation_old_links_are_read_and_new_ones_are_signed_anew() -> None:
    rotated = LinkSigner([OTHER_KEY, KEY])
    assert rotated.read("unsubscribe", TOKEN) == "letter-7"
    renewed = rotated.sign("unsubscribe", "letter-7")
    assert rotated.read("unsubscribe", renewed) == "letter-7"
    assert SIGNER.read("unsubscribe", renewed) == ""


def test_a_letter_offers_an_e_mail_always_and_the_page_first_where_there_is_one() -> None:
    by_mail = f"mailto:imre@valk.example?subject=unsubscribe%20{TOKEN}"
    assert unsubscribe_uris(sender="imre@valk.example", base_url="", token=TOKEN) == (by_mail,)
    both = unsubscribe_uris(sender="imre@valk.example", base_url="https://out.valk.example", token=TOKEN)
    assert both == (f"https://out.valk.example/u/{TOKEN}", by_mail)
