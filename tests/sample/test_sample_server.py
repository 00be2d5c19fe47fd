from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest

from ingot.sample import SampleServer, sample_companies

pytestmark = pytest.mark.long

UNREACHABLE = "pantrykin.example"


@pytest.fixture
def server() -> Iterator[SampleServer]:
    with SampleServer() as running:
        yield running


def fetch(server: SampleServer, path: str, *, host: str | None = None) -> httpx.Response:
    headers = {"Host": host} if host else {}
    return httpx.get(server.url.rstrip("/") + path, headers=headers, timeout=5)


@pytest.mark.parametrize("prefix", ["", "/api"])
@pytest.mark.parametrize("table", ["hiring", "all"])
def test_its_own_address_is_the_venue_with_or_without_the_api_prefix(server, prefix, table):
    answer = fetch(server, f"{prefix}/companies/{table}.json")
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.json() == sample_companies()


def test_localhost_is_the_venue_too(server):
    assert len(fetch(server, "/api/companies/all.json", host="localhost:9").json()) == 12


def test_the_batches_hold_each_company_once(server):
    seasons = {company["batch"].lower().replace(" ", "-") for company in sample_companies()}
    found = [record["id"] for season in seasons for record in fetch(server, f"/api/batches/{season}.json").json()]
    assert sorted(found) == sorted(company["id"] for company in sample_companies())


@pytest.mark.parametrize("path", ["/api/batches/winter-1999.json", "/api/companies/none.json", "/", "/batches"])
def test_what_the_venue_does_not_have_is_404(server, path):
    assert fetch(server, path).status_code == 404


@pytest.mark.parametrize("host", ["quillstone.example", "Quillstone.example:443", "www.quillstone.example"])
def test_the_host_header_chooses_the_site_whatever_its_port(server, host):
    answer = fetch(server, "/", host=host)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "build cache" in answer.text


def test_a_path_names_the_file_with_or_without_its_suffix(server):
    plain, suffixed = (fetch(server, path, host="quillstone.example") for path in ("/about", "/about.html"))
    assert plain.content == suffixed.content
    assert "Maren Holtby" in plain.text
    assert fetch(server, "/robots.txt", host="quillstone.example").headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize("path", ["/jobs", "/../quillstone.example/index.html", "/%2e%2e/ledgerfen.example/index.html"])
def test_other_paths_are_404_with_a_body_and_never_leave_the_folder(server, path):
    answer = fetch(server, path, host="quillstone.example")
    assert answer.status_code == 404
    assert "<h1>" in answer.text


def test_every_company_but_one_has_a_home_page(server):
    hosts = {urlsplit(company["website"]).hostname for company in sample_companies()} - {UNREACHABLE}
    assert {fetch(server, "/", host=host).status_code for host in hosts} == {200}
    assert len(hosts) == 11


def test_the_unreachable_host_closes_the_connection(server):
    with pytest.raises(httpx.RemoteProtocolError):
        fetch(server, "/", host=UNREACHABLE)


def test_head_gives_the_headers_alone(server):
    answer = httpx.head(server.url, headers={"Host": "quillstone.example"})
    assert answer.content == b""
    assert int(answer.headers["content-length"]) > 1000


def test_requests_are_recorded_as_host_and_path(server):
    fetch(server, "/about?from=mail", host="quillstone.example:8443")
    fetch(server, "/api/companies/all.json")
    assert server.requests == [("quillstone.example", "/about"), ("127.0.0.1", "/api/companies/all.json")]


def test_it_stops_though_a_client_keeps_its_connection_open():
    threads = threading.active_count()
    with SampleServer() as server:
        url = server.url
        idle = socket.create_connection(("127.0.0.1", urlsplit(url).port))
        httpx.get(url)
    with idle:
        assert idle.recv(1) == b""
    assert threading.active_count() == threads
    with pytest.raises(httpx.ConnectError):
        httpx.get(url)
    with pytest.raises(RuntimeError, match="not running"):
        _ = server.url


def test_it_starts_again_after_it_was_stopped():
    server = SampleServer()
    for _ in range(2):
        with server:
            assert len(fetch(server, "/api/companies/all.json").json()) == 12


def test_a_port_that_is_taken_is_said(server):
    with pytest.raises(OSError, match="in use"), SampleServer(port=urlsplit(server.url).port):
        pass
