"""A company's page in Y Combinator's directory: its data for machines (`data-page`), read whatever of it is there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from ingot.web.charset import decode

ORIGIN = "https://www.ycombinator.com"
MAX_TEXT = 12_000
MAX_ITEMS = 100
_MAX_NODES = 5000
_DATES = ("%Y-%m-%dT%H:%M:%S.%f%z", "%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%d", "%b %d, %Y", "%B %d, %Y")


@dataclass(frozen=True, kw_only=True)
class YcFounder:
    """A founder as the page has them; `title` is empty where it gives none. `links` are profiles elsewhere."""

    name: str
    title: str = ""
    bio: str = ""
    is_active: bool = True
    links: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class YcJob:
    """An open job in the page's own words; `url` is absolute, `posted` is such as "about 2 months"."""

    title: str
    location: str = ""
    job_type: str = ""
    role: str = ""
    salary: str = ""
    equity: str = ""
    experience: str = ""
    visa: str = ""
    skills: tuple[str, ...] = ()
    url: str = ""
    posted: str = ""


@dataclass(frozen=True, kw_only=True)
class YcNews:
    """A report about the company, or a launch post of its own (`body` in Markdown); `dated` is UTC, None where unknown."""

    title: str
    url: str = ""
    tagline: str = ""
    body: str = ""
    dated: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class YcPage:
    """What the page says. Former founders are among `founders`, marked."""

    name: str
    slug: str = ""
    website: str = ""
    one_liner: str = ""
    description: str = ""
    location: str = ""
    team_size: int | None = None
    year_founded: int | None = None
    github_url: str = ""
    founders: tuple[YcFounder, ...] = ()
    jobs: tuple[YcJob, ...] = ()
    news: tuple[YcNews, ...] = ()
    launches: tuple[YcNews, ...] = ()


def read_yc_page(html: bytes) -> YcPage | None:
    """The page's data; None where it carries none about a company. Parts with another shape than expected are left out."""
    return yc_page_of(LexborHTMLParser(decode(html)))


def yc_page_of(tree: LexborHTMLParser) -> YcPage | None:
    """As `read_yc_page`, of a page that is parsed already."""
    for node in tree.css("[data-page]"):
        # Its framework keeps the data in the attribute, and newer versions of it inside a script element.
        for text in (node.attributes.get("data-page") or "", node.text() if node.tag == "script" else ""):
            data = _Record.of(_parsed(text))
            company = data.first("company", with_any=("founders", "slug", "one_liner", "name"))
            if company is not None and (page := _page(data, company)) is not None:
                return page
    return None


def job_line(job: YcJob) -> str:
    """The job as one line that can be quoted."""
    parts = [job.location, job.job_type, job.salary, job.experience, f"skills: {', '.join(job.skills)}"]
    return f"{job.title} ({'; '.join(part for part in parts if part and part != 'skills: ')})".removesuffix(" ()")


def news_line(item: YcNews) -> str:
    """The report as one line that can be quoted."""
    return f"{item.title} - {item.tagline}" if item.tagline else item.title


def _page(data: _Record, company: _Record) -> YcPage | None:
    page = YcPage(
        name=company.text("name", "company_name"),
        slug=company.text("slug"),
        website=company.text("website", "url"),
        one_liner=company.text("one_liner", "tagline"),
        description=company.text("long_description", "description"),
        location=company.text("location", "all_locations", "city"),
        team_size=company.number("team_size"),
        year_founded=company.number("year_founded", "founded"),
        github_url=_https(company.text("github_url")),
        founders=_unique(map(_founder, _items(data, company, "founders", "active_founders", "former_founders"))),
        jobs=_unique(map(_job, _items(data, company, "job_postings", "jobs", "open_jobs"))),
        news=_unique(map(_news, _items(data, company, "news_items", "news"))),
        launches=_unique(map(_news, _items(data, company, "launches", "launch_posts"))),
    )
    return page if page.name or page.founders or page.jobs else None


def _founder(item: _Record) -> YcFounder | None:
    name = item.text("full_name", "name") or " ".join(filter(None, (item.text("first_name"), item.text("last_name"))))
    links = (item.text(key) for key in ("linkedin_url", "github_url", "twitter_url", "website_url"))
    return (
        YcFounder(
            name=name,
            title=item.text("title", "role"),
            bio=item.text("founder_bio", "bio"),
            is_active=item.value("is_active", "active") is not False,
            links=tuple(link for link in map(_https, links) if link),
        )
        if name
        else None
    )


