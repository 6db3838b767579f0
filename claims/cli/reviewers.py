"""claims reviewers: add, list, close, rename."""

import click

from claims.cli.context import fresh_id, open_database, open_to_read
from claims.cli.options import read_only_url_option
from claims.cli.output import format_option, show_rows

COLUMNS = ("name", "role", "decisions", "first", "last", "closed")


class Name(click.ParamType[str]):
    """A name on one line."""

    name = "NAME"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name, with single spaces between its words."""
        name = " ".join(value.split())
        if not name:
            self.fail("a name cannot be empty.", param, ctx)
        return name


@click.group()
def reviewers() -> None:
    """Add, list, close and rename reviewers.

    Reviewers are never deleted: the ledger records who decided, by id. A name is stored only once,
    so that `rename` erases the old one everywhere.
    """


@reviewers.command()
@click.argument("name", type=Name())
@click.option(
    "--adjudicator/--no-adjudicator",
    default=None,
    help="Allow, or no longer allow, the reviewer to undo decisions of others.",
)
@click.option("--reopen", is_flag=True, help="Reactivate this closed reviewer, as the same person.")
def add(name: str, *, adjudicator: bool | None, reopen: bool) -> None:
    """Add a reviewer, or change an existing one.

    Whoever signs a first decision is also added. The name of a closed reviewer cannot be used
    again without --reopen: the ledger could not tell two people of one name apart.
    """
    from claims.ledger.reviewers import change_reviewer, load_reviewers, save_new_reviewer
    from claims.model.kinds import Role

    role = None if adjudicator is None else (Role.REVIEWER, Role.ADJUDICATOR)[adjudicator]
    with open_database() as database, database.writer() as session:
        stored = {card.name: card for card in load_reviewers(session)}.get(name)
        if stored and (reopen or (role is not None and stored.closed_at is None)):
            changed = change_reviewer(session, name, role=role, reopen=reopen)
        else:
            save_new_reviewer(session, fresh_id(), name, role or Role.REVIEWER)
            changed = True
        card = {card.name: card for card in load_reviewers(session)}[name]
    signs = " and may sign" if card.role is not Role.READER else ", who signs nothing"
    click.echo(f"{name} {'is now' if changed else 'is already'} {_with_article(card.role)}{signs}.")


def _with_article(role: str) -> str:
    return f"an {role}" if role.startswith("a") else f"a {role}"


@reviewers.command("list")
@format_option
@read_only_url_option
def list_reviewers(output_format: str | None) -> None:
    """List reviewers and their number of decisions, closed ones last."""
    from claims.ledger.reviewers import load_reviewers

    with open_to_read() as database, database.reader() as session:
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
    show_rows(COLUMNS, rows, output_format)
    if not rows:
        click.echo("Nobody has decided yet.", err=True)


@reviewers.command()
@click.argument("name", type=Name())
def close(name: str) -> None:
    """Deactivate a reviewer; their decisions stay, signed with their name."""
    from claims.ledger.reviewers import close_reviewer

    with open_database() as database, database.writer() as session:
        closed = close_reviewer(session, name)
    click.echo(f"{name} is {'now' if closed else 'already'} closed; their decisions stay.")


@reviewers.command()
@click.argument("name", type=Name())
@click.argument("new", metavar="NEW", type=Name())
def rename(name: str, new: str) -> None:
    """Rename a reviewer, on old decisions too; the old name is erased."""
    from claims.ledger.reviewers import rename_reviewer
    from claims.settings import read_settings, remember_reviewer, remembered_reviewer

    with open_database() as database, database.writer() as session:
        rename_reviewer(session, name, new)
    click.echo(f"Renamed to {new}, on old decisions too.")
    settings = read_settings()
    if remembered_reviewer(settings.home) == name:
        remember_reviewer(settings.home, new)
    if settings.reviewer == name:
        click.echo(
            "CLAIMS_REVIEWER still has the old name: change it, or a new reviewer will be added.",
            err=True,
        )
