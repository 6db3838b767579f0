"""What commands share: the database, the clock, ids, who signs."""

import getpass
import os
import sys
import time
import uuid
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from claims.model.identity import new_id
from claims.settings import read_settings, remember_reviewer, remembered_reviewer

SIGNER_HELP = (
    "Reviewer who signs; default: CLAIMS_REVIEWER, else the name you gave when first asked."
)

READ_URL_OPTION = "claims.read_only_url"
"""Where the context of a command has the value of --read-only-url."""

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.database.engine import Database
    from claims.settings import Settings


@contextmanager
def open_database(
    *, keep: bool = False, connections: int = 15, replica: bool = False
) -> "Iterator[Database]":
    """The database, ready for use; `keep` holds connections open for interactive work.

    At most so many `connections` are kept; with `replica`, readers go to the one that is named.

    An embedded database is upgraded here. One that DATABASE_URL names may have other users, and
    waits for `claims db upgrade`. What a command changed of articles and claims is
    compared at its end.

    Raises:
        DatabaseError: It cannot be reached, or is at another revision.
    """
    from claims.database.opening import open_database as opened

    settings = _settings()
    with opened(settings, keep=keep, connections=connections, replica=replica) as database:
        yield database
        if database.has_written:
            from claims.copies.due import compare_changed_articles
            from claims.utterances.compare import compare_changes

            compare_changed_articles(database)
            compare_changes(database)


@contextmanager
def open_to_read() -> "Iterator[Database]":
    """The database for a command that only reads: a replica, if one is named.

    Raises:
        DatabaseError: It cannot be reached, or is at another revision.
    """
    from claims.database.opening import open_to_read as opened

    with opened(_settings()) as database:
        yield database


def _settings() -> "Settings":
    """The settings, with what the command's own options say in their place."""
    settings = read_settings()
    context = click.get_current_context(silent=True)
    url = context.meta.get(READ_URL_OPTION) if context else None
    return replace(settings, database_read_url=url) if url else settings


def fresh_id() -> uuid.UUID:
    """A new id, ordered by time."""
    return new_id(time.time_ns() // 1_000_000, os.urandom(10))


def reviewer_name(name: str | None) -> str:
    """Who signs: this name, else CLAIMS_REVIEWER, else the remembered name.

    If there is none, a person at a terminal is asked once; a script signs as the system's user.
    """
    settings = read_settings()
    name = name or settings.reviewer or remembered_reviewer(settings.home)
    if name and name.strip():
        return name.strip()
    user = getpass.getuser()
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return user
    name = _ask_name(user)
    path = remember_reviewer(settings.home, name)
    stored = f"stored in {path}" if path else "not stored: CLAIMS_HOME cannot be written"
    click.echo(f"You sign as {name} ({stored}); --as and CLAIMS_REVIEWER override it.", err=True)
    return name


def _ask_name(user: str) -> str:
    """The name of a person at the terminal, once they have confirmed it.

    A key that was meant for something else would sign all their decisions.
    """
    while True:
        question = "Your name, to sign your decisions"
        name = " ".join(click.prompt(question, default=user, err=True).split()) or user
        if name == user or click.confirm(f"Sign as {name!r} from now on?", err=True):
            return name
