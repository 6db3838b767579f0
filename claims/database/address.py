"""Which PostgreSQL to use: the one that DATABASE_URL names, else the embedded server."""

import re
from urllib.parse import unquote, urlencode, urlsplit

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from claims.database.errors import BadDatabaseUrlError
from claims.database.server import start
from claims.settings import Settings

READ_URL = "DATABASE_READ_URL"
"""The setting that names a replica to read from."""

HOST = re.compile(r"(?P<name>\[[^\]]+\]|[^:\[\]]+)(?::(?P<port>\d+))?")
DEFAULT_PORT = "5432"


def parse_url(text: str, setting: str = "DATABASE_URL") -> URL:
    """Parse a database URL as libpq writes it, and set our driver.

    Args:
        text: The URL.
        setting: Where it is from, for messages.

    Raises:
        BadDatabaseUrlError: It is not a URL of PostgreSQL. The message does not repeat the URL,
            because it may hold a password.
    """
    try:
        url = make_url(_one_host(text))
    except (ArgumentError, ValueError):
        raise BadDatabaseUrlError(setting, "not a URL") from None
    if url.get_backend_name() not in {"postgresql", "postgres"}:
        raise BadDatabaseUrlError(setting, f"it begins with {url.drivername}:") from None
    return url.set(drivername="postgresql+psycopg")


def _one_host(text: str) -> str:
    """A URL with several hosts as SQLAlchemy takes it: hosts and ports as options of libpq."""
    parts = urlsplit(text)
    user, at, hosts = parts.netloc.rpartition("@")
    if "," not in hosts:
        return text
    pairs = [HOST.fullmatch(host) for host in hosts.split(",")]
    if not all(pairs):
        raise ValueError(hosts)
    named = [(unquote(match["name"]).strip("[]"), match["port"] or "") for match in pairs if match]
    several = {"host": ",".join(host for host, _ in named)}
    if any(port for _, port in named):
        several["port"] = ",".join(port or DEFAULT_PORT for _, port in named)
    query = "&".join(filter(None, (urlencode(several), parts.query)))
    return f"{parts.scheme}://{user}{at}{parts.path or '/'}?{query}"


def find_database(settings: Settings) -> URL:
    """The database to use; starts the embedded server when DATABASE_URL is not set.

    Raises:
        DatabaseError: DATABASE_URL is not a URL of PostgreSQL, or the embedded server cannot run.
    """
    if settings.database_url:
        return parse_url(settings.database_url)
    status = start(settings.home)
    return parse_url(status.url or "")
