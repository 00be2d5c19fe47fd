from __future__ import annotations

import json
from pathlib import Path

import httpx
import pytest

from benchmarks.replay_server import DEFAULT_DATA, ReplayServer
from ingot.errors import ConfigError

pytestmark = pytest.mark.long

RECORD = {"id": 1, "name": "Fernhollow", "batch": "Winter 2025"}
ODD = {"id": 2, "name": "Mossgate", "batch": "Summer 2014"}
FILES = {
    "yc/companies/hiring_recent_300.json": json.dumps([RECORD]),
    "yc/companies/odd_records_60.json": json.dumps([ODD, RECORD]),
    "yc/pages/fernhollow.html": "directory page",
    "yc/sites/www.fernhollow.example.html": "home page",
    "yc/hn_search/query_fernhollow_example_restrictSearchableAttributes_url_tags_story.json": '{"hits": []}',
    "hn/algolia_items_7.json": '{"id": 7}',
    "hn/firebase_item_8.json": '{"id": 8}',
}
SEARCH = "/api/v1/search?tags=story&query=fernhollow.example&restrictSearchableAttributes=url&hitsPerPage=5"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def fetch(server: ReplayServer, host: str, path: str) -> httpx.Response:
    return httpx.get(server.url.rstrip("/") + path, headers={"Host": host})


@pytest.mark.parametrize(
    ("host", "path", "text"),
    [
        ("www.ycombinator.com", "/companies/fernhollow", "directory page"),
        ("fernhollow.example", "/", "home page"),
        ("www.fernhollow.example:443", "/", "home page"),
        ("hn.algolia.com", SEARCH, '{"hits": []}'),
        ("hn.algolia.com", "/api/v1/items/7", '{"id": 7}'),
        ("hacker-news.firebaseio.com", "/v0/item/8.json", '{"id": 8}'),
    ],
)
def test_each_recorded_host_answers_with_its_own_bytes(data, host, path, text):
    with ReplayServer(data) as server:
        assert fetch(server, host, path).text == text


@pytest.mark.parametrize(
    ("path", "ids"),
    [
        ("/api/companies/hiring.json", [1]),
        ("/companies/odd.json", [2, 1]),
        ("/api/companies/all.json", [2, 1]),
        ("/api/batches/summer-2014.json", [2]),
    ],
)
def test_the_venue_serves_the_recorded_companies(data, path, ids):
    with ReplayServer(data) as server:
        assert [record["id"] for record in fetch(server, "localhost", path).json()] == ids


@pytest.mark.parametrize(
    ("host", "path"),
    [
        ("unknown.example", "/"),
        ("fernhollow.example", "/about"),
        ("www.ycombinator.com", "/companies/../companies/fernhollow/x"),
        ("hn.algolia.com", "/api/v1/search?query=other.example"),
        ("hn.algolia.com", "/api/v1/search?query=../../hn/algolia_items_7"),
    ],
)
def test_what_was_not_recorded_is_404(data, host, path):
    with ReplayServer(data) as server:
        assert fetch(server, host, path).status_code == 404


def test_a_folder_without_recordings_says_which_option_to_pass(tmp_path):
    with pytest.raises(ConfigError, match="--data"):
        ReplayServer(tmp_path)


@pytest.mark.skipif(not DEFAULT_DATA.is_dir(), reason="../shared/data is not here")
def test_every_recorded_site_and_directory_page_is_found():
    with ReplayServer() as server:
        assert len(fetch(server, "127.0.0.1", "/api/companies/hiring.json").json()) == 300
        for site in (DEFAULT_DATA / "yc" / "sites").glob("*.html"):
            assert fetch(server, site.stem, "/").content == site.read_bytes()
        for page in (DEFAULT_DATA / "yc" / "pages").glob("*.html"):
            assert fetch(server, "www.ycombinator.com", f"/companies/{page.stem}").content == page.read_bytes()
