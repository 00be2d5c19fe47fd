"""Reading web addresses: what may be asked for at all, before anybody looks up a name."""

from __future__ import annotations

import ipaddress
import re

import httpx

from ingot.errors import ConfigError
from ingot.web.guard import PORTS, Endpoint, blocked, is_public

MAX_URL_LENGTH = 2048

# As it goes over the wire: names of other scripts are in their ASCII form by then.
_HOST_NAME = re.compile(rb"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?")


def web_address(text: str, *, base: httpx.URL | None = None) -> httpx.URL:
    """The address of a web page, without its fragment; raises `PageError(reason="blocked")` for anything else."""
    if len(text) > MAX_URL_LENGTH:
        raise blocked("The address is too long.")
    try:
        url = (base.join(text) if base else httpx.URL(text)).copy_with(fragment=None)
        host = url.host  # this decodes it, which fails for some
    except (httpx.InvalidURL, ValueError) as error:
        raise blocked("The address is not a web address.") from error
    if url.scheme not in {"http", "https"} or not host or not (_literal(host) or _HOST_NAME.fullmatch(url.raw_host)):
        raise blocked("The address is not a web address.")
    if url.userinfo:
        raise blocked("The address carries a user name or a password.")
    return url


def require_public(url: httpx.URL) -> None:
    """Refuse what can be refused without a look-up: a port of other services, a private address in numbers."""
    host, port = endpoint(url)
    if port not in PORTS:
        raise blocked("The address names a port that web sites do not use.")
    if _literal(host) and not is_public(host):
        raise blocked("The host is not on the public internet.")


def endpoint(url: httpx.URL) -> Endpoint:
    """Host and port, the port by the scheme where none is given."""
    return url.host, (443 if url.scheme == "https" else 80) if url.port is None else url.port


def loopback_endpoint(url: str) -> Endpoint:
    """(host, port) of a loopback address such as "http://127.0.0.1:8000/"; anything else is a `ConfigError`."""
    hint = "Use an address such as http://127.0.0.1:8000/."
    try:
        parsed = httpx.URL(url if "://" in url else f"http://{url}")
        is_loopback = parsed.host == "localhost" or ipaddress.ip_address(parsed.host).is_loopback
    except (httpx.InvalidURL, ValueError) as error:
        raise ConfigError("The local server's address cannot be read.", hint=hint) from error
    if parsed.scheme != "http" or not is_loopback:
        raise ConfigError("A local server must be on this machine's loopback, in plain http.", hint=hint)
    return endpoint(parsed)


def _literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
