"""claims sources: who is who; add, list, show, and the decisions on them."""

from typing import TYPE_CHECKING, Any

import click

from claims.cli.as_of import Past, past_options, reading
from claims.cli.authorities import import_sources, relink
from claims.cli.context import open_database
from claims.cli.editing import decide_on_sources, signing_options
from claims.cli.output import format_option, show_json, show_rows
from claims.model.kinds import SourceKind

if TYPE_CHECKING:
    from claims.database.engine import OpenSession

KINDS = click.Choice([kind.value for kind in SourceKind])
DAY = click.DateTime(["%Y-%m-%d"])
SOURCE = "SOURCE may be the start of an id or a name, if only one source has it."


@click.group()
def sources() -> None:
    """Who is who: names, offices, ratings, merges.

    What a person decides here is a row in the ledger; nothing recorded is rewritten.
    """


sources.add_command(import_sources)
sources.add_command(relink)


@sources.command("list")
@click.argument("words", nargs=-1)
@click.option("--kind", type=KINDS)
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True)
@click.option("--after", metavar="SOURCE", help="Go on after this source of the same list.")
@past_options
@format_option
def list_sources(
    words: tuple[str, ...],
    kind: str | None,
    *,
    limit: int,
    after: str | None,
    form_of_output: str | None,
    past: Past,
) -> None:
    """List sources by name.

    Merged ones stand under what they were merged into.
    """
    from claims.sources.cards import find_sources
    from claims.sources.edit import find_source

    with reading(past) as session:
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
    show_rows(("id", "kind", "claims", "settled", "name"), rows, form_of_output)
    if len(cards) == limit:
        last = str(cards[-1].id)[:8]
        click.echo(f"The first {limit} are shown; go on with --after {last}", err=True)
    elif not cards:
        click.echo("No source has such a name. `claims sources list` shows all.", err=True)


@sources.command()
@click.argument("source")
@click.option("--format", "form", type=click.Choice(["plain", "json"]), default="plain")
@past_options
def show(source: str, form: str, past: Past) -> None:
    """Show all that is known of a source.

    What was settled, and apart from it what was printed; SOURCE may be the start of an id or a
    name.
    """
    from dataclasses import asdict

    from claims.sources.card_text import describe_source
    from claims.sources.cards import load_source_card
    from claims.sources.edit import find_source

    with reading(past) as session:
        card = load_source_card(session, find_source(session, source))
    if form == "json":
        show_json(asdict(card))
        return
    for line in describe_source(card):
        click.echo(line)


@sources.command()
@click.argument("name")
@click.option("--kind", type=KINDS, required=True)
@click.option("--alias", "aliases", multiple=True, help="Another of its names; may be repeated.")
@click.option("--description", help="Who or what it is, in a few words.")
@click.option("--wikidata", help="Wikidata item, such as Q7747.")
@click.option("--country", help="ISO 3166-1 code, such as IR.")
@click.option("--homepage", help="Address of its own site; tells an outlet by its articles' URL.")
@signing_options
def add(name: str, kind: str, aliases: tuple[str, ...], **given: Any) -> None:  # noqa: ANN401
    """Add a source that no article named yet."""
    from claims.sources import changes
    from claims.text.clean import clean_line

    fields = {field: given.pop(field) for field in changes.FIELDS}
    names = [clean_line(alias) for alias in aliases]

    def act(_session: "OpenSession", sign: Any) -> Any:  # noqa: ANN401
        made = changes.add(SourceKind(kind), clean_line(name), fields, sign())
        return [changes.with_names(made, names)]

    decide_on_sources(act, **given)


@sources.command(epilog=SOURCE)
@click.argument("source")
@click.argument("name")
@click.option("--kind", type=click.Choice(["alias", "former", "transliteration"]), default="alias")
@click.option("--language", help="BCP 47 tag of the name, such as fa or ru-Latn.")
@click.option("--remove", is_flag=True, help="Take the name away.")
@signing_options
def alias(source: str, name: str, kind: str, language: str | None, **given: Any) -> None:  # noqa: ANN401
    """Add or take away a name of a source."""
    from claims.sources import changes
    from claims.sources.edit import find_source, load_name, load_source
    from claims.text.clean import clean_line

    remove = given.pop("remove")

    def act(session: "OpenSession", sign: Any) -> Any:  # noqa: ANN401
        standing = load_source(session, find_source(session, source))
        stored = load_name(session, standing.source, clean_line(name))
        wanted = {"name": clean_line(name), "kind": kind, "language": language}
        return [changes.rename(standing, stored, None if remove else wanted, sign())]

    decide_on_sources(act, **given)


@sources.command(epilog=SOURCE)
@click.argument("source")
@click.argument("title")
@click.option("--of", "organisation", metavar="SOURCE", help="Where the office is held.")
@click.option("--from", "first", type=DAY, help="First day; open if not given.")
@click.option("--until", "last", type=DAY, help="Last day, included; open if not given.")
@click.option("--evidence", help="Where this is known from.")
@click.option("--claim", metavar="ID", help="A claim whose article prints the title: its evidence.")
@click.option("--remove", is_flag=True, help="Take the office away.")
@signing_options
def role(source: str, title: str, **given: Any) -> None:  # noqa: ANN401
    """Add or take away an office that was held."""
    from claims.sources import changes
    from claims.sources.edit import find_source, load_role_row, load_source
    from claims.text.clean import clean_line

    remove, stated = given.pop("remove"), {k: given.pop(k) for k in ROLE_OPTIONS}

    def act(session: "OpenSession", sign: Any) -> Any:  # noqa: ANN401
        standing = load_source(session, find_source(session, source))
        row, known = load_role_row(session, standing, clean_line(title), stated)
        return [changes.change_office(standing, row, sign(), known=known, remove=remove)]

    decide_on_sources(act, **given)


