"""Which PostgreSQL to use: the one that DATABASE_URL names, else the embedded server."""

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from claims.database.errors import BadDatabaseUrlError
from claims.database.server import start
from claims.settings import Settings


def parse_url(text: str) -> URL:
    """Parse a database URL as libpq writes it, and set our driver.

    Raises:
        BadDatabaseUrlError: It is not a URL of PostgreSQL. The message does not repeat the URL,
            because it may hold a password.
    """
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise BadDatabaseUrlError("DATABASE_URL", "not a URL") from None
    if url.get_backend_name() not in {"postgresql", "postgres"}:
        raise BadDatabaseUrlError("DATABASE_URL", f"it begins with {url.drivername}:") from None
    return url.set(drivername="postgresql+psycopg")


def find_database(settings: Settings) -> URL:
    """The database to use; starts the embedded server when DATABASE_URL is not set.

    Raises:
        DatabaseError: DATABASE_URL is not a URL of PostgreSQL, or the embedded server cannot run.
    """
    if settings.database_url:
        return parse_url(settings.database_url)
    status = start(settings.home)
    return parse_url(status.url or "")
