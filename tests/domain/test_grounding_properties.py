from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ingot.domain.figures import figures
from ingot.domain.grounding import EvidenceSpan, Grounds, check, reason, unbacked

pytestmark = pytest.mark.long

VERBS = ("Built", "Led", "Cut", "Migrated", "Helped run", "Contributed to", "Maintained", "Rewrote")
OBJECTS = ("the billing service", "a ledger", "nightly imports", "the parcel tracker", "an audit trail")
TAILS = (
    "in Python",
    "for 14 depots",
    "with 3 engineers",
    "by 40 %",
    "without downtime",
    "on Kubernetes and Kafka",
    "for $2.5M",
)
PRODUCTS = ("maps of freight", "a bookkeeping app", "robots that pick mushrooms", "control software in Rust")
MARKETS = ("for importers", "for 300 traders in 14 countries", "for clinics that do not type", "at 42 sites")

resume_line = st.builds(lambda *parts: " ".join(parts), *map(st.sampled_from, (VERBS, OBJECTS, TAILS)))
quote = st.builds(
    lambda *parts: " ".join(parts) + ".",
    st.sampled_from(("Larkfield builds", "We sell")),
    *map(st.sampled_from, (PRODUCTS, MARKETS)),
)


def grounds(lines: list[str], quotes: list[str]) -> Grounds:
    return Grounds(
        company_name="Larkfield",
        user_name="Ada Birk",
        evidence=tuple(EvidenceSpan(evidence_id=n, quote=q) for n, q in enumerate(quotes)),
        resume_lines=("Ada Birk", "Engineer, Ostrava Mills, 2019 - 2023", *lines),
    )


def own(line: str) -> str:
    return f"I {line[0].lower()}{line[1:]}."


def company(text: str) -> str:
    return f"I read on your site: “{text}”"


texts = st.lists(
    st.one_of(
        st.text(max_size=30),
        resume_line,
        quote,
        st.sampled_from((". ", "? ", "\n", "\n\n- ", "I ", "you ", "$9M ", ", and I ")),
    )
).map("".join)


@given(texts)
@settings(max_examples=60, deadline=None)
def test_any_text_is_read_whole_and_each_tie_has_its_reason(text: str) -> None:
    ties = check(text, grounds(["Built a ledger in Go"], ["We sell maps."]), part="body")
    by_number = {tie.sentence_no: tie.sentence for tie in ties}
    assert "".join("".join(by_number.values()).split()) == "".join(text.split())
    assert all(sentence in text for sentence in by_number.values())
    assert all(reason(tie) for tie in ties)


@given(st.lists(resume_line, min_size=1, max_size=3, unique=True), st.lists(quote, min_size=1, max_size=2, unique=True))
@settings(max_examples=40, deadline=None)
def test_a_letter_of_verbatim_lines_and_quotes_is_backed(lines: list[str], quotes: list[str]) -> None:
    letter = "\n\n".join(["Hello,", *map(company, quotes), *map(own, lines), "Best regards,\nAda Birk"])
    ties = check(letter, grounds(lines, quotes), part="body")
    assert unbacked(ties) == []
    assert {tie.source for tie in ties} == {"evidence", "resume", "none"}


@given(
    resume_line,
    st.integers(min_value=2, max_value=9_999_999),
    st.sampled_from(("{} depots", "{:,} users", "{} %", "${}", "{}x")),
)
@settings(max_examples=60, deadline=None)
def test_a_number_put_into_a_backed_sentence_makes_it_unbacked(line: str, number: int, form: str) -> None:
    written = form.format(number)
    assume({f.value for f in figures(written)}.isdisjoint(f.value for f in figures(f"{line} 2019 2023")))
    sentence = own(line)
    assert unbacked(check(sentence, grounds([line], []), part="body")) == []
    for told in (
        f"{sentence[:-1]} for {written}.",
        f"{sentence[:-1]} and reached {written}.",
        f"For {written}, {sentence}",
    ):
        assert unbacked(check(told, grounds([line], []), part="body"))


@given(resume_line, quote)
@settings(max_examples=40, deadline=None)
def test_what_is_true_of_one_side_is_not_taken_for_the_other(line: str, text: str) -> None:
    told = f"You {line[0].lower()}{line[1:]}."
    stolen = text.replace("Larkfield builds", "I build").replace("We sell", "I sell")
    ties = check(f"{told}\n\n{stolen}", grounds([line], [text]), part="body")
    assert {tie.sentence_no for tie in unbacked(ties)} == {0, 1}
