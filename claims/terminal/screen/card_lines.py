"""A card in labelled rows: the words, who may have said them, the chain, and why it is shown."""

from collections.abc import Iterable
from dataclasses import dataclass

from claims.anchoring.marked import Part, mark_changes
from claims.model.kinds import ClaimClass
from claims.model.span import words_at
from claims.review.card import MOST_PRINTED, UNSURE, Candidate, Card, HopView
from claims.terminal.keys.table import InputMode
from claims.terminal.screen.segments import GLUE, Line, Segment, cut, line, words_in, wrap
from claims.terminal.state import State, candidates
from claims.text.display import visible

LABEL = 9
"""Cells of a row's label."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a card.

    Attributes:
        changed: Whether this reviewer changed it and has not decided yet.
    """

    label: str
    segments: tuple[Segment, ...]
    changed: bool = False

    @property
    def text(self) -> str:
        """What it says, on one line."""
        return words_in(self.segments).replace(GLUE, " ")


def draw_row(row: Row, width: int, most: int) -> list[Line]:
    """A row with its label, in a number of lines at most; an ellipsis shows that there is more."""
    label = f"{row.label}{'*' if row.changed else ''}"
    lines = wrap(row.segments, max(width - LABEL, 2))
    first = lines[:most]
    if len(lines) > most:
        first[-1] = (*first[-1], Segment(" …", "quiet"))
    style = "changed" if row.changed else "label"
    return [
        (Segment(f"{label if number == 0 else '':<{LABEL}}", style), *line)
        for number, line in enumerate(first)
    ]


def rows_of(
    state: State, name_width: int, speaker_room: tuple[int, int] | None = None
) -> dict[str, Row]:
    """The rows of a state's card, by label.

    Args:
        state: What is shown.
        name_width: Cells of a name, at most.
        speaker_room: Cells and lines of the row of speakers. Its names are cut further if that
            lets each of them be seen with its number, which is a key.
    """
    card = state.card
    if card is None:
        return {}
    changes = state.changes
    rows = [
        Row("TEXT", tuple(_words(state, card)), "content" in changes),
        Row("SPEAKER", _fitting_speakers(state, name_width, speaker_room), "chain" in changes),
        Row("CHAIN", _chain(state, card, name_width), "chain" in changes),
        Row("WHY NOW", line("; ".join(_why(state, card)))),
        Row("CHECK", line("; ".join(_checks(state, card)))),
        Row("WHY", line("; ".join((*_why(state, card), *_checks(state, card))))),
    ]
    if state.claim.statement:
        statement = visible(state.claim.statement)
        rows.insert(1, Row("MEANS", line(statement), "statement" in changes))
    return {row.label: row for row in rows}


def _words(state: State, card: Card) -> Iterable[Segment]:
    """The words of a claim; if it came back, those marked that the current version has no more."""
    if card.returned is None or not card.returned.spans:
        return (Segment(visible(state.claim.text), "claim"),)
    return marked_segments(mark_changes(state.claim.text, card.returned.words)[0], "[-", "-]")


def marked_segments(parts: Iterable[Part], opened: str, closed: str) -> Iterable[Segment]:
    """The parts of a text, marked in words and not by colour alone where they differ."""
    for text, changed in parts:
        shown = visible(text).replace("\n", " ")
        yield Segment(
            f"{opened}{shown}{closed}" if changed else shown, "changed" if changed else "claim"
        )


def score(value: float | None) -> str:
    """A score as it is shown: ` .55`; nothing where there is none."""
    return "" if value is None else f" {value:.2f}".replace(" 0.", " .")


def link_score(hop: HopView) -> str:
    """How sure the link of a hop is: ` .55!` where it is not, ` ?` where nobody knows who it is.

    ` new` is a source that this mention made: there was nobody it could have been mistaken for.
    """
    if hop.source is None:
        return " ?"
    if hop.score is None:
        return " new"
    return f"{score(hop.score)}{'!' if hop.score < UNSURE else ''}"


def candidate_text(candidate: Candidate, width: int) -> str:
    """A candidate in a row."""
    item = f" {candidate.wikidata}" if candidate.wikidata else ""
    return f"{cut(candidate.name, width)}{item}{score(candidate.score)}"


def hop_name(hop: HopView, article: str, width: int) -> str:
    """Who a hop is, else what is printed in brackets."""
    printed = words_at(article, hop.mention) or "nobody named"
    return cut(hop.name or f"[{printed}]", width)


def glue(text: str) -> str:
    """A text that no line breaks."""
    return text.replace(" ", GLUE)


NARROWER = (30, 24, 20, 17, 14, 12)
"""Cells that names are cut to, one after the other, until all of them fit into their row."""


def _fitting_speakers(
    state: State, width: int, room: tuple[int, int] | None
) -> tuple[Segment, ...]:
    whole = _speakers(state, width)
    if room is None:
        return whole
    cells, lines = room
    cuts = (whole, *(_speakers(state, narrow) for narrow in NARROWER if narrow < width))
    # That nobody is known comes last and may be cut off: 0 is no key of the card itself.
    last = 0 if state.mode is InputMode.ADD else 1
    needed = ((one, wrap(one[: len(one) - last], max(cells, 2))) for one in cuts)
    return next((one for one, drawn in needed if len(drawn) <= lines), whole)


