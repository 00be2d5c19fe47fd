"""The shapes a model may answer in: closed, bounded, and only what a model alone can know.

Recipients, links, dates, scores and footers are decided by code and have no field here.
Every statement about the company names the quote or the evidence it rests on; the caller checks that it is there.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=400)]
Subject = Annotated[str, StringConstraints(strip_whitespace=True, min_length=8, max_length=120)]
Body = Annotated[str, StringConstraints(strip_whitespace=True, min_length=40, max_length=3000)]
FollowUpBody = Annotated[str, StringConstraints(strip_whitespace=True, min_length=40, max_length=1500)]


class Answer(BaseModel):
    """What every answer has in common: no field that was not asked for."""

    model_config = ConfigDict(extra="forbid")


class QuotedFact(Answer):
    """A fact about the company and the words of the source that say it, verbatim. `source` is the URL it was read at."""

    statement: Line
    quote: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=600)]
    source: Annotated[str, StringConstraints(max_length=2048)]


class CompanyFacts(Answer):
    """Research, phase 1: what the company makes, and up to eight things that happened or that it says of itself."""

    product: QuotedFact
    signals: Annotated[list[QuotedFact], Field(max_length=8)]
    open_role: QuotedFact | None = None


class ValueProposition(Answer):
    """Why this user and this company, in one sentence, and how sure that is."""

    value_proposition: Line
    confidence: Literal["low", "medium", "high"]


class PointDraft(Answer):
    """A talking point and the id of the evidence it rests on."""

    text: Line
    evidence_id: int


class TalkingPoints(Answer):
    """Research, phase 2: exactly one point of each kind."""

    achievement: PointDraft
    connection: PointDraft
    value: PointDraft


class QuestionDraft(Answer):
    """A multiple-choice question to the user about this lead. `topic` is what the answer decides."""

    text: Line
    options: Annotated[list[Line], Field(min_length=2, max_length=5)]
    topic: Literal["angle", "experience", "ask"]

    @model_validator(mode="after")
    def _options_differ(self) -> QuestionDraft:
        if len({option.lower() for option in self.options}) != len(self.options):
            msg = "options must differ from each other"
            raise ValueError(msg)
        return self


class Questions(Answer):
    """Two or three questions that come from the lead's brief."""

    questions: Annotated[list[QuestionDraft], Field(min_length=2, max_length=3)]


class Letter(Answer):
    """The letter: two subjects, a body that starts with the greeting and ends with the user's name, two follow-ups."""

    subject_a: Subject
    subject_b: Subject
    body: Body
    followup_day_3: FollowUpBody
    followup_day_7: FollowUpBody

    @model_validator(mode="after")
    def _subjects_differ(self) -> Letter:
        if self.subject_a.lower() == self.subject_b.lower():
            msg = "subject_a and subject_b must differ"
            raise ValueError(msg)
        return self


class ReplyLabel(Answer):
    """What a person's answer means. A label can only add to what rules decided: it lifts no suppression."""

    kind: Literal["positive", "negative", "question", "referral", "other", "unsubscribe"]
    confidence: Annotated[float, Field(ge=0, le=1)]
    clear_no: bool
    asks_to_stop: bool


class SentenceVerdict(Answer):
    """Whether the quotes shown with the sentence of this number support it."""

    no: int
    verdict: Literal["yes", "partly", "no"]


# How many sentences one question of the second check holds.
MOST_PAIRS = 40


class Entailment(Answer):
    """One verdict for each sentence that was shown."""

    verdicts: Annotated[list[SentenceVerdict], Field(min_length=1, max_length=MOST_PAIRS)]


Term = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[\w+#. -]{2,30}$")]


class ReplyWants(Answer):
    """What a person who wrote back wants to know, in so few words that no order fits in: all that the next prompt sees of it."""

    wants: Literal["call", "details", "resume", "location", "permit", "pay", "start", "other"]
    terms: Annotated[list[Term], Field(max_length=5)]


class SuggestedAnswer(Answer):
    """An answer that the user may send: from the greeting to the user's name. Recipient and subject are not the model's."""

    body: Annotated[str, StringConstraints(strip_whitespace=True, min_length=40, max_length=1500)]


Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]


class ReadJob(Answer):
    """A job as the résumé names it; every value is copied from there."""

    title: Short
    company: Short
    start: Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)]
    end: Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)]
    lines: Annotated[
        list[Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)]], Field(max_length=25)
    ]


class ReadSchool(Answer):
    """A school as the résumé names it."""

    school: Short
    degree: Short
    start: Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)]
    end: Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)]


class ReadResume(Answer):
    """What a résumé says, sorted. Addresses, numbers and links are read by code and have no field here."""

    name: Short
    headline: Short
    location: Short
    skills: Annotated[list[Short], Field(max_length=80)]
    jobs: Annotated[list[ReadJob], Field(max_length=25)]
    schools: Annotated[list[ReadSchool], Field(max_length=12)]


class ChatChoice(Answer):
    """What a sentence of the user asks for: an action of the closed list, and its parameters as far as the user said them.

    `count` is 0, and a text empty, where nothing of the kind was said. The caller checks that each text stands in the sentence.
    """

    action: Literal[
        "leads", "show_lead", "explain_lead", "why_sentence", "status", "waiting", "sending", "replies", "pause_campaign",
        "resume_campaign", "pause_sending", "resume_sending", "approve_lead", "reject_lead", "defer_lead", "suppress", "help",
        "unknown",
    ]  # fmt: skip
    count: Annotated[int, Field(ge=0, le=50)]
    status: Literal[
        "", "discovered", "researching", "matched", "approved", "rejected", "deferred", "drafted", "sent", "replied",
        "closed", "failed",
    ]  # fmt: skip
    lead: Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)]
    name: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
    words: Annotated[str, StringConstraints(strip_whitespace=True, max_length=400)]
    reason: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
