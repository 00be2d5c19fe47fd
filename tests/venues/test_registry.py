from __future__ import annotations

import pytest

from ingot.errors import ConfigError
from ingot.venues.csv_file import CSVVenue
from ingot.venues.registry import open_venue
from ingot.venues.yc import BASE_URL, YCVenue


def test_a_venue_is_opened_by_its_kind():
    default, own, listed = open_venue("yc"), open_venue("yc", "http://127.0.0.1:8000"), open_venue("csv", "list.csv")
    assert isinstance(default, YCVenue)
    assert default.base_url == BASE_URL
    assert isinstance(own, YCVenue)
    assert own.base_url == "http://127.0.0.1:8000/"
    assert isinstance(listed, CSVVenue)
    assert (own.name, listed.name) == ("yc", "csv")


def test_an_unknown_kind_names_the_known_ones():
    with pytest.raises(ConfigError, match="csv, yc"):
        open_venue("newspaper", None)


def test_a_csv_venue_needs_its_file():
    with pytest.raises(ConfigError):
        open_venue("csv", None)
