"""claims evidence: show, verify, export."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from claims.cli.context import open_to_read
from claims.cli.options import force_option, output_option, read_only_url_option
from claims.cli.output import counted, facts_format_option, show_json
from claims.cli.progress import progress
from claims.text.display import visible

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterable

    from claims.cli.output import Value
    from claims.database.engine import OpenSession
    from claims.evidence.derive import Derivation
    from claims.evidence.stored import CitedClaim, StoredVersion


class _ShowFirst(click.Group):
    """A group that takes what is none of its commands for an argument of `show`."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command to run."""
        if args[0] not in self.commands and not args[0].startswith("-"):
            args = ["show", *args]
        return super().resolve_command(ctx, args)


@click.group(cls=_ShowFirst)
def evidence() -> None:
    """Show, verify, export the bytes claims came from.

    `claims evidence ID` is short for `claims evidence show ID`.
    """


@evidence.command()
@click.argument("subject", metavar="ID")
@facts_format_option
@read_only_url_option
def show(subject: str, output_format: str) -> None:
    """Show the way from a claim back to the bytes.

    The digests are checked, and the text is derived again from the bytes and compared. ID is the id
    of a claim or a document, an unambiguous start of it, or a document's address.
    """
    from claims.evidence.derive import derive
    from claims.evidence.describe import describe_evidence
    from claims.evidence.load import load_seen

    with open_to_read() as database, database.reader() as session:
        claim, versions = _find(session, subject)
        if output_format == "json":
            show_json([_facts(version, derive(version), claim) for version in versions])
            return
        for number, version in enumerate(versions):
            if number:
                click.echo()
            seen = load_seen(session, version.id)
            for line in describe_evidence(version, derive(version), seen, claim):
                click.echo(line)


@evidence.command()
@click.option("--document", metavar="ID", help="Verify only this document, or that of this claim.")
@click.option("--derive", "derived", is_flag=True,
              help="Also derive each text again from its bytes and compare.")  # fmt: skip
@read_only_url_option
def verify(document: str | None, *, derived: bool) -> None:
    """Verify the digests of all stored bytes and texts.

    What is not as it was stored is named, and the command fails. With --derive, a text that another
    version of its reader reads differently is named too; that is no failure.
    """
    from claims.evidence.errors import EvidenceBrokenError
    from claims.evidence.load import count_versions
    from claims.evidence.verify import Findings, verify_evidence

    findings = Findings()
    with open_to_read() as database, database.reader() as session:
        chosen = _document_of(session, document) if document else None
        with progress("versions", lambda: count_versions(session, chosen)) as advance:
            for finding in verify_evidence(session, chosen, derived=derived):
                advance("versions", 1)
                for line in findings.add(finding):
                    click.echo(visible(line), err=True)
    if findings.broken:
        broken = counted(findings.broken, "difference")
        raise EvidenceBrokenError("evidence", f"{broken} in {findings.checked} checked")
    what = "digests and texts" if derived else "digests"
    checked = counted(findings.checked, "version or record", "versions and records")
    click.echo(f"{checked} checked: all {what} are as they were stored.")
    if findings.noted:
        noted = counted(findings.noted, "text")
        click.echo(f"{noted} not compared, or read differently by another reader.", err=True)


@evidence.command()
@click.argument("subject", metavar="ID")
@output_option("File to write (.warc.gz)")
@force_option
@read_only_url_option
def export(subject: str, output: Path | None, *, force: bool) -> None:
    """Export evidence as one WARC file that any replay tool opens.

    It holds the bytes as they came, the text that was read from them, and where the claim's words
    stand in it. Of a document, all its versions are written. ID is the id of a claim or a document,
    an unambiguous start of it, or a document's address.
    """
    from claims.evidence.load import load_records
    from claims.evidence.warc import write_warc
    from claims.exchange.file import hashed, require_new, whole_file

    if output is None and sys.stdout.isatty():
        raise click.UsageError("A WARC is not for a terminal: give a file with --output.")
    if output and not force:
        require_new(output)
    now = datetime.now(UTC)
    with open_to_read() as database, database.reader() as session:
        claim, versions = _find(session, subject)
        with_bytes = ((version, load_records(session, version.id)) for version in versions)
        if output:
            with whole_file(output, force=force) as file:
                count = write_warc(file, with_bytes, claim, now)
        else:
            with hashed(sys.stdout.buffer, None) as (out, _):
                count = write_warc(out, with_bytes, claim, now)
    where = f" to {output}" if output else ""
    click.echo(f"{counted(count, 'version')} with the bytes written{where}.", err=True)


def _find(
    session: "OpenSession", subject: str
) -> "tuple[CitedClaim | None, Iterable[StoredVersion]]":
    """The claim, if it is one, and the versions to show: the claim's own, or all of a document."""
    from claims.evidence.load import load_version, load_versions
    from claims.evidence.stored import CitedClaim

    match = _match(session, subject)
    if isinstance(match, CitedClaim):
        return match, [load_version(session, match.version)]
    return None, load_versions(session, match)


def _match(session: "OpenSession", subject: str) -> "CitedClaim | uuid.UUID":
    """The claim or document that an id or an address means."""
    from claims.documents.find import find_document
    from claims.evidence.load import find_evidence

    return find_document(session, subject) if "://" in subject else find_evidence(session, subject)


def _document_of(session: "OpenSession", subject: str) -> "uuid.UUID":
    from claims.evidence.load import load_version
    from claims.evidence.stored import CitedClaim

    match = _match(session, subject)
    return load_version(session, match.version).document if isinstance(match, CitedClaim) else match


def _facts(
    version: "StoredVersion", derivation: "Derivation", claim: "CitedClaim | None"
) -> "dict[str, Value]":
    """What `show` says, for programs; digests in hexadecimal, without the bytes."""
    record = version.record
    shown: dict[str, Value] = {
        "document": version.document,
        "version": version.id,
        "number": version.number,
        "url": version.url,
        "title": version.title,
        "outlet": version.outlet,
        "published_at": version.published_at,
        "retrieved_at": version.retrieved_at,
        "reader": version.reader,
        "part": version.part,
        "text": version.text,
        "sha256": version.sha256.hex(),
        "unchanged": version.is_whole,
        "derived": {
            "result": derivation.result.value,
            "reader": derivation.reader,
            "detail": derivation.detail,
        },
        "archive_record": {
            "id": record.id,
            "uri": record.uri,
            "retrieved_at": record.retrieved_at,
            "http_status": record.http_status,
            "http_headers": [list(pair) for pair in record.http_headers],
            "redirects": list(record.redirects),
            "media_type": record.media_type,
            "warc_record": record.warc_record,
            "size": len(record.payload),
            "sha256": record.sha256.hex(),
            "unchanged": record.is_whole,
        },
    }
    if claim:
        spans = [[start, end] for start, end in claim.spans]
        shown["claim"] = {
            "id": claim.id,
            "text": claim.text,
            "reported": claim.reported,
            "spans": spans,
        }
    return shown
