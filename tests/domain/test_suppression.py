import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingot.domain.suppression import suppression_entry, suppression_keys
from ingot.errors import ValidationError

NAMES = st.from_regex(r"[a-z][a-z0-9.]{0,8}[a-z]", fullmatch=True)
HOSTS = st.sampled_from(["acme.example", "gmail.com", "mail.acme.co.uk"])


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        (" Kim@Acme.example ", "kim@acme.example"),
        ("<kim@acme.example>", "kim@acme.example"),
        ("kim+jobs@acme.example", "kim@acme.example"),
        ("K.i.m@googlemail.com", "kim@gmail.com"),
        ("@Acme.example", "@acme.example"),
        ("@googlemail.com", "@gmail.com"),
    ],
)
def test_an_entry_is_stored_as_a_mailbox_identity(text: str, entry: str):
    assert suppression_entry(text) == entry


@pytest.mark.parametrize(
    "text", ["", "kim", "@", "kim@", "kim@acme", "@acme", "a@b@c.example", "kim@acme.example, x", "k im@a.b"]
)
def test_what_is_neither_an_address_nor_a_host_is_refused(text: str):
    with pytest.raises(ValidationError, match="neither an e-mail address nor"):
        suppression_entry(text)


@given(NAMES, NAMES, HOSTS)
def test_however_an_address_is_written_the_entry_for_it_stops_it(name: str, tag: str, host: str):
    written = f"{name}+{tag}@{host}".upper()
    assert suppression_entry(f"{name}@{host}") in suppression_keys(written)
    assert suppression_entry(f"@{host}") in suppression_keys(written)
    assert suppression_entry(f"x{name}@{host}") not in suppression_keys(written)
