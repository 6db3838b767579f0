"""claims notices: what publishers say of their articles, and what people decide on it."""

from typing import TYPE_CHECKING

import click

from claims.cli.context import open_database, open_to_read, reviewer_name
from claims.cli.deciding import as_option, reason_option, sign_in_as
from claims.cli.options import read_only_url_option
from claims.cli.output import Row, facts_format_option, format_option, show_json, show_rows
from claims.model.notice import NoticeKind

if TYPE_CHECKING:
    from claims.model.document import NoticeLine

COLUMNS = ("id", "kind", "state", "day", "document", "outlet", "words")
KINDS = click.Choice([kind.value for kind in NoticeKind])
NOTICE_HELP = "ID is the notice's id or an unambiguous start of it."


@click.group()
def notices() -> None:
    """Settle what publishers say of their articles.

    A kill by a wire takes effect at once. Everything else waits here until you confirm or dismiss
    it; each is a row in the ledger, and can be undone.
    """


@notices.command("list")
@click.option("--kind", type=KINDS, help="Only notices of this kind.")
@click.option("--document", help="Only notices about this article: its address or id.")
@click.option("--all", "everything", is_flag=True, help="Include kills and what is settled.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True,
              help="Number of notices to list.")  # fmt: skip
@format_option
@read_only_url_option
def list_notices(
    kind: str | None,
    document: str | None,
    output_format: str | None,
    *,
    everything: bool,
    limit: int,
) -> None:
    """List open notices, newest first."""
    from claims.documents.find import find_document
    from claims.documents.find_notices import list_notices as load_notices

    with open_to_read() as database, database.reader() as session:
        about = find_document(session, document) if document else None
        # A kill is in force, never open: whoever asks for kills means those.
        only_open = not everything and kind != NoticeKind.KILL
        lines = load_notices(session, kind=kind, document=about, only_open=only_open, limit=limit)
    show_rows(COLUMNS, [_as_row(line) for line in lines], output_format)
    if not lines:
        click.echo("No open notice." if only_open else "No notice.", err=True)
    elif len(lines) == limit:
        click.echo(f"The first {limit} are shown; --limit shows more.", err=True)


@notices.command(epilog=NOTICE_HELP)
@click.argument("notice", metavar="ID")
@facts_format_option
@read_only_url_option
def show(notice: str, output_format: str) -> None:
    """Show a notice with its words, and how to settle it."""
    from claims.documents.find_notices import find_notice
    from claims.text.display import visible

    with open_to_read() as database, database.reader() as session:
        line = find_notice(session, notice)
    if output_format == "json":
        show_json(_as_row(line))
        return
    facts = {
        "notice": str(line.id), "kind": line.kind, "state": line.state, "words": line.words,
        "read in": f"{line.place}, as {line.signal}", "article": line.title,
        "document": str(line.document) if line.document else None,
        "address": line.url, "publisher": line.outlet, "its id": line.external_id,
        "issued": line.issued_at.isoformat() if line.issued_at else None,
        "received": line.received_at.isoformat(timespec="seconds"),
    }  # fmt: skip
    for name, fact in facts.items():
        if fact:
            click.echo(f"{name:<10}{visible(' '.join(fact.split()))}")
    for command in _next_steps(line):
        click.echo(command)


def _next_steps(line: "NoticeLine") -> list[str]:
    """The commands that settle a notice; none if nothing is left to decide."""
    if line.state == "open":
        dismiss = f'claims notices dismiss {line.short_id} --reason "…"'
        return ["", f"claims notices confirm {line.short_id}", dismiss]
    if line.state == "in force":
        return ["", f'claims documents restore {str(line.document)[:8]} --reason "…"']
    return []


def _as_row(line: "NoticeLine") -> Row:
    moment = line.issued_at or line.received_at
    return {
        "id": line.short_id,
        "kind": line.kind,
        "state": line.state,
        "day": f"{moment:%Y-%m-%d}",
        "document": str(line.document)[:8] if line.document else None,
        "outlet": line.outlet,
        "words": " ".join(line.words.split()),
        "notice": str(line.id),
        "signal": line.signal,
        "place": line.place,
        "url": line.url,
        "external_id": line.external_id,
        "issued_at": line.issued_at,
        "received_at": line.received_at,
        "document_id": str(line.document) if line.document else None,
        "title": line.title,
    }


@notices.command(epilog=NOTICE_HELP)
@click.argument("notices", metavar="ID…", nargs=-1, required=True)
@reason_option("Reason for the decision; default: the notice's words.")
@as_option
def confirm(notices: tuple[str, ...], reason: str | None, name: str | None) -> None:
    """Do what notices propose.

    Their articles are corrected, withdrawn or restored.
    """
    _settle("confirm", notices, reason=reason, name=name)


@notices.command(epilog=NOTICE_HELP)
@click.argument("notices", metavar="ID…", nargs=-1, required=True)
@reason_option("Reason for dismissing the notice; required.")
@as_option
def dismiss(notices: tuple[str, ...], reason: str | None, name: str | None) -> None:
    """Dismiss notices: their articles stay as they are.

    A dismissed notice does not come back when it is read again.
    """
    _settle("dismiss", notices, reason=reason, name=name)


def _settle(action: str, notices: tuple[str, ...], *, reason: str | None, name: str | None) -> None:
    """Settle notices, all or none: a wrong id leaves the others open too."""
    from claims.documents.decide import decide_on_document
    from claims.documents.decisions import DocumentAction
    from claims.documents.find_notices import find_notice, to_settle

    signed_by = reviewer_name(name)
    settled = {"confirm": "confirmed", "dismiss": "dismissed"}[action]
    lines = []
    with open_database() as database, database.writer() as session:
        _, sign = sign_in_as(session, name, reason)
        for line in {
            one.id: one for one in (find_notice(session, id_) for id_ in notices)
        }.values():
            document, notice = to_settle(line)
            result = decide_on_document(
                session, document, DocumentAction(action), sign(), notice=notice
            )
            if result is None:
                lines.append(f"notice {line.short_id} is already {line.state}; nothing was written")
                continue
            status = result.decision.after.get("status")
            about = f"document {str(document)[:8]} {status or 'stays as it is'}"
            lines.append(
                f"notice {line.short_id} {settled}: {about}, ledger {result.number}, by {signed_by}"
            )
    for printed in lines:
        click.echo(printed)
