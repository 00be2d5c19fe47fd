"""The suppression list by hand: adding, and moving it in and out as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ingot.actions.skip import suppress_address
from ingot.db import audit
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.job import AuditType
from ingot.domain.suppression import UnsubscribedEmail, suppression_entry
from ingot.errors import ValidationError

COLUMNS = ("email_address", "unsubscribe_reason", "unsubscribed_at")


@dataclass(frozen=True, kw_only=True)
class Added:
    """How many entries are new, and how many were known."""

    new: int
    known: int


async def suppress(uow: SqlAlchemyUnitOfWork, entries: Iterable[tuple[str, str]], *, who: str, now: datetime) -> Added:
    """Add (address or @host, reason) entries and skip what waits for them: all, or none where one is not valid. Commits."""
    checked = [(suppression_entry(text), reason) for text, reason in entries]
    new = [entry for entry, reason in checked if await suppress_address(uow, entry, reason=reason, now=now)]
    audit.note(uow, AuditType.state_change, f"{len(new)} entries suppressed.", who=who)
    await uow.commit()
    return Added(new=len(new), known=len(checked) - len(new))


def read_csv(text: str) -> list[tuple[str, str]]:
    """Entries of a CSV file (with our columns, or with the address first) or of plain lines.

    Raises `ValidationError` with the line's number; no line is passed over.
    """
    found: list[tuple[str, str]] = []
    for number, row in enumerate(csv.reader(io.StringIO(text.removeprefix("\ufeff"))), start=1):
        cells = [cell.strip() for cell in row]
        if not any(cells) or (number == 1 and cells[0].lower() in {COLUMNS[0], "email", "address"}):
            continue
        try:
            suppression_entry(cells[0])
        except ValidationError as error:
            raise ValidationError(
                f"Line {number} of the file: {error.message}", hint=f"{error.hint} Nothing was added."
            ) from None
        found.append((cells[0], cells[1] if len(cells) > 1 and cells[1] else "imported"))
    return found


def as_csv(entries: Iterable[UnsubscribedEmail]) -> str:
    """The list as CSV, readable by `read_csv`."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for item in entries:
        moment = item.unsubscribed_at.isoformat(timespec="seconds") if item.unsubscribed_at else ""
        writer.writerow((item.email_address, item.unsubscribe_reason, moment))
    return out.getvalue()
