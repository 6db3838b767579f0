"""Decisions on claims from the command line: signed, written, told."""

from typing import TYPE_CHECKING, Any

import click

from claims.cli.context import SIGNER_HELP, fresh_id, open_database, reviewer_name

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable, Mapping, Sequence

    from claims.database.engine import OpenSession
    from claims.model.decision import Decision, Signature

reason_option = click.option("--reason", help="Why, in a few words; a rejection needs one.")
as_option = click.option("--as", "name", help=SIGNER_HELP)


def sign_in_as(
    session: "OpenSession", name: str | None, reason: str | None = None
) -> "tuple[uuid.UUID, Callable[[], Signature]]":
    """Who signs, and what makes their signatures."""
    from claims import __version__
    from claims.ledger.append import sign_in
    from claims.model.decision import Signature

    reviewer = sign_in(session, reviewer_name(name), fresh_id())
    return reviewer, lambda: Signature(fresh_id(), reviewer, __version__, reason)


def decide_each(
    action: str,
    claims: "Sequence[str]",
    stated: "Mapping[str, Any] | None",
    *,
    reason: str | None,
    name: str | None,
) -> None:
    """Do one action with each claim, all or none: a wrong id leaves the others undecided too."""
    from claims.catalogue.find import find_claim
    from claims.cli.changes import changes_of
    from claims.review.decide import DecisionRequest, decide
    from claims.review.session import SEALED
    from claims.review.state import load_standing
    from claims.review.transitions import Action

    signed_by = reviewer_name(name)
    lines = []
    with open_database() as database, database.writer() as session:
        _, sign = sign_in_as(session, name, reason)
        for given in dict.fromkeys(claims):
            claim = find_claim(session, given)
            changes = changes_of(session, claim, stated) if stated else {}
            done = decide(session, DecisionRequest(claim, Action(action), changes), sign())
            short = str(claim)[:8]
            if done.number is None:
                status = load_standing(session, claim).status
                lines.append(f"{short} is {status} already")
            elif done.decision is None:
                lines.append(f"{short} {SEALED}")
            else:
                lines.append(
                    f"{short} {_told(done.decision)}, ledger {done.number}, by {signed_by}"
                )
    for line in lines:
        click.echo(line)


def print_written(written: "Sequence[tuple[int, Decision]]", of: str | None = None) -> None:
    """Say what was written, a line each."""
    for number, decision in written:
        place = f"{decision.subject_kind} {str(decision.subject)[:8]}"
        what = f"{decision.action} of {of}" if of else _told(decision)
        click.echo(f"{place} {what}, ledger {number}")


def _told(decision: "Decision") -> str:
    """Where the claim stands now, or what was done with it."""
    from claims.review.session import DECIDED

    status = decision.after.get("status")
    return str(status) if status else DECIDED[decision.action]
