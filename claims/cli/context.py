"""What the doors share: the database, the clock, ids, who signs."""

import getpass
import os
import sys
import time
import uuid
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from claims.model.identity import new_id
from claims.settings import read_settings, remember_reviewer, remembered_reviewer

SIGNER_HELP = "Who signs; else CLAIMS_REVIEWER, else the name you gave when first asked."

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.database.engine import Database


@contextmanager
def open_database(*, keep: bool = False) -> "Iterator[Database]":
    """The database, ready to work with; `keep` holds connections for somebody who sits at it.

    An embedded database is ours to set up and is brought up to date; one that DATABASE_URL names
    belongs to somebody, and waits for `claims db upgrade`.

    Raises:
        DatabaseError: It cannot be reached, or is at another revision.
    """
    from claims.database.address import find_database
    from claims.database.engine import Database
    from claims.database.revision import current_revision as revision_of
    from claims.database.revision import head_revision, require_migrated

    settings = read_settings()
    database = Database(find_database(settings), keep=keep)
    try:
        if settings.database_url is None and _behind(revision_of(database.engine), head_revision()):
            from claims.database.migrations import upgrade

            upgrade(database.engine)
        require_migrated(database.engine)
        yield database
    finally:
        database.close()


def _behind(current: str | None, head: str) -> bool:
    return current is None or current < head


def fresh_id() -> uuid.UUID:
    """A new id for an act, ordered by time."""
    return new_id(time.time_ns() // 1_000_000, os.urandom(10))


def reviewer_name(given: str | None) -> str:
    """Who signs: as given, else CLAIMS_REVIEWER, else the name that was given when first asked.

    Asked once, on a terminal; a script that states nobody signs as the system's user.
    """
    settings = read_settings()
    name = given or settings.reviewer or remembered_reviewer(settings.home)
    if name and name.strip():
        return name.strip()
    user = getpass.getuser()
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return user
    asked = "Your name, to sign your decisions with"
    name = " ".join(click.prompt(asked, default=user, err=True).split()) or user
    where = remember_reviewer(settings.home, name)
    kept = f"kept in {where}" if where else "not kept: CLAIMS_HOME cannot be written"
    click.echo(f"You sign as {name} ({kept}); --as or CLAIMS_REVIEWER say otherwise.", err=True)
    return name
