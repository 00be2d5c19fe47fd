from __future__ import annotations

import ipaddress
import socket

import httpcore
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.web_safety import World, hostile, rebinding
from ingot.errors import PageError
from ingot.web.address import web_address
from ingot.web.client import WebClient
from ingot.web.guard import PinnedBackend, is_public
from tests.web.site import Answer, running

HOSTILE_URLS = """
http://127.0.0.1/
http://127.1/
http://127.255.255.254/
http://2130706433/
http://0x7f000001/
http://0x7f.0.0.1/
http://0177.0.0.1/
http://017700000001/
http://0/
http://0.0.0.0/
http://10.0.0.1/
http://172.16.0.1/
http://172.31.255.255/
http://192.168.1.1/
http://169.254.169.254/latest/meta-data/
http://168.63.129.16/
http://100.64.0.1/
http://192.0.0.8/
http://192.0.2.1/
http://198.18.0.1/
http://198.51.100.7/
http://203.0.113.9/
http://192.88.99.1/
http://224.0.0.1/
http://240.0.0.1/
http://255.255.255.255/
http://[::]/
http://[::1]/
http://[::ffff:127.0.0.1]/
http://[::ffff:7f00:1]/
http://[::ffff:10.0.0.1]/
http://[::127.0.0.1]/
http://[64:ff9b::7f00:1]/
http://[64:ff9b:1::1]/
http://[2002:7f00:1::]/
http://[2001::1]/
http://[2001:db8::1]/
http://[3fff::1]/
http://[fc00::1]/
http://[fd12:3456::1]/
http://[fe80::1]/
http://[fe80::1%25lo]/
http://[ff02::1]/
http://[100::1]/
http://localhost/
http://LOCALHOST/
https://localhost/
http://public.example:22/
http://public.example:8080/
http://public.example:6379/
http://user:secret@public.example/
http://public.example@127.0.0.1/
ftp://public.example/
file:///etc/passwd
gopher://127.0.0.1/
javascript:alert(1)
data:text/html,hello
//public.example/
http://
http:///path
http://public.example:99999/
""".split()


async def system_names(host: str, port: int) -> list[str]:
    """Numbers in any spelling as the C library reads them; localhost; every other name is public."""
    if host == "localhost":
        return ["127.0.0.1", "::1"]
    try:
        return [socket.inet_ntoa(socket.inet_aton(host))]
    except OSError:
        return ["93.184.216.34"]


@pytest.mark.parametrize("url", HOSTILE_URLS)
async def test_hostile_address_is_blocked(url):
    async with WebClient(resolver=system_names, delay=0) as web:
        with pytest.raises(PageError) as caught:
            await web.get(url)
    assert caught.value.reason == "blocked"
    assert "127.0.0.1" not in str(caught.value)
    assert "secret" not in str(caught.value)


async def test_one_private_address_among_public_ones_blocks_the_host():
    async def mixed(host: str, port: int) -> list[str]:
        return ["93.184.216.34", "10.0.0.1"]

    with pytest.raises(PageError, match="not on the public internet"):
        await PinnedBackend(resolver=mixed).connect_tcp("mixed.example", 80)


async def test_rebinding_name_is_looked_up_once_and_never_reached():
    answers = [["127.0.0.1"], ["93.184.216.34"]]
    looked_up: list[str] = []

    async def rebinding(host: str, port: int) -> list[str]:
        looked_up.append(host)
        return answers[len(looked_up) % 2]

    reached: list[str] = []

    class Recording(httpcore.AsyncNetworkBackend):
        async def connect_tcp(self, host, *_, **__):
            reached.append(host)
            return object()

    backend = PinnedBackend(resolver=rebinding, network=Recording())
    await backend.connect_tcp("rebinding.example", 443, timeout=5)
    with pytest.raises(PageError):
        await backend.connect_tcp("rebinding.example", 443, timeout=5)
    assert looked_up == ["rebinding.example"] * 2
    assert reached == ["93.184.216.34"]


@pytest.mark.parametrize(
    "target", ["http://169.254.169.254/", "http://127.0.0.1/", "//[::1]/", "http://x:y@site.example/"]
)
async def test_redirect_into_a_private_network_is_blocked(target):
    """The first hop leads to a public address, where a site on loopback answers; the second meets the real policy."""
    with running({"/": Answer(status=302, headers={"location": target})}) as site:
        world = World(site=("127.0.0.1", site.port))
        async with WebClient(resolver=system_names, network=world, delay=0) as web:
            with pytest.raises(PageError) as caught:
                await web.get("http://site.example/")
    assert caught.value.reason == "blocked"
    assert site.pages == ["/"]
    assert set(world.opened) == {"93.184.216.34"}


@pytest.mark.long
async def test_no_hostile_address_and_no_rebinding_name_leads_inside():
    rows, below, site = await hostile()
    assert len(rows) > 100
    assert (below.private, site.trapped) == (0, 0)
    assert not [url for _, url, ends in rows if "read" in ends]
    ends, below, site = await rebinding()
    assert (below.private, site.trapped) == (0, 0)
    assert ends["status"]
    assert ends["blocked"]


@given(st.text(max_size=60) | st.from_regex(r"https?://[\w.\[\]:%@\\-]{0,30}/.{0,10}", fullmatch=True))
def test_any_text_is_a_web_address_or_a_page_error(text):
    for base in (None, httpx.URL("https://site.example/a")):
        try:
            url = web_address(text, base=base)
        except PageError:
            continue
        assert url.scheme in {"http", "https"}
        assert url.host
        assert not url.userinfo
        assert web_address(str(url)) == url


async def test_local_sockets_are_never_opened():
    with pytest.raises(PageError):
        await PinnedBackend().connect_unix_socket("/run/docker.sock")


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:4700:4700::1111", "2a00:1450:4001::1"])
def test_public_addresses_pass(address):
    assert is_public(address)


@pytest.mark.parametrize("text", ["", "localhost", "1.2.3", "8.8.8.8%eth0", "2606:4700::1%eth0", "::g"])
def test_anything_but_a_plain_address_is_not_public(text):
    assert not is_public(text)


@given(st.ip_addresses())
def test_nothing_the_standard_library_calls_private_passes(ip):
    if getattr(ip, "ipv4_mapped", None):
        return  # judged by the next test
    if ip.is_private or ip.is_loopback or ip.is_link_local or ip.is_multicast or ip.is_reserved or ip.is_unspecified:
        assert not is_public(str(ip))


@given(st.ip_addresses(v=4))
def test_a_mapped_address_is_judged_as_the_address_it_stands_for(ip):
    assert is_public(str(ipaddress.IPv6Address(f"::ffff:{ip}"))) == is_public(str(ip))
