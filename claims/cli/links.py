"""claims links; claims review links: claims that report the same, proposed and settled."""

import shutil
import sys
from typing import TYPE_CHECKING

import click

from claims.cli.context import open_database, open_to_read, reviewer_name
from claims.cli.deciding import as_option, reason_option, sign_in_as
from claims.cli.options import read_only_url_option
from claims.cli.output import Row, facts_format_option, format_option, show_json, show_rows
from claims.model.kinds import LinkKind

if TYPE_CHECKING:
    from claims.cli.link_queue import ReadKey
    from claims.review.link_card import LinkCard

COLUMNS = ("a", "b", "kind", "status", "score", "reasons", "words")
KINDS = click.Choice([kind.value for kind in LinkKind])
NO_QUESTION = "No question: no words clash that nobody has looked at."
NO_DISPUTE = "No dispute: no two readers differ on a link."
LINK_HELP = "A and B are the claims' ids or unambiguous starts of them."


@click.group()
def links() -> None:
    """Settle which claims report the same.

    The machine proposes that two claims have the same words or the same content. That one
    contradicts, narrows or retracts another, only people say.
    """


@links.command("list")
@click.option("--kind", type=KINDS, help="Only links of this kind.")
@click.option("--claim", help="Only links of this claim: its id or an unambiguous start of it.")
@click.option("--all", "everything", is_flag=True, help="Include links that people settled.")
@click.option("--questions", "which", flag_value="questions",
              help="List pairs whose words clash and that nobody answered.")  # fmt: skip
@click.option("--disputed", "which", flag_value="disputed",
              help="List links on which two readers differ.")  # fmt: skip
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True,
              help="Number of links to list.")  # fmt: skip
@format_option
@read_only_url_option
def list_links(
    kind: str | None,
    claim: str | None,
    output_format: str | None,
    *,
    everything: bool,
    which: str | None,
    limit: int,
) -> None:
    """List proposed links between claims, questions, or disputes."""
    from claims.catalogue.find import find_claim
    from claims.review.link_questions import load_questions
    from claims.review.links import DisputeQuery, LinkQuery, load_disputes, load_links

    if which and (kind or claim or everything):
        raise click.UsageError(f"--{which} takes none of --kind, --claim and --all.")
    with open_to_read() as database, database.reader() as session:
        if which == "questions":
            _show_cards(load_questions(session, limit=limit), output_format, NO_QUESTION)
            return
        if which == "disputed":
            _show_cards(load_disputes(session, DisputeQuery(), limit), output_format, NO_DISPUTE)
            return
        subject = find_claim(session, claim) if claim else None
        query = LinkQuery(everything, LinkKind(kind) if kind else None, subject)
        cards = load_links(session, query, limit)
    show_rows(COLUMNS, [_as_row(card) for card in cards], output_format)
    if not cards:
        click.echo("No link." if everything else "No proposed link.", err=True)
    elif len(cards) == limit:
        click.echo(f"The first {limit} are shown; --limit shows more.", err=True)


def _show_cards(cards: "list[LinkCard]", output_format: str | None, none: str) -> None:
    show_rows(COLUMNS, [_as_row(card) for card in cards], output_format)
    if not cards:
        click.echo(none, err=True)


@links.command(epilog=LINK_HELP)
@click.argument("claim", metavar="A")
@click.argument("other", metavar="B")
@facts_format_option
@read_only_url_option
def show(claim: str, other: str, output_format: str) -> None:
    """Show a link with both claims, and how to settle it."""
    from claims.terminal.screen.link_lines import draw_card

    card = _load(claim, other)
    if output_format == "json":
        show_json(_as_row(card))
        return
    for line in list(draw_card(card, 100, 40))[1:-1]:
        click.echo(line)
    if card.question and card.kind:
        click.echo(f"words clash: {card.question}")
    if card.linked_by:
        click.echo(f"settled by {card.linked_by}")
        return
    pair = f"{card.a.short_id} {card.b.short_id}"
    answer = " --kind KIND" if card.kind is None else ""
    click.echo(f"\nclaims links confirm {pair}{answer}\nclaims links refuse {pair}")


