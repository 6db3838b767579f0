"""claims problems: list, show, resolve."""

from typing import TYPE_CHECKING

import click

from claims.cli.context import open_database, open_to_read
from claims.cli.options import read_only_url_option
from claims.cli.output import (
    Row,
    counted,
    facts_format_option,
    format_option,
    show_json,
    show_open_notices,
    show_rows,
)
from claims.model.problem import REMEDIES, Reason

if TYPE_CHECKING:
    from claims.catalogue.problems import ProblemCard

COLUMNS = ("id", "reason", "met", "place", "detail")
REASONS = click.Choice([reason.value for reason in Reason])


@click.group()
def problems() -> None:
    """List what could not be read, and settle it.

    A problem is one record that was not read, or of which something was left out: a broken line, a
    date that does not exist, a format that is not read. It never stops the others.
    """


@problems.command("list")
@click.option("--reason", type=REASONS, metavar="REASON", help="Only problems with this reason.")
@click.option("--run", metavar="ID", help="Only problems that this run met first.")
@click.option("--all", "everything", is_flag=True, help="Include those that are resolved.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True,
              help="Number of problems to list.")  # fmt: skip
@click.option(
    "--after", metavar="ID", help="Continue after this problem, the last one of the page before."
)
@format_option
@read_only_url_option
def list_problems(
    reason: str | None,
    run: str | None,
    output_format: str | None,
    *,
    everything: bool,
    limit: int,
    after: str | None,
) -> None:
    """List problems, newest first, after a count of each reason."""
    from claims.catalogue.problems import (
        ProblemFilters,
        count_problems,
        find_problem,
        find_problems,
        find_run,
    )
    from claims.documents.find_notices import count_open_notices

    with open_to_read() as database, database.reader() as session:
        run_id = find_run(session, run) if run else None
        filters = ProblemFilters(reason, run_id, resolved=everything)
        start = find_problem(session, after).id if after else None
        counts = count_problems(session, filters) if after is None else []
        cards = find_problems(session, filters, limit=limit, after=start)
        notices = count_open_notices(session)
    # Beside the rows, so that programs read rows alone.
    for count in counts:
        click.echo(f"{count.number:>7}  {count.reason}, last {count.last:%Y-%m-%d %H:%M}", err=True)
    show_rows(COLUMNS, [_as_row(card) for card in cards], output_format)
    show_open_notices(notices)
    if len(cards) == limit:
        last = str(cards[-1].id)[:8]
        click.echo(f"The first {limit} are shown. Next page: --after {last}", err=True)
    elif not cards and after is None:
        click.echo("No problem is open." if not everything else "No problem is stored.", err=True)


def _as_row(card: "ProblemCard") -> Row:
    return {
        "id": str(card.id)[:8],
        "reason": card.reason,
        "met": f"{card.met_at:%Y-%m-%d}",
        "place": card.location,
        "detail": card.detail,
        "problem": str(card.id),
        "line": card.line,
        "field": card.field,
        "value": card.value,
        "run": str(card.run),
        "met_at": card.met_at,
        "resolved": card.resolved,
    }


@problems.command()
@click.argument("problem", metavar="ID")
@facts_format_option
@read_only_url_option
def show(problem: str, output_format: str) -> None:
    """Show one problem, with what to do about it.

    ID is the problem's id or an unambiguous start of it.
    """
    from claims.catalogue.problems import find_problem
    from claims.text.display import visible

    with open_to_read() as database, database.reader() as session:
        card = find_problem(session, problem)
    # A later version of the program may have stored a reason that this one does not know.
    remedy = next((REMEDIES[reason] for reason in Reason if reason == card.reason), None)
    if output_format == "json":
        show_json({**_as_row(card), "command": " ".join(card.command), "remedy": remedy})
        return
    facts = {
        "reason": card.reason,
        "place": card.location,
        "field": card.field,
        "value": card.value,
        "detail": card.detail,
        "remedy": remedy,
        "met": f"{card.met_at:%Y-%m-%d %H:%M} by claims {' '.join(card.command)}",
        "run": str(card.run),
        "resolved": f"{card.resolved:%Y-%m-%d %H:%M}" if card.resolved else "no",
    }
    click.echo(str(card.id))
    for name, value in facts.items():
        if value is not None:
            click.echo(visible(f"  {name:<9} {value}"))


@problems.command()
@click.argument("ids", metavar="[ID…]", nargs=-1)
@click.option("--reason", type=REASONS, metavar="REASON", help="Resolve all with this reason.")
def resolve(ids: tuple[str, ...], reason: str | None) -> None:
    """Note that problems are settled: they leave the list.

    ID is a problem's id or an unambiguous start of it. Nothing is deleted: `claims problems list
    --all` still lists them, with the moment at which they were resolved.
    """
    if not ids and reason is None:
        raise click.UsageError("give the ids of problems, or --reason.")
    from claims.catalogue.problems import find_problem
    from claims.ingest.problems import resolve_problems

    with open_database() as database, database.writer() as session:
        cards = [find_problem(session, id_) for id_ in ids]
        number = resolve_problems(session, ids=[card.id for card in cards], reason=reason)
    click.echo(f"{counted(number, 'problem')} resolved.")
