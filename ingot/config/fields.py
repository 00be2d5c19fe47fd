"""How single fields are read: from JSON, or from text as a person types it at `ingot config set`."""

from __future__ import annotations

import re
import zoneinfo
from datetime import time
from typing import Annotated, Any, Literal, get_args
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, SecretStr

from ingot.domain.compliance import Stance

Weekday = Literal["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]")


def _one_line(value: str) -> str:
    # These end up in mail headers and SMTP commands, where a line break starts a new header.
    if _UNPRINTABLE.search(value):
        raise ValueError("must be one line of valid text without control characters")
    return value.strip()


def _for_a_header(value: str) -> str:
    # HTTP headers are sent as ASCII; a bracket would end the comment that this stands in.
    if not re.fullmatch(r"[ -~]*", value) or re.search(r"[()\\]", value):
        raise ValueError("must be plain ASCII without brackets, such as https://me.example or me@me.example")
    return value


def _user_agents(value: Any) -> Any:
    """As a person types them, `a | b`: they hold commas and semicolons themselves."""
    return [part.strip() for part in value.split("|") if part.strip()] if isinstance(value, str) else value


def _printable_ascii(value: str) -> str:
    if not re.fullmatch(r"[ -~]+", value):
        raise ValueError("must be plain ASCII, which headers are sent as")
    return value


def _one_line_secret(value: SecretStr) -> SecretStr:
    # Not trimmed: a password may end in a space.
    _one_line(value.get_secret_value())
    return value


def _lines(value: str) -> str:
    rows = [_one_line(row) for row in value.splitlines()]
    return "\n".join(row for row in rows if row)


def _hour_and_minute(value: Any) -> Any:
    if isinstance(value, time) or (isinstance(value, str) and re.fullmatch(r"\d\d:\d\d", value.strip())):
        return value.strip() if isinstance(value, str) else value
    raise ValueError("must be a time of day such as 09:00")


def _whole_minutes(value: time) -> time:
    if value.second or value.microsecond or value.tzinfo:
        raise ValueError("must be whole minutes without a zone; the zone is time_zone")
    return value


def _provider_and_name(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*/\S+", value):
        raise ValueError("must be provider/name such as ollama/llama3.1")
    return value


def _listed(value: Any) -> Any:
    """A list as a person types it: `a, b`."""
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


def _days(value: Any) -> Any:
    """`Mon-Fri`, `Mon,Wed` or a list; spans may go over the weekend (`Sat-Mon`)."""
    listed = _listed(value)
    if not isinstance(listed, list):
        return listed
    days: list[Any] = []
    for part in listed:
        first, _, last = (name.strip().title() for name in str(part).partition("-"))
        if first in WEEKDAYS and last in WEEKDAYS:
            start, stop = WEEKDAYS.index(first), WEEKDAYS.index(last)
            days += [WEEKDAYS[(start + step) % 7] for step in range((stop - start) % 7 + 1)]
        else:
            days.append(part if last else first)
    return days


def _stances(value: Any) -> Any:
    """`DE=warn, FR=block` as a person types it."""
    if not isinstance(value, str):
        return value
    pairs = [part.partition("=") for part in _listed(value)]
    return {country.strip().upper(): stance.strip().lower() for country, _, stance in pairs}


def _known_countries(value: dict[str, Stance]) -> dict[str, Stance]:
    if wrong := [country for country in value if not re.fullmatch(r"[A-Z]{2}", country)]:
        raise ValueError(f"must name countries by two letters such as DE, which {wrong[0]!r} is not")
    return value


def _in_week_order(days: list[Weekday]) -> list[Weekday]:
    return [day for day in WEEKDAYS if day in days]


def _known_zone(value: str) -> str:
    # The file is opened: a zone that this machine has no rules for would fail in the middle of a send.
    try:
        zoneinfo.ZoneInfo(value)
    except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
        raise ValueError("must be an IANA zone such as Europe/Berlin or America/New_York") from None
    return value


def _web_address(value: str) -> str:
    """Empty, or http(s) without user and password; `host:port` (as Ollama's own variable has it) gains `http://`."""
    if not value:
        return value
    address = value if "://" in value else f"http://{value}"
    wrong = ValueError("must be an http(s) address without user and password")
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        # The library's own text quotes the address.
        raise wrong from None
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.password:
        raise wrong
    return address.rstrip("/")


Line = Annotated[str, AfterValidator(_one_line)]
Secret = Annotated[SecretStr, AfterValidator(_one_line_secret)]
Contact = Annotated[Line, AfterValidator(_for_a_header)]
UserAgents = Annotated[list[Annotated[Line, AfterValidator(_printable_ascii)]], BeforeValidator(_user_agents)]
Lines = Annotated[str, AfterValidator(_lines)]
WebAddress = Annotated[Line, AfterValidator(_web_address)]
Port = Annotated[int, Field(ge=1, le=65535)]
ModelName = Annotated[Line, AfterValidator(_provider_and_name)]
TimeOfDay = Annotated[
    time,
    BeforeValidator(_hour_and_minute),
    AfterValidator(_whole_minutes),
    PlainSerializer(lambda value: f"{value:%H:%M}", return_type=str, when_used="json"),
]
Days = Annotated[list[Weekday], BeforeValidator(_days), AfterValidator(_in_week_order), Field(min_length=1)]
Stances = Annotated[dict[str, Stance], BeforeValidator(_stances), AfterValidator(_known_countries)]
ModelNames = Annotated[list[ModelName], BeforeValidator(_listed)]
Zone = Annotated[Line, AfterValidator(_known_zone)]
