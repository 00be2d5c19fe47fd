from __future__ import annotations

import pytest

from ingot.domain.grounding import EvidenceSpan, Grounds, check, unbacked

GROUNDS = Grounds(
    company_name="Tensorquay",
    user_name="Mira Kovalenko",
    evidence=(
        EvidenceSpan(evidence_id=1, quote="Tensorquay runs Go and Kafka for 300 users."),
        EvidenceSpan(evidence_id=2, quote="Python does the rest. Terraform too."),
        EvidenceSpan(
            evidence_id=3,
            quote="We are six people, and the seventh should be a Platform Engineer (Go, Kubernetes, gRPC) who likes small tools.",
        ),
        EvidenceSpan(evidence_id=4, quote="Our CTO was previously a Data Engineer. Ada was a Site Lead at Parcelwise."),
    ),
    resume_lines=(
        "Mira Kovalenko",
        "Senior Backend Engineer | Lisbon",
        "Engineer, Otterbay, 2019 - present",
        "- Built ingestion in Python and Kafka for 300 users.",
        "- Reported to the Principal Engineer",
        "Skills: Go, Kubernetes, Rust",
    ),
)


def refused(text: str) -> list[str]:
    return [tie.claim_kind for tie in unbacked(check(text, GROUNDS, part="body"))]


@pytest.mark.parametrize(
    "text",
    [
        "You work with Kafka at Tensorquay; so do I.",
        "You work with Kafka and Go at Tensorquay; so do I.",
        "You use Python; I do too.",
        "You use Kafka. Me too.",
        "Go and Python are where the work at Tensorquay and my résumé meet.",
        "Go, Kafka and Python are on my résumé and in your work.",
        "What Tensorquay and my résumé have in common: Go and Kafka.",
        "We both use Kafka.",
        "I use Kafka; so does your team.",
        "I use Kafka, like you.",
        "You and I could talk about Kafka.",
        "So do I.",
    ],
)
def test_what_both_sides_have_is_backed(text: str) -> None:
    assert refused(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "You work with Terraform at Tensorquay; so do I.",
        "You work with Kafka and Terraform at Tensorquay; so do I.",
        "You work with Rust at Tensorquay; so do I.",
        "You use Terraform, as do I.",
        "You use Terraform, and I do too.",
        "You use Terraform, and I use it too.",
        "You use Terraform. Me too!",
        "You use Terraform. My résumé has it too.",
        "Terraform does the rest; same here.",
        "Your backend runs on Terraform; so does mine.",
        "I use Rust; so do you.",
        "I use Rust and so does your team.",
        "My last service ran on Rust. You too?",
        "Go and Terraform are where the work at Tensorquay and my résumé meet.",
        "Go and Rust are where my résumé and the work at Tensorquay meet.",
        "Rust is on my résumé and in your work.",
        "Terraform is in your stack and on my résumé.",
        "What Tensorquay and my résumé have in common: Go and Rust.",
        "My résumé and your stack share Terraform.",
        "Your stack and my résumé have Terraform in common.",
        "The work at Tensorquay and my résumé overlap in Rust.",
        "We both use Rust.",
        "Both of us use Terraform.",
        "Like you, I use Rust.",
        "Like me, you use Rust.",
        "You write Terraform, just like me.",
        "Rust is common to both your work and my résumé.",
        "I worked at Tensorquay.",
    ],
)
def test_what_only_one_side_has_is_refused(text: str) -> None:
    assert refused(text)


def test_each_side_names_its_own_source() -> None:
    sentence = "Kafka is where the work at Tensorquay and my résumé meet."
    ties = check(sentence, GROUNDS, part="body")
    assert [(tie.source, tie.claim) for tie in ties] == [("evidence", sentence), ("resume", sentence)]


@pytest.mark.parametrize(
    "text",
    [
        "Platform Engineer at Tensorquay",
        "The Platform Engineer role at Tensorquay",
        "Platform Engineer (Go and Kubernetes) at Tensorquay",
        "Senior Backend Engineer for Tensorquay",
    ],
)
def test_a_role_that_a_quote_names_and_the_title_of_the_user_are_subjects(text: str) -> None:
    assert refused(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Senior Platform Engineer at Tensorquay",
        "Principal Engineer at Tensorquay",
        "Principal Engineer for Tensorquay",
        "Senior Backend Engineer at Tensorquay",
        "Platform Engineer (Rust) at Tensorquay",
        "Data Engineer at Tensorquay",
        "Site Lead at Tensorquay",
        "I am a Platform Engineer at Tensorquay.",
    ],
)
def test_any_other_role_is_refused(text: str) -> None:
    assert refused(text)
