"""Hunter (hunter.io), a service that knows addresses of companies' people: its Email Finder and its Domain Search."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import httpx

from ingot.web.contact_finder import FoundContact, LookUpBusy, LookUpError, Wanted
from ingot.web.retry_after import retry_after
from ingot.web.structured import ADDRESS

BASE_URL = "https://api.hunter.io/v2"
TIMEOUT_SECONDS = 20.0
MAX_BYTES = 1_000_000
MOST_FOUND = 10
MOST_SOURCES = 3


class Hunter:
    """Asks with the user's key, which travels in a header: addresses of requests end up in logs."""

    name = "hunter"

    def __init__(self, key: str, *, base_url: str = BASE_URL) -> None:
        self._key, self._base_url = key, base_url.rstrip("/")

    async def find(self, wanted: Wanted) -> list[FoundContact]:
        """The person's address, or, where nobody is named, those of the company's people. Raises `LookUpError`."""
        if wanted.person_name:
            found = await self._data("email-finder", {"domain": wanted.host, "full_name": wanted.person_name})
            return _known([_contact(found, "email", "score", name=wanted.person_name)])
        found = await self._data("domain-search", {"domain": wanted.host, "type": "personal", "limit": str(MOST_FOUND)})
        emails = found.get("emails")
        listed = [item for item in emails if isinstance(item, dict)] if isinstance(emails, list) else []
        return _known([_contact(item, "value", "confidence", name=_full_name(item)) for item in listed])[:MOST_FOUND]

    async def _data(self, method: str, query: dict[str, str]) -> dict[str, Any]:
        headers = {"X-API-KEY": self._key, "Accept": "application/json"}
        try:
            async with (
                httpx.AsyncClient(timeout=TIMEOUT_SECONDS, trust_env=False, follow_redirects=False) as client,
                client.stream("GET", f"{self._base_url}/{method}", params=query, headers=headers) as response,
            ):
                body = b""
                async for portion in response.aiter_bytes():
                    body += portion
                    if len(body) > MAX_BYTES:
                        raise LookUpError("Hunter's answer is too large.")
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise LookUpBusy(
                f"Hunter did not answer ({type(error).__name__}).", hint="Check the network and try again."
            ) from error
        return _answered(response, body)


def _answered(response: httpx.Response, body: bytes) -> dict[str, Any]:
    """The answer's `data`. Empty for somebody who does not want to be found (451), and for what is not known (404)."""
    parsed = _parsed(body)
    if response.is_success:
        data = parsed.get("data")
        if not isinstance(data, dict):
            raise LookUpError("Hunter's answer cannot be read.", hint="Try again later.")
        return data
    status = response.status_code
    if status in {404, 451}:
        return {}
    if status == 401:
        raise LookUpError("Hunter does not accept the key.", hint="Set it: ingot config set hunter_api_key -")
    seconds = retry_after(response.headers.get("retry-after", ""), now=datetime.now(UTC))
    # By its documentation 403 is the rate and 429 the quota; a time to come back is believed before that.
    if status in {403, 429} and (seconds is not None or status == 403):
        when = f" in {seconds:.0f} s" if seconds is not None else " in a minute"
        raise LookUpBusy("Hunter is asked too often.", hint=f"Try again{when}.", retry_after=seconds, status=status)
    if status == 429:
        raise LookUpError(
            "Hunter's quota of your plan is used up.",
            hint="Wait for the next month, or change the plan.",
            status=status,
        )
    if status >= 500:
        raise LookUpBusy(f"Hunter has a fault (status {status}).", hint="Try again later.", status=status)
    raise LookUpError(f"Hunter refused the question (status {status}).", hint="See the lead's website.", status=status)


def _contact(item: dict[str, Any], address_key: str, score_key: str, *, name: str) -> FoundContact | None:
    address, score, sources = item.get(address_key), item.get(score_key), item.get("sources")
    if not isinstance(address, str) or not ADDRESS.fullmatch(address):
        return None
    pages = [source.get("uri") for source in sources if isinstance(source, dict)] if isinstance(sources, list) else []
    share = score / 100 if isinstance(score, int | float) and not isinstance(score, bool) else 0.0
    return FoundContact(
        address=address.lower(),
        person_name=name,
        confidence=min(max(share, 0.0), 1.0),
        sources=tuple(page for page in pages if isinstance(page, str) and page.startswith("http"))[:MOST_SOURCES],
    )


def _known(found: list[FoundContact | None]) -> list[FoundContact]:
    return [item for item in found if item is not None]


def _full_name(item: dict[str, Any]) -> str:
    return " ".join(part for key in ("first_name", "last_name") if isinstance(part := item.get(key), str) and part)


def _parsed(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
