"""claims review policy."""

import click

from claims.cli.context import open_database
from claims.cli.deciding import as_option, sign_in_as


@click.command()
@click.option("--second-reading", type=click.Choice(["none", "share", "all"]),
              help="How many of the claims two people read.")  # fmt: skip
@click.option("--share", type=click.FloatRange(0, 1), help="Which part, where it is a share.")
@click.option("--paraphrase-below", type=click.FloatRange(0, 1),
              help="Paraphrases with a lower extractor score are always read by two.")  # fmt: skip
@as_option
def policy(
    second_reading: str | None,
    share: float | None,
    paraphrase_below: float | None,
    name: str | None,
) -> None:
    """Show or set which claims two people have to read.

    Each reads without knowing of the other; where they disagree a third, who read neither,
    settles it. What is set holds from now on and is kept, with who set it.
    """
    from dataclasses import replace

    from claims.review.policy import SecondReading
    from claims.review.second_review import load_policy, save_policy

    stated = {
        "second_reading": SecondReading(second_reading) if second_reading else None,
        "share": share,
        "paraphrase_below": paraphrase_below,
    }
    wanted = {key: value for key, value in stated.items() if value is not None}
    if share is not None and second_reading is None:
        wanted["second_reading"] = SecondReading.SHARE
    with open_database() as database, database.writer() as session:
        held = load_policy(session)
        changed = replace(held, **wanted)  # type: ignore[arg-type]
        if changed != held:
            _, sign = sign_in_as(session, name)
            save_policy(session, changed, sign())
    click.echo(changed.told)
