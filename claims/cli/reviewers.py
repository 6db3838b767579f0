"""claims reviewers: add, list, close, rename."""

import click

from claims.cli.context import fresh_id, open_database
from claims.cli.output import format_option, show_rows

COLUMNS = ("name", "role", "decisions", "first", "last", "closed")


class Name(click.ParamType[str]):
    """A name on one line."""

    name = "NAME"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name without needless blanks."""
        given = " ".join(value.split())
        if not given:
            self.fail("a name cannot be empty.", param, ctx)
        return given


@click.group()
def reviewers() -> None:
    """Who decides: add, list, close and rename.

    Nobody is ever removed: who decided stays on record. A name stands in one place only, and
    `rename` also erases it; the ledger is signed with ids.
    """


@reviewers.command()
@click.argument("name", type=Name())
@click.option(
    "--adjudicator/--no-adjudicator",
    default=None,
    help="May also take back what others decided; of somebody known, gives or takes this.",
)
@click.option("--reopen", is_flag=True, help="It is the one who was closed: they sign again.")
def add(name: str, *, adjudicator: bool | None, reopen: bool) -> None:
    """Add somebody who decides.

    Whoever signs a decision for the first time is added as well. A closed reviewer's name is
    not simply taken up again: two people with one name would be one on record.
    """
    from claims.ledger.reviewers import change_reviewer, load_reviewers, save_new_reviewer
    from claims.model.kinds import Role

    role = None if adjudicator is None else (Role.REVIEWER, Role.ADJUDICATOR)[adjudicator]
    with open_database() as database, database.writer() as session:
        known = {card.name: card for card in load_reviewers(session)}.get(name)
        if known and (reopen or (role is not None and known.closed_at is None)):
            changed = change_reviewer(session, name, role=role, reopen=reopen)
        else:
            save_new_reviewer(session, fresh_id(), name, role or Role.REVIEWER)
            changed = True
        card = {card.name: card for card in load_reviewers(session)}[name]
    click.echo(f"{name} {'is now' if changed else 'is already'} {_as(card.role)} and may sign.")


def _as(role: str) -> str:
    return f"an {role}" if role.startswith("a") else f"a {role}"


@reviewers.command("list")
@format_option
def list_reviewers(form_of_output: str | None) -> None:
    """List reviewers with what they decided, closed ones last."""
    from claims.ledger.reviewers import load_reviewers

    with open_database() as database, database.reader() as session:
        cards = load_reviewers(session)
    rows = [
        {
            "name": card.name,
            "role": card.role.value,
            "decisions": card.decisions,
            "first": f"{card.first:%Y-%m-%d}" if card.first else None,
            "last": f"{card.last:%Y-%m-%d}" if card.last else None,
            "closed": f"{card.closed_at:%Y-%m-%d}" if card.closed_at else None,
            "id": str(card.id),
        }
        for card in cards
    ]
    show_rows(COLUMNS, rows, form_of_output)
    if not rows:
        click.echo("Nobody has decided yet.", err=True)


@reviewers.command()
@click.argument("name", type=Name())
def close(name: str) -> None:
    """Let somebody sign nothing more; their decisions and their name on them stay."""
    from claims.ledger.reviewers import close_reviewer

    with open_database() as database, database.writer() as session:
        closed = close_reviewer(session, name)
    click.echo(f"{name} is closed {'now' if closed else 'already'}: what was decided stays.")


@reviewers.command()
@click.argument("name", type=Name())
@click.argument("new", metavar="NEW", type=Name())
def rename(name: str, new: str) -> None:
    """Give somebody another name, on old decisions too; the old one is kept nowhere."""
    from claims.ledger.reviewers import rename_reviewer
    from claims.settings import read_settings, remember_reviewer, remembered_reviewer

    with open_database() as database, database.writer() as session:
        rename_reviewer(session, name, new)
    click.echo(f"renamed to {new}, on old decisions too.")
    settings = read_settings()
    if remembered_reviewer(settings.home) == name:
        remember_reviewer(settings.home, new)
    if settings.reviewer == name:
        click.echo("CLAIMS_REVIEWER still has the old name: it would be added anew.", err=True)
