"""Changes on a card: pure, kept until the card is decided, dropped one by one by esc."""

import re
from dataclasses import replace
from datetime import date
from itertools import cycle

from claims.model.claim import ClaimState, HopState
from claims.model.kinds import Form, Mode
from claims.model.span import words_at
from claims.review import edits
from claims.review.card import Candidate
from claims.review.errors import BadChangeError
from claims.terminal.keys.line_editor import open_field
from claims.terminal.keys.table import InputMode
from claims.terminal.state import (
    ChainTemplate,
    Message,
    PickedSource,
    State,
    candidates,
    report,
    report_error,
    with_change,
)
from claims.terminal.words import middle_cut, split_offsets, words_to_clause

NOTHING = "-"
"""Typed for a day or a place that is not known: an empty line leaves things as they are."""

SIGNED = re.compile(r"[+-]?\d+")


def move_edge(state: State, argument: str, *, words: int = 0, characters: int = 0) -> State:
    """Move the edge that left and right move; an argument says by how many."""
    times = int(argument) if SIGNED.fullmatch(argument) else 1
    claim = edits.move_edge(
        state.current_card.article,
        state.claim,
        end=state.end,
        words=words * times,
        characters=characters * times,
    )
    edge = "end" if state.end else "beginning"
    return with_change(state, claim, f"the {edge} moved; the words are {claim.form}")


def to_clause(state: State, _argument: str, *, end: bool, step: int) -> State:
    """Move the beginning or the end to that of the next clause, and select that edge."""
    offset = state.spans[-1].end if end else state.spans[0].start
    words = words_to_clause(state.current_card.article, offset, step, end=end)
    if words == 0:
        return report_error(replace(state, end=end), "the article ends there")
    return move_edge(replace(state, end=end), "", words=words)


def other_edge(state: State, _argument: str) -> State:
    """Select the other edge."""
    now = replace(state, end=not state.end)
    return report(now, f"what moves now is the {'end' if now.end else 'beginning'} of the words")


def next_form(state: State, argument: str) -> State:
    """Quote, mixed, paraphrase in turn, or the one that is named."""
    forms = [form.value for form in Form]
    if argument and argument not in forms:
        return report_error(state, f"forms are {', '.join(forms)}")
    form = argument or forms[(forms.index(state.claim.form) + 1) % len(forms)]
    return with_change(state, edits.set_form(state.claim, Form(form)), f"form: {form}")


def set_wording(state: State, argument: str) -> State:
    """Say the words as the article has them; without any, begin to type."""
    if not argument:
        field = open_field("wording", "words as printed (… between parts)", state.claim.text)
        return replace(state, field=field)
    claim = edits.find_words(state.current_card.article, state.claim, argument)
    return with_change(state, claim, f"words found in the article; {claim.form}")


def set_statement(state: State, argument: str) -> State:
    """Write the claim in words that stand alone; without any, begin to type."""
    if not argument:
        now = state.claim.statement or ""
        field = open_field("statement", "the claim in words that stand alone", now)
        return replace(state, field=field)
    return with_change(state, replace(state.claim, statement=argument), "statement changed")


def set_said_on(state: State, argument: str) -> State:
    """Say on which day it was said, or between which; without any, begin to type."""
    if not argument:
        now = " ".join(dict.fromkeys(str(day) for day in state.claim.said_on or ()))
        prompt = "day as 2026-05-01, or the first and the last; - if it is not known"
        return replace(state, field=open_field("said-on", prompt, now))
    try:
        days = [date.fromisoformat(day) for day in argument.split() if day != NOTHING]
    except ValueError:
        return report_error(state, f"{argument} is no day: days are written 2026-05-01")
    if len(days) > 2 or days != sorted(days):  # noqa: PLR2004 - the first and the last
        return report_error(state, "give one day, or the first and the last")
    said_on = (days[0], days[-1]) if days else None
    text = f"said on {' to '.join(map(str, days))}" if days else "nobody knows on which day"
    return with_change(state, replace(state.claim, said_on=said_on), text)


def set_venue(state: State, argument: str) -> State:
    """Say where or how it was said; without any, begin to type."""
    if not argument:
        prompt = "where or how it was said; - if it is not known"
        return replace(state, field=open_field("venue", prompt, state.claim.venue or ""))
    venue = None if argument == NOTHING else argument
    text = f"said {venue}" if venue else "nobody knows where it was said"
    return with_change(state, replace(state.claim, venue=venue), text)


def pick(state: State, argument: str, *, position: int) -> State:
    """Say who a hop is, by the number of a candidate."""
    if argument == "0":
        claim = edits.set_source(state.claim, position, None, None)
        return with_change(state, claim, "nobody knows who it is")
    candidate = find_candidate(state, argument)
    if candidate is None:
        return report_error(state, f"no candidate has the number {argument}")
    claim = edits.set_source(state.claim, position, candidate.source, candidate.score)
    return with_change(with_source(state, candidate), claim, f"it is {candidate.name}")


