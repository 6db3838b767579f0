"""Checks what a program proposes against the text of the article: its words must stand there."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from claims.anchoring.exact import ExactText, is_same
from claims.anchoring.words import fold_words
from claims.extraction.form import form_of
from claims.extraction.plain import ALIKE
from claims.extraction.quotation import find_quotations
from claims.model.kinds import Mode, SourceKind
from claims.model.problem import Problem, Reason
from claims.model.proposal import Hop, Proposal, SaidOn, Venue
from claims.model.span import Span, Spans, join_spans, words_at
from claims.readers.limits import FIRST_YEAR, LAST_YEAR
from claims.readers.proposals import HopRecord, Proposed, ProposedLine
from claims.text.alignment import Alignment
from claims.text.display import visible

NEAR = 400
"""Code points around a claim's words in which its cue is looked for, and around a context in which
the claim's words are."""

UNKNOWN_SCORE = 0.5
"""Of a proposal whose program does not say how sure it is."""

RULE = "proposal"
"""Of a proposal whose program names none."""

PRONOUNS = frozenset(
    ("he", "she", "they", "it", "i", "we", "you", "who", "him", "her", "them", "his", "their")
)
"""Words that name nobody by themselves."""

PLAIN = {ord(sign): instead for sign, instead in ALIKE.items()}
OWNER = re.compile("['’]s\\b")
QUOTED = re.compile("[\"“”«»„'‘’]")
CLOSING = re.compile("[.,;:!?…]*[\"”»“'’]")


class _RefusedError(Exception):
    """A proposal does not fit its text; the arguments are those of its problem."""

    def __init__(self, field: str, detail: str, value: str = "") -> None:
        super().__init__(field, detail, value)
        self.field, self.detail, self.value = field, detail, value


@dataclass(frozen=True, slots=True)
class _Place:
    """A claim's words in their text, for what is looked for around them."""

    text: ExactText
    content: Spans


def check_line(
    line: ProposedLine, text: str, raw_text: str | None
) -> Iterator[tuple[int, Proposal] | Problem]:
    """The proposals of a line that fit the article, by their numbers, and a problem for each other.

    Args:
        line: What a program proposes.
        text: The article's text as it is stored.
        raw_text: The same before it was cleaned; None if that changed nothing.
    """
    if line.text is not None and line.text not in {text, raw_text}:
        detail = "the text is not the article's current one"
        yield Problem(line.place, Reason.WORDS_NOT_FOUND, detail, line.line, "text")
        return
    checker = _Checker(text, raw_text if line.text is None or line.text == raw_text else None)
    for number, proposed in line.attributions:
        try:
            yield number, checker.check(proposed)
        except _RefusedError as refused:
            yield Problem(
                line.place,
                Reason.WORDS_NOT_FOUND,
                refused.detail,
                line=line.line,
                field=f"attributions.{number}.{refused.field}",
                value=refused.value[:200] or None,
            )


