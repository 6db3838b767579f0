"""The options that change a claim, and the changes they make."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypedDict

import click

from claims.cli.options import DAY, CommandFunction, add_options, claim_form_option
from claims.model.kinds import Form, LinkKind, Mode

if TYPE_CHECKING:
    from claims.database.engine import OpenSession
    from claims.model.claim import ClaimState, LinkState
    from claims.model.json import JsonObject

LINKS = tuple(kind.value for kind in LinkKind)


class ChangeOptions(TypedDict):
    """What a command changes in a claim; None, () or False for an option that is not given."""

    text: str | None
    spans: tuple[str, ...]
    claim_form: str | None
    speaker: str | None
    hop: int | None
    source: str | None
    mention: str | None
    cue: str | None
    capacity: str | None
    mode: str | None
    adds: bool
    drop: bool
    move_to: int | None
    statement: str | None
    said_on: tuple[datetime, datetime] | None
    said_on_text: str | None
    venue: str | None
    confidence: float | None
    credibility: int | None
    links: tuple[str, ...]
    unlinks: tuple[str, ...]


def change_options(command: CommandFunction) -> CommandFunction:
    """The options of `ChangeOptions`."""
    return add_options(
        command,
        click.option("--text", help="Words of the claim, exactly as the article prints them."),
        click.option("--span", "spans", multiple=True, metavar="START-END",
                     help="Offsets of the words, in code points; repeat it for interrupted words."),
        claim_form_option("Form of the claim, if the quotation marks do not show it."),
        click.option("--speaker", metavar="SOURCE",
                     help="Who said the words; `nobody` if unknown."),
        click.option("--hop", type=click.IntRange(1),
                     help="Hop of the chain to change; 1 is the speaker."),
        click.option("--source", metavar="SOURCE",
                     help="Source of the hop; `nobody` if unknown."),
        click.option("--mention", help="Words that name the source of the hop, as printed."),
        click.option("--cue", help="Reporting words of the hop, as printed."),
        click.option("--capacity",
                     help="Office or role of the source, as printed; empty for none."),
        click.option("--mode", type=click.Choice([mode.value for mode in Mode]),
                     help="What the hop does with the content."),
        click.option("--add", "adds", is_flag=True, help="Insert a new hop at --hop."),
        click.option("--drop", is_flag=True, help="Remove the hop."),
        click.option("--move-to", type=click.IntRange(1),
                     help="Move the hop to this position of the chain."),
        click.option("--statement", help="The claim in words that stand alone."),
        click.option("--said-on", nargs=2, type=DAY, default=None, metavar="FIRST LAST",
                     help="First and last day on which it can have been said; may be the same."),
        click.option("--said-on-text", help="When the words were said, as printed."),
        click.option("--venue", help="Where or how the words were said, as printed."),
        click.option("--confidence", type=click.FloatRange(0, 1),
                     help="Your confidence that this person said this."),
        click.option("--credibility", type=click.IntRange(1, 6),
                     help="From 1, confirmed, to 5, improbable; 6 means it cannot be judged."),
        click.option("--link", "links", multiple=True, metavar="KIND:ID",
                     help=f"Link the claim to another one. KIND is one of {', '.join(LINKS)}."),
        click.option("--unlink", "unlinks", multiple=True, metavar="KIND:ID",
                     help="Remove a link."),
    )  # fmt: skip


def changes_anything(options: ChangeOptions) -> bool:
    """Whether any of the options is given."""
    return any(value not in (None, (), False) for value in options.values())


def changes_of(session: "OpenSession", claim: uuid.UUID, options: ChangeOptions) -> "JsonObject":
    """The fields that the options change, as JSON.

    Raises:
        ClaimsError: A source, a claim or words are not found, or the chain has no such hop.
    """
    from claims.model.claim import changes_between
    from claims.review.state import load_article, load_claim

    if not changes_anything(options):
        return {}
    article = load_article(session, claim)
    state = load_claim(session, claim).state
    return changes_between(state, changed_state(session, article, state, options))


def changed_state(
    session: "OpenSession", article: str, state: "ClaimState", options: ChangeOptions
) -> "ClaimState":
    """The state of a claim as the options change it.

    Raises:
        ClaimsError: A source, a claim or words are not found, or the chain has no such hop.
    """
    if options["hop"] is None and _changes_hop(options):
        raise click.UsageError("Give the hop of the chain to change, with --hop.")
    edited = _with_words(article, state, options)
    edited = _with_chain(session, article, edited, options)
    edited = _with_circumstances(edited, options)
    edited = _with_judgement(edited, options)
    return _with_links(session, edited, options)


def _changes_hop(options: ChangeOptions) -> bool:
    flags = options["adds"] or options["drop"]
    words = (options["mention"], options["cue"], options["capacity"])
    values = (options["source"], *words, options["mode"], options["move_to"])
    return flags or any(value is not None for value in values)


def _with_words(article: str, state: "ClaimState", options: ChangeOptions) -> "ClaimState":
    from claims.review.edits import find_words, set_content, set_form

    if options["spans"]:
        state = set_content(article, state, [_span(value) for value in options["spans"]])
    elif options["text"] is not None:
        state = find_words(article, state, options["text"])
    return set_form(state, Form(options["claim_form"])) if options["claim_form"] else state


def _span(value: str) -> tuple[int, int]:
    start, _, end = value.partition("-")
    if not (start.isdigit() and end.isdigit()):
        raise click.BadParameter(f"{value} is not START-END, such as 120-164.")
    return int(start), int(end)


def _with_chain(
    session: "OpenSession", article: str, state: "ClaimState", options: ChangeOptions
) -> "ClaimState":
    """The chain after all steps, in the only order that makes sense: add first, drop last."""
    from claims.model.claim import HopState
    from claims.review import edits

    if options["speaker"] is not None:
        state = edits.set_source(state, 1, _source(session, options["speaker"]))
    hop = options["hop"]
    if hop is None:
        return state
    if options["adds"]:
        state = edits.insert_hop(state, hop, HopState())
    if options["source"] is not None:
        state = edits.set_source(state, hop, _source(session, options["source"]))
    parts: dict[edits.HopPart, str | None] = {
        "mention": options["mention"],
        "cue": options["cue"],
        "capacity": options["capacity"],
    }
    for part, words in parts.items():
        if words is not None:
            state = edits.set_words(article, state, hop, name=part, words=words)
    if options["mode"]:
        state = edits.set_mode(state, hop, Mode(options["mode"]))
    if options["move_to"]:
        state = edits.move_hop(state, hop, options["move_to"])
    return edits.drop_hop(state, hop) if options["drop"] else state


def _source(session: "OpenSession", name: str) -> uuid.UUID | None:
    from claims.sources.find import find_source

    return None if name == "nobody" else find_source(session, name)


def _with_circumstances(state: "ClaimState", options: ChangeOptions) -> "ClaimState":
    if options["said_on"]:
        first, last = (day.date() for day in options["said_on"])
        if last < first:
            raise click.BadParameter("--said-on: the last day is before the first.")
        if first > datetime.now(UTC).date():
            raise click.BadParameter(f"--said-on: {first} has not come yet.")
        state = replace(state, said_on=(first, last))
    if options["said_on_text"] is not None:
        state = replace(state, said_on_text=options["said_on_text"].strip() or None)
    if options["venue"] is not None:
        state = replace(state, venue=options["venue"].strip() or None)
    return state


def _with_judgement(state: "ClaimState", options: ChangeOptions) -> "ClaimState":
    if options["statement"] is not None:
        state = replace(state, statement=" ".join(options["statement"].split()) or None)
    if options["confidence"] is not None:
        state = replace(state, attribution_confidence=options["confidence"])
    if options["credibility"] is not None:
        state = replace(state, credibility=options["credibility"])
    return state


def _with_links(
    session: "OpenSession", state: "ClaimState", options: ChangeOptions
) -> "ClaimState":
    links = {*state.links, *(_link(session, link) for link in options["links"])}
    links -= {_link(session, link) for link in options["unlinks"]}
    return replace(state, links=tuple(sorted(links)))


def _link(session: "OpenSession", link: str) -> "LinkState":
    from claims.catalogue.find import find_claim
    from claims.model.claim import LinkState

    kind, _, other = link.partition(":")
    if kind not in LINKS:
        raise click.BadParameter(f"{link} is not KIND:ID; KIND is one of {', '.join(LINKS)}.")
    return LinkState(find_claim(session, other), LinkKind(kind))
