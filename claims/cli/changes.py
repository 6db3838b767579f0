"""The options by which a command changes a claim, and the changes they come to."""

import uuid
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import click

from claims.model.kinds import Form, Mode

if TYPE_CHECKING:
    from claims.database.engine import OpenSession

LINKS = ("same_words", "same_content", "contradicts", "narrows", "retracts")
DAY = click.DateTime(["%Y-%m-%d"])

OPTIONS = (
    click.option("--text", help="The words of the claim, as the article prints them there."),
    click.option("--span", "spans", multiple=True, metavar="START-END",
                 help="Where the words stand, in code points; repeat it for interrupted words."),
    click.option("--form", type=click.Choice([form.value for form in Form]),
                 help="Where the quotation marks do not tell."),
    click.option("--speaker", metavar="SOURCE", help="Whose words they are; `nobody` if unknown."),
    click.option("--hop", type=click.IntRange(1), help="The hop of the chain that is changed."),
    click.option("--source", metavar="SOURCE", help="The hop's source; `nobody` if unknown."),
    click.option("--mention", help="The words that name it, as printed."),
    click.option("--cue", help="The words that report, as printed."),
    click.option("--capacity", help="Its office or role, as printed; empty for none."),
    click.option("--mode", type=click.Choice([mode.value for mode in Mode]),
                 help="What the hop does with the content."),
    click.option("--add", "adds", is_flag=True, help="Put a new hop at this place."),
    click.option("--drop", is_flag=True, help="Take the hop out."),
    click.option("--move-to", type=click.IntRange(1), help="Put the hop at this place."),
    click.option("--statement", help="The claim in words that stand alone."),
    click.option("--said-on", nargs=2, type=DAY, default=None, metavar="FIRST LAST",
                 help="First and last day it can have been said on; the same twice for one day."),
    click.option("--said-on-text", help="When it was said, as printed."),
    click.option("--venue", help="Where or how it was said, as printed."),
    click.option("--confidence", type=click.FloatRange(0, 1),
                 help="How sure you are that this person said this."),
    click.option("--credibility", type=click.IntRange(1, 6),
                 help="1 confirmed to 5 improbable; 6 cannot be judged."),
    click.option("--link", "links", multiple=True, metavar="KIND:ID",
                 help=f"Link it to another claim: {', '.join(LINKS)}."),
    click.option("--unlink", "unlinks", multiple=True, metavar="KIND:ID",
                 help="Take a link away."),
)  # fmt: skip

NAMES = (
    "text", "spans", "form", "speaker", "hop", "source", "mention", "cue", "capacity", "mode",
    "adds", "drop", "move_to", "statement", "said_on", "said_on_text", "venue", "confidence",
    "credibility", "links", "unlinks",
)  # fmt: skip
"""What the options are called as arguments of a command."""

Stated = Mapping[str, Any]
Fields = dict[str, object]


