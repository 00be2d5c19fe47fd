"""Column types: UTC timestamps, enums as checked strings, value objects as JSON."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, get_type_hints

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator


class UTCDateTime(TypeDecorator[datetime]):
    """A moment. A naive one is refused on the way in; UTC-aware on the way out."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        if value.tzinfo is None:
            msg = "a naive datetime cannot be stored: it does not say when"
            raise ValueError(msg)
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class ValueList(TypeDecorator[list[Any]]):
    """A list of frozen dataclasses as a JSON list of objects; tuples and enums in them come back as such."""

    impl = sa.JSON
    cache_ok = True

    def __init__(self, value_type: type[Any]) -> None:
        super().__init__()
        self.value_type = value_type
        hints = get_type_hints(value_type)
        self._enums = {k: hint for k, hint in hints.items() if isinstance(hint, type) and issubclass(hint, StrEnum)}

    def process_bind_param(self, value: list[Any] | None, dialect: sa.Dialect) -> list[dict[str, Any]] | None:  # noqa: ARG002
        return None if value is None else [dataclasses.asdict(item) for item in value]

    def process_result_value(self, value: list[dict[str, Any]] | None, dialect: sa.Dialect) -> list[Any] | None:  # noqa: ARG002
        return None if value is None else [self._build(item) for item in value]

    def _build(self, item: dict[str, Any]) -> Any:
        return self.value_type(**{name: self._field(name, value) for name, value in item.items()})

    def _field(self, name: str, value: Any) -> Any:
        kind = get_type_hints(self.value_type)[name]
        if isinstance(kind, type) and issubclass(kind, StrEnum):
            return kind(value)
        return tuple(value) if isinstance(value, list) else value


def enum_of(kind: type[StrEnum], name: str) -> sa.Enum:
    """An enum as a string column with a check constraint `ck_<table>_<name>`."""
    return sa.Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        length=20,
        values_callable=lambda members: [member.value for member in members],
    )
