"""Decisions on sources from the command line: signed, written, told."""

from typing import TYPE_CHECKING, Any

import click

from claims.cli.context import SIGNER_HELP, fresh_id, open_database, reviewer_name

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from claims.database.engine import OpenSession
    from claims.model.decision import Decision, Signature

    Act = Callable[[OpenSession, Callable[[], Signature]], Sequence[Decision | None]]


def signing_options(command: Any) -> Any:  # noqa: ANN401 - any Click command
    """--reason and --as."""
    options = (
        click.option("--reason", help="Why, in a few words."),
        click.option("--as", "signer", help=SIGNER_HELP),
    )
    for option in reversed(options):
        command = option(command)
    return command


def decide_on_sources(act: "Act", *, reason: str | None, signer: str | None) -> None:
    """Let an act decide within one transaction, and say what became of it.

    Args:
        act: Takes a session and what makes a signature; gives decisions, None for what stands so.
        reason: Why.
        signer: Who signs.
    """
    from claims import __version__
    from claims.ledger.append import sign_in
    from claims.model.decision import Signature
    from claims.sources.edit import save_source_decision

    signed_by = reviewer_name(signer)
    lines = []
    with open_database() as database, database.writer() as session:

        def sign() -> "Signature":
            reviewer = sign_in(session, signed_by, fresh_id())
            return Signature(fresh_id(), reviewer, __version__, reason)

        for decision in act(session, sign):
            if decision is None:
                lines.append("it stands so already; nothing to decide")
                continue
            number = save_source_decision(session, decision)
            short = str(decision.subject)[:8]
            lines.append(f"source {short} {decision.action}, ledger {number}, by {signed_by}")
    for line in lines:
        click.echo(line)
