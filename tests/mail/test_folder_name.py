import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingot.mail.folder_name import decode_name, encode_name, sent_among


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        ([b'() "." "INBOX.Sent"'], "INBOX.Sent"),
        ([b'() "/" Sent'], "Sent"),
        ([b'() "/" "Sent Items"', b'() "/" Sent'], "Sent"),
        ([b'(\\Noselect) "/" "Sent"', b'() "/" "Gesendete Elemente"'], "Gesendete Elemente"),
        ([b'(\\Sent) "/" {4}', bytearray(b"Post")], "Post"),
        ([b'() "/" "&BB4EQgQ,BEAEMAQyBDsENQQ9BD0ESwQ1-"'], "Отправленные"),
        ([b'() NIL "Sent"'], "Sent"),
        ([b'() "\\\\" "INBOX\\\\Sent"'], "INBOX\\Sent"),
        ([b'() "/" "Presents"', b"LIST completed"], None),
        ([], None),
    ],
)
def test_sent_mail_is_found_in_what_servers_answer(lines: list[bytes], name: str | None) -> None:
    assert sent_among(lines) == name


@given(st.text(st.characters(exclude_categories=["Cs"])))
@example("&")
@example("a&-b")
@example("Entwürfe/台北~&\U0001f600")
def test_a_name_survives_the_wire(name: str) -> None:
    assert decode_name(encode_name(name)) == name
    assert encode_name(name).isascii()


def test_known_names_on_the_wire() -> None:
    assert encode_name("~peter/mail/台北/日本語") == "~peter/mail/&U,BTFw-/&ZeVnLIqe-"  # RFC 3501 5.1.3
    assert decode_name("not &valid base64!-") == "not &valid base64!-"
