"""claims documents withdraw, correct and restore: what people decide on articles."""

from typing import TYPE_CHECKING

import click

from claims.cli.context import open_database, reviewer_name
from claims.cli.deciding import as_option, reason_option, sign_in_as

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claims.model.decision import NumberedDecision
    from claims.model.document import DocumentLine

DOCUMENTS_HELP = "DOCUMENT is an article's address, its id, or an unambiguous start of it."


def _command(action: str, about: str, reason: str) -> click.Command:
    """A command that makes one decision on each of its articles."""

    @as_option
    @reason_option(reason)
    @click.argument("documents", metavar="DOCUMENT…", nargs=-1, required=True)
    def command(documents: tuple[str, ...], *, reason: str | None, name: str | None) -> None:
        decide_on_each(action, documents, reason=reason, name=name)

    command.__doc__ = about
    return click.command(action, epilog=DOCUMENTS_HELP)(command)


withdraw = _command(
    "withdraw",
    """Withdraw articles: they may no longer be relied on.

    All claims of an article are marked at once, and leave the default exports. `restore` or
    `claims review undo` brings them back.
    """,
    "Reason for the withdrawal; required.",
)
correct = _command(
    "correct",
    "Mark articles as corrected by their publisher.\n\nTheir claims are marked and stay published.",
    "What was corrected; required.",
)
restore = _command(
    "restore",
    """Restore withdrawn articles: they may be relied on again.

    An article that was corrected before it was withdrawn is corrected again.
    """,
    "Reason for restoring the article; required.",
)
lift_embargo = _command(
    "lift-embargo",
    """Lift the embargo on articles.

    What rests on them is published from now on. If the publisher sets another embargo, that one
    holds.
    """,
    "Reason for lifting the embargo; required.",
)


def decide_on_each(
    action: str, documents: "Sequence[str]", *, reason: str | None, name: str | None
) -> None:
    """Decide on each article, all or none: a wrong id leaves the others undecided too."""
    from claims.documents.decide import decide_on_document
    from claims.documents.decisions import DocumentAction
    from claims.documents.find import find_document, load_documents

    signed_by = reviewer_name(name)
    with open_database() as database, database.writer() as session:
        _, sign = sign_in_as(session, name, reason)
        ids = list(dict.fromkeys(find_document(session, words) for words in documents))
        asked = DocumentAction(action)
        results = {id_: decide_on_document(session, id_, asked, sign()) for id_ in ids}
        lines = load_documents(session, ids)
    for line in lines:
        click.echo(_outcome(action, line, results[line.id], signed_by))


def _outcome(
    action: str, line: "DocumentLine", result: "NumberedDecision | None", signed_by: str
) -> str:
    """What became of a decision, with the claims that it is about."""
    if result is None and action == "lift-embargo":
        return f"document {line.short_id} is under no embargo; nothing was written"
    if result is None:
        return f"document {line.short_id} is already {line.status}; nothing was written"
    status = "embargo lifted" if action == "lift-embargo" else line.status
    if action == "correct" and line.status == "withdrawn":
        status = "corrected, and withdrawn still: a kill is in force"
    claims = f"{line.published} published and {line.waiting} waiting"
    return (
        f"document {line.short_id} {status}, ledger {result.number}, by {signed_by};"
        f" claims: {claims}"
    )