class _Checker:
    """Checks the proposals for one text."""

    def __init__(self, text: str, raw_text: str | None) -> None:
        self._text = text
        self._exact = ExactText(text)
        self._alignment = Alignment(raw_text) if raw_text is not None else None
        self._length = len(text if raw_text is None else raw_text)
        # As extraction reads them; each sign stands for one.
        self._quotations = find_quotations(text.translate(PLAIN))
        owners = OWNER.sub("", text)
        self._words = frozenset((*fold_words(text).folded, *fold_words(owners).folded))

    def check(self, proposed: Proposed) -> Proposal:
        """The proposal that fits the text.

        Raises:
            _RefusedError: It does not.
        """
        content = self._content(proposed)
        place = _Place(self._exact, content)
        records = proposed.chain or [HopRecord()]
        voice = _completed(records[0], proposed)
        hops = [self._hop("chain.0", voice, place)]
        for number, record in enumerate(records[1:], 1):
            if record.mention is None and record.speaker_words is None:
                raise _RefusedError(f"chain.{number}", "who passed the words on is not named")
            hops.append(self._hop(f"chain.{number}", record, place))
        _require_apart(hops)
        return Proposal(
            content=content,
            form=form_of(self._text, content, self._quotations),
            chain=tuple(hops),
            score=UNKNOWN_SCORE if proposed.score is None else proposed.score,
            rule=proposed.rule or RULE,
            said_on=self._said_on(proposed),
            venue=self._venue(proposed),
        )

    def _content(self, proposed: Proposed) -> Spans:
        parts = [proposed.quote] if isinstance(proposed.quote, str) else proposed.quote or []
        if proposed.content is None:
            return self._find_content(parts, proposed.context)
        content = self._spans("content", proposed.content)
        printed = words_at(self._text, content)
        if not any(sign.isalnum() for sign in printed):
            raise _RefusedError("content", "there are no words at these offsets", printed)
        if parts and not is_same(" … ".join(parts), printed):
            raise _RefusedError("quote", "other words stand at the offsets of content", printed)
        return content

    def _find_content(self, parts: Sequence[str], context: str | None) -> Spans:
        around = self._context(context) if context else None
        spans: list[Span] = []
        for part in parts:
            start = spans[-1].end if spans else 0
            if not any(sign.isalnum() for sign in part):
                raise _RefusedError("quote", "there are no words in it", part)
            places = self._exact.find(part.strip(), Span(start, len(self._text)))
            if not places:
                raise _RefusedError("quote", "these words do not stand in the article", part)
            # The second part of a quotation is the next such words after the first.
            place = places[0] if spans else _only("quote", part, places, around)
            spans.append(self._with_marks(place, part))
        return join_spans(spans)

    def _context(self, context: str) -> Span:
        places = self._exact.find(context)
        if len(places) != 1:
            often = "several times" if places else "not"
            raise _RefusedError("context", f"the context stands {often} in the article", context)
        return places[0]

    def _with_marks(self, place: Span, part: str) -> Span:
        """The words with the quotation marks around them, which belong to a quotation."""
        start, end = place
        if QUOTED.match(part.strip()):
            return place
        closing = CLOSING.match(self._text, end)
        if start and QUOTED.match(self._text, start - 1) and closing:
            return Span(start - 1, closing.end())
        while self._text[end - 1] in ".,;:":
            end -= 1
        return Span(start, end)

    def _hop(self, field: str, record: HopRecord, place: _Place) -> Hop:
        if record.mention is not None:
            mention = self._spans(f"{field}.mention", record.mention)
        else:
            mention = _nearest(f"{field}.speaker_words", record.speaker_words, place, most=None)
        if record.cue is not None:
            cue = self._spans(f"{field}.cue", record.cue)
        else:
            cue = _nearest(f"{field}.cue_words", record.cue_words, place, most=NEAR)
        printed = " ".join(words_at(self._text, mention).split())
        name = record.name
        if "name" not in record.model_fields_set:
            name = None if printed.casefold() in PRONOUNS else printed or None
        name = self._require_in_text(f"{field}.name", name) if name is not None else None
        kind = record.kind or _likely_kind(name or printed)
        return Hop(name, kind, mention, cue, mode=record.mode or Mode.SAYS)

    def _require_in_text(self, field: str, name: str) -> str:
        """A name all of whose words the article has: what is known beyond it is for people."""
        name = " ".join(name.split())
        if visible(name) != name:
            raise _RefusedError(field, "it holds signs that print nothing", visible(name))
        words = fold_words(name).folded
        if not words or not self._words.issuperset(words):
            raise _RefusedError(field, "a word of this name does not stand in the article", name)
        return name

    def _said_on(self, proposed: Proposed) -> SaidOn | None:
        record = proposed.said_on
        spans = self._spans("said_on.spans", record.spans) if record else ()
        if record is None or not spans:
            return None
        first, last = _day("said_on.from", record.first), _day("said_on.to", record.last)
        if (first is None) != (last is None) or (first and last and first > last):
            raise _RefusedError("said_on", "both days are needed, the first one first")
        return SaidOn(words_at(self._text, spans), first, last, spans)

    def _venue(self, proposed: Proposed) -> Venue | None:
        record = proposed.venue
        spans = self._spans("venue.spans", record.spans) if record else ()
        return Venue(words_at(self._text, spans), spans) if spans else None

    def _spans(self, field: str, pairs: Sequence[Sequence[int]]) -> Spans:
        """The spans of the stored text that pairs of offsets stand for."""
        before = 0
        for start, end in pairs:
            if not before <= start < end <= self._length:
                detail = f"[{str(start)[:20]}, {str(end)[:20]}] is no range of the text, in order"
                raise _RefusedError(field, detail)
            before = end
        if self._alignment is None:
            return join_spans((start, end) for start, end in pairs)
        return join_spans(self._alignment.to_clean(start, end) for start, end in pairs)


