"""claims users: add, passwd, roles, list, remove."""

import sys
from typing import TYPE_CHECKING

import click

from claims.cli.context import fresh_id, open_database
from claims.cli.output import format_option, show_rows
from claims.cli.reviewers import Name
from claims.model.kinds import Role

if TYPE_CHECKING:
    from claims.database.engine import OpenSession

COLUMNS = ("name", "role", "password", "signed_in", "last_page", "state")

ROLES = click.Choice([role.value for role in Role])

MEANINGS = {
    Role.READER: "sees everything, changes nothing",
    Role.REVIEWER: "also decides on claims",
    Role.ADJUDICATOR: "also undoes what others decided",
    Role.ADMIN: "also sees who is signed in, and signs others out",
}
"""What each role may do more than the one before."""


@click.group()
def users() -> None:
    """Manage accounts of people who sign in at the desk.

    A desk that this machine alone reaches needs none. docs/how-to/deploy.md shows the whole way.
    """


@users.command()
@click.argument("name", type=Name())
@click.option("--role", type=ROLES, help="What they may do; a new person is a reviewer.")
@click.option(
    "--no-password",
    is_flag=True,
    help="Set no password: they come in only as the proxy names them (--remote-user).",
)
def add(name: str, *, role: str | None, no_password: bool) -> None:
    """Add an account; ask for its password.

    A program writes the password as a line to standard input. Whoever decided under this name
    before is the same person.
    """
    from claims.ledger.accounts import save_account
    from claims.ledger.append import sign_in

    stored = None if no_password else _ask_password(name)
    with open_database() as database, database.writer() as session:
        save_account(session, sign_in(session, name, fresh_id()), name, stored)
        role_now = _give_role(session, name, role) if role else _role_of(session, name)
    click.echo(f"{name} may sign in, as {_with_article(role_now)}.")


@users.command()
@click.argument("name", type=Name())
@click.option("--no-password", is_flag=True, help="Take the password away.")
def passwd(name: str, *, no_password: bool) -> None:
    """Set another password, and sign its owner out."""
    from claims.ledger.accounts import change_password

    stored = None if no_password else _ask_password(name)
    with open_database() as database, database.writer() as session:
        change_password(session, name, stored)
    click.echo(f"{name} has {'no' if no_password else 'a new'} password, and is signed out.")


@users.command()
@click.argument("name", type=Name(), required=False)
@click.argument("role", type=ROLES, required=False)
def roles(name: str | None, role: str | None) -> None:
    """Give somebody a role, or say what each may do."""
    if name is None or role is None:
        if name is not None:
            raise click.UsageError("give a name and a role, or neither.")
        for one, meaning in MEANINGS.items():
            click.echo(f"{one:<12}{meaning}")
        return
    with open_database() as database, database.writer() as session:
        role_now = _give_role(session, name, role)
    click.echo(f"{name} is {_with_article(role_now)}.")


@users.command("list")
@format_option
def list_users(output_format: str | None) -> None:
    """List accounts: roles, and who is signed in."""
    from claims.ledger.accounts import load_accounts

    with open_database() as database, database.reader() as session:
        accounts = load_accounts(session)
    rows = [
        {
            "name": one.name,
            "role": one.role.value,
            "password": "set" if one.password else "none",
            "signed_in": one.sessions,
            "last_page": f"{one.seen_at:%Y-%m-%d %H:%M}" if one.seen_at else None,
            "state": "closed" if one.closed else "open",
            "id": str(one.reviewer),
        }
        for one in accounts
    ]
    show_rows(COLUMNS, rows, output_format)
    if not rows:
        click.echo("Nobody has an account yet.", err=True)


@users.command()
@click.argument("name", type=Name())
def remove(name: str) -> None:
    """Remove an account; its owner's decisions stay."""
    from claims.ledger.accounts import remove_account

    with open_database() as database, database.writer() as session:
        remove_account(session, name)
    click.echo(f"{name} may sign in no more, and is signed out.")


def _give_role(session: "OpenSession", name: str, role: str) -> Role:
    from claims.ledger.reviewers import change_reviewer

    change_reviewer(session, name, role=Role(role))
    return Role(role)


def _role_of(session: "OpenSession", name: str) -> Role:
    from claims.ledger.accounts import find_account

    account = find_account(session, name)
    assert account is not None, "it was saved before"  # noqa: S101 - narrows the type
    return account.role


def _with_article(role: Role) -> str:
    return f"an {role}" if role.startswith("a") else f"a {role}"


def _ask_password(name: str) -> str:
    """What is stored of a password that a person types twice, or a program writes once.

    Raises:
        DeskMissingError: The package that makes it is not installed.
    """
    from claims.desk.errors import DeskMissingError

    try:
        from claims.desk.passwords import LONGEST, SHORTEST, digest_password
    except ModuleNotFoundError as error:
        raise DeskMissingError("claims users", error.name or "") from error
    if sys.stdin.isatty():
        asked = f"Password of {name}, {SHORTEST} characters or more"
        password = click.prompt(asked, hide_input=True, confirmation_prompt=True, err=True)
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    if not SHORTEST <= len(password) <= LONGEST:
        raise click.UsageError(f"a password has {SHORTEST} characters or more, {LONGEST} at most.")
    return digest_password(password)
