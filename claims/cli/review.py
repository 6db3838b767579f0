"""claims review: decide on claims, one act a command."""

from typing import TYPE_CHECKING, Any

import click

from claims.cli.agreement import agreement
from claims.cli.batch import accept_where, apply
from claims.cli.changes import NAMES, change_options
from claims.cli.context import open_database
from claims.cli.deciding import as_option, decide_each, print_written, reason_option, sign_in_as
from claims.cli.policy import policy
from claims.cli.queue import keys, open_queue, queue_options

if TYPE_CHECKING:
    from collections.abc import Callable

CLAIM = "ID may be any unambiguous prefix."


@click.group(invoke_without_command=True)
@queue_options
@click.pass_context
def review(context: click.Context, /, **given: Any) -> int | None:  # noqa: ANN401
    """Decide on claims, each act a ledger row.

    Without a command: the queue, one key a decision. Whatever was decided can be taken back,
    however long ago, with u or with `claims review undo`.
    """
    return None if context.invoked_subcommand else open_queue(given)


review.add_command(keys)

review.add_command(apply)
review.add_command(policy)
review.add_command(agreement)


@review.command("next")
@click.option("--later", is_flag=True, help="What was put aside, in place of all else.")
@as_option
def next_claim(name: str | None, *, later: bool) -> None:
    """Show the next claim that waits, and what can be done with it."""
    from claims.catalogue.find import load_cards
    from claims.catalogue.trace import draw_trace
    from claims.review.queue import QueueQuery, give_back, take_next

    with open_database() as database, database.writer() as session:
        reviewer, _ = sign_in_as(session, name)
        give_back(session, reviewer)
        waiting = take_next(session, QueueQuery(reviewer, put_aside=later))
        cards = load_cards(session, [waiting]) if waiting else []
    if not cards:
        click.echo("Nothing waits.")
        return
    for line in draw_trace(cards[0]):
        click.echo(line)
    click.echo(f"\nscore {cards[0].extractor_score:.2f}   rule {cards[0].rule}")
    click.echo(f"claims review accept {cards[0].short_id}")
    click.echo(f'claims review reject {cards[0].short_id} --reason "…"')


def _command(action: str, about: str, *, changes: bool = False) -> click.Command:
    """A command that does one action with each of the claims given."""

    def command(**given: Any) -> None:  # noqa: ANN401 - Click's own arguments
        where = given.pop("where", ())
        if where:
            accept_where(where, given)
            return
        if not given["claims"]:
            raise click.UsageError("Missing argument 'ID…'.")
        stated = {name: given[name] for name in NAMES} if changes else None
        if (
            stated
            and len(given["claims"]) > 1
            and any(v not in (None, (), False) for v in stated.values())
        ):
            raise click.UsageError("What is changed is changed on one claim at a time.")
        decide_each(action, given["claims"], stated, reason=given["reason"], name=given["name"])

    command.__doc__ = about
    made: Callable[..., Any] = command
    for option in (click.argument("claims", metavar="ID…", nargs=-1), reason_option, as_option):
        made = option(made)
    if changes:
        made = change_options(made)
    if action == "accept":
        where = click.option(
            "--where", multiple=True, metavar="FIELD=VALUE",
            help="In place of ids: all that wait with this speaker, outlet, form, words, since,"
            " until, or score>=0.9. Shows how many, asks, and is one undo.",
        )  # fmt: skip
        made = click.option("--yes", is_flag=True, help="With --where: do not ask.")(where(made))
    return click.command(action, epilog=CLAIM)(made)


for _action, _about, _changes in (
    ("accept", "Accept claims as they stand, or with what is changed in the same act.", True),
    ("reject", "Find that something is no claim, or was not said; with the reason.", False),
    ("later", "Put claims aside, behind all that wait.", False),
    ("flag", "Let two people read a claim, each without knowing of the other.", False),
    ("edit", "Change a claim that waits, or judge one that is published.", True),
    ("correct", "Correct a published claim; it stays published, marked as corrected.", True),
    ("withdraw", "Take a published claim back from the public; with the reason.", False),
    ("note", "Write a note about a claim into the ledger.", False),
):
    review.add_command(_command(_action, _about, changes=_changes))


@review.command(epilog=CLAIM)
@click.argument("claim", metavar="ID")
@click.option("--at", type=click.IntRange(1), help="Code point of the article to part it at.")
@click.option("--before", help="Part it before these words of it.")
@reason_option
@as_option
def split(
    claim: str, *, at: int | None, before: str | None, reason: str | None, name: str | None
) -> None:
    """Part a claim in two; both keep it as their parent."""
    from claims.catalogue.find import find_claim
    from claims.review.decide import split as part
    from claims.review.edits import find_words, spans_in
    from claims.review.state import load_article, load_standing

    if (at is None) == (before is None):
        raise click.UsageError("Say where, with either --at or --before.")
    with open_database() as database, database.writer() as session:
        _, sign = sign_in_as(session, name, reason)
        subject = find_claim(session, claim)
        if before is not None:
            fields = load_standing(session, subject).fields
            found = find_words(load_article(session, subject), fields, before)
            at = spans_in(found["content"])[0].start
        assert at is not None, "one of the two was given"  # noqa: S101
        written = part(session, subject, at, sign)
    print_written(written)


@review.command(epilog=CLAIM)
@click.argument("claim", metavar="ID")
@click.argument("other", metavar="OTHER")
@reason_option
@as_option
def merge(claim: str, other: str, reason: str | None, name: str | None) -> None:
    """Make one claim of two of the same text; it has the attribution of the first."""
    from claims.catalogue.find import find_claim
    from claims.review.decide import merge as join

    with open_database() as database, database.writer() as session:
        _, sign = sign_in_as(session, name, reason)
        written = join(session, find_claim(session, claim), find_claim(session, other), sign)
    print_written(written)


@review.command()
@click.option("--decision", "no", type=click.IntRange(1), help="Its number in the ledger.")
@reason_option
@as_option
def undo(no: int | None, reason: str | None, name: str | None) -> None:
    """Take back your last decision, or the one with a number.

    On claims and sources alike, however long ago. It is a new decision; the old one stays in the
    ledger.
    """
    _turn(no, reason, name, redo=False)


@review.command()
@reason_option
@as_option
def redo(reason: str | None, name: str | None) -> None:
    """Bring back what you took back last."""
    _turn(None, reason, name, redo=True)


def _turn(no: int | None, reason: str | None, name: str | None, *, redo: bool) -> None:
    from claims.ledger import undo as history
    from claims.ledger.errors import UndoRefusedError
    from claims.review.state import save_decision
    from claims.sources.edit import save_source_decision

    with open_database() as database, database.writer() as session:
        reviewer, sign = sign_in_as(session, name, reason)
        if no is not None:
            made = history.load_made(session, no=no)
        else:
            find = history.find_redoable if redo else history.find_undoable
            found = find(session, reviewer)
            if found is None:
                nothing = (
                    "nothing was taken back since you last decided"
                    if redo
                    else "nothing of yours is left to take back"
                )
                raise UndoRefusedError("ledger", nothing)
            made = found
        writers = {"claim": save_decision, "source": save_source_decision}
        written = history.take_back(session, made, sign, writers)
    print_written(written, of=made.told)