def change_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """All options that change a claim."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


def changes_of(session: "OpenSession", claim: uuid.UUID, stated: Stated) -> Fields:
    """The fields that the options given would change.

    Raises:
        ClaimsError: A source, a claim or words are not found, or the chain has no such hop.
    """
    from claims.review.state import load_article, load_standing

    if not any(stated[name] not in (None, (), False) for name in NAMES):
        return {}
    if stated["hop"] is None and any(
        stated[name] not in (None, False)
        for name in ("source", "mention", "cue", "capacity", "mode", "adds", "drop", "move_to")
    ):
        raise click.UsageError("Say which hop of the chain is meant, with --hop.")
    article = load_article(session, claim)
    fields: Fields = dict(load_standing(session, claim).fields)
    changed: Fields = {}
    for change in (_words, _chain, _circumstances, _judgement, _links):
        made = change(session, article, fields, stated)
        changed |= made
        fields |= made
    return changed


def _words(_session: "OpenSession", article: str, fields: Fields, stated: Stated) -> Fields:
    from claims.review.edits import find_words, set_content, set_form

    changed: Fields = {}
    if stated["spans"]:
        changed |= set_content(article, [_span(given) for given in stated["spans"]])
    elif stated["text"] is not None:
        changed |= find_words(article, fields, stated["text"])
    if stated["form"]:
        changed |= set_form(Form(stated["form"]))
    return changed


def _span(given: str) -> tuple[int, int]:
    start, _, end = given.partition("-")
    if not (start.isdigit() and end.isdigit()):
        raise click.BadParameter(f"{given} is not START-END, such as 120-164.")
    return int(start), int(end)


def _chain(session: "OpenSession", article: str, fields: Fields, stated: Stated) -> Fields:
    """The chain after each step, in an order in which they can be meant: add first, drop last."""
    from claims.review import edits

    now = dict(fields)
    if stated["speaker"] is not None:
        now |= edits.set_source(now, 1, _source(session, stated["speaker"]))
    hop = stated["hop"]
    if hop is None:
        return _if_changed(fields, now)
    if stated["adds"]:
        now |= edits.insert_hop(now, hop, edits.new_hop())
    if stated["source"] is not None:
        now |= edits.set_source(now, hop, _source(session, stated["source"]))
    for name in ("mention", "cue", "capacity"):
        if stated[name] is not None:
            now |= edits.set_words(article, now, hop, name=name, words=stated[name])
    return _if_changed(fields, _placed(now, hop, stated))


def _placed(now: Fields, hop: int, stated: Stated) -> Fields:
    from claims.review import edits

    if stated["mode"]:
        now |= edits.set_mode(now, hop, Mode(stated["mode"]))
    if stated["move_to"]:
        now |= edits.move_hop(now, hop, stated["move_to"])
    if stated["drop"]:
        now |= edits.drop_hop(now, hop)
    return now


def _if_changed(before: Fields, now: Fields) -> Fields:
    return {} if now["chain"] == before["chain"] else {"chain": now["chain"]}


def _source(session: "OpenSession", given: str) -> uuid.UUID | None:
    from claims.sources.edit import find_source

    return None if given == "nobody" else find_source(session, given)


def _circumstances(_session: "OpenSession", _article: str, _: Fields, stated: Stated) -> Fields:
    changed: Fields = {}
    if stated["said_on"]:
        days = [moment.date() for moment in stated["said_on"]]
        if days[1] < days[0]:
            raise click.BadParameter("--said-on: the last day lies before the first.")
        changed["said_on"] = [str(day) for day in days]
    for name in ("said_on_text", "venue"):
        if stated[name] is not None:
            changed[name] = stated[name].strip() or None
    return changed


def _judgement(_session: "OpenSession", _article: str, _: Fields, stated: Stated) -> Fields:
    changed: Fields = {}
    if stated["statement"] is not None:
        changed["statement"] = " ".join(stated["statement"].split()) or None
    if stated["confidence"] is not None:
        changed["attribution_confidence"] = stated["confidence"]
    if stated["credibility"] is not None:
        changed["credibility"] = stated["credibility"]
    return changed


def _links(session: "OpenSession", _article: str, fields: Fields, stated: Stated) -> Fields:
    if not stated["links"] and not stated["unlinks"]:
        return {}
    linked = {(row["b"], row["kind"]) for row in fields["links"]}  # type: ignore[attr-defined]
    linked |= {_link(session, given) for given in stated["links"]}
    linked -= {_link(session, given) for given in stated["unlinks"]}
    return {"links": [{"b": b, "kind": kind} for b, kind in sorted(linked)]}


def _link(session: "OpenSession", given: str) -> tuple[str, str]:
    from claims.catalogue.find import find_claim

    kind, _, other = given.partition(":")
    if kind not in LINKS:
        raise click.BadParameter(f"{given}: a link is one of {', '.join(LINKS)}, then :ID.")
    return str(find_claim(session, other)), kind
