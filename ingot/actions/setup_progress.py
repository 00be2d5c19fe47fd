"""How far setup has come: what is stored tells it for most steps, a small file for those that may keep the defaults."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from ingot.config.manager import ConfigManager
from ingot.config.private_file import locked, write_private
from ingot.config.schema import AppConfig
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.account import SentLookup

_FILE = "setup.json"


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What setup has by now. `confirmed` are the steps whose result, or default, the user has seen and taken."""

    config: AppConfig
    confirmed: frozenset[str]
    has_profile: bool
    mailbox_works: bool

    def is_done(self, step: str) -> bool:
        """Whether setup need not ask this step again."""
        config = self.config
        stored = {
            "mailbox": bool(config.sender_address and config.smtp.password.get_secret_value() and config.imap.host),
            "address": bool(config.mailing_address and config.sender_name),
            "resume": self.has_profile,
            "letter": self.mailbox_works,
        }
        return stored.get(step, step in self.confirmed)


async def standing(uow: Callable[[], SqlAlchemyUnitOfWork], manager: ConfigManager, *, user_id: str) -> Standing:
    """Look at what is stored."""
    config = manager.load()
    async with uow() as work:
        profile = await work.profiles.active(user_id)
        account = await work.accounts.of_user(user_id)
        tried = account.sent_lookup is not SentLookup.untested and account.address == config.sender_address
    return Standing(config=config, confirmed=_confirmed(manager), has_profile=profile is not None, mailbox_works=tried)


def confirm(manager: ConfigManager, step: str) -> None:
    """Note that the user has been through a step."""
    with locked(manager.base_dir):
        write_private(manager.base_dir / _FILE, json.dumps(sorted(_confirmed(manager) | {step})) + "\n")


def _confirmed(manager: ConfigManager) -> frozenset[str]:
    try:
        found = json.loads((manager.base_dir / _FILE).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):  # a damaged note costs a few questions, no more
        return frozenset()
    return frozenset(map(str, found)) if isinstance(found, list) else frozenset()
