from __future__ import annotations

import re
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingot.domain.style import StyleIssue, loses_the_letter, similarity, style_issues
from ingot.domain.tone import Tone, max_words
from ingot.llm.offline.letter import compose
from tests.llm.offline_worlds import COMPANIES, RESUMES, Company, inputs, profile

PLAIN = (
    "Hi Bo,\n\nYour site says that Millpond moved 200 customers to its own queue.\n\n"
    "At Weirhead I wrote a broker that takes 40,000 messages a second. Could we talk for 20 minutes?\n\nBest,\nAda Quill"
)


def rules(text: str, *, part: str = "body", words: int = 120) -> list[str]:
    return [issue.rule for issue in style_issues({part: text}, max_words=words)]


def in_letter(sentence: str) -> str:
    greeting, rest = PLAIN.split("\n\n", 1)
    return f"{greeting}\n\n{sentence}\n\n{rest}"


def test_a_plain_letter_has_no_issue() -> None:
    parts = {"subject_a": "Queues at Millpond", "subject_b": "A broker for Millpond", "body": PLAIN}
    assert style_issues(parts, max_words=110) == []


@pytest.mark.parametrize("company", COMPANIES, ids=lambda company: company.name)
def test_what_the_embedded_engine_writes_has_no_issue(company: Company) -> None:
    for number in range(len(RESUMES)):
        for variant in range(4):
            given_inputs = inputs(company, profile(number), variant=variant)
            assert style_issues(compose(given_inputs), max_words=given_inputs["max_words"]) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "I hope this email finds you well.",
        "I hope you’re doing well.",
        "I came across Millpond last week.",
        "I am passionate about queues.",
        "There is a lot of synergy between us.",
        "I would like to leverage my skills.",
        "My background aligns perfectly with your needs.",
        "I am a team player with a proven track record.",
        "I look forward to hearing from you.",
        "I'm reaching out about your queue.",
        "Just circling back on this.",
        "I believe I can help.",
        "I am excited about the work.",
    ],
)
def test_a_cliche_is_told_with_its_sentence(sentence: str) -> None:
    assert StyleIssue("cliche", sentence, "It stands in every letter: leave it out.") in style_issues(
        {"body": in_letter(sentence)}, max_words=120
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "I was deeply impressed by your queue.",
        "Millpond is a leading maker of queues.",
        "Your innovative approach shows.",
        "I love what you do.",
        "Congratulations on the launch.",
        "I am a big fan of Millpond.",
        "It is a cutting-edge queue.",
    ],
)
def test_praise_is_flattery(sentence: str) -> None:
    assert "flattery" in rules(in_letter(sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "Your site says: “the leading queue, and we are hiring!”.",
        "At Weirhead I led the move to Rust.",
        "The price is leading to more orders.",
        "You are hiring a Platform Engineer.",
        "We cut the latency of the broker by half.",
        "I would like to offer you a short look at the code.",
        "Your parser reads a résumé in 2 seconds.",
        "Your experience with Kafka is on your site.",
    ],
)
def test_plain_words_and_the_words_of_a_quote_are_no_issue(sentence: str) -> None:
    assert rules(in_letter(sentence)) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "We are hiring a Platform Engineer.",
        "We’re currently looking for an engineer like you.",
        "You should join our team.",
        "Thank you for your application.",
        "I read your résumé with interest.",
        "You would be a great addition.",
        "Please send us your CV.",
        "We offer a competitive salary.",
        "We would love to interview you.",
        "Your experience in queues would be a fit.",
    ],
)
def test_an_employers_words_lose_the_letter(sentence: str) -> None:
    found = style_issues({"body": in_letter(sentence)}, max_words=120)
    assert any(issue.rule == "side" and issue.words == sentence and loses_the_letter(issue) for issue in found)


@pytest.mark.parametrize(
    "sentence",
    [
        "I am free on [insert date].",
        "I read about [Company Name] today.",
        "It has [ ] parts.",
        "I read about {company} today.",
        "I read about {{ company }} today.",
        "I read about <company name> today.",
        "I read about %COMPANY% today.",
        "I cut it by XX percent.",
        "I cut it by xx%.",
        "I work at COMPANY_NAME now.",
        "The rest is TBD.",
        "I am ____ of it.",
        "Lorem ipsum and lorem ipsum.",
        "Insert date here.",
    ],
)
def test_a_gap_left_open_loses_the_letter(sentence: str) -> None:
    found = style_issues({"body": in_letter(sentence)}, max_words=120)
    assert any(issue.rule == "placeholder" and loses_the_letter(issue) for issue in found)


