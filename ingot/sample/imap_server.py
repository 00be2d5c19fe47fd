"""A small IMAP4rev1 server (RFC 3501) over mailboxes in memory, read-only: what a mail program needs to look and search."""

from __future__ import annotations

import re
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from socket import SHUT_RDWR, socket
from typing import Any, Self

from ingot.sample.mailbox import Folder, MailStore, StoredMail

CAPABILITIES = "IMAP4rev1 SPECIAL-USE"
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|\((?:[^()]|\([^()]*\))*\)|[^\s()"]+')
_ITEM = re.compile(r"BODY(?:\.PEEK)?\[(?:HEADER\.FIELDS \(([^)]*)\))?\](?:<(\d+)\.(\d+)>)?|FLAGS|UID", re.IGNORECASE)


class Refused(Exception):
    """The command's answer is NO; the text says why."""


class ImapServer:
    """Serves a store on 127.0.0.1 while the `with` block runs; each connection has a thread."""

    def __init__(self, store: MailStore) -> None:
        self.store = store
        self._listener = _Listener(("127.0.0.1", 0), self._connection)
        self._thread = threading.Thread(target=self._listener.serve_forever, args=(0.005,), daemon=True)

    @property
    def port(self) -> int:
        """Where the server listens."""
        return int(self._listener.server_address[1])

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.shutdown()
        self._listener.server_close()
        self._thread.join(timeout=5)

    def session(self, send: Callable[[bytes], object]) -> ImapSession:
        """What answers on a new connection."""
        return ImapSession(self.store, send)

    def _connection(self, request: Any, client: Any, server: Any) -> _Connection:
        return _Connection(request, client, server, owner=self)


class ImapSession:
    """One client: who it is, what it has open, and the answers it gets."""

    def __init__(self, store: MailStore, send: Callable[[bytes], object]) -> None:
        self.store = store
        self._send = send
        self._user = ""
        self._open: Folder | None = None

    def send(self, data: bytes) -> None:
        """Put bytes on the wire."""
        self._send(data)

    def line(self, text: str) -> None:
        """Put a line on the wire."""
        self.send(text.encode() + b"\r\n")

    def command(self, tag: str, words: list[str]) -> bool:
        """Answer one command; False ends the connection."""
        name = words.pop(0).upper() if words else ""
        if name == "UID" and words:
            name = f"UID {words.pop(0).upper()}"
        handlers = {
            "CAPABILITY": self.capability, "NOOP": self.noop, "LOGOUT": self.logout, "LOGIN": self.login,
            "LIST": self.list_folders, "SELECT": self.select, "EXAMINE": self.select,
            "UID SEARCH": self.search, "UID FETCH": self.fetch,
        }  # fmt: skip
        handler = handlers.get(name)
        if handler is None or (not self._user and name not in {"CAPABILITY", "NOOP", "LOGOUT", "LOGIN"}):
            self.line(f"{tag} BAD not known here, or not yet")
            return True
        try:
            handler(words)
        except Refused as refused:
            self.line(f"{tag} NO {refused}")
        except (ValueError, IndexError):
            self.line(f"{tag} BAD arguments")
        else:
            self.line(f"{tag} OK {name} completed")
        return name != "LOGOUT"

    def capability(self, _words: list[str]) -> None:
        """CAPABILITY."""
        self.line(f"* CAPABILITY {CAPABILITIES}")

    def noop(self, _words: list[str]) -> None:
        """NOOP."""

    def logout(self, _words: list[str]) -> None:
        """LOGOUT."""
        self.line("* BYE")

    def login(self, words: list[str]) -> None:
        """LOGIN user password."""
        user, password = map(_unquoted, words)
        if not self.store.accepts(user, password):
            raise Refused("[AUTHENTICATIONFAILED] no such user, or another password")
        self._user = user

    def list_folders(self, _words: list[str]) -> None:
        """LIST: every folder, whatever the pattern."""
        for folder in self.store.folders(self._user):
            self.line(f'* LIST ({folder.attributes}) "/" {_quoted(folder.name)}')

    def select(self, words: list[str]) -> None:
        """SELECT and EXAMINE: either way read-only."""
        self._open = self.store.folder(self._user, _unquoted(words[0]))
        if self._open is None:
            raise Refused("[NONEXISTENT] no such mailbox")
        self.line("* FLAGS (\\Seen)")
        self.line(f"* {len(self._open.mails)} EXISTS")
        self.line("* 0 RECENT")
        self.line(f"* OK [UIDVALIDITY {self._open.uid_validity}] these UIDs stay")
        self.line(f"* OK [UIDNEXT {self._open.next_uid}] the next one")

    def search(self, words: list[str]) -> None:
        """UID SEARCH: ALL, UID, SINCE, FROM and HEADER, all of which must hold."""
        folder = self._opened()
        found, queue = list(folder.mails), list(words)
        while queue:
            key = queue.pop(0).upper()
            wanted = _criterion(key, queue, folder)
            found = [mail for mail in found if wanted(mail)]
        self.line(" ".join(["* SEARCH", *(str(mail.uid) for mail in found)]))

    def fetch(self, words: list[str]) -> None:
        """UID FETCH: FLAGS and BODY.PEEK, of the whole mail or of some header fields."""
        folder, uids = self._opened(), words[0]
        items = list(_ITEM.finditer(" ".join(words[1:])))
        wanted = _in_set(uids, folder)
        for number, mail in enumerate(list(folder.mails), start=1):
            if wanted(mail):
                self.send(b"* %d FETCH (UID %d%s)\r\n" % (number, mail.uid, b"".join(_parts(items, mail))))

    def _opened(self) -> Folder:
        if self._open is None:
            raise Refused("open a mailbox first")
        return self._open


def _criterion(key: str, queue: list[str], folder: Folder) -> Callable[[StoredMail], bool]:
    match key:
        case "ALL":
            return lambda _mail: True
        case "UID":
            return _in_set(queue.pop(0), folder)
        case "SINCE":
            since = datetime.strptime(_unquoted(queue.pop(0)), "%d-%b-%Y").date()  # noqa: DTZ007 - a day, no moment
            return lambda mail: mail.received_on >= since
        case "FROM" | "HEADER":
            name = "From" if key == "FROM" else _unquoted(queue.pop(0))
            text = _unquoted(queue.pop(0)).lower()
            return lambda mail: text in _fields(mail.raw, {name.lower()}).decode("latin-1").partition(":")[2].lower()
        case _:
            raise ValueError(key)


def _in_set(uids: str, folder: Folder) -> Callable[[StoredMail], bool]:
    """Membership in `1,3:5,9:*`; a range has no direction, so that 9:* holds the last UID even if it is 7."""
    last = folder.mails[-1].uid if folder.mails else 0
    ranges: list[tuple[int, int]] = []
    for part in uids.split(","):
        ends = [last if end == "*" else int(end) for end in part.split(":")]
        ranges.append((min(ends), max(ends)))
    return lambda mail: any(low <= mail.uid <= high for low, high in ranges)


def _parts(items: list[re.Match[str]], mail: StoredMail) -> Iterator[bytes]:
    for item in items:
        if item[0].upper() == "FLAGS":
            yield b" FLAGS ()"
        elif item[0].upper() != "UID":
            data = _fields(mail.raw, set(item[1].lower().split())) + b"\r\n" if item[1] else mail.raw
            label = f"BODY[HEADER.FIELDS ({item[1]})]" if item[1] else "BODY[]"
            if item[2]:
                label += f"<{item[2]}>"
                data = data[int(item[2]) : int(item[2]) + int(item[3])]
            yield b" %s {%d}\r\n%s" % (label.encode(), len(data), data)


def _fields(raw: bytes, names: set[str]) -> bytes:
    head = raw.partition(b"\r\n\r\n")[0] + b"\r\n"
    fields = re.findall(rb"[^\r\n]*\r\n(?:[ \t][^\r\n]*\r\n)*", head)
    return b"".join(entry for entry in fields if entry.partition(b":")[0].decode("latin-1").lower() in names)


def _unquoted(word: str) -> str:
    return re.sub(r"\\(.)", r"\1", word[1:-1]) if word.startswith('"') else word


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


class _Connection(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True  # an answer is several short lines: 40 ms each otherwise

    def __init__(self, request: Any, client: Any, server: Any, *, owner: ImapServer) -> None:
        self._owner = owner
        super().__init__(request, client, server)

    def handle(self) -> None:
        # A client may vanish between any two bytes: its right, not our error.
        with suppress(OSError):
            session = self._owner.session(self.wfile.write)
            session.line(f"* OK [CAPABILITY {CAPABILITIES}] ready")
            while words := _TOKEN.findall(self.rfile.readline(65536).decode("utf-8", "replace")):
                if not session.command(words[0], words[1:]):
                    return


class _Listener(socketserver.ThreadingTCPServer):
    daemon_threads = False  # they are waited for, which is short because `server_close` hangs up first
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], handler: Any) -> None:
        self._clients: set[socket] = set()
        super().__init__(address, handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        self._clients.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._clients.discard(request)
        super().shutdown_request(request)

    def server_close(self) -> None:
        for client in list(self._clients):
            with suppress(OSError):  # it was closed meanwhile
                client.shutdown(SHUT_RDWR)
        super().server_close()
