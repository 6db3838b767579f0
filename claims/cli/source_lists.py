"""claims sources list, show and suggest."""

from typing import Unpack

import click

from claims.cli.as_of import AsOfOptions, as_of_options, reading
from claims.cli.context import open_to_read
from claims.cli.options import SOURCE_HELP, read_only_url_option
from claims.cli.output import Row, facts_format_option, format_option, show_json, show_rows
from claims.model.kinds import SourceKind

KINDS = click.Choice([kind.value for kind in SourceKind])


@click.command("list")
@click.argument("words", nargs=-1)
@click.option("--kind", type=KINDS, help="Kind of source.")
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True,
              help="Number of sources to list.")  # fmt: skip
@click.option("--after", metavar="SOURCE",
              help="Continue after this source, the last one of the page before.")  # fmt: skip
@as_of_options
@format_option
def list_sources(
    words: tuple[str, ...],
    kind: str | None,
    output_format: str | None,
    *,
    limit: int,
    after: str | None,
    **as_of: Unpack[AsOfOptions],
) -> None:
    """List sources by name.

    WORDS is part of a name. A source that was merged is listed as the one it was merged into.
    """
    from claims.sources.cards import find_sources
    from claims.sources.find import find_source

    with reading(as_of) as session:
        start = find_source(session, after) if after else None
        cards = find_sources(session, " ".join(words), kind, limit=limit, after=start)
    rows = [
        {
            "id": str(card.id)[:8],
            "kind": card.kind,
            "claims": card.claims,
            "settled": "yes" if card.revision else "no",
            "name": card.name,
            "source": str(card.id),
            "wikidata": card.wikidata,
        }
        for card in cards
    ]
    show_rows(("id", "kind", "claims", "settled", "name"), rows, output_format)
    if len(cards) == limit:
        last = str(cards[-1].id)[:8]
        click.echo(f"The first {limit} are shown. Next page: --after {last}", err=True)
    elif not cards:
        click.echo("No source has such a name. `claims sources list` lists all sources.", err=True)


@click.command(epilog=SOURCE_HELP)
@click.argument("source")
@facts_format_option
@as_of_options
def show(source: str, output_format: str, **as_of: Unpack[AsOfOptions]) -> None:
    """Show everything known about a source.

    What people decided is shown apart from what articles printed.
    """
    from dataclasses import asdict

    from claims.sources.card_text import describe_source
    from claims.sources.cards import load_source_card
    from claims.sources.find import find_source

    with reading(as_of) as session:
        card = load_source_card(session, find_source(session, source))
    if output_format == "json":
        show_json(asdict(card))
        return
    for line in describe_source(card):
        click.echo(line)


@click.command()
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True,
              help="Number of pairs to list.")  # fmt: skip
@format_option
@read_only_url_option
def suggest(limit: int, output_format: str | None) -> None:
    """List pairs of sources that may be the same.

    The most likely pairs come first, with the reasons for and against.
    """
    from claims.sources.cards import load_pairs

    with open_to_read() as database, database.reader() as session:
        pairs = load_pairs(session, limit=limit)
    rows: list[Row] = [
        {
            "a": str(pair.a)[:8],
            "name": pair.a_name,
            "b": str(pair.b)[:8],
            "other": pair.b_name,
            "score": pair.score,
            "reason": pair.reason,
            "kind": pair.kind,
        }
        for pair in pairs
    ]
    show_rows(("a", "name", "b", "other", "score", "reason"), rows, output_format)
    if rows:
        click.echo(
            "Decide on a pair: claims sources merge A B, or claims sources distinct A B", err=True
        )
    else:
        click.echo("No pair to decide on.", err=True)
