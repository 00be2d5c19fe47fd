"""What a chat looks up: leads by industry or words, and what a sentence of a draft rests on."""

from __future__ import annotations

import re
from dataclasses import dataclass

import sqlalchemy as sa

from ingot.actions.review import page_of
from ingot.db.tables import email, intelbrief, lead, match, tie
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.industries import industry_of, named_industries
from ingot.domain.lead import Lead
from ingot.domain.lead_state import LeadStatus
from ingot.errors import ValidationError

# So many letters answer the question; the same sentence seldom stands in more.
_LETTERS = 5


async def leads_about(
    uow: SqlAlchemyUnitOfWork, *, words: str, status: LeadStatus | None, count: int, user_id: str
) -> list[tuple[Lead, int | None]]:
    """The best `count` leads with their match score: those of the industry that `words` name, or that all words are said of."""
    if not words:
        return await uow.leads.shown(user_id=user_id, status=status, campaign_id=None, limit=count)
    query = (
        sa.select(
            lead.c.id,
            match.c.match_score,
            lead.c.company_name,
            lead.c.industry,
            lead.c.tags,
            lead.c.location,
            intelbrief.c.company_product_description,
        )
        .outerjoin(match, match.c.lead_id == lead.c.id)
        .outerjoin(intelbrief, intelbrief.c.lead_id == lead.c.id)
        .where(lead.c.user_id == user_id)
        .order_by(sa.func.coalesce(match.c.match_score, -1).desc(), lead.c.initial_score.desc(), lead.c.id)
    )
    if status is not None:
        query = query.where(lead.c.status == status)
    industry = industry_of(words)
    patterns = [re.compile(rf"(?<!\w){re.escape(word)}", re.IGNORECASE) for word in words.split()]
    scores: dict[int, int | None] = {}
    for number, score, name, field, tags, location, product in await uow.session.execute(query):
        said = " ".join((name, field, *map(str, tags), location, product or ""))
        of_industry = industry is not None and industry in named_industries([field, *map(str, tags)])
        if of_industry or all(pattern.search(said) for pattern in patterns):
            scores[number] = score
            if len(scores) == count:
                break
    by_id = {item.id: item for item in await uow.leads.among(list(scores))}
    return [(by_id[number], score) for number, score in scores.items()]


@dataclass(frozen=True, kw_only=True)
class SentenceSource:
    """One sentence of a letter and what it rests on. `quote` is empty where it claims nothing; `backed` False where nothing backs it."""

    letter_id: int
    lead_id: int
    company: str
    sentence: str
    quote: str
    source: str
    backed: bool


async def sentence_sources(
    uow: SqlAlchemyUnitOfWork, words: str, *, lead_id: int | None, user_id: str
) -> list[SentenceSource]:
    """The sentences of letters that hold these words, newest letter first. `ValidationError` where none does."""
    if not words:
        raise ValidationError(
            "Which sentence? Give it, or a part of it.", hint='For instance: why did you write "we moved to Go"?'
        )
    query = (
        sa.select(tie.c.email_id)
        .join(email, email.c.id == tie.c.email_id)
        .join(lead, lead.c.id == email.c.lead_id)
        .where(lead.c.user_id == user_id, tie.c.sentence.icontains(words, autoescape=True))
        .group_by(tie.c.email_id)
        .order_by(tie.c.email_id.desc())
        .limit(_LETTERS)
    )
    if lead_id is not None:
        query = query.where(email.c.lead_id == lead_id)
    found: list[SentenceSource] = []
    for letter_id in (await uow.session.scalars(query)).all():
        page = await page_of(uow, letter_id)
        found += [
            SentenceSource(
                letter_id=letter_id,
                lead_id=page.lead.id or 0,
                company=page.lead.company_name,
                sentence=item.sentence,
                quote=item.quote,
                source=page.source_of(item),
                backed=item.backed,
            )
            for item in page.ties
            if words.casefold() in item.sentence.casefold()
        ]
    if not found:
        raise ValidationError(
            "No draft holds this sentence.", hint="Give a part of it as it stands there: ingot mail show ID"
        )
    return list(dict.fromkeys(found))