def _job(item: _Record) -> YcJob | None:
    title = item.text("title", "job_title")
    skills = item.value("skills")
    return (
        YcJob(
            title=title,
            location=item.text("location", "locations", "pretty_location"),
            job_type=item.text("type", "job_type", "pretty_job_type"),
            role=item.text("pretty_role", "role"),
            salary=item.text("salary_range", "salary", "pretty_salary_range"),
            equity=item.text("equity_range", "equity", "pretty_equity_range"),
            experience=item.text("min_experience", "experience", "pretty_min_experience"),
            visa=item.text("visa", "pretty_sponsors_visa"),
            skills=tuple(filter(None, map(_named, skills if isinstance(skills, list) else [])))[:MAX_ITEMS],
            url=_https(item.text("url", "job_url", "apply_url")),
            posted=item.text("created_at", "posted_at"),
        )
        if title
        else None
    )


def _news(item: _Record) -> YcNews | None:
    title = item.text("title", "headline", "sanitized_title")
    return (
        YcNews(
            title=title,
            url=_https(item.text("ycdc_launch_url", "url", "link")),
            tagline=item.text("tagline"),
            body=item.text("body"),
            dated=_moment(item.text("date", "created_at", "published_at")),
        )
        if title
        else None
    )


class _Record:
    """A JSON object whose keys are found however they are spelled: `job_postings`, `jobPostings`, `JobPostings`."""

    def __init__(self, raw: dict[Any, Any]) -> None:
        self._raw = {_key(str(key)): value for key, value in raw.items()}

    @classmethod
    def of(cls, value: Any) -> _Record:
        return cls(value if isinstance(value, dict) else {})

    def value(self, *names: str) -> Any:
        """The first of these keys that says something."""
        found = (self._raw.get(_key(name)) for name in names)
        return next((value for value in found if value not in (None, "", [])), None)

    def text(self, *names: str) -> str:
        value = self.value(*names)
        if isinstance(value, list):
            value = " / ".join(filter(None, map(_named, value)))
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = str(value)
        return _collapsed(value)

    def number(self, *names: str) -> int | None:
        """A positive whole number, also one that is written as text."""
        value = self.text(*names)
        return int(value) or None if re.fullmatch(r"\d{1,7}", value) else None

    def first(self, name: str, *, with_any: tuple[str, ...]) -> _Record | None:
        """The object under this key nearest to the top that has one of the keys `with_any`."""
        waiting: list[Any] = [self]
        for at in range(_MAX_NODES):
            if at >= len(waiting):
                break
            record = waiting[at]
            found = record._raw.get(_key(name))  # noqa: SLF001 - of its own class
            if isinstance(found, dict) and (made := _Record(found)).value(*with_any) is not None:
                return made
            waiting += [_Record(child) for child in record._raw.values() if isinstance(child, dict)]  # noqa: SLF001 - of its own class
        return None


def _items(data: _Record, company: _Record, *names: str) -> Iterator[_Record]:
    """The objects of the lists under these keys: beside the company, or in it."""
    around = [company, data.first("props", with_any=(*names, "company")) or data, data]
    for name in names:
        value = next((found for place in around if isinstance(found := place.value(name), list)), [])
        yield from (_Record(item) for item in value[:MAX_ITEMS] if isinstance(item, dict))


def _unique(items: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(item for item in items if item is not None))


def _named(value: Any) -> str:
    found = _Record.of(value).text("name", "title", "label") if isinstance(value, dict) else value
    return _collapsed(found)


def _collapsed(value: Any) -> str:
    """A text on one line; a very long one ends between two words, since half an address would be another address."""
    text = " ".join(value.split()) if isinstance(value, str) else ""
    return text if len(text) <= MAX_TEXT else text[: text.rfind(" ", 0, MAX_TEXT + 1) + 1].strip()


def _https(link: str) -> str:
    """An absolute web address; `github.com/acme` gains its scheme, a path the directory's host. Empty for others."""
    if re.match(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/|$)", link, re.IGNORECASE):
        link = f"https://{link}"
    try:
        joined = urljoin(ORIGIN, link) if link else ""
        return joined if urlsplit(joined).scheme in {"http", "https"} else ""
    except ValueError:
        return ""


def _moment(text: str) -> datetime | None:
    for form in _DATES:
        try:
            when = datetime.strptime(text, form)  # noqa: DTZ007 - made aware in the next line
        except ValueError:
            continue
        return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    return None


def _key(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _parsed(text: str) -> Any:
    try:
        return json.loads(text, strict=False) if text else None
    except (ValueError, RecursionError):
        return None
