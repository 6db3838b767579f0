"""Where the attributions of a claim stand beside a place, and whether they name others there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from claims.anchoring.pair import Content, Pair, joined
from claims.anchoring.spans import span_of
from claims.anchoring.words import Words
from claims.model.anchor import HopAnchor, SoughtHop
from claims.model.span import Spans

NEAR = 40
"""Words beside a claim in which an attribution is sought around its place."""

WIDER = 8
"""Words by which what stands between may have grown."""

NEARBY = 5
"""Words between a place and an attribution that stands on its other side now."""

# A quotation that ends with such a sign ends no sentence if "she said" follows.
_ASKED = re.compile('[?!][”"»’]')
_JOINS_BEFORE = frozenset({"for", "of", "to", "by", "with", "from", "and", "or"})
_JOINS_AFTER = frozenset({"and", "or"})
_DAY_WORDS = (
    "monday tuesday wednesday thursday friday saturday sunday january february march april may"
    " june july august september october november december"
)
_DAYS = frozenset(_DAY_WORDS.split())


@dataclass(frozen=True, slots=True)
class Setting:
    """A claim beside its place.

    Attributes:
        pair: The versions.
        content: The claim.
        parts: Its place.
    """

    pair: Pair
    content: Content
    parts: tuple[range, ...]

    @property
    def start(self) -> int:
        """The place's first word."""
        return self.parts[0].start

    @property
    def stop(self) -> int:
        """Past the place's last word."""
        return self.parts[-1].stop


def anchor_hops(setting: Setting, hops: tuple[SoughtHop, ...]) -> tuple[list[HopAnchor], bool]:
    """Where each attribution stands, and whether any of them changed.

    It changed if its mention or its cue does not stand beside the place as it stood beside the
    claim, or if a name or "a spokesman for" was put before it.
    """
    anchors, changed = [], False
    for hop in hops:
        mention, cue = _phrase(setting, hop.mention), _phrase(setting, hop.cue)
        capacity = _phrase(setting, hop.capacity)
        changed = changed or mention is None or cue is None
        if mention:
            changed = changed or _names_another(setting, hop.mention, mention)
        anchors.append(HopAnchor(*(_spans(setting, words) for words in (mention, cue, capacity))))
    return anchors, changed


def voice_stands(setting: Setting, hops: tuple[SoughtHop, ...]) -> bool | None:
    """Whether the voice is named beside a place as it was beside the claim; None if it was not."""
    if not hops or not hops[0].mention:
        return None
    return _phrase(setting, hops[0].mention) is not None


def _spans(setting: Setting, words: tuple[range, ...] | None) -> Spans:
    return tuple(span_of(setting.pair.new, part) for part in words or ())


def _phrase(setting: Setting, spans: Spans) -> tuple[range, ...] | None:
    """Where the words of an attribution stand; None if some of them do not."""
    parts = joined([setting.pair.old.touched(span) for span in spans])
    ranges = [_part(setting, part) for part in parts]
    if any(part is None for part in ranges):
        return None
    return tuple(sorted((part for part in ranges if part), key=lambda part: part.start))


def _part(setting: Setting, part: range) -> range | None:
    pair, content = setting.pair, setting.content
    if part.stop <= content.start:
        shift = setting.start - content.start
        far = content.start - part.stop > NEAR
    elif part.start >= content.stop:
        shift = setting.stop - content.stop
        far = part.start - content.stop > NEAR
    else:
        return _inside(setting, part)
    there = range(part.start + shift, part.stop + shift)
    run = pair.old_ids[part.start : part.stop]
    if there.start >= 0 and pair.new_ids[there.start : there.stop] == run:
        return there
    if far:
        return _carried(pair, part)
    return _same_side(setting, part, run, there.start) or _nearby(setting, run)


def _carried(pair: Pair, part: range) -> range | None:
    """Where the whole texts' alignment carries a run of words, if all of it stays together."""
    first = pair.alignment.to_new[part.start]
    there = range(first, first + len(part))
    if first < 0 or pair.alignment.to_new[part.start : part.stop] != list(there):
        return None
    return there


