"""claims documents anchor; claims review altered: what an edit made of published claims."""

from typing import TYPE_CHECKING

import click

from claims.cli.context import open_database
from claims.cli.deciding import as_option, print_written, reason_option, sign_in_as
from claims.cli.output import counted

if TYPE_CHECKING:
    from claims.review.card import ReturnedClaim

CLAIM = "ID is the claim's id or an unambiguous start of it."


@click.command()
def anchor() -> None:
    """Seek decided claims in the current versions of articles.

    Ingest does so by itself; this is for articles that were read before, or by an older method.
    After an interruption, run the same command again. No claim is changed.
    """
    from claims.cli.progress import progress
    from claims.documents.anchors import anchor_all, count_changed

    with open_database() as database:

        def total() -> int:
            with database.reader() as session:
                return count_changed(session)

        changed = written = 0
        with progress("articles", total) as report:
            for count in anchor_all(database):
                changed += 1
                written += count
                report("articles", 1)
    click.echo(f"{counted(written, 'claim')} sought in {counted(changed, 'changed article')}.")


@click.group()
def altered() -> None:
    """Decide on published claims whose article was edited.

    The same cards come first in the queue of `claims review`. To withdraw one, use
    `claims review withdraw`.
    """


@altered.command("list")
def list_altered() -> None:
    """List published claims whose article was edited."""
    from claims.catalogue.modes import load_modes
    from claims.model.reported import reported
    from claims.review.returned import load_returned, load_returned_claim
    from claims.review.state import load_claim

    with open_database() as database, database.reader() as session:
        for claim in load_returned(session):
            returned = load_returned_claim(session, claim)
            if returned is not None:
                stance = reported("", load_modes(session, [claim])[claim])
                _print(str(claim)[:8], stance, load_claim(session, claim).state.text, returned)


def _print(short_id: str, stance: str, words: str, returned: "ReturnedClaim") -> None:
    """Three lines of one claim: what became of it, its words, and those of the current version."""
    from claims.anchoring.marked import mark_changes
    from claims.terminal.screen.sentences import sentence_of
    from claims.text.display import visible

    old, new = mark_changes(words, returned.words)
    changes = f": {', '.join(returned.changes)}" if returned.changes else ""
    click.echo(f"{short_id}  in version {returned.version} it is {returned.state}{changes}")
    there = "".join(f"{{+{part.text}+}}" if part.changed else part.text for part in new)
    here = "".join(f"[-{part.text}-]" if part.changed and there else part.text for part in old)
    click.echo(f"  - {visible(stance + here)}")
    if there:
        click.echo(f"  + {visible(stance + there)}")
    if "attribution" in returned.changes:
        start, end = sentence_of(returned.article, returned.spans)
        click.echo(f"  in: {visible(returned.article[start:end])}")


def _command(action: str, about: str, reason_help: str) -> click.Command:
    """A command that decides on one claim."""

    @as_option
    @reason_option(reason_help)
    @click.argument("claim", metavar="ID")
    def command(claim: str, reason: str | None, name: str | None) -> None:
        from claims.catalogue.find import find_claim
        from claims.review.decide import decide
        from claims.review.requests import DecisionRequest
        from claims.review.transitions import Action

        with open_database() as database, database.writer() as session:
            _, sign = sign_in_as(session, name, reason)
            request = DecisionRequest(find_claim(session, claim), Action(action))
            result = decide(session, request, sign())
        print_written(result.decisions)

    command.__doc__ = about
    return click.command(action, epilog=CLAIM)(command)


altered.add_command(
    _command(
        "keep",
        "Keep a claim as it is.\n\nIt comes back only if its words are edited once more.",
        "Reason for keeping the claim, in a few words.",
    )
)
altered.add_command(
    _command(
        "take",
        "Take the new words as a correction.\n\nThe claim gives way to them. Under another name, or"
        " if two people have to read them, they wait for review instead.",
        "Reason for taking the new words, in a few words.",
    )
)