def _nearest(field: str, words: str | None, place: _Place, *, most: int | None) -> Spans:
    """The words of a hop that stand nearest to the claim's, and not among them.

    Raises:
        _RefusedError: They stand nowhere, or further than that.
    """
    if words is None:
        return ()
    places = [one for one in place.text.find(words) if not _touches(one, place.content)]
    if not places:
        raise _RefusedError(field, "these words do not stand in the article", words)
    nearest = min(places, key=lambda one: _distance(one, place.content))
    if most is not None and _distance(nearest, place.content) > most:
        raise _RefusedError(field, f"they stand more than {most} signs from the claim", words)
    return (nearest,)


def _completed(voice: HopRecord, proposed: Proposed) -> HopRecord:
    """The speaker, whom a proposal may also name beside its chain."""
    of_claim = {
        "name": proposed.speaker,
        "kind": proposed.kind,
        "mention": proposed.source,
        "cue": proposed.cue,
        "speaker_words": proposed.speaker_words,
        "cue_words": proposed.cue_words,
        "mode": proposed.mode,
    }
    if "speaker" not in proposed.model_fields_set:
        del of_claim["name"]
    own = {name: getattr(voice, name) for name in voice.model_fields_set}
    return HopRecord(**(of_claim | own))


def _only(field: str, words: str, places: Sequence[Span], around: Span | None) -> Span:
    """The one place that is meant.

    Raises:
        _RefusedError: Nobody can tell which it is.
    """
    if around is None:
        if len(places) > 1:
            detail = f"these words stand there {len(places)} times: add a context"
            raise _RefusedError(field, detail, words)
        return places[0]
    distances = [_distance(one, (around,)) for one in places]
    nearest = min(distances)
    if nearest > NEAR:
        raise _RefusedError(field, "these words do not stand near the context", words)
    if distances.count(nearest) > 1:
        raise _RefusedError(field, "they stand there more than once near the context", words)
    return places[distances.index(nearest)]


def _distance(place: Span, spans: Spans) -> int:
    return min(max(start - place.end, place.start - end, 0) for start, end in spans)


def _touches(place: Span, spans: Spans) -> bool:
    return any(place.start < end and start < place.end for start, end in spans)


def _require_apart(hops: Sequence[Hop]) -> None:
    """Refuse a chain in which the same words name two hops.

    Raises:
        _RefusedError: They do.
    """
    for number, hop in enumerate(hops):
        named = [one for other in hops[:number] for one in other.mention]
        if any(_touches(one, hop.mention) for one in named):
            raise _RefusedError(f"chain.{number}.mention", "these words name an inner hop already")


def _likely_kind(name: str) -> SourceKind:
    return SourceKind.PERSON if name[:1].isupper() else SourceKind.GROUP


def _day(field: str, value: str | None) -> date | None:
    if value is None:
        return None
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise _RefusedError(field, "it is no day such as 2026-05-04", value) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _RefusedError(field, "it has a year that nothing is listed under", value)
    return day
