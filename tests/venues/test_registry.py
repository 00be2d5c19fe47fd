from __future__ import annotations

import pytest

from ingot.errors import ConfigError
from ingot.venues.company_list import ListVenue
from ingot.venues.registry import VENUES, kinds, open_venue
from ingot.venues.rss import RSSVenue
from ingot.venues.source_name import source_name
from ingot.venues.yc import BASE_URL, YCVenue


def test_a_venue_is_opened_by_its_kind():
    default, own, listed = open_venue("yc"), open_venue("yc", "http://127.0.0.1:8000"), open_venue("csv", "list.csv")
    assert isinstance(default, YCVenue)
    assert default.base_url == BASE_URL
    assert isinstance(own, YCVenue)
    assert own.base_url == "http://127.0.0.1:8000/"
    assert isinstance(listed, ListVenue)
    assert isinstance(open_venue("rss", "https://jobs.example/feed"), RSSVenue)
    assert own.name == "yc"


def test_an_unknown_kind_names_the_known_ones():
    with pytest.raises(ConfigError, match=r"csv, .*json, .*rss, yc"):
        open_venue("newspaper", None)


@pytest.mark.parametrize("kind", ["csv", "json", "rss"])
def test_a_venue_that_is_nothing_without_a_source_says_so(kind):
    with pytest.raises(ConfigError, match="needs"):
        open_venue(kind, None)


def test_the_kinds_built_in_are_usable():
    assert {item.kind for item in kinds(None) if item.open and item.origin == "built in"} == set(VENUES)


def test_each_file_and_address_has_a_name_of_its_own(tmp_path, monkeypatch):
    one, other = tmp_path / "a" / "list.csv", tmp_path / "b" / "list.csv"
    assert source_name("csv", str(one)) != source_name("csv", str(other))
    assert source_name("csv", str(one)).startswith("csv:list-")
    assert source_name("rss", "https://Jobs.example/a").startswith("rss:jobs.example-")
    monkeypatch.chdir(tmp_path)
    assert source_name("csv", "a/list.csv") == source_name("csv", str(one))
    assert "tmp" not in source_name("csv", str(one))


@pytest.mark.parametrize("source", ["http://[::1", "a\0b", "~nobody-of-this-name/list.csv", "", "/"])
def test_a_source_that_is_no_place_has_a_name_too(source):
    assert source_name("csv", source).startswith("csv:")
