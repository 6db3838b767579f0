"""claims review add: a claim that the machine missed."""

from dataclasses import replace
from typing import Unpack

import click

from claims.cli.changes import ChangeOptions, change_options, changed_state
from claims.cli.context import open_database
from claims.cli.deciding import as_option, print_written, reason_option, sign_in_as


@click.command()
@click.option("--document", required=True, metavar="ID",
              help="Article: the start of its id, or its address.")  # fmt: skip
@click.option("--quote", required=True,
              help="Words as printed, with … between parts that stand apart.")  # fmt: skip
@change_options
@reason_option("Reason for adding it, in a few words.")
@as_option
def add(
    document: str,
    quote: str,
    *,
    reason: str | None,
    name: str | None,
    **options: Unpack[ChangeOptions],
) -> None:
    """Add a claim that the machine missed.

    The words must stand in the current version of the article. The claim is accepted at once,
    unless two people have to read it.
    """
    from claims.documents.find import find_document
    from claims.model.kinds import ClaimStatus
    from claims.review import addition

    with open_database() as database, database.writer() as session:
        _, sign = sign_in_as(session, name, reason)
        printing = addition.load_current(session, find_document(session, document))
        content = addition.find_quote(printing.article, quote)
        state = addition.blank_state(printing.article, content)
        state = changed_state(session, printing.article, state, options)
        accepted = replace(state, status=ClaimStatus.ACCEPTED)
        result = addition.add_claim(session, printing, accepted, sign())
    print_written(result.decisions)
