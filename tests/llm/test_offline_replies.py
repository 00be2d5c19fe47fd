"""What the embedded engine makes of answers, and what it suggests to say to them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingot.domain.grounding import EvidenceSpan, Grounds, check, unbacked
from ingot.llm.offline.answers import compose, read_question
from ingot.llm.offline.engine import ExtractiveEngine
from ingot.llm.offline.replies import classify
from ingot.llm.outputs import ReplyLabel, ReplyWants, SuggestedAnswer
from tests.llm.samples import EVIDENCE, INPUTS, RESUME_LINES, prompt

KINDS = ("positive", "question", "referral", "negative", "other", "unsubscribe")
LINK = "https://cal.example/ada"


def kind_of(words: str) -> str:
    return str(ReplyLabel.model_validate(classify({"words": words})).kind)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Happy to talk, does Monday suit you?", "positive"), ("Ihr Profil klingt sehr interessant, wann passt es?", "positive"),
        ("Votre message m'intéresse beaucoup.", "positive"), ("Me gustó; hablemos el lunes.", "positive"),
        ("Volentieri, quando possiamo sentirci?", "positive"), ("Leuk, zullen we bellen?", "positive"), ("Podemos conversar na sexta?", "positive"),
        ("We are not hiring this year.", "negative"), ("Wir stellen derzeit niemanden ein.", "negative"), ("Nous ne recrutons pas.", "negative"),
        ("No tenemos vacantes.", "negative"), ("Non stiamo assumendo.", "negative"), ("We hebben geen vacatures.", "negative"), ("Não temos vagas.", "negative"),
        ("Great, another template. Just what we needed.", "negative"), ("Unfortunately, no.", "negative"),
        ("How many nodes was that?", "question"), ("¿En qué ciudad vive?", "question"), ("Welche Sprachen sprechen Sie?", "question"),
        ("Please talk to our head of data.", "referral"), ("Bitte wenden Sie sich an Frau Lang.", "referral"), ("J'ai transmis à ma collègue.", "referral"),
        ("Try jobs@millpond.example instead.", "referral"), ("Ik heb je bericht doorgestuurd.", "referral"),
        ("Thanks!", "other"), ("", "other"), ("👍", "other"),
    ],
)  # fmt: skip
def test_answers_are_told_apart(words: str, kind: str) -> None:
    assert kind_of(words) == kind


def test_a_refusal_outweighs_praise_and_interest() -> None:
    assert (
        kind_of("I am interested in your work in general, but not interested in hiring. Let's talk in ten years.")
        == "negative"
    )


def test_a_bad_day_is_no_refusal() -> None:
    assert kind_of("Unfortunately Tuesday is taken. Are you free on Friday?") == "positive"


@pytest.mark.parametrize(("words", "clear"), [("Not interested.", True), ("Kein Interesse.", True), ("Not hiring right now, sorry.", False), ("Thursday?", False)])  # fmt: skip
def test_only_a_plain_no_is_a_clear_one(words: str, clear: bool) -> None:
    assert classify({"words": words})["clear_no"] is clear


@given(words=st.text(max_size=200))
def test_every_text_gets_a_label(words: str) -> None:
    ReplyLabel.model_validate(classify({"words": words}))


def answer(kind: str, **changes: Any) -> str:
    inputs = INPUTS["suggest_answer"] | {"kind": kind, "terms": ["Rust"], "scheduling_link": ""} | changes
    return SuggestedAnswer.model_validate(compose(inputs)).body


def grounds(*own: str) -> Grounds:
    return Grounds(
        company_name="Millpond", user_name="Ada Quill", person_name="Bo Reed", own_values=own,
        evidence=tuple(EvidenceSpan(evidence_id=item["id"], quote=item["quote"]) for item in EVIDENCE),
        resume_lines=("Weirhead, engineer", *(line["text"] for line in RESUME_LINES)),
        line_headings=((1, "Weirhead, engineer"),),
    )  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_suggested_answer_claims_nothing_unbacked(kind: str) -> None:
    for name in ("", "Bo Reed"):
        body = answer(kind, scheduling_link=LINK, person_name=name)
        assert unbacked(check(body, grounds(LINK), part="body")) == []
        assert body.startswith("Hi Bo," if name else "Hello,")
        assert body.endswith("\nAda Quill")


@pytest.mark.parametrize("kind", KINDS)
def test_the_link_stands_only_where_there_is_one_and_a_time_is_talked_about(kind: str) -> None:
    assert (LINK in answer(kind, scheduling_link=LINK)) is (kind == "positive")
    assert "http" not in answer(kind)
    assert "pick a time" not in answer(kind)


def test_a_question_is_met_with_the_line_that_it_is_about() -> None:
    assert "At Weirhead I wrote a message broker in Rust" in answer("question")
    assert "Weirhead" not in answer("question", terms=["live"])
    assert answer("question", terms=["live"]).count("?") == 1


@given(words=st.text(max_size=200))
def test_what_is_asked_is_handed_on_in_a_few_words(words: str) -> None:
    ReplyWants.model_validate(read_question({"company_name": "Millpond", "words": words}))


def test_the_terms_of_a_question_are_its_skills_and_then_its_long_words() -> None:
    assert read_question({"words": "Could we talk about Rust and your importer?"}) == {
        "wants": "call", "terms": ["Rust", "importer", "Could", "about"],
    }  # fmt: skip
    assert read_question({"words": "Why?"}) == {"wants": "details", "terms": []}


async def test_the_engine_answers_both_prompts() -> None:
    engine = ExtractiveEngine("extractive")
    label, _ = await engine.answer(prompt("classify_reply", words="We are not hiring."))
    assert label == ReplyLabel(kind="negative", confidence=0.9, clear_no=False, asks_to_stop=False)
    suggested, _ = await engine.answer(prompt("suggest_answer"))
    assert LINK in suggested.body
