"""Decisions on claims from the command line: signed, written, reported."""

from typing import TYPE_CHECKING

import click

from claims.cli.context import SIGNER_HELP, fresh_id, open_database, reviewer_name

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable, Iterable, Sequence

    from claims.cli.changes import ChangeOptions
    from claims.cli.options import CommandFunction
    from claims.database.engine import OpenSession
    from claims.model.decision import Decision, NumberedDecision, Signature

as_option = click.option("--as", "name", help=SIGNER_HELP)


def reason_option(about: str) -> "Callable[[CommandFunction], CommandFunction]":
    """--reason, with the help that fits the command."""
    return click.option("--reason", help=about)


def sign_in_as(
    session: "OpenSession", name: str | None, reason: str | None = None
) -> "tuple[uuid.UUID, Callable[[], Signature]]":
    """The reviewer's id, and a function that makes their signatures."""
    from claims import __version__
    from claims.ledger.append import sign_in
    from claims.model.decision import Signature

    reviewer = sign_in(session, reviewer_name(name), fresh_id())
    return reviewer, lambda: Signature(fresh_id(), reviewer, __version__, reason)


def decide_each(
    action: str,
    claims: "Sequence[str]",
    options: "ChangeOptions | None",
    *,
    reason: str | None,
    name: str | None,
) -> None:
    """Decide on each claim, all or none: a wrong id leaves the others undecided too."""
    from claims.catalogue.find import find_claim
    from claims.cli.changes import changes_of
    from claims.review.decide import decide
    from claims.review.outcomes import SEALED
    from claims.review.requests import DecisionRequest
    from claims.review.state import load_claim
    from claims.review.transitions import Action

    signed_by = reviewer_name(name)
    lines = []
    with open_database() as database, database.writer() as session:
        _, sign = sign_in_as(session, name, reason)
        for id_ in dict.fromkeys(claims):
            claim = find_claim(session, id_)
            changes = changes_of(session, claim, options) if options else {}
            result = decide(session, DecisionRequest(claim, Action(action), changes), sign())
            short = str(claim)[:8]
            if result.number is None:
                status = load_claim(session, claim).status
                lines.append(f"{short} is already {status}")
            elif result.decision is None:
                lines.append(f"{short} {SEALED}")
            else:
                lines.append(
                    f"{short} {_outcome(result.decision)}, ledger {result.number}, by {signed_by}"
                )
    for line in lines:
        click.echo(line)


def print_written(written: "Iterable[NumberedDecision]", of: str | None = None) -> None:
    """Print a line for each decision that was written."""
    for number, decision in written:
        subject = f"{decision.subject_kind} {str(decision.subject)[:8]}"
        outcome = f"{decision.action} of {of}" if of else _outcome(decision)
        click.echo(f"{subject} {outcome}, ledger {number}")


def _outcome(decision: "Decision") -> str:
    """The new status of the claim, or what was done with it."""
    from claims.review.outcomes import DECIDED

    status = decision.after.get("status")
    return str(status) if status else DECIDED[decision.action]
