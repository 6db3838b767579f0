"""claims compare: which articles are copies, and what claims have in common across articles."""

from typing import TYPE_CHECKING

import click

from claims.cli.context import open_database
from claims.cli.output import counted
from claims.cli.progress import progress

if TYPE_CHECKING:
    from claims.database.engine import Database


@click.command()
@click.option("--all", "everything", is_flag=True, help="Compare everything again.")
def compare(*, everything: bool) -> None:
    """Compare articles and claims with each other.

    Every command that adds or changes something does so by itself; this is for what came otherwise,
    such as by SQL, or for a newer method. After an interruption, also of an import, run `claims
    compare`: it goes on with what is left. No claim is changed: what is alike is proposed as a
    link.
    """
    with open_database() as database:
        if everything:
            _forget(database)
        click.echo(compare_all(database))


def _forget(database: "Database") -> None:
    from claims.copies.due import mark_all_due
    from claims.utterances.compare import compare_again

    with database.writer() as session:
        mark_all_due(session)
        compare_again(session)


def compare_all(database: "Database") -> str:
    """Compare all that is due, with its progress; what was compared, in words."""
    articles = compare_articles(database)
    claims, groups = _compare_claims(database)
    return (
        f"{counted(articles, 'article')} and {counted(claims, 'claim')} compared; "
        f"{counted(groups, 'group')} of equal words new or changed."
    )


def compare_articles(database: "Database") -> int:
    """Compare the articles that are due, with its progress; how many they were."""
    from claims.copies.due import compare_due, count_due

    def total() -> int:
        with database.reader() as session:
            return count_due(session)

    compared = 0
    with progress("articles compared", total) as advance:
        for count in compare_due(database):
            advance("articles compared", count)
            compared += count
    return compared


def _compare_claims(database: "Database") -> tuple[int, int]:
    from claims.utterances.compare import compare_in_portions, count_due

    def total() -> int:
        with database.reader() as session:
            return count_due(session)

    claims = groups = 0
    with progress("claims", total) as advance:
        for compared in compare_in_portions(database):
            advance("claims", compared.claims)
            claims += compared.claims
            groups += compared.groups
    return claims, groups
