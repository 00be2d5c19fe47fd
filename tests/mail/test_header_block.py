from email import message_from_bytes

from hypothesis import given
from hypothesis import strategies as st

from ingot.mail.header_block import HeaderBlock

names = st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters=":"), min_size=1, max_size=12)
words = st.binary(max_size=20).map(lambda data: data.replace(b"\r", b"").replace(b"\n", b""))
folds = st.lists(st.tuples(st.sampled_from([b" ", b"\t", b"  \t"]), words), max_size=3)
line_ends = st.sampled_from([b"\r\n", b"\n"])


@st.composite
def headers(draw: st.DrawFn) -> tuple[bytes, bytes]:
    """A header block and its line end."""
    end = draw(line_ends)
    lines = [
        name.encode()
        + b":"
        + draw(st.sampled_from([b"", b" ", b"\t "]))
        + draw(words)
        + b"".join(end + space + word for space, word in draw(folds))
        for name in draw(st.lists(names, max_size=6))
    ]
    return b"".join(line + end for line in lines), end


@given(headers(), st.binary(max_size=40))
def test_the_fields_are_those_that_a_whole_parse_finds(made: tuple[bytes, bytes], body: bytes) -> None:
    head, end = made
    mail = head + end + body
    parsed = [(name.lower(), str(value)) for name, value in message_from_bytes(mail).raw_items()]
    block = HeaderBlock(mail)

    for name in {name for name, _ in parsed} | {"subject"}:
        assert [value.rstrip("\r\n") for value in block.all(name)] == [value for key, value in parsed if key == name]


def test_fields_of_the_body_are_none() -> None:
    block = HeaderBlock(b"From: bo@mill.example\r\n\r\nSubject: no\r\nX-Failed-Recipients: no\r\n")

    assert (block.first("from"), block.first("subject"), block.all("x-failed-recipients")) == (
        "bo@mill.example",
        "",
        [],
    )


@given(st.binary(max_size=200))
def test_whatever_the_bytes_are_there_is_an_answer(mail: bytes) -> None:
    assert HeaderBlock(mail).first("subject") == "".join(HeaderBlock(mail).all("subject")[:1])