def _load(claim: str, other: str) -> "LinkCard":
    from claims.catalogue.find import find_claim
    from claims.review.links import load_link

    with open_to_read() as database, database.reader() as session:
        return load_link(session, find_claim(session, claim), find_claim(session, other))


def _as_row(card: "LinkCard") -> Row:
    return {
        "a": card.a.short_id,
        "b": card.b.short_id,
        "kind": card.kind.value if card.kind else None,
        "status": card.status,
        "score": card.score,
        "reasons": card.reasons,
        "words": " ".join(card.a.reported.split()),
        "linked_by": card.linked_by,
        "claim_a": str(card.a.id),
        "claim_b": str(card.b.id),
        "speaker_a": card.a.speaker,
        "speaker_b": card.b.speaker,
        "outlet_a": card.a.outlet,
        "outlet_b": card.b.outlet,
        "words_b": " ".join(card.b.reported.split()),
        "question": card.question,
        "two_readers": card.two_readers,
        "disputed": [{"kind": one.after["kind"], "reason": one.reason} for one in card.disputed],
    }


@links.command(epilog=LINK_HELP)
@click.argument("claim", metavar="A")
@click.argument("other", metavar="B")
@click.option("--kind", type=KINDS, help="How they relate, if it is not as proposed.")
@reason_option("Reason for the decision, in a few words.")
@as_option
def confirm(
    claim: str, other: str, *, kind: str | None, reason: str | None, name: str | None
) -> None:
    """Confirm a proposed link, as it is or as another kind."""
    card = _load(claim, other)
    if kind is None and card.kind is None:
        raise click.UsageError("That is a question, which proposes nothing: answer it with --kind.")
    _settle(card, LinkKind(kind) if kind else card.kind, reason, name)


@links.command(epilog=LINK_HELP)
@click.argument("claim", metavar="A")
@click.argument("other", metavar="B")
@reason_option("Reason for the decision, in a few words.")
@as_option
def refuse(claim: str, other: str, reason: str | None, name: str | None) -> None:
    """Refuse a link: the two claims do not relate so.

    It is never proposed again, unless the decision is undone.
    """
    _settle(_load(claim, other), None, reason, name)


def _settle(card: "LinkCard", kind: LinkKind | None, reason: str | None, name: str | None) -> None:
    from claims.review.link_decisions import settle_link
    from claims.review.link_session import DISPUTED, SEALED

    with open_database() as database, database.writer() as session:
        _, sign = sign_in_as(session, name, reason)
        result = settle_link(session, card, kind, sign())
    pair = f"{card.a.short_id} and {card.b.short_id}"
    if result.number is None:
        click.echo(f"{pair}: it is already so; nothing was written")
        return
    if result.decision is None:
        click.echo(f"{pair}: {SEALED}")
        return
    verdict = kind.value.replace("_", " ") if kind else "not linked"
    verdict = DISPUTED if result.decision.action == "dispute" else verdict
    click.echo(f"{pair}: {verdict}, ledger {result.number}, by {reviewer_name(name)}")


@click.command("links")
@as_option
def review_links(name: str | None) -> int:
    """Review proposed links, one key a decision.

    Pairs whose words clash come first, with these words: a question, which only you can answer.
    Both claims are shown in their sentences: a confirms, 1 to 5 say another kind, x says that they
    are different, space goes on, u undoes, q quits. If `claims review policy --links` asks for two
    readers, nobody sees the first reading before the second; where they differ, the link comes to
    a third person, before everything else. Without a terminal, keys are read from standard
    input, one a line.
    """
    from claims.cli.link_queue import run_link_queue
    from claims.review.link_session import LinkSession

    with open_database(keep=True) as database:
        with database.writer() as session:
            _, sign = sign_in_as(session, name)
        return run_link_queue(LinkSession(database, sign), _key_reader(), click.echo, _size)


def _size() -> tuple[int, int]:
    columns, lines = shutil.get_terminal_size((100, 30))
    return columns, lines


def _key_reader() -> "ReadKey":
    if sys.stdin.isatty():
        return _read_key
    return _read_line


def _read_line() -> str | None:
    """The key at the start of a line; an empty line is a space."""
    line = sys.stdin.readline()
    return (line.strip()[:1] or " ") if line else None


def _read_key() -> str | None:
    try:
        return click.getchar()
    except (EOFError, KeyboardInterrupt):
        return None
