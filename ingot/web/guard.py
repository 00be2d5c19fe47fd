"""Only public addresses, checked at the moment of connecting, so that no second look-up can change the answer.

Every hop of every request passes here. The networks are those of IANA's special-purpose registries;
`ipaddress.is_global` lets some of them through (6to4, multicast, translation prefixes).
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import TypeAlias

import httpcore
from httpcore import SOCKET_OPTION

from ingot.errors import PageError

Resolver: TypeAlias = Callable[[str, int], Awaitable[Sequence[str]]]
Endpoint: TypeAlias = tuple[str, int]

PORTS = frozenset({80, 443})

_PRIVATE_V4 = tuple(
    ipaddress.IPv4Network(network)
    for network in [
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "168.63.129.16/32",
    ]  # the last is Azure's metadata host, on a public-looking address
)
_GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")
_PRIVATE_V6 = tuple(
    ipaddress.IPv6Network(network)
    for network in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "2620:4f:8000::/48")
)


def is_public(address: str) -> bool:
    """Whether this IP address (text, no host name) belongs to the public internet. Scoped addresses never do."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv4Address):
        return not any(ip in network for network in _PRIVATE_V4)
    if ip.ipv4_mapped is not None:
        return is_public(str(ip.ipv4_mapped))
    return ip.scope_id is None and ip in _GLOBAL_V6 and not any(ip in network for network in _PRIVATE_V6)


def blocked(message: str) -> PageError:
    """The error for a place INGOT does not go. The message never names the host: it may come from a page."""
    return PageError(message, reason="blocked", hint="Only public web sites on ports 80 and 443 are read.")


async def resolve(host: str, port: int) -> Sequence[str]:
    """Every address the system knows for this host, in its order."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class PinnedBackend(httpcore.AsyncNetworkBackend):
    """Resolves, requires all addresses to be public, and connects to the very address that was checked.

    With `replay` every connection goes to that (host, port) instead; `source` is the one loopback
    (host, port) that may be reached besides, a venue's own server. `network` opens what was checked.
    """

    def __init__(
        self,
        *,
        resolver: Resolver | None = None,
        replay: Endpoint | None = None,
        source: Endpoint | None = None,
        network: httpcore.AsyncNetworkBackend | None = None,
    ) -> None:
        self._inner = network or httpcore.AnyIOBackend()
        self._resolver = resolver or resolve
        self._replay = replay
        self._source = source

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's interface
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """A stream to a checked address; raises `PageError(reason="blocked")` where there is none."""
        endpoints = await self._endpoints(host, port, timeout)
        for number, (address, target_port) in enumerate(endpoints, start=1):
            try:
                return await self._inner.connect_tcp(address, target_port, timeout, local_address, socket_options)
            except httpcore.ConnectError:
                if number == len(endpoints):
                    raise
        raise httpcore.ConnectError("the host has no address")

    async def _endpoints(self, host: str, port: int, seconds: float | None) -> list[Endpoint]:
        if (host, port) == self._source:
            return [self._source]
        if port not in PORTS:
            raise blocked("The address names a port that web sites do not use.")
        if self._replay is not None:
            return [self._replay]
        addresses = await self._addresses(host, port, seconds)
        if not all(is_public(address) for address in addresses):
            raise blocked("The host is not on the public internet.")
        return [(address, port) for address in addresses]

    async def _addresses(self, host: str, port: int, seconds: float | None) -> Sequence[str]:
        try:
            return [str(ipaddress.ip_address(host.strip("[]")))]
        except ValueError:  # a name: look it up
            pass
        try:
            async with asyncio.timeout(seconds):
                return await self._resolver(host, port)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout("the host's name took too long to resolve") from error
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError("the host's name does not resolve") from error

    async def connect_unix_socket(
        self,
        path: str,  # noqa: ARG002
        timeout: float | None = None,  # noqa: ARG002, ASYNC109
        socket_options: Iterable[SOCKET_OPTION] | None = None,  # noqa: ARG002
    ) -> httpcore.AsyncNetworkStream:
        """Never: a page cannot be a local socket."""
        raise blocked("The address is a local socket.")

    async def sleep(self, seconds: float) -> None:
        """Wait, as httpcore asks between its own retries."""
        await self._inner.sleep(seconds)
