"""claims review apply, and accept --where: decisions in bulk."""

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from claims.cli.context import open_database
from claims.cli.deciding import sign_in_as
from claims.cli.output import counted

if TYPE_CHECKING:
    from claims.database.engine import Database
    from claims.review.bulk import Selection
    from claims.review.decision_file import Line


@click.command()
@click.argument("path", metavar="FILE")
def apply(path: str) -> int:
    """Apply decisions from a file of JSON lines.

    FILE may be - for standard input. Each line is an object with who, claim, revision and action,
    and optionally reason and changes. A line that is refused is reported; the others are applied.
    Applying the same file again repeats nothing.
    """
    from claims.errors.base import ClaimsError
    from claims.review.decision_file import read_lines

    counts: Counter[str] = Counter()
    with open_database() as database:
        for line in read_lines(path, _read(path)):
            try:
                if isinstance(line, ClaimsError):
                    raise line
                report = _apply(database, line)
                counts["before" if report.startswith("already") else "new"] += 1
                click.echo(f"{line.place}: {report}")
            except ClaimsError as error:
                counts["refused"] += 1
                location = getattr(line, "place", path)
                message = str(error)
                click.echo(message if location in message else f"{location}: {message}", err=True)
    new = counted(counts["new"], "decision")
    click.echo(f"{new} made, {counts['before']} made before; {counts['refused']} refused.")
    return 1 if counts["refused"] else 0


def _read(path: str) -> Iterable[bytes]:
    from claims.readers.packed import open_file

    if path == "-":
        return sys.stdin.buffer
    with open_file(path) as stream:
        return stream.read().splitlines()


def _apply(database: "Database", line: "Line") -> str:
    """Decide as a line says, in a transaction of its own; returns what to report."""
    from claims import __version__
    from claims.catalogue.find import find_claim
    from claims.cli.context import fresh_id
    from claims.ledger.append import sign_in
    from claims.model.decision import Signature
    from claims.review.decide import decide, find_result
    from claims.review.full_changes import load_full_changes
    from claims.review.outcomes import DECIDED, SEALED
    from claims.review.requests import DecisionRequest

    asked = line.request
    with database.writer() as session:
        # Checked first: a decision stays made even if its reviewer was closed or the claim changed.
        earlier = find_result(session, line.id)
        if earlier is not None:
            return f"already made, {f'ledger {earlier.number}' if earlier.number else 'sealed'}"
        reviewer = sign_in(session, asked.who, fresh_id())
        claim = find_claim(session, asked.claim)
        changes = load_full_changes(session, claim, asked.changes)
        request = DecisionRequest(claim, asked.action, changes, asked.revision)
        result = decide(session, request, Signature(line.id, reviewer, __version__, asked.reason))
    if result.number is None:
        return "already so: nothing to change"
    if result.decision is None:
        return SEALED
    return f"{DECIDED[result.decision.action]}, ledger {result.number}"


def accept_where(
    where: Sequence[str], *, reason: str | None, name: str | None, confirmed: bool
) -> None:
    """Accept every waiting claim that matches the conditions; one undo undoes all."""
    from claims.review.bulk import select_claims
    from claims.review.conditions import read_conditions
    from claims.review.decide import decide_in_bulk

    condition = read_conditions(where)
    with open_database() as database:
        with database.reader() as session:
            selection = select_claims(session, condition)
        requests = selection.requests
        _describe(selection)
        if not requests:
            click.echo("No waiting claim matches.", err=True)
            return
        question = f"Accept {counted(len(requests), 'claim')} at once?"
        if not confirmed and not click.confirm(question, err=True):
            raise click.Abort
        with database.writer() as session:
            _, sign = sign_in_as(session, name, reason)
            result = decide_in_bulk(session, requests, sign())
    if result.numbers:
        span = f"ledger {result.numbers[0]} to {result.numbers[-1]}"
        accepted = f"{counted(len(result.numbers), 'claim')} accepted, {span}"
        click.echo(f"{accepted}; `claims review undo` undoes all")
    for count, why in (
        (result.for_two, "two readers are required"),
        (result.changed, "changed in the meantime"),
    ):
        if count:
            click.echo(f"{counted(count, 'claim')} not accepted: {why}.", err=True)


def _describe(selection: "Selection") -> None:
    """Say what would be published, by rule and form, and how often such claims were right."""
    for group in selection.groups:
        past = "none of their like is decided yet"
        if group.decided:
            share = group.unchanged / group.decided
            past = f"{group.unchanged} of {group.decided} decided were right ({share:.0%})"
        click.echo(
            f"{counted(group.claims, 'claim')}, {group.form} by {group.rule}: {past}", err=True
        )
    if selection.unsure:
        left = counted(selection.unsure, "claim")
        click.echo(f"{left} not among them: a name is unsure.", err=True)
