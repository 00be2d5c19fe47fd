"""Hacker News "Who is hiring?": the posts of one monthly thread, from the search API or else from Firebase."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any

from ingot.domain.lead import website_host
from ingot.domain.skills import find_skills
from ingot.errors import PageError, VenueError
from ingot.venues.filters import Filters
from ingot.venues.hn_post import Post, parse_post
from ingot.venues.hn_thread import (
    AUTHOR,
    Comment,
    algolia_comments,
    firebase_comment,
    firebase_kids,
    is_thread,
    newest_thread,
    place_of,
)
from ingot.venues.reader import Reader
from ingot.venues.record import VenueRecord

HACKER_NEWS = "hn"
ITEM = "https://news.ycombinator.com/item?id="
# Firebase gives one post a request, a second or two apart: a whole thread would take a quarter of an hour.
MAX_SINGLE_POSTS = 150
MAX_STORIES = 12
_AT_ONCE = 8


class HackerNewsVenue:
    """Reads one thread. `source` is its number or address, a loopback replay, or None for the newest thread."""

    name = HACKER_NEWS

    def __init__(self, source: str | None = None) -> None:
        self.place = place_of(source)
        self.refused: list[str] = []

    async def fetch(self, web: Reader, filters: Filters) -> list[VenueRecord]:
        """The matching posts, one a company, in the thread's order. `refused` tells which are none, and why.

        Raises `VenueError` where neither API gives the thread, or no comment of it reads as a post.
        """
        comments = await self._comments(web)
        records, self.refused = await asyncio.to_thread(records_of, comments)
        if not records:
            raise VenueError(
                "No post of the thread names a company that hires.", hint="Check the number of the thread."
            )
        return [record for record in records if filters.matches(record)]

    async def _comments(self, web: Reader) -> list[Comment]:
        try:
            thread = self.place.thread or await self._newest_by_search(web)
            return algolia_comments(await web.get_json(f"{self.place.algolia}items/{thread}"))
        except (PageError, VenueError) as search_error:
            try:
                return await self._one_by_one(web)
            except PageError as error:
                raise VenueError(
                    f"The thread could not be read ({search_error.fields.get('reason', 'no thread')}; {error.reason}).",
                    hint="Check the network and the thread's number, then run the campaign again.",
                    reason=error.reason,
                ) from error

    async def _newest_by_search(self, web: Reader) -> str:
        found = await web.get_json(
            f"{self.place.algolia}search_by_date?tags=story,author_{AUTHOR}&hitsPerPage={MAX_STORIES}"
        )
        if thread := newest_thread(found):
            return thread
        raise VenueError("The search API knows no such thread.", hint="Give the number of a thread as the source.")

    async def _one_by_one(self, web: Reader) -> list[Comment]:
        thread = self.place.thread or await self._newest_of_author(web)
        kids = firebase_kids(await self._item(web, thread))
        if not kids:
            raise VenueError("Firebase did not send a thread with posts.", hint="Check the number of the thread.")
        gate = asyncio.Semaphore(_AT_ONCE)
        read = await asyncio.gather(*(self._one(web, kid, gate) for kid in kids[:MAX_SINGLE_POSTS]))
        if all(isinstance(found, PageError) for found in read):
            raise next(found for found in read if isinstance(found, PageError))
        gone = (Comment(id=kid, parent=thread, html="", published="") for kid in kids)
        return [found if isinstance(found, Comment) else missing for found, missing in zip(read, gone, strict=False)]

    async def _one(self, web: Reader, kid: str, gate: asyncio.Semaphore) -> Comment | PageError | None:
        """The comment; a single one that cannot be read is returned as its error, so that the others count."""
        async with gate:
            try:
                return firebase_comment(await self._item(web, kid))
            except PageError as error:
                return error

    async def _newest_of_author(self, web: Reader) -> str:
        found = await web.get_json(f"{self.place.firebase}user/{AUTHOR}.json")
        submitted = found.get("submitted") if isinstance(found, dict) else None
        for number in (submitted or ())[:MAX_STORIES]:
            story = await self._item(web, str(number))
            if isinstance(story, dict) and is_thread(story.get("title")):
                return str(number)
        raise VenueError("Firebase knows no such thread.", hint="Give the number of a thread as the source.")

    async def _item(self, web: Reader, number: str) -> Any:
        return await web.get_json(f"{self.place.firebase}item/{number}.json")


def records_of(comments: Iterable[Comment]) -> tuple[list[VenueRecord], list[str]]:
    """The posts that offer a job, one for each company, and why the others were left out.

    Of two posts of a company the one that publishes an address is kept, else the first.
    """
    kept: dict[str, VenueRecord] = {}
    refused: list[str] = []
    for comment in comments:
        post = parse_post(comment.html)
        if reason := "was deleted or could not be read" if not comment.html else post.refusal:
            refused.append(f"post {comment.id} {reason}")
            continue
        record = record_of(comment, post)
        key = website_host(record.website) or record.company_name.casefold()
        other = kept.get(key)
        if other is None:
            kept[key] = record
        elif record.person_email and not other.person_email:
            kept[key] = record
            refused.append(f"post {other.venue_ref} is of the same company as post {comment.id}")
        else:
            refused.append(f"post {comment.id} is of the same company as post {other.venue_ref}")
    return list(kept.values()), refused


def record_of(comment: Comment, post: Post) -> VenueRecord:
    """The record of a post: its text is the description, the first address it publishes is the one to write to."""
    terms = post.terms
    flags = (("Fully Remote", "Remote") if not terms.onsite else ("Partly Remote", "Remote")) if terms.remote else ()
    tags = [*find_skills(post.text), *terms.employment, *(["visa"] if terms.visa else [])]
    return VenueRecord(
        company_name=post.company,
        venue_ref=comment.id,
        website=post.website,
        one_liner=post.about,
        description=post.text,
        location="; ".join([*filter(None, [terms.location]), *(["Remote"] if terms.remote else [])]),
        regions=flags,
        tags=tuple(dict.fromkeys(tags)),
        hiring=True,
        url=f"{ITEM}{comment.id}",
        published=comment.published,
        person_email=post.addresses[0].email if post.addresses else "",
        roles=post.roles,
        raw={
            "apply_url": post.apply_url,
            "salary": terms.salary,
            "addresses": {address.email: address.quote for address in post.addresses},
        },
    )
