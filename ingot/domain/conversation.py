"""What can be said in a chat: a closed list of actions, each with its parameters and, where it changes something, its verbs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class ChatAction(StrEnum):
    """Everything that a chat can do; `unknown` is what was not understood."""

    leads = "leads"
    show_lead = "show_lead"
    explain_lead = "explain_lead"
    why_sentence = "why_sentence"
    status = "status"
    waiting = "waiting"
    sending = "sending"
    replies = "replies"
    pause_campaign = "pause_campaign"
    resume_campaign = "resume_campaign"
    pause_sending = "pause_sending"
    resume_sending = "resume_sending"
    approve_lead = "approve_lead"
    reject_lead = "reject_lead"
    defer_lead = "defer_lead"
    suppress = "suppress"
    help = "help"
    unknown = "unknown"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One action: what it does, the parameters it reads, and one way to ask for it. `verbs` only where it changes something."""

    action: ChatAction
    does: str
    example: str
    parameters: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()

    @property
    def changes(self) -> bool:
        """Whether it changes anything: then it is done after a yes only."""
        return bool(self.verbs)


_A = ChatAction
_APPROVE, _REJECT = ("approve", "accept"), ("reject", "drop", "decline")
_DEFER = ("defer", "postpone")
_PAUSE = ("pause", "stop", "hold", "halt")
_RESUME = ("resume", "continue", "restart", "unpause", "start", "go on")
_SUPPRESS = ("suppress", "never", "block", "blacklist", "don't", "do not", "stop")

ENTRIES: tuple[Entry, ...] = (
    Entry(
        action=_A.leads,
        does="lists leads (companies), the best match first",
        example="show me the best five leads in fintech",
        parameters=("count", "words", "status"),
    ),
    Entry(
        action=_A.show_lead,
        does="shows everything known of one lead",
        example="tell me about lead 12",
        parameters=("lead",),
    ),
    Entry(
        action=_A.explain_lead,
        does="explains the score of one lead",
        example="why is lead 12 a match?",
        parameters=("lead",),
    ),
    Entry(
        action=_A.why_sentence,
        does="tells what a sentence of a draft rests on",
        example="why did you write this sentence: Millpond builds a queue in Go",
        parameters=("words", "lead"),
    ),
    Entry(
        action=_A.status,
        does="shows how far a campaign has come",
        example="how is the campaign going?",
        parameters=("name",),
    ),
    Entry(action=_A.waiting, does="lists what waits for the user", example="what waits for me?"),
    Entry(
        action=_A.sending,
        does="shows the queue: the next letters, what holds them back, what the caps leave",
        example="when does the next letter go out?",
    ),
    Entry(action=_A.replies, does="shows what people answered", example="who answered?"),
    Entry(
        action=_A.pause_campaign,
        does="holds the letters of one campaign",
        example="pause the campaign",
        parameters=("name",),
        verbs=_PAUSE,
    ),
    Entry(
        action=_A.resume_campaign,
        does="lets the letters of a paused campaign go again",
        example="resume the campaign",
        parameters=("name",),
        verbs=_RESUME,
    ),
    Entry(action=_A.pause_sending, does="stops all sending", example="stop sending", verbs=_PAUSE),
    Entry(action=_A.resume_sending, does="lets sending go on after a pause", example="resume sending", verbs=_RESUME),
    Entry(
        action=_A.approve_lead,
        does="approves leads, which are then researched further and written to",
        example="approve lead 12",
        parameters=("lead", "reason"),
        verbs=_APPROVE,
    ),
    Entry(
        action=_A.reject_lead,
        does="rejects leads",
        example="reject lead 4 because it is too large",
        parameters=("lead", "reason"),
        verbs=_REJECT,
    ),
    Entry(
        action=_A.defer_lead,
        does="puts leads off until later",
        example="defer lead 5",
        parameters=("lead", "reason"),
        verbs=_DEFER,
    ),
    Entry(
        action=_A.suppress,
        does="sees to it that an address, or everybody at @host, is never written to again",
        example="never write to kim@acme.example",
        parameters=("name",),
        verbs=_SUPPRESS,
    ),
    Entry(action=_A.help, does="tells what can be asked", example="what can you do?"),
)
"""Everything but `unknown`, in the order in which it is told."""


def entry_of(action: ChatAction) -> Entry:
    """The entry of an action. `KeyError` for `unknown`, which is none."""
    return {entry.action: entry for entry in ENTRIES}[action]


def has_verb(entry: Entry, sentence: str) -> bool:
    """Whether one of the verbs of this action stands in the sentence."""
    said = " ".join(sentence.lower().replace("\u2019", "'").split())
    return any(re.search(rf"(?<!\w){re.escape(verb)}(?!\w)", said) for verb in entry.verbs)


def stands_in(part: str, sentence: str) -> bool:
    """Whether the part was said in the sentence, as whole words, whatever its case and spaces: nobody adds a word to it."""
    whole = rf"(?<!\w){re.escape(' '.join(part.lower().split()))}(?!\w)"
    return bool(re.search(whole, " ".join(sentence.lower().split())))
