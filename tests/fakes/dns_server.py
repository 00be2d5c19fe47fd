"""A name server on loopback, UDP and TCP on one port: it serves a zone given as text, has faults, and remembers questions."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from typing import Any

from dns.asyncresolver import Resolver
from dnslib import QTYPE, RCODE, RR, DNSRecord

_UDP_BYTES = 512  # without EDNS an answer may not be longer (RFC 1035 4.2.1)


class DnsServer:
    """`servfail` and `silent` hold names (with everything below them) that get an error or no answer at all."""

    def __init__(self, zone: str, *, servfail: Collection[str] = (), silent: Collection[str] = ()) -> None:
        self.records = RR.fromZone(zone)
        self.servfail, self.silent = servfail, silent
        self.asked: list[tuple[str, str]] = []
        self.over_tcp = 0
        self.port = 0

    def answer(self, data: bytes) -> DNSRecord | None:
        question = DNSRecord.parse(data)
        name, kind = str(question.q.qname).rstrip(".").lower(), QTYPE[question.q.qtype]
        self.asked.append((name, kind))
        reply = question.reply()
        if _within(name, self.silent):
            return None
        if _within(name, self.servfail):
            reply.header.rcode = RCODE.SERVFAIL
            return reply
        known = {str(record.rname).rstrip(".").lower() for record in self.records}
        while alias := self._records(name, "CNAME") if kind != "CNAME" else []:
            reply.add_answer(*alias)
            name = str(alias[0].rdata.label).rstrip(".").lower()
        reply.add_answer(*self._records(name, kind))
        if not any(each == name or each.endswith(f".{name}") for each in known):
            reply.header.rcode = RCODE.NXDOMAIN
        return reply

    def _records(self, name: str, kind: str) -> list[RR]:
        return [
            record
            for record in self.records
            if str(record.rname).rstrip(".").lower() == name and QTYPE[record.rtype] == kind
        ]

    async def serve_tcp(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            self.over_tcp += 1
            reply = self.answer(await reader.readexactly(int.from_bytes(await reader.readexactly(2), "big")))
            if reply is not None:
                packed = reply.pack()
                writer.write(len(packed).to_bytes(2, "big") + packed)
                await writer.drain()
        finally:
            writer.close()


class _Datagrams(asyncio.DatagramProtocol):
    def __init__(self, server: DnsServer) -> None:
        self.server = server

    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def datagram_received(self, data: bytes, addr: Any) -> None:
        reply = self.server.answer(data)
        if reply is None:
            return
        if len(reply.pack()) > _UDP_BYTES:
            # dnslib's own truncate() drops the question, and clients ignore such an answer.
            reply = DNSRecord(reply.header, questions=reply.questions)
            reply.header.tc = 1
        self.transport.sendto(reply.pack(), addr)


def _within(name: str, names: Collection[str]) -> bool:
    return any(name == each or name.endswith(f".{each}") for each in names)


@asynccontextmanager
async def running_dns(
    zone: str, *, servfail: Collection[str] = (), silent: Collection[str] = ()
) -> AsyncIterator[tuple[DnsServer, Resolver]]:
    """The server and a resolver that asks it alone; where names are silent it gives up after a sixth of a second."""
    server = DnsServer(zone, servfail=servfail, silent=silent)
    tcp = await asyncio.start_server(server.serve_tcp, "127.0.0.1", 0)
    server.port = tcp.sockets[0].getsockname()[1]
    udp, _ = await asyncio.get_running_loop().create_datagram_endpoint(
        lambda: _Datagrams(server), local_addr=("127.0.0.1", server.port)
    )
    resolver = Resolver(configure=False)
    resolver.nameservers, resolver.port = ["127.0.0.1"], server.port
    resolver.timeout = resolver.lifetime = 0.15 if silent else 5
    try:
        yield server, resolver
    finally:
        udp.close()
        tcp.close()
        await tcp.wait_closed()
