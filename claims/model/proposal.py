"""A claim with its chain of attribution, as extraction proposes it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from claims.model.kinds import ClaimClass, Form, Mode, SourceKind
from claims.model.span import Spans


@dataclass(frozen=True, slots=True)
class Hop:
    """One attribution: a source and the words that say it reported.

    Attributes:
        name: The resolved name; the words as printed for a group; None if the source is unknown.
        kind: What the source is.
        mention: Where the source is named; empty for a source the text only implies.
        cue: Where the reporting words stand; empty if there are none.
        capacity: Where the office or role stands ("the Leader's advisor"); empty if not printed.
        mode: What the hop does with the content.
        pronoun: Where a relative pronoun stands for the mention beside the cue ("Ada Quill, who
            said"); empty otherwise.
    """

    name: str | None
    kind: SourceKind
    mention: Spans
    cue: Spans
    capacity: Spans = ()
    mode: Mode = Mode.SAYS
    pronoun: Spans = ()


@dataclass(frozen=True, slots=True)
class SaidOn:
    """When something was said: the printed words and the days they can mean.

    Attributes:
        text: As printed ("on Thursday").
        first: First possible day; None if the date of publication is not known.
        last: Last possible day, inclusive; None likewise.
        spans: Where the words stand in the article; empty if there is no article.
    """

    text: str
    first: date | None = None
    last: date | None = None
    spans: Spans = ()


@dataclass(frozen=True, slots=True)
class Venue:
    """Where or how something was said.

    Attributes:
        text: As printed ("in an interview with state TV").
        spans: Where the words stand in the article; empty if there is no article.
    """

    text: str
    spans: Spans = ()


@dataclass(frozen=True, slots=True)
class Hearer:
    """Whom something was said to: "told Reuters". They heard it, and carried nothing by that.

    Attributes:
        text: As printed ("the BBC").
        spans: Where the words stand in the article; empty if there is no article.
    """

    text: str
    spans: Spans = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """One claim as extraction proposes it.

    Attributes:
        content: The words of the article that carry the claim; at least one span.
        form: Quote, mixed or paraphrase, as counted from quotation marks around the content.
        chain: Hops from the voice outward; chain[0] is the speaker, never empty.
        score: 0 to 1, how likely the whole proposal is right.
        rule: The rule that found it.
        said_on: When it was said, if the text says so.
        venue: Where or how it was said, if the text says so.
        hearer: Whom it was said to, if the text says so.
        claim_class: Of which kind the words are.
        name_score: 0 to 1, how likely the speaker's name is right; None if nobody is named.
        suggested_name: Whom the program would name if it were surer; the hop names nobody then.
    """

    content: Spans
    form: Form
    chain: tuple[Hop, ...]
    score: float
    rule: str
    said_on: SaidOn | None = None
    venue: Venue | None = None
    hearer: Hearer | None = None
    claim_class: ClaimClass = ClaimClass.SPEECH
    name_score: float | None = None
    suggested_name: str | None = None


def move_spans(proposal: Proposal, move: Callable[[Spans], Spans]) -> Proposal:
    """A proposal with the spans of another form of the same text."""
    said_on, venue, hearer = proposal.said_on, proposal.venue, proposal.hearer
    hops = [
        replace(
            hop,
            mention=move(hop.mention),
            cue=move(hop.cue),
            capacity=move(hop.capacity),
            pronoun=move(hop.pronoun),
        )
        for hop in proposal.chain
    ]
    return replace(
        proposal,
        content=move(proposal.content),
        chain=tuple(hops),
        said_on=said_on and replace(said_on, spans=move(said_on.spans)),
        venue=venue and replace(venue, spans=move(venue.spans)),
        hearer=hearer and replace(hearer, spans=move(hearer.spans)),
    )
