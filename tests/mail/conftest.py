"""One account on a faulty IMAP server, for all tests that read a mailbox."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ingot.sample.mailbox import MailStore
from tests.fakes.imap_server import FaultyImapServer
from tests.mail.imap_samples import ORLA


@pytest.fixture
def store() -> MailStore:
    return MailStore({ORLA: 'se"cr\\et'})


@pytest.fixture
def server(store: MailStore) -> Iterator[FaultyImapServer]:
    with FaultyImapServer(store) as running:
        yield running