def with_source(state: State, candidate: Candidate) -> State:
    """The state, knowing a source's name."""
    picked = PickedSource(candidate.name, candidate.kind, candidate.description)
    return replace(state, picked_sources={**state.picked_sources, str(candidate.source): picked})


def find_candidate(state: State, argument: str) -> Candidate | None:
    """The candidate with a number."""
    listed = candidates(state)
    number = int(argument) if argument.isdecimal() else 0
    return listed[number - 1] if 1 <= number <= len(listed) else None


def insert_hop(state: State, argument: str) -> State:
    """Insert a hop outside the selected one, by the number of a candidate."""
    candidate = find_candidate(state, argument)
    if argument != "0" and candidate is None:
        return report_error(state, f"no candidate has the number {argument}")
    hop = edits.link_by_person(HopState(), candidate.source if candidate else None)
    claim = edits.insert_hop(state.claim, state.hop + 1, hop)
    now = with_source(state, candidate) if candidate else state
    name = candidate.name if candidate else "a carrier that nobody knows"
    return replace(with_change(now, claim, f"{name} put in"), hop=state.hop + 1)


def drop_hop(state: State, _argument: str) -> State:
    """Take the selected hop out."""
    claim = edits.drop_hop(state.claim, state.hop)
    now = with_change(state, claim, "hop taken out")
    return replace(now, hop=min(state.hop, len(now.hops)))


def move_hop(state: State, _argument: str, *, step: int) -> State:
    """Move the selected hop inward (-1) or outward (1)."""
    to = state.hop + step
    if not 1 <= to <= len(state.hops):
        return report_error(state, "the chain ends there")
    claim = edits.move_hop(state.claim, state.hop, to)
    return replace(with_change(state, claim, "hop moved"), hop=to)


def next_mode(state: State, argument: str) -> State:
    """Says, denies, expects, asks, promises, believes in turn, or the one that is named."""
    modes = [mode.value for mode in Mode]
    if argument and argument not in modes:
        return report_error(state, f"modes are {', '.join(modes)}")
    now = state.hops[state.hop - 1].mode
    remaining = cycle(modes)
    while not argument and next(remaining) != now:
        pass
    mode = argument or next(remaining)
    claim = edits.set_mode(state.claim, state.hop, Mode(mode))
    return with_change(state, claim, f"the hop {mode}")


def set_hop_words(state: State, argument: str, *, name: edits.HopPart) -> State:
    """Say which words of the article name a hop, or report; without any, begin to type."""
    if not argument:
        hop = state.hops[state.hop - 1]
        spans, prompt = {
            "mention": (hop.mention, "words that name it"),
            "cue": (hop.cue, "words that report"),
            "capacity": (hop.capacity, "office or role (- for none)"),
        }[name]
        now = words_at(state.current_card.article, spans)
        return replace(state, field=open_field(f"hop-{name}", f"{prompt}, as printed", now))
    argument = "" if name == "capacity" and argument == NOTHING else argument
    claim = edits.set_words(
        state.current_card.article, state.claim, state.hop, name=name, words=argument
    )
    part = "office" if name == "capacity" else name
    text = f"{part} found in the article" if argument else "no office"
    return with_change(state, claim, text)


def like(state: State, template: ChainTemplate) -> ClaimState:
    """The claim with the sources of another one's chain, position by position.

    What an article prints stays its own; a hop that only the other chain has is put in with its
    words if both stand in one text, and without any if not.
    """
    claim = state.claim
    own = len(claim.chain)
    for position, hop in enumerate(template.chain, 1):
        if position <= own:
            claim = edits.set_source(claim, position, hop.source)
            continue
        here = template.version == state.current_card.version_id
        copied = hop if here else edits.link_by_person(HopState(), hop.source)
        claim = edits.insert_hop(claim, position, copied)
    for position in range(own, len(template.chain), -1):
        claim = edits.drop_hop(claim, position)
    return claim


def move_cut(state: State, key: str) -> State:
    """Move where a claim is to be split, by a word; a number says before which."""
    offsets = split_offsets(state.current_card.article, state.spans)
    if not offsets:
        raise BadChangeError("the content", "one word cannot be split")
    step = {"left": -1, "right": 1}.get(key, 0)
    at = int(key) - 2 if key.isdecimal() else state.position + step
    return replace(state, position=max(0, min(at, len(offsets) - 1)), message=Message(""))


def begin_cut(state: State, argument: str) -> State:
    """Begin to split a claim where a clause begins, near its middle."""
    if state.steps:
        return report_error(state, "decide on what you changed first, or drop it with esc")
    at = middle_cut(state.current_card.article, state.spans)
    now = replace(state, position=at, mode=InputMode.SPLIT)
    return move_cut(now, argument or "0") if argument.isdecimal() else move_cut(now, "")
