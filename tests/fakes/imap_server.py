"""The sample world's IMAP server with faults."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Self

from ingot.sample.imap_server import ImapServer, ImapSession
from ingot.sample.mailbox import MailStore


@dataclass
class Faults:
    """`cut_after`: hang up after so many bytes of answers to FETCH. `silent`: commands never answered.

    `instead`: a command's answer in place of the server's own, without its tag (`NO [UNAVAILABLE] later`), or whole
    lines with `{tag}` in them; a BYE among them closes the connection.
    """

    cut_after: int | None = None
    silent: set[str] = field(default_factory=set)
    instead: dict[str, str] = field(default_factory=dict)
    commands: list[str] = field(default_factory=list)


class FaultySession(ImapSession):
    def __init__(self, store: MailStore, send: Callable[[bytes], object], owner: FaultyImapServer) -> None:
        super().__init__(store, send)
        self.owner = owner
        self.sent = 0
        self.cutting = False

    def send(self, data: bytes) -> None:
        limit = self.owner.faults.cut_after
        if self.cutting and limit is not None and self.sent + len(data) > limit:
            super().send(data[: limit - self.sent])
            raise ConnectionAbortedError
        self.sent += len(data) if self.cutting else 0
        super().send(data)

    def command(self, tag: str, words: list[str]) -> bool:
        faults = self.owner.faults
        faults.commands.append(" ".join(words))
        name = " ".join(words[:2]).upper() if words[0].upper() == "UID" else words[0].upper()
        self.cutting = name == "UID FETCH"
        if name in faults.silent:
            self.owner.stopping.wait(timeout=30)
            return False
        if name in faults.instead:
            answer = faults.instead[name]
            self.send((answer if "{tag}" in answer else "{tag} " + answer + "\r\n").replace("{tag}", tag).encode())
            return "* BYE" not in answer
        return super().command(tag, words)


class FaultyImapServer(ImapServer):
    def __init__(self, store: MailStore) -> None:
        super().__init__(store)
        self.faults = Faults()
        self.stopping = threading.Event()

    def session(self, send: Callable[[bytes], object]) -> ImapSession:
        return FaultySession(self.store, send, self)

    def __enter__(self) -> Self:
        super().__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self.stopping.set()
        super().__exit__(*error)
