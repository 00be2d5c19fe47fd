from ingot.mail.dns import DomainReport, Finding, check_domain
from tests.fakes.dns_server import running_dns


async def checked(zone: str, address: str = "me@acme.example", **given) -> DomainReport:
    faults = {name: given.pop(name) for name in ("servfail", "silent") if name in given}
    async with running_dns(zone, **faults) as (_, resolver):
        return await check_domain(address, resolver=resolver, **given)


def of(report: DomainReport, kind: str) -> Finding:
    return next(finding for finding in report.findings if finding.kind == kind)
