"""claims export."""

import sys
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Unpack

import click

from claims.cli.as_of import AsOfOptions, as_of_options, find_state, is_past
from claims.cli.context import open_to_read
from claims.cli.options import (
    FilterOptions,
    filter_options,
    force_option,
    output_option,
    read_filters,
)
from claims.cli.output import counted
from claims.cli.progress import progress
from claims.cli.streams import output_for_programs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from claims.database.engine import OpenSession
    from claims.exchange.export import ExportRequest
    from claims.exchange.manifest import Manifest

FOLDERS = ("datapackage", "huggingface")
FORMATS = (
    "jsonl", "csv", "xlsx", "parquet", "claimreview", "webannotation", "ftm", "ftm-csv", *FOLDERS,
    "archive",
)  # fmt: skip
BINARY = frozenset({"xlsx", "parquet"})
STATUSES = ("accepted", "proposed", "corrected", "disputed", "later", "second_reading")


class ExportOptions(FilterOptions, AsOfOptions):
    """Which claims to export, of which state, and what of them."""

    status: str
    fields: str | None
    withdrawn: bool
    publisher: str | None
    site: str | None
    licence: str | None


@click.command()
@click.option("--format", "output_format", type=click.Choice(FORMATS), default="jsonl",
              show_default=True, help="Output format; docs/formats.md describes each.")  # fmt: skip
@output_option("Output file, for datapackage and huggingface a folder", folders=True)
@click.option("--manifest", type=click.Path(dir_okay=False, path_type=Path),
              help="File for the manifest; if omitted, next to the output file.")  # fmt: skip
@filter_options
@click.option(
    "--status",
    type=click.Choice(STATUSES),
    default="accepted",
    show_default=True,
    help="accepted: all published claims; proposed: all waiting claims; or a single state.",
)
@click.option("--fields", help="Fields to write, in this order, separated by commas; default: all.")
@click.option("--withdrawn", is_flag=True, help="Include claims of withdrawn articles.")
@click.option("--publisher", help="Publisher of the reviews; for claimreview.")
@click.option("--site", help="Address under which each claim has a page; for claimreview.")
@click.option("--licence", help="Licence of a data set, such as CC-BY-4.0; for datapackage and"
              " huggingface.")  # fmt: skip
@force_option
@as_of_options
def export(
    output_format: str,
    output: Path | None,
    manifest: Path | None,
    *,
    force: bool,
    **options: Unpack[ExportOptions],
) -> None:
    """Export claims in eleven formats, or everything.

    The published claims are written unless --status says otherwise. A file appears whole or not at
    all, with a manifest next to it, and JSON lines with their schema. datapackage is a folder of
    CSV, huggingface one of Parquet in splits by date, each with a description of its columns.
    --format archive writes the whole database for `claims import`.
    """
    past = is_past(options)
    request = _request(output_format, options)
    request.require_valid()
    if output is None and output_format in BINARY and sys.stdout.isatty():
        raise click.UsageError(f"{output_format} is not for a terminal: give a file with --output.")
    if past and output_format == "archive":
        raise click.UsageError("An archive holds all states: omit --as-of and --release.")
    if output_format in FOLDERS:
        written = _export_folder(request, output, options, force=force)
    else:
        written = _export_file(request, output, manifest, options, force=force)
    _print_summary(written, output, hint=not past)


def _export_folder(
    request: "ExportRequest", output: Path | None, options: ExportOptions, *, force: bool
) -> "Manifest":
    from claims import __version__
    from claims.exchange.file import require_new_folder, whole_folder
    from claims.exchange.folders import MANIFEST, FolderContext, write_folder
    from claims.exchange.manifest import manifest_bytes
    from claims.exchange.rows import count_claims

    if output is None:
        raise click.UsageError(f"{request.format} is a folder: name it with --output.")
    require_new_folder(output, MANIFEST, force=force)
    with open_to_read() as database, whole_folder(output, MANIFEST, force=force) as folder:
        state = find_state(database, options)
        with database.reader(state) as session:

            def total() -> int:
                return count_claims(session, request.selection)

            provenance = (f"claims {__version__}", str(state or "the present state"))
            with progress("claims", total) as advance:
                context = FolderContext(request, provenance, advance)
                written = write_folder(session, folder, context)
        written = replace(written, state=str(state) if state else None)
        (folder / MANIFEST).write_bytes(manifest_bytes(written, __version__))
    return written


