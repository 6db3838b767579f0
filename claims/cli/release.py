"""claims release: create, list, show, diff."""

import click

from claims.cli.context import SIGNER_HELP, fresh_id, open_database, open_to_read, reviewer_name
from claims.cli.options import read_only_url_option
from claims.cli.output import Row, facts_format_option, format_option, show_json, show_rows

LISTED = ("name", "at", "decision", "by", "note")
DIFFERENCES = ("what", "kind", "id", "name", "field", "before", "after")


@click.group()
def release() -> None:
    """Freeze a state under a name; compare states.

    A release copies nothing: it names the last decision that counts. A command with --release NAME
    reads everything as it was then.
    """


@release.command()
@click.argument("name")
@click.option("--note", help="Purpose of the release.")
@click.option("--as", "signer", help=SIGNER_HELP)
def create(name: str, note: str | None, signer: str | None) -> None:
    """Freeze the present state under a name.

    A release is never changed or removed.
    """
    from claims.ledger.append import sign_in
    from claims.releases.release import read_name
    from claims.releases.states import save_release

    with open_database() as database, database.writer() as session:
        signed_by = sign_in(session, reviewer_name(signer), fresh_id())
        saved = save_release(session, fresh_id(), read_name(name), made_by=signed_by, note=note)
    click.echo(str(saved.as_of))
    click.echo(f"Keep its digest outside the database: {saved.digest}", err=True)


@release.command("list")
@format_option
@read_only_url_option
def list_releases(output_format: str | None) -> None:
    """List releases, oldest first."""
    from claims.releases.states import load_releases

    with open_to_read() as database, database.reader() as session:
        releases = load_releases(session)
    rows = [
        {
            "name": one.name,
            "at": f"{one.at:%Y-%m-%dT%H:%M:%SZ}",
            "decision": one.no,
            "by": one.by,
            "note": one.note,
            "digest": one.digest,
        }
        for one in releases
    ]
    show_rows(LISTED, rows, output_format)
    if not rows:
        click.echo("There is no release yet: `claims release create NAME` makes one.", err=True)


@release.command()
@click.argument("name")
@facts_format_option
@read_only_url_option
def show(name: str, output_format: str) -> None:
    """Show one release: its date, author and number of claims."""
    from claims.releases.states import count_published, load_release
    from claims.text.display import visible

    with open_to_read() as database:
        with database.reader() as session:
            frozen = load_release(session, name)
        with database.reader(frozen.as_of) as session:
            claims = count_published(session)
    facts: Row = {
        "release": frozen.name,
        "at": f"{frozen.at:%Y-%m-%dT%H:%M:%SZ}",
        "decision": frozen.no,
        "by": frozen.by,
        "note": frozen.note,
        "claims": claims,
        "digest": frozen.digest,
        "ledger": "holds it" if frozen.holds else "DOES NOT hold it: run `claims ledger verify`",
    }
    if output_format == "json":
        show_json(facts)
        return
    for fact, value in facts.items():
        if value is not None:
            click.echo(f"{fact:<10}{visible(str(value))}")


@release.command()
@click.argument("a", metavar="A")
@click.argument("b", metavar="B", default="now")
@format_option
@read_only_url_option
def diff(a: str, b: str, output_format: str | None) -> None:
    """Show how state B differs from state A.

    A and B are names of releases, or `now`. Counts come first; then claims that were added, removed
    or changed, field by field; then sources that were renamed, merged, separated or changed; then
    links that people confirmed, refused, changed or took back.
    """
    from claims.releases.changes import summarise
    from claims.releases.compare import load_changes
    from claims.releases.states import load_state

    with open_to_read() as database:
        with database.reader() as session:
            first, second = load_state(session, a), load_state(session, b)
        with database.reader(first) as one, database.reader(second) as other:
            changes = list(load_changes(one, other, first, second))
    click.echo(f"{first} to {second}: {summarise(changes)}.", err=True)
    rows = [
        {
            "what": change.what,
            "kind": change.kind,
            "id": str(change.id)[:8],
            "name": change.name,
            "field": change.field,
            "before": change.before,
            "after": change.after,
            "subject": str(change.id),
            "other": str(change.other) if change.other else None,
        }
        for change in changes
    ]
    show_rows(DIFFERENCES, rows, output_format)