ROLE_OPTIONS = ("organisation", "first", "last", "evidence", "claim")


@sources.command(epilog=SOURCE)
@click.argument("outlet", metavar="SOURCE")
@click.argument("rating", type=click.Choice(["A", "B", "C", "D", "E", "F"]))
@click.option("--why", required=True, help="The reasons.")
@click.option("--on", "day", type=DAY, help="The day from which it holds; today if not given.")
@signing_options
def rate(outlet: str, rating: str, why: str, day: Any, **given: Any) -> None:  # noqa: ANN401
    """Rate an outlet from a day on.

    From A (reliable) to E (unreliable); F cannot be judged, which is not the worst.
    """
    from datetime import UTC, datetime

    from claims.sources import changes
    from claims.sources.edit import find_source, load_source

    on = (day or datetime.now(UTC)).date()

    def act(session: "OpenSession", sign: Any) -> Any:  # noqa: ANN401
        standing = load_source(session, find_source(session, outlet))
        return [changes.rate(standing, rating, on, why=why.strip(), signed=sign())]

    decide_on_sources(act, **given)


@sources.command("link-wikidata", epilog=SOURCE)
@click.argument("source")
@click.argument("item", metavar="Q…", required=False)
@click.option("--remove", is_flag=True, help="Take the link away.")
@signing_options
def link_wikidata(source: str, item: str | None, **given: Any) -> None:  # noqa: ANN401
    """Say which Wikidata item a source is."""
    from claims.sources import changes
    from claims.sources.edit import find_source, load_source

    if (item is None) is not given.pop("remove"):
        raise click.UsageError("Give either an item, such as Q7747, or --remove.")

    def act(session: "OpenSession", sign: Any) -> Any:  # noqa: ANN401
        standing = load_source(session, find_source(session, source))
        return [changes.describe(standing, {"wikidata": item}, sign(), "link-wikidata")]

    decide_on_sources(act, **given)


@sources.command()
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
@format_option
def suggest(limit: int, form_of_output: str | None) -> None:
    """List pairs that may be one source.

    The likeliest come first, with what speaks for them and against.
    """
    from claims.sources.cards import load_pairs

    with open_database() as database, database.reader() as session:
        pairs = load_pairs(session, limit=limit)
    rows = [
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
    show_rows(("a", "name", "b", "other", "score", "reason"), rows, form_of_output)
    if rows:
        click.echo("Settle one: claims sources merge A B, or claims sources distinct A B", err=True)
    else:
        click.echo("No pair waits.", err=True)


def _two(name: str, doing: Any, about: str) -> None:  # noqa: ANN401
    @click.argument("a", metavar="A")
    @click.argument("b", metavar="B")
    @signing_options
    def command(a: str, b: str, **given: Any) -> None:  # noqa: ANN401
        from claims.sources.edit import find_source, load_source

        def act(session: "OpenSession", sign: Any) -> Any:  # noqa: ANN401
            one = load_source(session, find_source(session, a))
            other = load_source(session, find_source(session, b))
            return [doing(session, one, other, sign())]

        decide_on_sources(act, **given)

    command.__doc__ = about
    sources.add_command(click.command(name, epilog=SOURCE)(command))


def _merge(_session: "OpenSession", one: Any, into: Any, signed: Any) -> Any:  # noqa: ANN401
    from claims.sources.changes import merge

    return merge(one, into, signed)


def _distinct(session: "OpenSession", one: Any, other: Any, signed: Any) -> Any:  # noqa: ANN401
    from claims.sources.changes import distinct
    from claims.sources.edit import is_distinct

    known = is_distinct(session, one.source, other.source)
    return distinct(one, other, signed, known=known)


_two(
    "merge",
    _merge,
    """Find that A is B.

    A is shown as B from now on; nothing recorded is rewritten, and `unmerge A` takes it back.
    """,
)
_two(
    "distinct",
    _distinct,
    """Find that A is not B.

    Nobody suggests it again; `undistinct` takes it back.
    """,
)


@sources.command(epilog=SOURCE)
@click.argument("a", metavar="A")
@signing_options
def unmerge(a: str, **given: Any) -> None:  # noqa: ANN401
    """Take a merge back.

    What was merged into A stays with A.
    """
    from claims.sources import changes
    from claims.sources.edit import find_merged, load_source

    def act(session: "OpenSession", sign: Any) -> Any:  # noqa: ANN401
        return [changes.unmerge(load_source(session, find_merged(session, a)), sign())]

    decide_on_sources(act, **given)


@sources.command(epilog=SOURCE)
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@signing_options
def undistinct(a: str, b: str, **given: Any) -> None:  # noqa: ANN401
    """Take back that A is not B."""
    from claims.sources import changes
    from claims.sources.edit import find_source, is_distinct, load_source

    def act(session: "OpenSession", sign: Any) -> Any:  # noqa: ANN401
        one = load_source(session, find_source(session, a))
        other = load_source(session, find_source(session, b))
        known = is_distinct(session, one.source, other.source)
        return [changes.undistinct(one, other, sign(), known=known)]

    decide_on_sources(act, **given)