def _export_file(
    request: "ExportRequest",
    output: Path | None,
    manifest: Path | None,
    options: ExportOptions,
    *,
    force: bool,
) -> "Manifest":
    path = manifest or (output.with_name(f"{output.name}.manifest.json") if output else None)
    schema = output.with_name(f"{output.name}.schema.json") if output else None
    schema = schema if request.format == "jsonl" else None
    _require_new(output, path, schema, force=force)
    with open_to_read() as database:
        state = find_state(database, options)
        with database.reader(state) as session:
            written = _write(session, request, output, force=force)
    written = replace(written, state=str(state) if state else None)
    if path:
        _write_manifest(written, path, force=force)
    if schema:
        _write_schema(request, schema, force=force)
    return written


def _write_schema(request: "ExportRequest", path: Path, *, force: bool) -> None:
    from claims.exchange.file import whole_file
    from claims.exchange.folders import schema_of

    with whole_file(path, force=force) as out:
        out.write(schema_of(request.selection))


def _require_new(*paths: Path | None, force: bool) -> None:
    """Refuse names that files have before the database is asked for anything."""
    from claims.exchange.file import require_new

    for path in paths:
        if path and not force:
            require_new(path)


def _write(
    session: "OpenSession", request: "ExportRequest", output: Path | None, *, force: bool
) -> "Manifest":
    from claims.exchange.export import write_export
    from claims.exchange.rows import count_claims

    def total() -> int | None:
        return None if request.format == "archive" else count_claims(session, request.selection)

    with _opened(output, force=force) as (out, digest), progress("claims", total) as advance:
        written = write_export(session, request, out, advance)
    return replace(written, sha256=digest() if output else None)


def _write_manifest(manifest: "Manifest", path: Path, *, force: bool) -> None:
    from claims import __version__
    from claims.exchange.file import whole_file
    from claims.exchange.manifest import manifest_bytes

    with whole_file(path, force=force) as out:
        out.write(manifest_bytes(manifest, __version__))


def _request(output_format: str, options: ExportOptions) -> "ExportRequest":
    from claims.exchange.export import ExportRequest
    from claims.exchange.formats.claimreview import Publisher
    from claims.exchange.selection import Selection

    fields = tuple(part.strip() for part in (options["fields"] or "").split(",") if part.strip())
    selection = Selection(options["status"], read_filters(options), fields, options["withdrawn"])
    publisher = Publisher(options["publisher"], options["site"])
    return ExportRequest(output_format, selection, publisher, options["licence"])


@contextmanager
def _opened(output: Path | None, *, force: bool) -> "Iterator[tuple[IO[bytes], Callable[[], str]]]":
    from claims.exchange.file import hashed, whole_file

    if output is None:
        with hashed(output_for_programs(), None) as (out, digest):
            yield out, digest
        return
    with whole_file(output, force=force) as file, hashed(file, output) as (out, digest):
        yield out, digest


def _print_summary(written: "Manifest", output: Path | None, *, hint: bool) -> None:
    where = f" to {output}" if output else ""
    status = written.selection["status"]
    if written.format == "archive":
        count = counted(sum(written.counts.values()), "row")
    elif "statements" in written.counts:
        count = counted(written.counts["statements"], "statement")
    else:
        count = counted(written.counts["claims"], f"{status} claim")
    click.echo(f"{count} written{where}.", err=True)
    for note in written.notes:
        click.echo(f"Note: {note}.", err=True)
    if written.left_out_count and not written.withdrawn:
        click.echo(
            f"{counted(written.left_out_count, 'withdrawn claim')} left out, see the manifest;"
            " --withdrawn includes those of withdrawn articles.",
            err=True,
        )
    if written.origin_withdrawn_count:
        click.echo(
            f"Warning: {counted(written.origin_withdrawn_count, 'claim')} came through an article"
            " that is withdrawn, see the manifest.",
            err=True,
        )
    if written.withdrawn_since_count:
        one = written.withdrawn_since_count == 1
        click.echo(
            f"Warning: {counted(written.withdrawn_since_count, 'claim')} of this state"
            f" {'was' if one else 'were'} withdrawn since; the manifest lists"
            f" {'it' if one else 'them'}.",
            err=True,
        )
    if (
        hint
        and not written.left_out_count
        and written.counts.get("claims") == 0
        and status == "accepted"
    ):
        click.echo(
            "No claim is accepted yet: `claims review next` shows the first that waits.", err=True
        )
