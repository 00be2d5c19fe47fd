"""A lead with pages and addresses, letters that came back, and what is offered of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ingot.actions.contacts import candidates
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.delivery import Delivery, DeliveryKind, DeliveryStatus
from ingot.domain.inbound import BounceClass
from ingot.domain.intel import Page
from ingot.domain.lead import Lead, normal_email
from tests.fakes.entities import NOW, USER, make_lead

UOW = Callable[[], SqlAlchemyUnitOfWork]
HOST = "quillmark.example"


def entry(email: str, *, personal: bool = False, letters: bool = True) -> dict[str, str]:
    words = {True: "yes", False: "no"}
    return {"email": email, "quote": f"Mail {email}", "personal": words[personal], "letters": words[letters]}


def person(name: str, role: str, email: str = "") -> dict[str, str]:
    return {"name": name, "role": role, "background": "", "quote": f"{name}, {role}", "email": email, "profiles": ""}


def a_page(kind: str = "home", path: str = "", **parts: Any) -> Page:
    url = f"https://{HOST}/{path}"
    return Page(url=url, final_url=url, kind=kind, text="text", sha256="0" * 64, fetched_at=NOW, **parts)


async def stock(uow: UOW, *pages: Page, **lead: Any) -> int:
    given = {"company_name": "Quillmark", "company_website": f"https://{HOST}", "person_name": "Ada Quill"} | lead
    async with uow() as work:
        added = await work.leads.add(make_lead(7, **given))
        await work.pages.replace(added.id or 0, list(pages))
        await work.commit()
    return added.id or 0


async def bounce(uow: UOW, address: str, name: str) -> None:
    async with uow() as work:
        lead = await work.leads.add(make_lead(99, person_name=name, person_email=address))
        work.session.add(
            Delivery(
                user_id=USER,
                lead_id=lead.id or 0,
                kind=DeliveryKind.letter,
                key=f"letter-{address}",
                message_id=f"<{address}>",
                sender="imre@valk.example",
                recipient=address,
                recipient_key=normal_email(address),
                subject="Ink",
                raw=b"",
                status=DeliveryStatus.sent,
                bounce_class=BounceClass.dead,
                bounced_at=NOW,
            )
        )
        await work.commit()


async def listed(uow: UOW, lead_id: int) -> dict[str, Any]:
    async with uow() as work:
        return {item.address: item for item in (await candidates(work, lead_id)).found}


async def lead_of(uow: UOW, lead_id: int) -> Lead:
    async with uow() as work:
        return await work.leads.get(lead_id)
