"""Delivery reports for machines (RFC 3464): what became of each recipient, as the fields of the report say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

from ingot.mail.body import inner_messages, own_parts, part_text

REPORT_TYPES = frozenset({"message/delivery-status", "message/global-delivery-status"})
_ADDRESS = re.compile(r"[^@\s<>\"(),:;\[\]\\|]{1,128}@[^@\s<>\"(),:;\[\]\\|]{0,255}[^@\s<>\"(),:;\[\]\\|.]")
_MAX_GROUPS = 200  # recipients of one letter
_FIELD = re.compile(r"([A-Za-z][A-Za-z0-9-]{1,60})\s*:\s*(.*)")


@dataclass(frozen=True, kw_only=True)
class RecipientStatus:
    """One recipient's group of fields. `action` is the first word of the field: failed, delayed, delivered, ..."""

    address: str
    action: str
    status: str
    diagnostic: str


def recipient_statuses(message: Message) -> Iterator[RecipientStatus]:
    """Every recipient group of the report parts of this mail, in their order."""
    for part in own_parts(message):
        if part.get_content_type() in REPORT_TYPES:
            yield from statuses_in(_fields_text(part))


def statuses_in(text: str) -> Iterator[RecipientStatus]:
    """The recipient groups in a text: some servers write the report's fields into the letter to the reader."""
    for block in re.split(r"\n[ \t]*\n", text):
        fields = _fields(block)
        if "final-recipient" in fields or "original-recipient" in fields or "action" in fields:
            named = (fields.get("original-recipient", ""), fields.get("final-recipient", ""))
            found = [match[0] for value in named if (match := _ADDRESS.search(value.partition(";")[2] or value))]
            yield RecipientStatus(
                address=found[0].lower() if found else "",
                action=(fields.get("action", "").split() or [""])[0].lower(),
                status=fields.get("status", ""),
                diagnostic=" ".join(fields.get("diagnostic-code", "").split()),
            )


def _fields(block: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    name = ""
    for line in block.split("\n"):
        match = _FIELD.match(line)
        if match:
            name = match[1].lower()
            fields.setdefault(name, match[2].strip())
        elif name and line[:1].isspace():
            fields[name] += " " + line.strip()
    return fields


def _fields_text(part: Message) -> str:
    """The part as text; the parser has already split it into groups, unless it is encoded."""
    groups = inner_messages(part)
    if not groups:
        return part_text(part)
    return "\n\n".join(
        "\n".join([*(f"{name}: {value}" for name, value in group.raw_items()), part_text(group)])
        for group in groups[:_MAX_GROUPS]
    )
