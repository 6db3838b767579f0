"""Addresses of articles as feeds and sitemaps give them."""

from urllib.parse import urlsplit

from claims.text.clean import clean_line


def web_address(value: str | None) -> str | None:
    """An absolute address of the web; None if it is of something else."""
    address = clean_line(value or "")
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return None
    return address if parts.scheme.lower() in {"http", "https"} and host else None
