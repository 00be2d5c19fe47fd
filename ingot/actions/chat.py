"""A sentence of the user's, read by the orchestrator's model and checked by code: which action, on which lead or campaign.

The model sees the sentence and the list of actions, nothing else: no mail, no page, no name from the database.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import sqlalchemy as sa

from ingot.agents import Agents
from ingot.db.tables import campaign, lead
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.campaign import Campaign, CampaignStatus
from ingot.domain.conversation import ENTRIES, ChatAction, entry_of, stands_in
from ingot.domain.lead_state import LeadStatus
from ingot.errors import ValidationError
from ingot.llm.outputs import ChatChoice
from ingot.llm.prompt import Prompt

LONGEST = 500
_TEXTS = ("lead", "name", "words", "reason")
_MOST_TOLD = 20
_IDS = re.compile(r"#?\d{1,9}(?:(?: ?, ?| and | ?& ?| )(?:and )?#?\d{1,9})*", re.IGNORECASE)
_NOUN = re.compile(r"^(?:the )?(?:leads?|compan(?:y|ies)) (?:number |no\.? )?", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What is to be done. A parameter that the action does not read, or that was not said, is empty."""

    action: ChatAction
    count: int = 0
    status: LeadStatus | None = None
    lead: str = ""
    name: str = ""
    words: str = ""
    reason: str = ""


async def choose(sentence: str, *, agents: Agents) -> Choice:
    """What the sentence asks for. `ValidationError` for an empty or overlong one; raises what `Agents.ask` raises."""
    sentence = " ".join(sentence.replace("\u2019", "'").split())
    if not 0 < len(sentence) <= LONGEST:
        raise ValidationError(f"Say it in one sentence, of at most {LONGEST} characters.", hint="For instance: help")
    actions = [
        {
            "name": entry.action.value,
            "does": entry.does,
            "changes": entry.changes,
            "parameters": ", ".join(entry.parameters),
            "example": entry.example,
        }
        for entry in ENTRIES
    ]
    prompt = Prompt(
        name="choose_action",
        agent="orchestrator",
        output=ChatChoice,
        inputs={"actions": actions, "sentence": sentence},
    )
    return checked((await agents.ask(prompt)).value, sentence)


def checked(answer: ChatChoice, sentence: str) -> Choice:
    """The answer with the parameters that its action reads; `unknown` where one of them was not said in the sentence."""
    action = ChatAction(answer.action)
    if action is ChatAction.unknown:
        return Choice(action=action)
    read = entry_of(action).parameters
    texts = {name: getattr(answer, name) for name in _TEXTS if name in read}
    if any(text and not stands_in(text, sentence) for text in texts.values()):
        return Choice(action=ChatAction.unknown)
    return Choice(
        action=action,
        count=answer.count if "count" in read else 0,
        status=LeadStatus(answer.status) if "status" in read and answer.status else None,
        **texts,
    )


async def leads_meant(uow: SqlAlchemyUnitOfWork, said: str, *, user_id: str) -> list[int]:
    """The ids of the leads that the user named: by numbers, or one by (part of) its company's name.

    `ValidationError` where none, or more than one, is called that.
    """
    said = _NOUN.sub("", said.strip())
    if not said:
        raise ValidationError("Which lead? Say its number or its name.", hint="See them: ingot leads list")
    if _IDS.fullmatch(said):
        ids = list(dict.fromkeys(int(number) for number in re.findall(r"\d+", said)))
        query = sa.select(lead.c.id).where(lead.c.user_id == user_id, lead.c.id.in_(ids))
        known = set(await uow.session.scalars(query))
        if missing := [number for number in ids if number not in known]:
            raise ValidationError(f"There is no lead {missing[0]}.", hint="See them: ingot leads list")
        return ids
    query = sa.select(lead.c.id, lead.c.company_name).where(lead.c.user_id == user_id)
    query = query.where(lead.c.company_name.icontains(said, autoescape=True)).order_by(lead.c.id).limit(50)
    found = (await uow.session.execute(query)).all()
    exact = [row.id for row in found if row.company_name.casefold() == said.casefold()]
    ids = exact or [row.id for row in found]
    if not ids:
        raise ValidationError("No lead is called that.", hint="See them: ingot leads list")
    if len(ids) > 1:
        told = ", ".join(map(str, ids[:_MOST_TOLD]))
        raise ValidationError(f"Several leads are called that: {told}.", hint="Say the number of the one you mean.")
    return ids


async def lead_meant(uow: SqlAlchemyUnitOfWork, said: str, *, user_id: str) -> int:
    """The one lead that the user named. `ValidationError` where it is not one."""
    ids = await leads_meant(uow, said, user_id=user_id)
    if len(ids) > 1:
        raise ValidationError("One lead at a time, please.", hint="Say the number of one of them.")
    return ids[0]


async def campaign_meant(
    uow: SqlAlchemyUnitOfWork, said: str, *, user_id: str, status: CampaignStatus | None = None
) -> str:
    """The name of the campaign that the user named; of the newest (at `status`) where the name was not said.

    `ValidationError` where there is none.
    """
    query = sa.select(Campaign).where(campaign.c.user_id == user_id).order_by(campaign.c.id.desc())
    known = list(await uow.session.scalars(query))
    if said:
        found = [item for item in known if item.campaign_name.casefold() == said.casefold()]
    else:
        found = [item for item in known if status is None or item.status is status]
    if not found:
        which = "of this name" if said else f"that is {status.value}" if status else "yet"
        raise ValidationError(f"There is no campaign {which}.", hint="See them: ingot campaign list")
    return found[0].campaign_name


def address_meant(said: str) -> str:
    """The address, or `@host`, without the punctuation around it. `ValidationError` where it is none."""
    address = said.strip(" <>()[]'\",;:!?.")
    if "@" not in address or any(sign.isspace() for sign in address):
        raise ValidationError("That is no address.", hint="Write name@host, or @host for everybody there.")
    return address
