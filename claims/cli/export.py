"""claims export."""

import sys
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from claims.cli.as_of import Past, find_state, past_options
from claims.cli.catalogue import DAY, FORMS
from claims.cli.context import open_database
from claims.cli.output import counted
from claims.cli.progress import progress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.database.engine import OpenSession
    from claims.exchange.export import ExportRequest
    from claims.exchange.manifest import Manifest

FORMATS = (
    "jsonl", "csv", "xlsx", "parquet", "claimreview", "webannotation", "ftm", "ftm-csv", "archive",
)  # fmt: skip
STATUSES = ("accepted", "proposed", "corrected", "disputed", "later", "second_reading")


@click.command()
@click.option("--format", "form", type=click.Choice(FORMATS), default="jsonl", show_default=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="File.")
@click.option("--manifest", type=click.Path(dir_okay=False, path_type=Path),
              help="Where to say what was written; beside the file unless given.")  # fmt: skip
@click.option("--speaker", help="Part of one of the speaker's names.")
@click.option("--outlet", help="Part of the publishing outlet's name.")
@click.option(
    "--status",
    type=click.Choice(STATUSES),
    default="accepted",
    show_default=True,
    help="accepted: all that is published; proposed: all that waits; or one state of them.",
)
@click.option("--form", "printed_as", type=FORMS, help="Quote, mixed or paraphrase.")
@click.option("--since", type=DAY, help="First day of publication.")
@click.option("--until", type=DAY, help="Last day of publication, included.")
@click.option("--words", help='Words of the claim; "phrases", OR and -without work.')
@click.option("--fields", help="Fields to write, in order, parted by commas; all unless given.")
@click.option("--withdrawn", is_flag=True, help="Claims of withdrawn articles too.")
@click.option("--publisher", help="Who publishes the reviews (claimreview).")
@click.option("--site", help="Address below which each claim has a page (claimreview).")
@past_options
def export(
    form: str,
    output: Path | None,
    manifest: Path | None,
    past: Past,
    **stated: Any,  # noqa: ANN401
) -> None:
    """Write claims in nine formats, or all there is.

    To a file, which appears whole or not at all, with a manifest beside it; or to standard output.
    Formats are described in docs/formats.md. Accepted claims are what is published; --status
    proposed writes what waits. --format archive writes the whole database for `claims import`.
    """
    wanted = _wanted(form, stated)
    wanted.require_sense()
    if past and form == "archive":
        raise click.UsageError("An archive holds all states: give no --as-of or --release with it.")
    with open_database() as database:
        state = find_state(database, past)
        with database.reader(state) as session:
            made = _write(session, wanted, output)
    made = replace(made, state=str(state) if state else None)
    beside = manifest or (output.with_name(f"{output.name}.manifest.json") if output else None)
    if beside:
        _write_manifest(made, beside)
    _say(made, output, hint=not past)


def _write(session: "OpenSession", wanted: "ExportRequest", output: Path | None) -> "Manifest":
    from claims.exchange.export import write_export
    from claims.exchange.rows import count_claims

    def total() -> int | None:
        return None if wanted.form == "archive" else count_claims(session, wanted.selection)

    with _opened(output) as (out, digest), progress("claims", total) as told:
        made = write_export(session, wanted, out, lambda count: told("claims", count))
    return replace(made, sha256=digest() if output else None)


def _write_manifest(made: "Manifest", path: Path) -> None:
    from claims import __version__
    from claims.exchange.file import whole_file
    from claims.exchange.manifest import manifest_bytes

    with whole_file(path) as out:
        out.write(manifest_bytes(made, __version__))


def _wanted(form: str, stated: dict[str, Any]) -> "ExportRequest":
    from claims.catalogue.card import Filters
    from claims.exchange.export import ExportRequest
    from claims.exchange.formats.claimreview import Publisher
    from claims.exchange.selection import Selection

    days = {name: stated[name].date() if stated[name] else None for name in ("since", "until")}
    filters = Filters(
        speaker=stated["speaker"],
        outlet=stated["outlet"],
        form=stated["printed_as"],
        words=stated["words"],
        since=days["since"],
        until=days["until"],
    )
    fields = tuple(part.strip() for part in (stated["fields"] or "").split(",") if part.strip())
    selection = Selection(stated["status"], filters, fields, stated["withdrawn"])
    return ExportRequest(form, selection, Publisher(stated["publisher"], stated["site"]))


@contextmanager
def _opened(output: Path | None) -> "Iterator[tuple[IO[bytes], Any]]":
    from claims.exchange.file import hashed, whole_file

    if output is None:
        with hashed(sys.stdout.buffer, "standard output") as (out, digest):
            yield out, digest
        return
    with whole_file(output) as file, hashed(file, str(output)) as (out, digest):
        yield out, digest


def _say(made: "Manifest", output: Path | None, *, hint: bool) -> None:
    where = f" to {output}" if output else ""
    status = made.selection["status"]
    if made.format == "archive":
        said = counted(sum(made.counts.values()), "row")
    elif "statements" in made.counts:
        said = counted(made.counts["statements"], "statement")
    else:
        said = counted(made.counts["claims"], f"{status} claim")
    click.echo(f"{said} written{where}.", err=True)
    for note in made.notes:
        click.echo(f"Note: {note}.", err=True)
    if made.left_out_count and not made.withdrawn:
        click.echo(
            f"{counted(made.left_out_count, 'withdrawn claim')} left out, listed in the manifest;"
            " --withdrawn writes those of withdrawn articles.",
            err=True,
        )
    if hint and made.counts.get("claims") == 0 and status == "accepted":
        click.echo("None is accepted yet: `claims review next` shows what waits.", err=True)
