"""claims compare: what claims have in common across articles."""

import click

from claims.cli.context import open_database
from claims.cli.output import counted


@click.command()
@click.option(
    "--all", "everything", is_flag=True, help="Compare all claims anew, not only new ones."
)
def compare(*, everything: bool) -> None:
    """Compare the words of claims across articles.

    Every command that adds or changes claims does so by itself; this is for what was there before,
    or for a newer method. After an interruption, run `claims compare` again. No claim is changed:
    what is alike is proposed as a link.
    """
    from claims.cli.progress import progress
    from claims.utterances.compare import compare_again, compare_in_portions, count_due

    with open_database() as database:
        if everything:
            with database.writer() as session:
                compare_again(session)

        def total() -> int:
            with database.reader() as session:
                return count_due(session)

        count = changed = 0
        with progress("claims", total) as report:
            for compared in compare_in_portions(database):
                count += compared.claims
                changed += compared.groups
                report("claims", compared.claims)
    groups = counted(changed, "group")
    click.echo(f"{counted(count, 'claim')} compared; {groups} of equal words new or changed.")
