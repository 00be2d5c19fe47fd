"""Hunter's API as a server on loopback plays it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import EntryPoint

import pytest

from ingot.config.schema import AppConfig, parse_config
from ingot.errors import ConfigError, Retryable
from ingot.web import contact_finder
from ingot.web.contact_finder import FoundContact, LookUpBusy, LookUpError, Wanted, find_finders
from ingot.web.hunter import Hunter
from tests.web.site import Answer, Site, running

pytestmark = pytest.mark.long

WANTED = Wanted(host="quillmark.example", company_name="Quillmark", person_name="Ada Quill")
FINDER = "/email-finder?domain=quillmark.example&full_name=Ada+Quill"
SEARCH = "/domain-search?domain=quillmark.example&type=personal&limit=10"
KEY = "k-test"


@contextmanager
def hunter(path: str, **answer: object) -> Iterator[tuple[Hunter, Site]]:
    body = answer.pop("body", b"{}")
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    with running({path: Answer(body=data, content_type="application/json", **answer)}) as site:  # type: ignore[arg-type]
        yield Hunter(KEY, base_url=site.origin), site


async def test_the_persons_address_comes_with_score_and_sources_and_the_key_is_no_part_of_the_url():
    data = {
        "email": "Ada@quillmark.example",
        "score": 92,
        "sources": [{"uri": "http://quillmark.example/team"}, {"uri": 3}, "odd"],
    }
    with hunter(FINDER, body={"data": data}) as (service, site):
        assert await service.find(WANTED) == [
            FoundContact(
                address="ada@quillmark.example",
                person_name="Ada Quill",
                confidence=0.92,
                sources=("http://quillmark.example/team",),
            )
        ]
    [(_, path, headers)] = site.asked
    assert headers["x-api-key"] == KEY
    assert KEY not in path


async def test_where_nobody_is_named_the_companys_people_are_asked_for():
    emails = [
        {"value": "bo@quillmark.example", "confidence": 80, "first_name": "Bo", "last_name": "Lind", "sources": None},
        {"value": "no address", "confidence": 99},
        "odd",
    ]
    with hunter(SEARCH, body={"data": {"emails": emails}}) as (service, _):
        wanted = Wanted(host="quillmark.example", company_name="Quillmark")
        assert await service.find(wanted) == [
            FoundContact(address="bo@quillmark.example", person_name="Bo Lind", confidence=0.8)
        ]


@pytest.mark.parametrize("body", [{"data": {"email": None, "score": None}}, {"data": {}}])
async def test_what_is_not_known_is_nothing(body):
    with hunter(FINDER, body=body) as (service, _):
        assert await service.find(WANTED) == []


@pytest.mark.parametrize("status", [404, 451])
async def test_who_does_not_want_to_be_found_is_not_found(status):
    with hunter(FINDER, status=status) as (service, _):
        assert await service.find(WANTED) == []


@pytest.mark.parametrize(
    ("status", "headers", "kind", "words", "wait"),
    [
        (401, {}, LookUpError, "does not accept the key", None),
        (403, {}, LookUpBusy, "too often", None),
        (429, {"retry-after": "30"}, LookUpBusy, "too often", 30.0),
        (429, {}, LookUpError, "quota", None),
        (500, {}, LookUpBusy, "fault", None),
        (400, {}, LookUpError, "refused", None),
    ],
)
async def test_what_went_wrong_has_a_name(status, headers, kind, words, wait):
    body = {"errors": [{"details": "ada@quillmark.example"}]}
    with hunter(FINDER, status=status, headers=headers, body=body) as (service, _), pytest.raises(kind) as failed:
        await service.find(WANTED)
    assert words in failed.value.message
    assert "@" not in str(failed.value)
    assert isinstance(failed.value, Retryable) is (kind is LookUpBusy)
    assert getattr(failed.value, "retry_after", None) == wait


@pytest.mark.parametrize("body", [b"<html>", b"[]", {"data": []}, {}])
async def test_an_answer_of_another_shape_is_an_error_not_a_result(body):
    with hunter(FINDER, body=body) as (service, _), pytest.raises(LookUpError, match="cannot be read"):
        await service.find(WANTED)


async def test_an_endless_answer_is_cut_off_and_silence_is_busy():
    with hunter(FINDER, body=b" " * 1_100_000) as (service, _), pytest.raises(LookUpError, match="too large"):
        await service.find(WANTED)
    with pytest.raises(LookUpBusy, match="did not answer"):
        await Hunter(KEY, base_url="http://127.0.0.1:1").find(WANTED)


def test_without_a_key_nothing_is_set_up():
    assert find_finders(AppConfig()) == []
    assert [finder.name for finder in find_finders(parse_config({"hunter_api_key": KEY}))] == ["hunter"]


class Card:
    name = "cards"

    async def find(self, wanted: Wanted) -> list[FoundContact]:
        return []


def open_cards() -> Card:
    return Card()


def closed() -> None:
    return None


def broken() -> None:
    raise RuntimeError("secret")


def test_installed_packages_bring_their_own_services(monkeypatch):
    def installed(*names: str):
        points = [EntryPoint(name=name, value=f"{__name__}:{name}", group="ingot.contacts") for name in names]
        monkeypatch.setattr(EntryPoint, "load", lambda point: globals()[point.name])
        monkeypatch.setattr(contact_finder, "entry_points", lambda group: points)

    installed("open_cards", "closed")
    assert [finder.name for finder in find_finders(AppConfig())] == ["cards"]
    installed("broken")
    with pytest.raises(ConfigError, match="broken cannot be opened"):
        find_finders(AppConfig())
