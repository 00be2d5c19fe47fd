"""Whether the sending domain is fit to send from, and the recipient's to receive: asked of DNS before a letter leaves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from dns.asyncresolver import Resolver
from dns.exception import DNSException

from ingot.config.schema import LOOPBACK, AppConfig
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.errors import ConfigError
from ingot.mail.dns import DomainReport, blocking, check_domain, mx_of

# Records change seldom; asked again after a day, and at once after they were found wanting.
_GOOD_FOR = timedelta(days=1)
_PATIENCE_SECONDS = 5.0


def system_resolver() -> Resolver:
    """A resolver as the system is configured; without any configuration, one that answers nothing."""
    try:
        resolver = Resolver()
    except DNSException:
        resolver = Resolver(configure=False)
    resolver.lifetime = _PATIENCE_SECONDS
    return resolver


async def report_on(config: AppConfig, *, selector: str = "", resolver: Resolver | None = None) -> DomainReport | None:
    """What DNS says of the sending domain; None where letters go to this machine only, or no mailbox is set up."""
    if config.smtp.host in ("", *LOOPBACK) or not config.sender_address:
        return None
    return await check_domain(
        config.sender_address,
        resolver=resolver or system_resolver(),
        dkim_selectors=[selector] if selector else [],
        sending_host=config.smtp.host,
    )


async def check_launch(
    uow: Callable[[], SqlAlchemyUnitOfWork],
    *,
    config: AppConfig,
    user_id: str,
    now: datetime,
    resolver: Resolver | None = None,
) -> None:
    """Refuse to send (`ConfigError` with the records to add) while SPF, DKIM or DMARC is missing or wrong.

    What DNS does not answer is unknown and holds nothing back. A good answer is asked for once a day. Commits.
    """
    async with uow() as work:
        account = await work.accounts.of_user(user_id)
        account.use(config.sender_address or account.address)
        await work.commit()
    if account.dns_checked_at is not None and now - account.dns_checked_at < _GOOD_FOR:
        return
    report = await report_on(config, selector=account.dkim_selector, resolver=resolver)
    if report is None:
        return
    found = blocking(report)
    async with uow() as work:
        stored = await work.accounts.of_user(user_id)
        stored.dns_report = as_json(report)
        stored.dns_checked_at = None if found else now
        await work.commit()
    if found:
        told = "\n".join(f"  {finding.kind}: {finding.sentence}" for finding in found)
        records = [finding.record for finding in found if finding.record]
        added = "\n".join(f"  {record.name}  {record.type}  {record.value}" for record in records)
        raise ConfigError(
            f"Letters from {report.domain} would end in spam folders:\n{told}",
            hint=f"Add at your domain's DNS, then try again:\n{added}" if added else "Mend it at your domain's DNS.",
        )


async def take_no_mail(
    uow: Callable[[], SqlAlchemyUnitOfWork],
    letter_ids: Sequence[int],
    *,
    config: AppConfig,
    resolver: Resolver | None = None,
) -> set[int]:
    """Those of these letters whose recipient's domain is known not to take mail. No transaction is open meanwhile."""
    async with uow() as work:
        letters = [await work.letters.get(letter_id) for letter_id in letter_ids]
        leads = [await work.leads.get(letter.lead_id or 0) for letter in letters]
    if config.smtp.host in ("", *LOOPBACK):
        return set()
    asked = resolver or system_resolver()
    reports = {
        letter_id: await mx_of(lead.person_email.rpartition("@")[2], resolver=asked)
        for letter_id, lead in zip(letter_ids, leads, strict=True)
        if lead.person_email
    }
    return {letter_id for letter_id, report in reports.items() if report.has_mail is False}


def as_json(report: DomainReport) -> dict[str, Any]:
    """The report as JSON values."""
    return asdict(report)
