"""Who said what, in which words, through whom: the source-attributed claim database.

For programmers: `claims.open()` reads the published views and ingests articles, `claims.propose()`
finds claims in a text without a database; docs/how-to/python.md shows both.
"""

from importlib import import_module

__version__ = "0.1.0"

_FACE = {
    "open": ("claims.library.connection", "open_connection"),
    "Connection": ("claims.library.connection", "Connection"),
    "IngestResult": ("claims.ingest.records", "IngestResult"),
    "Record": ("claims.published.rows", "Record"),
    "propose": ("claims.ingest.extractor", "propose"),
    "words_at": ("claims.model.span", "words_at"),
    "Proposal": ("claims.model.proposal", "Proposal"),
    "Hop": ("claims.model.proposal", "Hop"),
    "ClaimsError": ("claims.errors.base", "ClaimsError"),
}
"""What the package offers, with where it is: loaded when it is first asked for, because every
command imports this file. Its types are in __init__.pyi."""


def __getattr__(name: str) -> type:
    """One of the names that the package offers."""
    if name not in _FACE:
        raise AttributeError(f"module 'claims' has no attribute {name!r}")
    module, attribute = _FACE[name]
    value: type = getattr(import_module(module), attribute)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """All names, also those that were not asked for yet."""
    return sorted({*globals(), *_FACE})
