"""claims release: create, list, show, diff."""

import click

from claims.cli.context import fresh_id, open_database, reviewer_name
from claims.cli.output import format_option, show_json, show_rows

LISTED = ("name", "at", "decision", "by", "note")
DIFFERENCES = ("what", "kind", "id", "name", "field", "before", "after")


@click.group()
def release() -> None:
    """Freeze a state under a name, and compare states.

    A release copies nothing: it names a decision, and every command that takes --release reads all
    as it was then.
    """


@release.command()
@click.argument("name")
@click.option("--note", help="What it is for.")
@click.option("--as", "signer", help="Who signs; else CLAIMS_REVIEWER, else the system's user.")
def create(name: str, note: str | None, signer: str | None) -> None:
    """Freeze the present state under a name.

    Releases are never changed and never removed.
    """
    from claims.ledger.append import sign_in
    from claims.releases.release import read_name
    from claims.releases.states import save_release

    with open_database() as database, database.writer() as session:
        signed_by = sign_in(session, reviewer_name(signer), fresh_id())
        made = save_release(session, fresh_id(), read_name(name), made_by=signed_by, note=note)
    click.echo(str(made.as_of))
    click.echo(f"Keep its digest elsewhere: {made.digest}", err=True)


@release.command("list")
@format_option
def list_releases(form_of_output: str | None) -> None:
    """List releases, the oldest first."""
    from claims.releases.states import load_releases

    with open_database() as database, database.reader() as session:
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
    show_rows(LISTED, rows, form_of_output)
    if not rows:
        click.echo("There is none yet: `claims release create NAME` makes one.", err=True)


@release.command()
@click.argument("name")
@click.option("--format", "form", type=click.Choice(["plain", "json"]), default="plain")
def show(name: str, form: str) -> None:
    """Show one release: of when, by whom, how many claims it publishes."""
    from claims.releases.states import count_published, load_release
    from claims.text.display import visible

    with open_database() as database:
        with database.reader() as session:
            made = load_release(session, name)
        with database.reader(made.as_of) as session:
            claims = count_published(session)
    facts = {
        "release": made.name,
        "at": f"{made.at:%Y-%m-%dT%H:%M:%SZ}",
        "decision": made.no,
        "by": made.by,
        "note": made.note,
        "claims": claims,
        "digest": made.digest,
        "ledger": "holds it" if made.holds else "DOES NOT hold it: run `claims ledger verify`",
    }
    if form == "json":
        show_json(facts)
        return
    for fact, value in facts.items():
        if value is not None:
            click.echo(f"{fact:<10}{visible(str(value))}")


@release.command()
@click.argument("a", metavar="A")
@click.argument("b", metavar="B", default="now")
@format_option
def diff(a: str, b: str, form_of_output: str | None) -> None:
    """Show how state B differs from state A.

    Each is a release's name, or `now`. Claims that were added, removed or changed field by field,
    then sources that were renamed, merged or changed; counts come first.
    """
    from claims.releases.changes import summarise
    from claims.releases.compare import load_changes
    from claims.releases.states import load_state

    with open_database() as database:
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
        }
        for change in changes
    ]
    show_rows(DIFFERENCES, rows, form_of_output)
