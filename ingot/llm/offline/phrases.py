"""The connecting words of the extractive engine: plain, and true whatever stands in the gaps.

None of them claims a feeling, a habit or a past that the résumé does not show.
"""

from __future__ import annotations

from typing import NamedTuple

GREETINGS = {"hr": "Dear {to},", "engineering": "Hi {to},", "founder": "Hi {to},", "general": "Hello {to},"}
SIGN_OFFS = {"hr": "Kind regards,", "engineering": "Best,", "founder": "Best,", "general": "Best regards,"}


class FactPhrases(NamedTuple):
    """How a fact is told: as a clause, after a colon where its first word may be a name, and where no page of theirs says it."""

    clauses: tuple[str, ...]
    after_colon: tuple[str, ...]
    hearsay: tuple[str, ...]


# Where a fact was read: in the middle of a sentence, and at its beginning. What the user's own list says has no such place.
PLACES = {
    "site": ("on your site", "Your site"),
    "profile": ("in your profile", "Your profile"),
    "post": ("in your post", "Your post"),
}

OPENING = FactPhrases(
    clauses=(
        "I read {where} that {clause}.",
        "{source} says that {clause}.",
        "One line {where} is the reason for this letter: {clause}.",
        "You write {where} that {clause}.",
        "I am writing because of what stands {where}: {clause}.",
    ),
    after_colon=(
        "One line {where} is the reason for this letter: {clause}.",
        "I read this {where}: {clause}.",
        "I am writing because of what stands {where}: {clause}.",
    ),
    hearsay=("I read this about your work: {clause}.", "One thing I read is the reason for this letter: {clause}."),
)
SECOND = FactPhrases(
    clauses=(
        "{source} also says that {clause}.",
        "I also read {where} that {clause}.",
        "You also write {where} that {clause}.",
    ),
    after_colon=("I also read this {where}: {clause}.", "{source} also says this: {clause}."),
    hearsay=("I also read this about your work: {clause}.",),
)

EXPERIENCE = (
    "At {employer} I {deed}.",
    "My résumé has this: at {employer} I {deed}.",
    "On my side, at {employer} I {deed}.",
    "From my own work: at {employer} I {deed}.",
)
EXPERIENCE_ALONE = (
    "From my own work: I {deed}.",
    "On my side, I {deed}.",
)
EXPERIENCE_AGAIN = (
    "To {company} I would bring this: at {employer} I {deed}.",
    "For {company}, my résumé has this: at {employer} I {deed}.",
)

BRIDGES = (
    "{skills} {verb} in the work at {company} and on my résumé.",
    "{skills} {verb} where the work at {company} and my résumé meet.",
)

ROLE_WISHES = (
    "I would like to talk about the {role} role.",
    "The {role} role at {company} is the work I am looking for.",
    "I would like to be considered for the {role} role at {company}.",
)
WISHES = (
    "I would like to do work of this kind at {company}.",
    "I would like to hear what {company} needs next.",
    "I would be glad to hear where {company} could use another pair of hands.",
)

ASKS = {
    "hr": ("Could you tell me who should read my application, and what the next step would be?",),
    "engineering": (
        "Could we talk for 20 minutes about how you run it?",
        "Would you have 20 minutes to compare notes?",
    ),
    "founder": ("Would you have 20 minutes in the next two weeks?", "Could we talk for 20 minutes next week?"),
    "general": ("Would 20 minutes next week work for you?", "Who would be the right person to talk to for 20 minutes?"),
}

DAY_3 = ("One addition to my letter.", "One more line to my letter.", "Something I did not mention in my letter.")
DAY_3_ASKS = ("Is that worth 20 minutes of your time?", "Would a short call be useful?")
DAY_7 = ("This is my last note.", "A last note from me.", "I will not write again after this one.")
DAY_7_ASKS = (
    "If somebody else is the right person, a name would help me.",
    "If the time is wrong, a short no is fine too.",
)
