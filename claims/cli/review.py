"""claims review: decide on claims, one decision per command."""

from typing import TYPE_CHECKING, Unpack

import click

from claims.cli.adding import add
from claims.cli.agreement import agreement
from claims.cli.anchoring import altered
from claims.cli.batch import accept_where, apply
from claims.cli.changes import ChangeOptions, change_options, changes_anything
from claims.cli.context import open_database
from claims.cli.deciding import as_option, decide_each, print_written, reason_option, sign_in_as
from claims.cli.links import review_links
from claims.cli.policy import policy
from claims.cli.queue import QueueOptions, keys, open_queue, queue_options
from claims.text.display import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

CLAIM = "ID is the claim's id or an unambiguous start of it."


@click.group(invoke_without_command=True)
@queue_options
@click.pass_context
def review(context: click.Context, /, **options: Unpack[QueueOptions]) -> int | None:
    """Review claims: accept, reject, edit, undo.

    Without a command, this opens the queue, in which one key makes a decision. Each decision is a
    row in the ledger. Any decision can be undone, however old, with u or `claims review undo`.
    """
    return None if context.invoked_subcommand else open_queue(options)


review.add_command(keys)

review.add_command(add)
review.add_command(apply)
review.add_command(policy)
review.add_command(agreement)
review.add_command(altered)
review.add_command(review_links)


@review.command("next")
@click.option("--later", is_flag=True, help="Show only claims that were put aside for later.")
@as_option
def next_claim(name: str | None, *, later: bool) -> None:
    """Show the next waiting claim, and how to decide on it."""
    from claims.catalogue.cards import load_cards
    from claims.catalogue.trace import draw_trace
    from claims.model.identity import derived_id
    from claims.review.leases import Holder, give_back
    from claims.review.queue import QueueQuery, take_next

    with open_database() as database, database.writer() as session:
        reviewer, _ = sign_in_as(session, name)
        # The commands of one person are one session: the card shown last is given back.
        holder = Holder(reviewer, derived_id("session", str(reviewer), "command"))
        give_back(session, holder)
        waiting = take_next(session, QueueQuery(holder, put_aside=later))
        cards = load_cards(session, [waiting]) if waiting else []
    if not cards:
        click.echo("No claim is waiting.")
        return
    for line in draw_trace(cards[0]):
        click.echo(line)
    score = cards[0].extractor_score
    line = f"score {score:.2f}   rule {cards[0].rule}" if score is not None else "added by a person"
    click.echo(f"\n{line}")
    click.echo(f"claims review accept {cards[0].short_id}")
    click.echo(f'claims review reject {cards[0].short_id} --reason "…"')


def _plain_command(action: str, about: str, reason: str) -> click.Command:
    """A command that makes one decision on each of its claims."""

    @as_option
    @reason_option(reason)
    @click.argument("claims", metavar="ID…", nargs=-1)
    def command(claims: tuple[str, ...], *, reason: str | None, name: str | None) -> None:
        _decide(action, claims, None, reason=reason, name=name)

    command.__doc__ = about
    return click.command(action, epilog=CLAIM)(command)


def _changing_command(action: str, about: str, reason: str) -> click.Command:
    """A command that decides on its claims and, if there is only one, can change it."""

    @change_options
    @as_option
    @reason_option(reason)
    @click.argument("claims", metavar="ID…", nargs=-1)
    def command(
        claims: tuple[str, ...],
        *,
        reason: str | None,
        name: str | None,
        **options: Unpack[ChangeOptions],
    ) -> None:
        _decide(action, claims, options, reason=reason, name=name)

    command.__doc__ = about
    return click.command(action, epilog=CLAIM)(command)


@review.command(epilog=CLAIM)
@click.option("--yes", is_flag=True, help="With --where: accept without asking.")
@click.option("--where", multiple=True, metavar="FIELD=VALUE",
    help="Instead of ids: accept all waiting claims that match. FIELD is speaker, outlet, form,"
    " words, since or until; score>=0.9 also works. Prints the number and asks first; one undo"
    " undoes all.")  # fmt: skip
@change_options
@as_option
@reason_option("Reason for accepting, in a few words.")
@click.argument("claims", metavar="ID…", nargs=-1)
def accept(
    claims: tuple[str, ...],
    *,
    where: tuple[str, ...],
    yes: bool,
    reason: str | None,
    name: str | None,
    **options: Unpack[ChangeOptions],
) -> None:
    """Accept claims as they are, or with changes."""
    if not where:
        _decide("accept", claims, options, reason=reason, name=name)
        return
    if claims:
        raise click.UsageError("Give either ids or --where.")
    accept_where(where, reason=reason, name=name, confirmed=yes)


def _decide(
    action: str,
    claims: "Sequence[str]",
    options: ChangeOptions | None,
    *,
    reason: str | None,
    name: str | None,
) -> None:
    if not claims:
        raise click.UsageError("Missing argument 'ID…'.")
    if options and len(claims) > 1 and changes_anything(options):
        raise click.UsageError("Only one claim at a time can be changed.")
    decide_each(action, claims, options, reason=reason, name=name)


