"""claims ledger: show, verify."""

import click

from claims.cli.door import open_database
from claims.cli.output import counted, format_option, show_rows

COLUMNS = ("no", "at", "by", "action", "subject", "change", "reason")


@click.group()
def ledger() -> None:
    """Show and verify the list of all decisions.

    Rows are only ever added; each is chained to the one before it.
    """


@ledger.command()
@click.option("--claim", metavar="ID", help="Only decisions on this claim.")
@click.option("--last", type=click.IntRange(1), default=50, show_default=True)
@format_option
def show(claim: str | None, last: int, form_of_output: str | None) -> None:
    """Show decisions in the order of the chain."""
    from claims.catalogue.store import find_claim
    from claims.ledger.store import load_rows

    with open_database() as database, database.reader() as session:
        subject = find_claim(session, claim) if claim else None
        rows = [
            {
                "no": row.no,
                "at": row.at[:19] + "Z",
                "by": row.signed,
                "action": row.action,
                "subject": f"{row.subject_kind} {row.subject[:8]}",
                "change": f"{row.before} to {row.after}",
                "reason": row.reason,
                "decision": row.id,
                "subject_id": row.subject,
                "revision": row.revision,
                "undoes": row.undoes,
                "digest": row.digest,
            }
            for row in load_rows(session, subject=subject, last=None if subject else last)
        ]
    show_rows(COLUMNS, rows, form_of_output)


@ledger.command()
@click.option("--head", help="A digest kept elsewhere that the last row must have.")
def verify(head: str | None) -> None:
    """Follow the chain and name the first row that was touched."""
    from claims.errors import LedgerBrokenError
    from claims.ledger import chain
    from claims.ledger.store import load_head, load_rows

    with open_database() as database, database.reader() as session:
        verdict = chain.verify(load_rows(session), head or load_head(session)[1])
    if verdict.fault:
        row = verdict.broken
        signed = (
            f", signed {row.signed}, {row.action} {row.subject_kind} {row.subject}" if row else ""
        )
        held = f"; the {verdict.rows} rows before it hold"
        raise LedgerBrokenError("ledger", verdict.fault + signed + held)
    checked = counted(verdict.rows, "decision")
    click.echo(f"{checked} checked, the chain holds. Head: {verdict.head}")