def test_matters_of_taste_do_not_lose_a_letter() -> None:
    found = style_issues({"body": in_letter("I am thrilled! 🚀")}, max_words=120)
    assert {issue.rule for issue in found} == {"cliche", "exclamation", "emoji"}
    assert not any(loses_the_letter(issue) for issue in found)


@pytest.mark.parametrize("tone", list(Tone))
def test_length_goes_by_the_recipient(tone: Tone) -> None:
    words = max_words(tone)
    fitting, longer = (" ".join(["It runs."] * (count // 2)) for count in (words, words + 2))
    assert "length" not in rules(f"Hi Bo,\n\n{fitting}\n\nBest,\nAda", words=words)
    assert "length" in rules(f"Hi Bo,\n\n{longer}\n\nBest,\nAda", words=words)
    # Neither greeting nor name counts, with a sign-off or without.
    assert "length" not in rules(f"Hi Bo,\n\n{fitting}\n\nAda Quill", words=words)
    assert "length" in rules(f"{longer}\n\n{fitting}", words=words)


def test_a_sentence_without_an_end_is_told() -> None:
    endless = "I ran the queue " + "and the logs of it " * 9
    assert "long sentence" in rules(in_letter(f"{endless.strip()}."))
    assert "long sentence" not in rules(in_letter("I ran the queue; " + "the logs of it; " * 9))


def test_long_words_are_hard_to_read() -> None:
    heavy = "Organisational transformation necessitates interdisciplinary communication capabilities. " * 5
    assert "reading ease" in rules(f"Hello,\n\n{heavy}\n\nAda")
    assert "reading ease" not in rules("Hello,\n\nOrganisational transformation.\n\nAda")


@pytest.mark.parametrize(
    "second", ["Would Monday work for you?", "Please send me the address.", "Let me know what fits."]
)
def test_a_second_ask_is_one_too_many(second: str) -> None:
    assert rules(in_letter(second)) == ["asks"]


def test_a_question_in_a_quote_asks_nothing() -> None:
    assert rules(in_letter("Your page asks “where did the parcel go?” and answers it.")) == []


@pytest.mark.parametrize(
    ("subject", "rule"),
    [
        ("A queue for sensor data at Millpond and everything else that I could bring to the team", "subject length"),
        ("QUEUES AT MILLPOND", "subject capitals"),
        ("Queues at Millpond 🚀🚀🚀", "emoji"),
        ("Queues at Millpond!", "exclamation"),
        ("Queues at [Company]", "placeholder"),
    ],
)
def test_a_subject_has_rules_of_its_own(subject: str, rule: str) -> None:
    assert rules(subject, part="subject_a") == [rule]
    assert rules("JSON", part="subject_b") == ["subject capitals"]
    assert rules("Go at 3M", part="subject_b") == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Hi Bo,\n\nHello Bo,\n\nIt runs.\n\nBest,\nAda", "greeting"),
        ("Hi Bo,\n\nIt runs.\n\nBest regards,\nAda\n\nKind regards,\nAda Quill", "signature"),
        ("Hi Bo,\n\nIt runs.\n\nAda Quill\n\nAda Quill", "signature"),
    ],
)
def test_greeting_and_name_stand_once(text: str, rule: str) -> None:
    assert rules(text) == [rule]


def test_nothing_is_found_in_nothing() -> None:
    assert style_issues({"body": "", "subject_a": ""}, max_words=100) == []


@given(st.text(max_size=200))
def test_any_text_can_be_judged(text: str) -> None:
    for issue in style_issues({"body": text, "subject_a": text}, max_words=10):
        assert issue.words
        assert issue.hint.endswith(".")


def test_the_same_letter_with_other_names_and_numbers_is_the_same() -> None:
    other = (
        re.sub("200", "31", PLAIN)
        .replace("Millpond", "Sedge Brothers")
        .replace("Bo", "Ana María")
        .replace("Ada", "Per")
    )
    assert similarity(PLAIN, other) > 0.8
    assert similarity(PLAIN, PLAIN) == 1.0


def test_letters_that_share_no_phrase_are_not_similar() -> None:
    assert similarity(PLAIN, "Dear team,\n\nLast year I taught maths to adults who build bridges.") == 0.0
    assert similarity("", PLAIN) == similarity("", "") == 0.0
    assert similarity("Two words", "two words") == 1.0


def test_the_embedded_engines_letters_to_different_companies_differ() -> None:
    bodies = [compose(inputs(company, profile(0), variant=n))["body"] for n, company in enumerate(COMPANIES)]
    assert max(similarity(one, other) for one, other in combinations(bodies, 2)) < 0.5


@given(st.text(max_size=80), st.text(max_size=80))
def test_similarity_is_symmetric_and_a_share(one: str, other: str) -> None:
    assert similarity(one, other) == similarity(other, one)
    assert 0.0 <= similarity(one, other) <= 1.0
