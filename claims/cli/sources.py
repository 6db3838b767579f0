"""claims sources: add, list and show sources, and the decisions on them."""

from datetime import datetime
from typing import TYPE_CHECKING, Unpack

import click

from claims.cli.as_of import AsOfOptions, as_of_options, reading
from claims.cli.authorities import import_sources, relink
from claims.cli.context import open_database
from claims.cli.editing import SigningOptions, decide_on_sources, signing_options
from claims.cli.options import DAY, SOURCE_HELP
from claims.cli.output import Row, facts_format_option, format_option, show_json, show_rows
from claims.model.kinds import SourceKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeAlias

    from claims.cli.editing import Sign
    from claims.database.engine import OpenSession
    from claims.model.decision import Decision, Signature
    from claims.sources.changes import SourceState

    Decisions: TypeAlias = Sequence[Decision | None]
    DecideOnPair: TypeAlias = Callable[
        [OpenSession, SourceState, SourceState, Signature], Decision | None
    ]

KINDS = click.Choice([kind.value for kind in SourceKind])
PAIR_HELP = "A and B are names or starts of ids that only one source has."


@click.group()
def sources() -> None:
    """Manage sources: names, offices, ratings, merges.

    Each decision here is a row in the ledger; nothing recorded is rewritten.
    """


sources.add_command(import_sources)
sources.add_command(relink)


@sources.command("list")
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


@sources.command(epilog=SOURCE_HELP)
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


class AddOptions(SigningOptions):
    """What is known about a new source, and who adds it."""

    description: str | None
    wikidata: str | None
    country: str | None
    homepage: str | None


@sources.command()
@click.argument("name")
@click.option("--kind", type=KINDS, required=True, help="Kind of source.")
@click.option(
    "--alias", "aliases", multiple=True, help="Another name of the source; may be repeated."
)
@click.option("--description", help="Who or what the source is, in a few words.")
@click.option("--wikidata", help="Wikidata item, such as Q7747.")
@click.option("--country", help="ISO 3166-1 code, such as IR.")
@click.option(
    "--homepage", help="Address of its website; identifies an outlet by its articles' URLs."
)
@signing_options
def add(
    name: str,
    kind: str,
    aliases: tuple[str, ...],
    **options: Unpack[AddOptions],
) -> None:
    """Add a source that no article has named yet."""
    from claims.sources import changes
    from claims.text.clean import clean_line

    fields = {
        "description": options["description"],
        "wikidata": options["wikidata"],
        "country": options["country"],
        "homepage": options["homepage"],
    }
    names = [clean_line(alias) for alias in aliases]

    def decide(_session: "OpenSession", sign: "Sign") -> "Decisions":
        addition = changes.add(SourceKind(kind), clean_line(name), fields, sign())
        return [changes.with_names(addition, names)]

    decide_on_sources(decide, reason=options["reason"], signer=options["signer"])


@sources.command(epilog=SOURCE_HELP)
@click.argument("source")
@click.argument("name")
@click.option("--kind", type=click.Choice(["alias", "former", "transliteration"]), default="alias",
              show_default=True, help="Kind of name.")  # fmt: skip
@click.option("--language", help="Language of the name as a BCP 47 tag, such as fa or ru-Latn.")
@click.option("--remove", is_flag=True, help="Remove the name.")
@signing_options
def alias(
    source: str,
    name: str,
    kind: str,
    language: str | None,
    *,
    remove: bool,
    **signing: Unpack[SigningOptions],
) -> None:
    """Add a name to a source, or remove one."""
    from claims.sources import changes
    from claims.sources.edit import load_name, load_source
    from claims.sources.find import find_source
    from claims.sources.lists import NameEntry
    from claims.text.clean import clean_line

    def decide(session: "OpenSession", sign: "Sign") -> "Decisions":
        state = load_source(session, find_source(session, source))
        stored = load_name(session, state.source, clean_line(name))
        new = None if remove else NameEntry(clean_line(name), kind, language)
        return [changes.rename(state, stored, new, sign())]

    decide_on_sources(decide, **signing)


class OfficeOptions(SigningOptions):
    """When and where an office is held, how this is known, and who records it."""

    organisation: str | None
    first: datetime | None
    last: datetime | None
    evidence: str | None
    claim: str | None


@sources.command(epilog=SOURCE_HELP)
@click.argument("source")
@click.argument("title")
@click.option(
    "--of", "organisation", metavar="SOURCE", help="Organisation in which the office is held."
)
@click.option("--from", "first", type=DAY, help="First day in office; open if omitted.")
@click.option("--until", "last", type=DAY, help="Last day in office, included; open if omitted.")
@click.option("--evidence", help="Evidence: how this is known.")
@click.option("--claim", metavar="ID", help="Evidence: a claim whose article prints the title.")
@click.option("--remove", is_flag=True, help="Remove the office.")
@signing_options
def role(source: str, title: str, *, remove: bool, **options: Unpack[OfficeOptions]) -> None:
    """Add an office that a source holds or held, or remove one."""
    from claims.sources import changes
    from claims.sources.edit import load_source
    from claims.sources.find import find_source
    from claims.sources.find_office import OfficeRequest, find_office
    from claims.text.clean import clean_line

    request = OfficeRequest(
        title=clean_line(title),
        organisation=options["organisation"],
        first=options["first"].date() if options["first"] else None,
        last=options["last"].date() if options["last"] else None,
        evidence=options["evidence"],
        claim=options["claim"],
    )

    def decide(session: "OpenSession", sign: "Sign") -> "Decisions":
        state = load_source(session, find_source(session, source))
        office, stored = find_office(session, state, request)
        return [changes.change_office(state, office, sign(), stored=stored, remove=remove)]

    decide_on_sources(decide, reason=options["reason"], signer=options["signer"])


