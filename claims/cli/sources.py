"""claims sources: add sources, and the decisions on them."""

from datetime import datetime
from typing import TYPE_CHECKING, Unpack

import click

from claims.cli.authorities import import_sources, relink
from claims.cli.editing import SigningOptions, decide_on_sources, signing_options
from claims.cli.options import DAY, SOURCE_HELP
from claims.cli.source_lists import KINDS, list_sources, show, suggest
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

PAIR_HELP = "A and B are names or starts of ids that only one source has."


@click.group()
def sources() -> None:
    """Manage sources: names, offices, ratings, merges.

    Each decision here is a row in the ledger; nothing recorded is rewritten.
    """


sources.add_command(import_sources)
sources.add_command(relink)
sources.add_command(list_sources)
sources.add_command(show)
sources.add_command(suggest)


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
    if on > datetime.now(UTC).date():
        click.echo(f"{on} is still to come: until then the rating before it applies.", err=True)


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
