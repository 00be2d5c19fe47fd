"""The steps about sending: when, how many, whether the domain is fit for it, and a letter to oneself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from ingot.cli.opening import with_wiring
from ingot.cli.setup.talk import asked, confirmed, known, stored, tell
from ingot.domain.pace import DAILY_GROWTH, FIRST_DAY
from ingot.mail.dns import State, blocking

if TYPE_CHECKING:
    from ingot.config.manager import ConfigManager
    from ingot.config.schema import AppConfig
    from ingot.mail.dns import DomainReport
    from ingot.wiring import Wiring

_MARKS = {State.ok: "✓", State.managed: "✓", State.unknown: "?", State.missing: "✗", State.wrong: "✗"}


def hours(manager: ConfigManager) -> bool:
    """Time zone and window."""
    tell("Letters leave in the recipient's office hours; your own zone counts where theirs is not known.", "dim")
    config = manager.load()
    while not stored(
        manager,
        {
            "time_zone": asked("Your time zone", config.time_zone),
            **window_answers(asked("Window", window_of(config)), asked("Days", ", ".join(config.window.days))),
        },
    ):
        pass
    return True


def window_of(config: AppConfig) -> str:
    """The window as it is typed: `09:00-17:00`."""
    return f"{config.window.start:%H:%M}-{config.window.end:%H:%M}"


def window_answers(window: str, days: str) -> dict[str, str]:
    """`09:00-17:00` and `Mon-Fri` as answers; what is empty changes nothing."""
    start, _, end = window.replace("–", "-").partition("-")
    given = {"window.start": start.strip(), "window.end": end.strip(), "window.days": days.strip()}
    return {name: value for name, value in given.items() if value}


def caps(manager: ConfigManager) -> bool:
    """How many letters may leave, and why not more."""
    tell(
        "A mailbox that suddenly writes to many strangers looks like a spammer's, and its letters stop arriving. Nobody "
        "who researches each letter writes more than 30 a day and 5 an hour: so that is where the caps stand. A new "
        f"mailbox starts with {FIRST_DAY} a day and gets {DAILY_GROWTH} more with each day of sending. 0 stops sending.",
        "dim",
    )
    config = manager.load()
    while not stored(
        manager,
        {
            "caps.per_day": asked("Letters a day, at most", known(config, "caps.per_day")),
            "caps.per_hour": asked("Letters an hour, at most", known(config, "caps.per_hour")),
        },
    ):
        pass
    return True


def dns(manager: ConfigManager) -> bool:
    """Whether the sending domain says who may send for it: without that, letters end up as spam."""

    async def deed(wiring: Wiring) -> DomainReport | None:
        from ingot.actions.launch import report_on

        async with wiring.uow() as uow:
            selector = (await uow.accounts.of_user(wiring.user_id)).dkim_selector
        return await report_on(wiring.config, selector=selector)

    config = manager.load()
    if not config.sender_address:
        tell("There is no mailbox yet, so there is no domain to look at.")
        return False
    tell("Looking up SPF, DKIM and DMARC of your domain ...", "dim")
    report = with_wiring(deed)
    if report is None:
        tell("Your mail server is this computer: nothing to look up.")
        return True
    for finding in report.findings:
        tell(f"  {_MARKS[finding.state]} {finding.kind:<6} {finding.sentence}")
        if finding.record is not None:
            tell(f"           Add: {finding.record.name}  {finding.record.type}  {finding.record.value}", "bold")
    if found := blocking(report):
        tell(
            f"Letters wait until {', '.join(item.kind for item in found)} is mended at your domain's provider.",
            "yellow",
        )
    return not found


def letter(manager: ConfigManager) -> bool:
    """A letter to oneself through the real servers: the only proof that the mailbox works."""
    from ingot.cli.outbox import try_it

    config = manager.load()
    if not (config.sender_address and config.smtp.password.get_secret_value()):
        tell("There is no mailbox yet to send from.")
        return False
    if not confirmed("Send a letter to yourself now?", default=True):
        return False
    try:
        try_it()
    except typer.Exit:
        tell("Look into your spam folder, and try again later: ingot mail test", "yellow")
        return False
    return True
