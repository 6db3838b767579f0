"""claims tokens: add, list, revoke."""

import os
from datetime import UTC, datetime, timedelta

import click

from claims.cli.context import fresh_id, open_database
from claims.cli.output import format_option, show_rows

SCOPES = ("read", "review", "decide", "ingest", "propose")
"""Those of `claims.api.scopes`, which a test compares: `--help` loads no database."""

LONGEST = 3650
"""Days that a token may hold at most."""

RANDOM = 32
"""Bytes that a token is made of."""

COLUMNS = ("name", "scopes", "signs_as", "added", "expires", "last_used", "state")


@click.group()
def tokens() -> None:
    """Add, list and revoke tokens of programs that use the API.

    docs/how-to/api.md shows the API. A token is shown once, when it is added; the database holds
    only its digest.
    """


@tokens.command()
@click.argument("name")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    type=click.Choice(SCOPES),
    default=("read",),
    show_default=True,
    help="What it allows; repeat it for several. read: what is published; review: also what waits"
    " and the ledger; decide; ingest; propose: find claims in a text.",
)
@click.option(
    "--as",
    "signer",
    metavar="REVIEWER",
    help="Reviewer who signs what is decided with it, for the scope decide.",
)
@click.option("--days", type=click.IntRange(1, LONGEST), default=90, show_default=True,
              help="Number of days for which it holds.")  # fmt: skip
def add(name: str, *, scopes: tuple[str, ...], signer: str | None, days: int) -> None:
    """Add a token and print it; it cannot be shown again."""
    from claims.api.scopes import Scope
    from claims.api.tokens import NewToken, save_token, secret_of
    from claims.ledger.append import sign_in
    from claims.text.clean import clean_line

    cleaned = clean_line(name)
    if not cleaned:
        raise click.BadParameter("a name cannot be empty.")
    if ("decide" in scopes) != (signer is not None):
        raise click.UsageError("--scope decide and --as REVIEWER belong together.")
    secret = secret_of(os.urandom(RANDOM))
    expires = datetime.now(UTC) + timedelta(days=days)
    with open_database() as database, database.writer() as session:
        reviewer = sign_in(session, signer.strip(), fresh_id()) if signer else None
        scopes_ = frozenset(map(Scope, scopes))
        save_token(session, NewToken(fresh_id(), cleaned, secret, scopes_, reviewer, expires))
    click.echo(secret)
    click.echo(
        f"{cleaned} holds until {expires:%Y-%m-%d}. Keep it: it is not shown again.", err=True
    )


@tokens.command("list")
@format_option
def list_tokens(output_format: str | None) -> None:
    """List tokens with what they allow and when they were last used."""
    from claims.api.tokens import load_tokens

    now = datetime.now(UTC)
    with open_database() as database, database.reader() as session:
        stored = load_tokens(session)
    rows = [
        {
            "name": token.name,
            "scopes": ", ".join(sorted(token.scopes)),
            "signs_as": token.reviewer_name,
            "added": f"{token.added_at:%Y-%m-%d}",
            "expires": f"{token.expires_at:%Y-%m-%d}",
            "last_used": f"{token.last_used_at:%Y-%m-%d %H:00}" if token.last_used_at else None,
            "state": token.state(now),
            "id": str(token.id),
        }
        for token in stored
    ]
    show_rows(COLUMNS, rows, output_format)
    if not rows:
        click.echo("No program has a token yet.", err=True)


@tokens.command()
@click.argument("name")
def revoke(name: str) -> None:
    """Revoke a token: from now on it opens nothing."""
    from claims.api.tokens import revoke_token
    from claims.text.clean import clean_line

    with open_database() as database, database.writer() as session:
        revoked = revoke_token(session, clean_line(name))
    click.echo(f"{name} is {'now' if revoked else 'already'} revoked.")
