"""claims demo: one real article, from its text to the published views."""

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from claims.cli.catalogue import TABLE, as_row
from claims.cli.context import open_database
from claims.cli.ingest import ingest
from claims.cli.output import show_rows
from claims.settings import read_settings

if TYPE_CHECKING:
    from claims.catalogue.card import ClaimCard
    from claims.database.engine import Database

SEED = Path("seeds/000_3401827eaba227a0.txt")
SELECT = (
    "SELECT speaker, mode, form, content FROM claims_v1.proposals"
    " ORDER BY extractor_score DESC, claim LIMIT 3"
)


@click.command()
def demo() -> None:
    """Take one real article from text to published claims.

    Run it in a checkout of the project. It reads seeds/000_3401827eaba227a0.txt, an article of
    14 July 2018. Running it again adds nothing. The demo has a database of its own, in the folder
    demo of CLAIMS_HOME: yours is left alone.
    """
    from claims.errors.files import PathNotFoundError

    if not SEED.is_file():
        raise PathNotFoundError(str(SEED), "the demo runs in a checkout of the project")
    own_home = _use_own_home()
    click.echo(f"$ claims ingest {SEED} --published 2018-07-14")
    ingest.main([str(SEED), "--published", "2018-07-14"], standalone_mode=False)
    with open_database() as database:
        cards = _cards(database)
        click.echo("\n$ claims list")
        show_rows(TABLE, [as_row(card) for card in cards], "table")
        longest = max(cards, key=lambda card: len(card.hops))
        _trace(longest)
        click.echo(f'\n$ psql "$DATABASE_URL" -c "{SELECT}"')
        _select(database)
    click.echo("\nThe demo has a database of its own. Try next:")
    click.echo(f"  {own_home}")
    click.echo("  .venv/bin/claims review next")
    click.echo(f"  .venv/bin/claims review accept {longest.short_id}")
    click.echo("  .venv/bin/claims search oil")


def _use_own_home() -> str:
    """Work in the demo's own home from now on; returns the command that does so in a shell."""
    home = read_settings().home
    home = home if home.name == "demo" else home / "demo"
    os.environ["CLAIMS_HOME"] = str(home)
    unset = "unset DATABASE_URL; " if os.environ.pop("DATABASE_URL", None) else ""
    return f"{unset}export CLAIMS_HOME={shlex.quote(str(home))}"


def _cards(database: "Database") -> "list[ClaimCard]":
    from claims.catalogue.card import Filters
    from claims.catalogue.cards import load_cards
    from claims.catalogue.find import find_claims

    with database.reader() as session:
        return load_cards(session, find_claims(session, Filters(), limit=50))


def _trace(card: "ClaimCard") -> None:
    from claims.catalogue.trace import draw_trace

    click.echo(f"$ claims trace {card.short_id}")
    for line in draw_trace(card):
        click.echo(line)


def _select(database: "Database") -> None:
    from claims.exchange.rows import BEST, load_best

    with database.reader() as session:
        rows = load_best(session, limit=3)
    show_rows(BEST, rows, "table")
