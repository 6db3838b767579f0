"""claims review policy."""

import click

from claims.cli.context import open_database
from claims.cli.deciding import as_option, sign_in_as


@click.command()
@click.option("--second-reading", type=click.Choice(["none", "share", "all"]),
              help="Which claims two people read: none, a share of them, or all.")  # fmt: skip
@click.option(
    "--share",
    type=click.FloatRange(0, 1),
    help="The share, from 0 to 1; implies --second-reading share.",
)
@click.option("--paraphrase-below", type=click.FloatRange(0, 1),
              help="Two people always read paraphrases with a lower extractor score.")  # fmt: skip
@click.option("--links", type=click.FloatRange(0, 1), metavar="SHARE",
              help="The share of links that two people read, from 0 to 1.")  # fmt: skip
@as_option
def policy(
    second_reading: str | None,
    share: float | None,
    paraphrase_below: float | None,
    name: str | None,
    *,
    links: float | None,
) -> None:
    """Show or set which claims and links two people must read.

    Both read independently. If they disagree, a third person settles it. A new policy
    applies from now on and is recorded with the name of whoever set it.
    """
    from dataclasses import replace

    from claims.review.policy import SecondReading
    from claims.review.second_review import load_policy, save_policy

    if share is not None and second_reading is None:
        second_reading = SecondReading.SHARE
    with open_database() as database, database.writer() as session:
        current = load_policy(session)
        changed = replace(
            current,
            second_reading=SecondReading(second_reading or current.second_reading),
            share=current.share if share is None else share,
            paraphrase_below=(
                current.paraphrase_below if paraphrase_below is None else paraphrase_below
            ),
            link_share=current.link_share if links is None else links,
        )
        if changed != current:
            _, sign = sign_in_as(session, name)
            save_policy(session, changed, sign())
    click.echo(changed.summary)
