import pytest

from ingot.mail.fetched import fetched_parts


@pytest.mark.parametrize(
    "lines",
    [
        [b"1 FETCH (UID 9 BODY[] {5}", bytearray(b"hello"), b")"],
        [b"1 FETCH (BODY[] {5}", bytearray(b"hello"), b" UID 9)"],
        [b"1 FETCH (BODY[]<0> {5}", bytearray(b"hello"), b" FLAGS (\\Seen) UID 9)"],
        [b'1 FETCH (UID 9 BODY[HEADER.FIELDS (MESSAGE-ID)] "hello")'],
        [b"3 FETCH (FLAGS (\\Seen))", b"1 FETCH (UID 9 BODY[] {5}", bytearray(b"hello"), b")"],
        [b"3 FETCH (UID 8 FLAGS (\\Seen))", b"1 FETCH (UID 9 BODY[] {5}", bytearray(b"hello"), b")", b"done"],
    ],
)
def test_an_answer_is_read_in_every_order_the_standard_allows(lines: list[bytes]) -> None:
    assert list(fetched_parts(lines)) == [(9, b"hello")]


def test_an_empty_content_is_empty_not_missing() -> None:
    assert list(fetched_parts([b"1 FETCH (UID 9 BODY[] NIL)"])) == [(9, b"")]
    assert list(fetched_parts([b"1 FETCH (UID 9 BODY[] {0}", bytearray(), b")"])) == [(9, b"")]
