"""The options that change a claim, and the changes they make."""

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, TypedDict

import click

from claims.cli.options import DAY, CommandFunction, add_options, claim_form_option
from claims.model.kinds import Form, Mode

if TYPE_CHECKING:
    from claims.database.engine import OpenSession

LINKS = ("same_words", "same_content", "contradicts", "narrows", "retracts")


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


Fields = dict[str, object]


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


def changes_of(session: "OpenSession", claim: uuid.UUID, options: ChangeOptions) -> Fields:
    """The fields that the options change.

    Raises:
        ClaimsError: A source, a claim or words are not found, or the chain has no such hop.
    """
    from claims.review.state import load_article, load_standing

    if not changes_anything(options):
        return {}
    if options["hop"] is None and _changes_hop(options):
        raise click.UsageError("Give the hop of the chain to change, with --hop.")
    article = load_article(session, claim)
    fields: Fields = dict(load_standing(session, claim).fields)
    changed: Fields = {}
    for change in (_words, _chain, _circumstances, _judgement, _links):
        step = change(session, article, fields, options)
        changed |= step
        fields |= step
    return changed


def _changes_hop(options: ChangeOptions) -> bool:
    flags = options["adds"] or options["drop"]
    words = (options["mention"], options["cue"], options["capacity"])
    values = (options["source"], *words, options["mode"], options["move_to"])
    return flags or any(value is not None for value in values)


def _words(_session: "OpenSession", article: str, fields: Fields, options: ChangeOptions) -> Fields:
    from claims.review.edits import find_words, set_content, set_form

    changed: Fields = {}
    if options["spans"]:
        changed |= set_content(article, [_span(value) for value in options["spans"]])
    elif options["text"] is not None:
        changed |= find_words(article, fields, options["text"])
    if options["claim_form"]:
        changed |= set_form(Form(options["claim_form"]))
    return changed


def _span(value: str) -> tuple[int, int]:
    start, _, end = value.partition("-")
    if not (start.isdigit() and end.isdigit()):
        raise click.BadParameter(f"{value} is not START-END, such as 120-164.")
    return int(start), int(end)


def _chain(session: "OpenSession", article: str, fields: Fields, options: ChangeOptions) -> Fields:
    """The chain after all steps, in the only order that makes sense: add first, drop last."""
    from claims.review import edits

    now = dict(fields)
    if options["speaker"] is not None:
        now |= edits.set_source(now, 1, _source(session, options["speaker"]))
    hop = options["hop"]
    if hop is None:
        return _if_changed(fields, now)
    if options["adds"]:
        now |= edits.insert_hop(now, hop, edits.new_hop())
    if options["source"] is not None:
        now |= edits.set_source(now, hop, _source(session, options["source"]))
    for name, words in (
        ("mention", options["mention"]),
        ("cue", options["cue"]),
        ("capacity", options["capacity"]),
    ):
        if words is not None:
            now |= edits.set_words(article, now, hop, name=name, words=words)
    return _if_changed(fields, _placed(now, hop, options))


def _placed(now: Fields, hop: int, options: ChangeOptions) -> Fields:
    from claims.review import edits

    if options["mode"]:
        now |= edits.set_mode(now, hop, Mode(options["mode"]))
    if options["move_to"]:
        now |= edits.move_hop(now, hop, options["move_to"])
    if options["drop"]:
        now |= edits.drop_hop(now, hop)
    return now


def _if_changed(before: Fields, now: Fields) -> Fields:
    return {} if now["chain"] == before["chain"] else {"chain": now["chain"]}


def _source(session: "OpenSession", name: str) -> uuid.UUID | None:
    from claims.sources.find import find_source

    return None if name == "nobody" else find_source(session, name)


def _circumstances(
    _session: "OpenSession", _article: str, _: Fields, options: ChangeOptions
) -> Fields:
    changed: Fields = {}
    if options["said_on"]:
        days = [day.date() for day in options["said_on"]]
        if days[1] < days[0]:
            raise click.BadParameter("--said-on: the last day is before the first.")
        changed["said_on"] = [str(day) for day in days]
    for name, words in (("said_on_text", options["said_on_text"]), ("venue", options["venue"])):
        if words is not None:
            changed[name] = words.strip() or None
    return changed


def _judgement(_session: "OpenSession", _article: str, _: Fields, options: ChangeOptions) -> Fields:
    changed: Fields = {}
    if options["statement"] is not None:
        changed["statement"] = " ".join(options["statement"].split()) or None
    if options["confidence"] is not None:
        changed["attribution_confidence"] = options["confidence"]
    if options["credibility"] is not None:
        changed["credibility"] = options["credibility"]
    return changed


def _links(session: "OpenSession", _article: str, fields: Fields, options: ChangeOptions) -> Fields:
    if not options["links"] and not options["unlinks"]:
        return {}
    linked = {(row["b"], row["kind"]) for row in fields["links"]}  # type: ignore[attr-defined]
    linked |= {_link(session, link) for link in options["links"]}
    linked -= {_link(session, link) for link in options["unlinks"]}
    return {"links": [{"b": b, "kind": kind} for b, kind in sorted(linked)]}


def _link(session: "OpenSession", link: str) -> tuple[str, str]:
    from claims.catalogue.find import find_claim

    kind, _, other = link.partition(":")
    if kind not in LINKS:
        raise click.BadParameter(f"{link} is not KIND:ID; KIND is one of {', '.join(LINKS)}.")
    return str(find_claim(session, other)), kind