for _action, _about, _reason in (
    (
        "reject",
        "Reject claims: not claims at all, or never said.",
        "Reason for the rejection; required.",
    ),
    (
        "later",
        "Put claims off until all others are decided.",
        "Reason for putting the claims off, in a few words.",
    ),
    (
        "flag",
        "Request a second reading of claims.\n\nTwo people then read each claim independently.",
        "Reason for a second reading, in a few words.",
    ),
    (
        "withdraw",
        "Withdraw published claims from the public views.",
        "Reason for the withdrawal; required.",
    ),
    ("note", "Write a note about a claim into the ledger.", "Text of the note; required."),
):
    review.add_command(_plain_command(_action, _about, _reason))

for _action, _about, _reason in (
    (
        "edit",
        "Change a waiting claim, or judge a published one.\n\n`correct` changes a published one.",
        "Reason for the change, in a few words.",
    ),
    (
        "correct",
        "Correct a published claim.\n\nIt stays published, marked as corrected.",
        "Reason for the correction, in a few words.",
    ),
):
    review.add_command(_changing_command(_action, _about, _reason))


@review.command(epilog=CLAIM)
@click.argument("claim", metavar="ID")
@click.option(
    "--at", type=click.IntRange(1), help="Offset in the article, in code points, at which to split."
)
@click.option("--before", help="Split before these words of the claim.")
@reason_option("Reason for the split, in a few words.")
@as_option
def split(
    claim: str, *, at: int | None, before: str | None, reason: str | None, name: str | None
) -> None:
    """Split a claim in two, at an offset or before some words.

    Both parts have the claim as their parent.
    """
    from claims.catalogue.find import find_claim
    from claims.review.decide import decide
    from claims.review.edits import find_words
    from claims.review.requests import DecisionRequest
    from claims.review.state import load_article, load_claim
    from claims.review.transitions import Action

    if (at is None) == (before is None):
        raise click.UsageError("Say where to split, with either --at or --before.")
    with open_database() as database, database.writer() as session:
        _, sign = sign_in_as(session, name, reason)
        subject = find_claim(session, claim)
        offset = at
        if before is not None:
            state = load_claim(session, subject).state
            offset = find_words(load_article(session, subject), state, before).content[0].start
        result = decide(session, DecisionRequest(subject, Action.SPLIT, offset=offset), sign())
    print_written(result.decisions)


@review.command(epilog=CLAIM)
@click.argument("claim", metavar="ID")
@click.argument("other", metavar="OTHER")
@reason_option("Reason for the merge, in a few words.")
@as_option
def merge(claim: str, other: str, reason: str | None, name: str | None) -> None:
    """Merge two claims of the same article.

    The merged claim has the attribution of ID, and both claims as its parents. How it reads then
    is printed: of a denial and what was said by the same person both would be denied.
    """
    from claims.catalogue.find import find_claim
    from claims.review.cards import load_words
    from claims.review.decide import decide
    from claims.review.requests import DecisionRequest
    from claims.review.transitions import Action

    with open_database() as database, database.writer() as session:
        _, sign = sign_in_as(session, name, reason)
        subject = find_claim(session, claim)
        request = DecisionRequest(subject, Action.MERGE, other=find_claim(session, other))
        result = decide(session, request, sign())
        merged = load_words(session, [one.decision.subject for one in result.decisions[-1:]])
    print_written(result.decisions)
    for id_, words in merged.items():
        click.echo(f"{str(id_)[:8]} reads: {visible(words)}")


@review.command()
@click.option(
    "--decision", "no", type=click.IntRange(1), help="Number in the ledger of the decision to undo."
)
@reason_option("Reason for the undo, in a few words.")
@as_option
def undo(no: int | None, reason: str | None, name: str | None) -> None:
    """Undo your last decision, or a given one.

    Decisions on claims, sources and articles can be undone, however old. The undo is a new
    decision; the old one stays in the ledger.
    """
    _undo_or_redo(no, reason, name, redo=False)


@review.command()
@reason_option("Reason for the redo, in a few words.")
@as_option
def redo(reason: str | None, name: str | None) -> None:
    """Redo what you undid last."""
    _undo_or_redo(None, reason, name, redo=True)


def _undo_or_redo(no: int | None, reason: str | None, name: str | None, *, redo: bool) -> None:
    from claims.documents.decide import save_document_decision
    from claims.ledger import undo as ledger_undo
    from claims.ledger.entries import load_entry
    from claims.ledger.errors import UndoRefusedError
    from claims.review.state import save_decision
    from claims.sources.edit import save_source_decision

    with open_database() as database, database.writer() as session:
        reviewer, sign = sign_in_as(session, name, reason)
        if no is not None:
            entry = load_entry(session, no)
        else:
            find = ledger_undo.find_redoable if redo else ledger_undo.find_undoable
            latest = find(session, reviewer)
            if latest is None:
                nothing = (
                    "nothing was undone since your last decision"
                    if redo
                    else "you have no decision left to undo"
                )
                raise UndoRefusedError("ledger", nothing)
            entry = latest
        writers = {
            "claim": save_decision,
            "source": save_source_decision,
            "document": save_document_decision,
        }
        written = ledger_undo.undo(session, entry, sign(), writers)
    print_written(written, of=entry.summary)