def _inside(setting: Setting, part: range) -> range | None:
    """A run that stands between the content's parts, or among its words."""
    run = setting.pair.old_ids[part.start : part.stop]
    within = list(_runs(setting.pair.new_ids, run, setting.start, setting.stop))
    if not within:
        return _nearby(setting, run)
    place = setting.start + part.start - setting.content.start
    start = min(within, key=lambda at: abs(at - place))
    return range(start, start + len(run))


def _same_side(setting: Setting, part: range, run: list[int], likely: int) -> range | None:
    """The same words on the same side, as many sentences away."""
    pair, content = setting.pair, setting.content
    before = part.stop <= content.start
    if before:
        low = max(0, setting.start - (content.start - part.start + WIDER))
        starts = list(_runs(pair.new_ids, run, low, setting.start))
        gaps = [(at + len(run), setting.start) for at in starts]
        away = _sentences(pair.old, part.stop, content.start)
    else:
        high = min(len(pair.new), setting.stop + part.stop - content.stop + WIDER)
        starts = list(_runs(pair.new_ids, run, setting.stop, high))
        gaps = [(setting.stop, at) for at in starts]
        away = _sentences(pair.old, content.stop, part.start)
    fitting = [
        at for at, gap in zip(starts, gaps, strict=True) if _sentences(pair.new, *gap) == away
    ]
    if not fitting:
        return None
    start = min(fitting, key=lambda at: abs(at - likely))
    return range(start, start + len(run))


def _nearby(setting: Setting, run: list[int]) -> range | None:
    """The same words in the same sentence on either side: "she said" may follow now."""
    words, start, stop = setting.pair.new, setting.start, setting.stop
    reach = NEARBY + len(run)
    for at in _runs(setting.pair.new_ids, run, max(0, start - reach), start):
        if _sentences(words, at + len(run), start) == 0:
            return range(at, at + len(run))
    ends = 1 if stop < len(words) and _ASKED.search(words.gap(stop)) else 0
    for at in _runs(setting.pair.new_ids, run, stop, min(len(words), stop + reach)):
        if _sentences(words, stop, at) <= ends:
            return range(at, at + len(run))
    return None


def _runs(ids: list[int], run: list[int], low: int, high: int) -> Iterator[int]:
    size = len(run)
    return (at for at in range(low, high - size + 1) if ids[at : at + size] == run)


def _sentences(words: Words, start: int, stop: int) -> int:
    """How many sentences begin in a range of gaps."""
    return sum(words.begins_sentence(at) for at in range(start, stop + 1) if at < len(words))


def _names_another(setting: Setting, spans: Spans, mention: tuple[range, ...]) -> bool:
    """Whether words that came beside it make it another's: "a spokesman for", "and Jones"."""
    pair = setting.pair
    old = joined([pair.old.touched(span) for span in spans])
    before, was_before = mention[0].start - 1, old[0].start - 1
    after, was_after = mention[-1].stop, old[-1].stop
    came_before = _word(pair.new, before) != _word(pair.old, was_before)
    joins = _word(pair.new, before) in _JOINS_BEFORE
    if came_before and (joins or _is_name(pair, before, before + 1)):
        return True
    if _word(pair.new, after) == _word(pair.old, was_after):
        return False
    return _word(pair.new, after) in _JOINS_AFTER or _is_name(pair, after, after)


def _word(words: Words, at: int) -> str:
    return words.folded[at] if 0 <= at < len(words) else ""


def _is_name(pair: Pair, at: int, gap: int) -> bool:
    """Whether a capital begins a word that touches a mention, no sign between them."""
    words = pair.new
    if not 0 <= at < len(words) or words.gap(gap).strip() or words.folded[at] in _DAYS:
        return False
    first = words.text[words.starts[at]]
    return first.isupper() and not words.begins_sentence(at)
