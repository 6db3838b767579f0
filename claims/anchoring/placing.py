"""Which place a claim stands at, if any: two refusals and a margin."""

from dataclasses import dataclass

from claims.anchoring.candidates import aligned_place, exact_places, similar_places
from claims.anchoring.features import Place, place_at
from claims.anchoring.hops import Setting, voice_stands
from claims.anchoring.pair import Content, Pair
from claims.model.anchor import AnchorState, SoughtHop

OCCUPIED = 0.35
"""Share of a place's words that may carry on others; beyond that it is somebody else's place."""

MARGIN = 0.10
"""By which a place must lead the next best."""

IN_ORDER = 0.5
"""Share of the words carried from which a claim has not moved, and likeness of one side."""

SHORT, BRIEF = 4, 8
"""Words under which equality out of order says little without its surroundings."""

LIKE, LIKE_IN_PLACE, VERY_LIKE, ELSEWHERE = 0.60, 0.45, 0.80, 0.75
"""Likeness that is asked for: anywhere, where all else is carried, with little around it, and of
a place that might be meant."""

FEW_CARRIED, BIT = 0.3, 0.25


@dataclass(frozen=True, slots=True)
class Placement:
    """What became of a claim: the place if it is found, and the next best one's score."""

    state: AnchorState
    place: Place | None
    score: float
    runner_up: float | None


def place_claim(pair: Pair, content: Content, hops: tuple[SoughtHop, ...]) -> Placement:
    """Find the place of a claim, or refuse."""
    exact = [place_at(pair, content, words) for words in exact_places(pair, content)]
    places = list(exact)
    if not any(place.carried >= IN_ORDER for place in exact):
        words = aligned_place(pair, content)
        if words:
            places.append(place_at(pair, content, words))
        places += [place_at(pair, content, words) for words in similar_places(pair, content)]
    free = [place for place in places if place.parts and place.occupied <= OCCUPIED]
    free.sort(key=lambda place: (-place.score, place.words.start))
    best = free[0] if free else None
    heard = _hears(pair, content, hops, best) if best else False
    moved = None if heard else _moved(pair, content, hops, exact, best=best)
    if moved:
        best, heard = moved, _hears(pair, content, hops, moved)
    if best is None:
        return _not_found(places)
    others = [place.score for place in free if not _overlap(place, best)]
    runner_up = max(others, default=None)
    state = _state(best, len(content.ids), runner_up, heard=heard)
    if moved and heard:
        state = AnchorState.MOVED
    if state is AnchorState.LOST:
        return Placement(state, None, best.score, runner_up)
    return Placement(state, best, best.score, runner_up)


def _hears(pair: Pair, content: Content, hops: tuple[SoughtHop, ...], place: Place) -> bool | None:
    return voice_stands(Setting(pair, content, place.parts), hops)


def _moved(
    pair: Pair,
    content: Content,
    hops: tuple[SoughtHop, ...],
    exact: list[Place],
    *,
    best: Place | None,
) -> Place | None:
    """The one place with just the words of a claim that the alignment overlooked.

    It stands there if its voice is named beside it, and nowhere else beside these words. Without
    a voice it does if it has many words, both versions have them once, and words and surroundings
    are no less alike than elsewhere.
    """
    if len(content.ids) < SHORT:
        return None
    heard = [place for place in exact if _hears(pair, content, hops, place)]
    if len(heard) == 1:
        return heard[0]
    if heard or len(exact) != 1 or len(content.ids) < BRIEF:
        return None
    if best and (hops or best.unaligned_score > exact[0].unaligned_score):
        return None
    return exact[0] if _printed_once(pair.old_ids, content.ids) else None


def _printed_once(words: list[int], run: list[int]) -> bool:
    size = len(run)
    starts = (at for at, word in enumerate(words) if word == run[0])
    return sum(words[at : at + size] == run for at in starts) <= 1


def _not_found(places: list[Place]) -> Placement:
    best = max((place.score for place in places), default=None)
    return Placement(AnchorState.LOST, None, 0.0, best)


def _overlap(one: Place, other: Place) -> bool:
    return one.words.start < other.words.stop and other.words.start < one.words.stop


def _state(
    place: Place, length: int, runner_up: float | None, *, heard: bool | None
) -> AnchorState:
    close = runner_up is not None and place.score - runner_up < MARGIN
    if place.exact:
        return _exact_state(place, length, close=close)
    enough = LIKE_IN_PLACE if place.carried >= IN_ORDER <= place.surroundings else LIKE
    if place.similarity >= enough and _supported(place, heard=heard):
        return AnchorState.AMBIGUOUS if close else AnchorState.ALTERED
    return AnchorState.AMBIGUOUS if place.similarity >= ELSEWHERE else AnchorState.LOST


def _exact_state(place: Place, length: int, *, close: bool) -> AnchorState:
    in_order = place.carried >= IN_ORDER
    if not in_order and length < SHORT and place.side < IN_ORDER:
        return AnchorState.LOST
    if close or (not in_order and length < BRIEF and place.side < BIT):
        return AnchorState.AMBIGUOUS
    return AnchorState.SAME if in_order else AnchorState.MOVED


def _supported(place: Place, *, heard: bool | None) -> bool:
    """Whether enough beside the words speaks for a place where they are not the same.

    Other words of another voice are another claim, unless almost all of it was carried there.
    """
    if heard is False:
        return place.similarity >= VERY_LIKE and place.carried >= IN_ORDER
    return (
        place.carried >= FEW_CARRIED
        or place.side >= IN_ORDER
        or (place.surroundings >= BIT and place.similarity >= VERY_LIKE)
    )
