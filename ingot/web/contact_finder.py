"""Services that know addresses: what one must offer, and which are installed. They are asked only at the user's word."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import entry_points
from typing import Protocol

from ingot.config.schema import AppConfig
from ingot.errors import ConfigError, IngotError, Retryable

GROUP = "ingot.contacts"


class LookUpError(IngotError):
    """A service that knows addresses did not answer, or does not accept the key, or its quota is used up."""


class LookUpBusy(Retryable, LookUpError):
    """The service asks to be asked again later; `retry_after` is seconds, where it names them."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Whose address is looked for. `person_name` may be empty: then the company's people are asked for."""

    host: str
    company_name: str
    person_name: str = ""


@dataclass(frozen=True, kw_only=True)
class FoundContact:
    """An address that a service gives. `confidence` is 0-1 in its own opinion, `sources` are pages where it saw the address."""

    address: str
    person_name: str = ""
    confidence: float = 0.0
    sources: tuple[str, ...] = ()


class ContactFinder(Protocol):
    """A service. `name` is shown as the source."""

    name: str

    async def find(self, wanted: Wanted) -> list[FoundContact]:
        """What the service knows, perhaps nothing. Raises `LookUpError`."""
        ...


Opener = Callable[[], ContactFinder | None]
"""What an entry point of the group `ingot.contacts` gives; None where the service is not set up."""


def find_finders(config: AppConfig) -> list[ContactFinder]:
    """Every service that is set up: the built-in one with a key, and those of installed packages.

    Raises `ConfigError` for a package whose service cannot be opened.
    """
    from ingot.web.hunter import Hunter

    key = config.hunter_api_key.get_secret_value()
    found: list[ContactFinder] = [Hunter(key)] if key else []
    for point in entry_points(group=GROUP):
        try:
            made = point.load()()
        except IngotError:
            raise
        except Exception as error:
            raise ConfigError(
                f"The contact service {point.name} cannot be opened ({type(error).__name__}).",
                hint="Update or uninstall the package that brings it.",
            ) from error
        found += [made] if made is not None else []
    return found
