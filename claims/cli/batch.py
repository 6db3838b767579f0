"""claims review apply, and accept --where: many decisions at once."""

import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from claims.cli.context import open_database
from claims.cli.deciding import sign_in_as
from claims.cli.output import counted

if TYPE_CHECKING:
    from claims.database.engine import Database
    from claims.review.decision_file import Line


@click.command()
@click.argument("path", metavar="FILE")
def apply(path: str) -> int:
    """Follow decisions written one a line.

    FILE, or - for standard input, has JSON objects with who, claim, revision, action, and where
    they apply reason and changes. Each line is done or refused by itself, with the reason; the
    same file again does nothing twice.
    """
    from claims.errors.base import ClaimsError
    from claims.review.decision_file import read_lines

    ended: Counter[str] = Counter()
    with open_database() as database:
        for line in read_lines(path, _read(path)):
            try:
                if isinstance(line, ClaimsError):
                    raise line
                said = _follow(database, line)
                ended["known" if said.startswith("known") else "done"] += 1
                click.echo(f"{line.place}: {said}")
            except ClaimsError as error:
                ended["refused"] += 1
                place = getattr(line, "place", path)
                told = str(error)
                click.echo(told if place in told else f"{place}: {told}", err=True)
    done, known, refused = (ended[name] for name in ("done", "known", "refused"))
    click.echo(f"{counted(done, 'decision')} made, {known} made before; {refused} refused.")
    return 1 if refused else 0


def _read(path: str) -> Iterable[bytes]:
    from claims.errors.files import PathNotFoundError, UnreadablePathError

    if path == "-":
        return sys.stdin.buffer
    try:
        return Path(path).read_bytes().splitlines()
    except FileNotFoundError as error:
        raise PathNotFoundError(path) from error
    except OSError as error:
        raise UnreadablePathError(path, error.strerror or "") from error


def _follow(database: "Database", line: "Line") -> str:
    """Do what a line says, in a transaction of its own."""
    from claims import __version__
    from claims.catalogue.find import find_claim
    from claims.cli.context import fresh_id
    from claims.ledger.append import sign_in
    from claims.model.decision import Signature
    from claims.review.decide import DecisionRequest, decide, find_done
    from claims.review.session import DECIDED, SEALED
    from claims.review.state import load_article

    asked = line.asked
    with database.writer() as session:
        # Before all else: what was done stays done, whoever was closed and whatever changed since.
        known = find_done(session, line.id)
        if known is not None:
            return f"known already, {f'ledger {known.number}' if known.number else 'sealed'}"
        reviewer = sign_in(session, asked.who, fresh_id())
        claim = find_claim(session, asked.claim)
        changes = asked.changes.as_fields(load_article(session, claim))
        wish = DecisionRequest(claim, asked.action, changes, asked.revision)
        done = decide(session, wish, Signature(line.id, reviewer, __version__, asked.reason))
    if done.number is None:
        return "known already: it stands so"
    if done.decision is None:
        return SEALED
    return f"{DECIDED[done.decision.action]}, ledger {done.number}"


def accept_where(where: Sequence[str], given: Mapping[str, Any]) -> None:
    """Accept every claim that waits and passes the conditions, as one act with one undo."""
    from claims.review.bulk import accept_all, find_matching
    from claims.review.decision_file import read_conditions

    if given["claims"]:
        raise click.UsageError("Give either ids or --where.")
    condition = read_conditions(where)
    with open_database() as database:
        with database.reader() as session:
            found = find_matching(session, condition)
        if not found:
            click.echo("No claim that waits passes.", err=True)
            return
        asked = f"Accept {counted(len(found), 'claim')} at once?"
        if not given["yes"] and not click.confirm(asked, err=True):
            raise click.Abort
        with database.writer() as session:
            _, sign = sign_in_as(session, given["name"], given["reason"])
            numbers, apart = accept_all(session, found, sign)
    if numbers:
        span = f"ledger {numbers[0]} to {numbers[-1]}"
        told = f"{counted(len(numbers), 'claim')} accepted, {span}"
        click.echo(f"{told}; `claims review undo` takes all back")
    if apart:
        click.echo(f"{counted(apart, 'claim')} left: two people have to read them.", err=True)
