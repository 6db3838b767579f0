"""claims documents copy-of, own-report and origin: what people settle of copies and origins."""

from typing import TYPE_CHECKING

import click

from claims.cli.context import open_database
from claims.cli.deciding import as_option, reason_option, sign_in_as

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable

    from claims.database.engine import OpenSession
    from claims.model.decision import NumberedDecision, Signature

    Settle = Callable[["OpenSession", "uuid.UUID", Signature], NumberedDecision | None]

HELP = "DOCUMENT and ORIGINAL are an article's address, its id, or an unambiguous start of it."


@click.command("copy-of", epilog=HELP)
@as_option
@reason_option("Why it is a copy; required.")
@click.argument("document")
@click.argument("original")
def copy_of(document: str, original: str, *, reason: str | None, name: str | None) -> None:
    """Settle that an article is printed from another.

    The two count as one printing of one origin, whatever the machine finds. `claims review undo`
    takes it back.
    """

    def settle(
        session: "OpenSession", id_: "uuid.UUID", signature: "Signature"
    ) -> "NumberedDecision | None":
        from claims.documents.find import find_document
        from claims.documents.settle import settle_copy

        of = find_document(session, original)
        if of == id_:
            message = "An article is no copy of itself; `claims documents own-report` says that."
            raise click.UsageError(message)
        return settle_copy(session, id_, of, signature)

    _decide(document, "a copy", settle, reason=reason, name=name)


@click.command("own-report", epilog=HELP)
@as_option
@reason_option("Why it is no copy; required.")
@click.argument("document")
def own_report(document: str, *, reason: str | None, name: str | None) -> None:
    """Settle that an article is a report of its own."""

    def settle(
        session: "OpenSession", id_: "uuid.UUID", signature: "Signature"
    ) -> "NumberedDecision | None":
        from claims.documents.settle import settle_copy

        return settle_copy(session, id_, id_, signature)

    _decide(document, "a report of its own", settle, reason=reason, name=name)


@click.command("origin", epilog=HELP)
@as_option
@reason_option("How it is known; required.")
@click.argument("document")
@click.argument("source")
def origin(document: str, source: str, *, reason: str | None, name: str | None) -> None:
    """Settle whom an article comes from, such as an agency."""

    def settle(
        session: "OpenSession", id_: "uuid.UUID", signature: "Signature"
    ) -> "NumberedDecision | None":
        from claims.documents.settle import settle_origin
        from claims.sources.find import find_source

        return settle_origin(session, id_, find_source(session, source), signature)

    _decide(document, "of that origin", settle, reason=reason, name=name)


def _decide(
    document: str, what: str, settle: "Settle", *, reason: str | None, name: str | None
) -> None:
    """Settle it; what follows from it is compared when the database is closed, as always."""
    from claims.documents.find import find_document

    with open_database() as database, database.writer() as session:
        _, sign = sign_in_as(session, name, reason)
        id_ = find_document(session, document)
        result = settle(session, id_, sign())
    short = str(id_)[:8]
    if result is None:
        click.echo(f"document {short} is settled as {what} already; nothing was written")
        return
    click.echo(f"document {short} is settled as {what}, ledger {result.number}")