def _speakers(state: State, width: int) -> tuple[Segment, ...]:
    if state.mode is InputMode.ADD:
        # Of the words that are added nobody is the speaker yet.
        numbered = (
            glue(f"{number} {candidate_text(one, width)}")
            for number, one in enumerate(candidates(state), 1)
        )
        return line(*(part for text in numbered for part in (text, Segment(" | ", "quiet"))))[:-1]
    speaker = state.hops[0].source if state.hops else None
    segments: list[Segment] = []
    listed = candidates(state) if state.mode is not InputMode.SOURCE else state.card_candidates
    if speaker not in {candidate.source for candidate in listed} and state.card and state.hops:
        name = hop_name(state.hops[0], state.card.article, width)
        segments += [Segment(glue(f"> {name}"), "speaker"), Segment(" | ", "quiet")]
    if state.mode is InputMode.CARD and state.unknown_name:
        name = glue(f"* {cut(visible(state.unknown_name), width)} as a new person")
        segments += [Segment(name), Segment(" | ", "quiet")]
    for number, candidate in enumerate(listed, 1):
        is_speaker = candidate.source == speaker
        sign = "> " if is_speaker else ""
        style = "speaker" if is_speaker else "text"
        text = glue(f"{sign}{number} {candidate_text(candidate, width)}")
        segments += [Segment(text, style), Segment(" | ", "quiet")]
    none = glue("> 0 nobody known" if speaker is None else "0 nobody known")
    return (*segments, Segment(none, "speaker" if speaker is None else "quiet"))


def _chain(state: State, card: Card, width: int) -> tuple[Segment, ...]:
    segments: list[Segment] = []
    for hop in state.hops:
        sign, style = ("S", "speaker") if hop.position == 1 else (str(hop.position - 1), "carrier")
        mode = "" if hop.mode == "says" else f" ({hop.mode})"
        office = f", {cut(hop.office, width)}" if hop.office and hop.position == 1 else ""
        name = hop_name(hop, card.article, width)
        if segments:
            segments.append(Segment(" <- ", "quiet"))
        segments.append(Segment(glue(f"{sign} {name}{link_score(hop)}{mode}") + office, style))
    outlet = cut(card.outlet, width) if card.outlet else "an outlet not named"
    return (*segments, Segment(" <- ", "quiet"), Segment(f"printed by {outlet}"))


def _printing(card: Card) -> Iterable[str]:
    """What became of its article, and of that which it came through."""
    if card.article_note:
        yield f"its article: {visible(card.article_note)}"
    if card.origin_note:
        yield f"it {visible(card.origin_note)}"
    if card.returned:
        yield f"version {card.returned.version} of its article was edited"
    yield from map(visible, card.others)


def _why(state: State, card: Card) -> Iterable[str]:
    yield from _printing(card)
    if card.disputed:
        yield f"two readers disagree: {_readings(card)}"
    elif card.two_readers:
        yield "two people have to read it; what another read is not shown"
    if card.settled and state.hops and state.hops[0].source == card.settled.source:
        yield f"the speaker is {visible(card.settled.name)} elsewhere in the article"
    for hop in state.hops:
        if hop.source and hop.score is not None and hop.score < UNSURE:
            which = "speaker" if hop.position == 1 else f"link {hop.position - 1}"
            reason = f": {visible(hop.reason)}" if hop.reason else ""
            yield f"{which} is unsure ({score(hop.score).strip()}{reason})"
        elif hop.source is None:
            yield _unknown(card) if hop.position == 1 else "a carrier is not known"
    if card.printed > 1:
        yield f"same words in {card.printed}{' or more' * (card.printed >= MOST_PRINTED)} articles"
    if card.extractor_score is None:
        yield "added by a person"
    else:
        name = "" if card.name_score is None else f", name {score(card.name_score).strip()}"
        yield f"score {score(card.extractor_score).strip()}{name} by rule {visible(card.rule)}"


def _unknown(card: Card) -> str:
    """That nobody knows the speaker, and whom the machine would suggest."""
    if not card.suggested_name or card.name_score is None:
        return "nobody knows the speaker"
    how_sure = score(card.name_score).strip()
    return f"nobody knows the speaker: perhaps {visible(card.suggested_name)} ({how_sure})"


def _readings(card: Card) -> str:
    actions = []
    for reading in card.disputed:
        action = visible(reading.action)
        fields = ", ".join(sorted(reading.after))
        actions.append(f"{action} with other {fields}" if fields else action)
    return " / ".join(actions)


def _checks(state: State, card: Card) -> Iterable[str]:
    printed = words_at(card.article, state.spans)
    offsets = ", ".join(f"{start}:{end}" for start, end in state.spans)
    verdict = "ok" if printed == state.claim.text else "DIFFERS"
    yield f"text = article[{offsets}] {verdict}"
    days = " to ".join(str(day) for day in dict.fromkeys(card.state.said_on or ()))
    printed_day = state.claim.said_on_text
    if days or printed_day:
        day = f"({days})" if days else ""
        yield "said " + " ".join(filter(None, (visible(printed_day or ""), day)))
    if state.claim.venue:
        yield visible(state.claim.venue)
    if card.hearer:
        yield f"said to {visible(card.hearer)}"
    if card.claim_class != ClaimClass.SPEECH:
        yield f"class {card.claim_class}"
    yield "changed by others since loaded" if state.stale_card else "nobody changed it since loaded"