@sources.command(epilog=SOURCE_HELP)
@click.argument("outlet", metavar="SOURCE")
@click.argument("rating", type=click.Choice(["A", "B", "C", "D", "E", "F"]))
@click.option("--why", required=True, help="Reasons for the rating; shown with it.")
@click.option(
    "--on", "day", type=DAY, help="First day on which the rating applies; default: today."
)
@signing_options
def rate(
    outlet: str, rating: str, why: str, day: datetime | None, **signing: Unpack[SigningOptions]
) -> None:
    """Rate an outlet from a given day on.

    A is reliable, E unreliable. F means that the outlet cannot be judged; it is not the worst.
    """
    from datetime import UTC

    from claims.sources import changes
    from claims.sources.edit import load_source
    from claims.sources.find import find_source

    on = (day or datetime.now(UTC)).date()

    def decide(session: "OpenSession", sign: "Sign") -> "Decisions":
        state = load_source(session, find_source(session, outlet))
        return [changes.rate(state, rating, on, why=why.strip(), signed=sign())]

    decide_on_sources(decide, **signing)


@sources.command("link-wikidata", epilog=SOURCE_HELP)
@click.argument("source")
@click.argument("item", metavar="Q…", required=False)
@click.option("--remove", is_flag=True, help="Remove the link.")
@signing_options
def link_wikidata(
    source: str, item: str | None, *, remove: bool, **signing: Unpack[SigningOptions]
) -> None:
    """Link a source to its Wikidata item."""
    from claims.sources import changes
    from claims.sources.edit import load_source
    from claims.sources.find import find_source

    if (item is None) is not remove:
        raise click.UsageError("Give either an item, such as Q7747, or --remove.")

    def decide(session: "OpenSession", sign: "Sign") -> "Decisions":
        state = load_source(session, find_source(session, source))
        return [changes.set_fields(state, {"wikidata": item}, sign(), "link-wikidata")]

    decide_on_sources(decide, **signing)


@sources.command()
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True,
              help="Number of pairs to list.")  # fmt: skip
@format_option
def suggest(limit: int, output_format: str | None) -> None:
    """List pairs of sources that may be the same.

    The most likely pairs come first, with the reasons for and against.
    """
    from claims.sources.cards import load_pairs

    with open_database() as database, database.reader() as session:
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


def _add_pair_command(name: str, decide_on_pair: "DecideOnPair", about: str) -> None:
    @click.argument("a", metavar="A")
    @click.argument("b", metavar="B")
    @signing_options
    def command(a: str, b: str, **signing: Unpack[SigningOptions]) -> None:
        from claims.sources.edit import load_source
        from claims.sources.find import find_source

        def decide(session: "OpenSession", sign: "Sign") -> "Decisions":
            one = load_source(session, find_source(session, a))
            other = load_source(session, find_source(session, b))
            return [decide_on_pair(session, one, other, sign())]

        decide_on_sources(decide, **signing)

    command.__doc__ = about
    sources.add_command(click.command(name, epilog=PAIR_HELP)(command))


def _merge(
    _session: "OpenSession", one: "SourceState", into: "SourceState", signed: "Signature"
) -> "Decision | None":
    from claims.sources.changes import merge

    return merge(one, into, signed)


def _distinct(
    session: "OpenSession", one: "SourceState", other: "SourceState", signed: "Signature"
) -> "Decision | None":
    from claims.sources.changes import distinct
    from claims.sources.edit import is_distinct

    recorded = is_distinct(session, one.source, other.source)
    return distinct(one, other, signed, recorded=recorded)


def _undistinct(
    session: "OpenSession", one: "SourceState", other: "SourceState", signed: "Signature"
) -> "Decision | None":
    from claims.sources.changes import undistinct
    from claims.sources.edit import is_distinct

    recorded = is_distinct(session, one.source, other.source)
    return undistinct(one, other, signed, recorded=recorded)


_add_pair_command(
    "merge",
    _merge,
    """Merge A into B.

    From now on A is shown as B. Nothing recorded is rewritten, and `unmerge A` undoes the merge.
    """,
)
_add_pair_command(
    "distinct",
    _distinct,
    """Record that A and B are different sources.

    The pair is not suggested again; `undistinct A B` undoes this.
    """,
)
_add_pair_command("undistinct", _undistinct, "Undo `distinct`: A and B may be the same again.")


@sources.command(epilog="A is a name or the start of an id that only one source has.")
@click.argument("a", metavar="A")
@signing_options
def unmerge(a: str, **signing: Unpack[SigningOptions]) -> None:
    """Undo the merge of A into another source.

    Sources that were merged into A stay merged into A.
    """
    from claims.sources import changes
    from claims.sources.edit import load_source
    from claims.sources.find import find_merged

    def decide(session: "OpenSession", sign: "Sign") -> "Decisions":
        return [changes.unmerge(load_source(session, find_merged(session, a)), sign())]

    decide_on_sources(decide, **signing)
