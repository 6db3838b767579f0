"""Decisions on sources from the command line: signed, written, reported."""

from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from claims.cli.context import SIGNER_HELP, fresh_id, open_database, reviewer_name
from claims.cli.options import CommandFunction, add_options

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeAlias

    from claims.database.engine import OpenSession
    from claims.model.decision import Decision, Signature

    Sign: TypeAlias = Callable[[], Signature]
    Decide: TypeAlias = Callable[[OpenSession, Sign], Sequence[Decision | None]]


class SigningOptions(TypedDict):
    """Who decides on a source, and why."""

    reason: str | None
    signer: str | None


def signing_options(command: CommandFunction) -> CommandFunction:
    """The options of `SigningOptions`."""
    return add_options(
        command,
        click.option("--reason", help="Reason for the decision, in a few words."),
        click.option("--as", "signer", help=SIGNER_HELP),
    )


def decide_on_sources(decide: "Decide", **signing: Unpack[SigningOptions]) -> None:
    """Make decisions within one transaction and print a line for each.

    Args:
        decide: Takes a session and a function that makes a signature; returns decisions, None for
            one that would change nothing.
        signing: Who signs, and why.
    """
    from claims import __version__
    from claims.ledger.append import sign_in
    from claims.model.decision import Signature
    from claims.sources.edit import save_source_decision

    signed_by = reviewer_name(signing["signer"])
    lines = []
    with open_database() as database, database.writer() as session:

        def sign() -> "Signature":
            reviewer = sign_in(session, signed_by, fresh_id())
            return Signature(fresh_id(), reviewer, __version__, signing["reason"])

        for decision in decide(session, sign):
            if decision is None:
                lines.append("nothing to change: the source is already so")
                continue
            number = save_source_decision(session, decision)
            short = str(decision.subject)[:8]
            lines.append(f"source {short} {decision.action}, ledger {number}, by {signed_by}")
    for line in lines:
        click.echo(line)
