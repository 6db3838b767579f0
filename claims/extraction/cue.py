"""A cue: the words that report, and who they say it is from."""

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from claims.extraction.lexicon import PHRASAL, VERBS, Entry
from claims.extraction.syntax import PROPER, children, extent, sentence_of, span_of, text_of
from claims.model.span import Span

CLAUSES = frozenset({"ccomp", "xcomp", "conj", "advcl", "relcl"})
BEFORE = frozenset({"and", "but", "or", "nor", "even", "only", "also", "then", "yet"})
NAMELESS = frozenset({"CC", "CD", "DT", "IN", "PDT", "RB"})
"""Tags of words that can stand before a noun phrase: "Even the mayor", "Half the drivers"."""

NEAR = 60
"""Code points. A source farther from its verb belongs to another clause."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that report.

    Attributes:
        token: The verb or noun, or the first word of a phrase.
        words: Where the cue stands.
        mention: First and last token that name the source; None where the clause names nobody.
        head: The mention's head word.
        rule: The rule that found it, a key of `RULES` in content.py.
        entry: What the lexicon says of it.
        clause: Where the cue stands with its source, when that is near.
        pronoun: The relative pronoun that stands for the source beside the verb, if one does.
    """

    token: Token
    words: tuple[Span, ...]
    mention: tuple[Token, Token] | None
    head: Token | None
    rule: str
    entry: Entry
    clause: Span
    pronoun: Token | None = None


def entry_of(verb: Token) -> tuple[Entry | None, Token]:
    """What the lexicon says of a verb, and the last word of a verb of two words."""
    if verb.i + 1 < len(verb.doc):
        after = verb.nbor()
        entry = PHRASAL.get((verb.lower_, after.lower_))
        if entry:
            return entry, after
    return VERBS.get(verb.lower_), verb


def make_cue(
    token: Token,
    words: Sequence[Span],
    head: Token | None,
    entry: Entry,
    *,
    rule: str = "verb",
    mention: tuple[Token, Token] | None = None,
) -> Cue:
    """A cue with its source's extent and clause worked out from the head word."""
    if mention is None and head is not None:
        mention = _named(*extent(head))
    if head is not None and mention is not None and not mention[0].i <= head.i <= mention[1].i:
        head = mention[1]
    clause = _clause(token, words, mention, rule)
    return Cue(token, tuple(words), mention, head, rule, entry, clause)


def _named(first: Token, last: Token) -> tuple[Token, Token]:
    """A name without what stands before it, or the noun phrase that it runs into.

    "Even the mayor"; "according to Quill the bridge is safe"; "in Quill's view".
    """
    if last.tag_ == "POS" and first.i < last.i:
        last = last.nbor(-1)
    while first.lower_ in BEFORE and first.i < last.i:
        first = first.nbor()
    aside = next((t for t in first.doc[first.i + 1 : last.i + 1] if t.text == "("), None)
    if aside is not None and ")" not in first.doc[aside.i : last.i + 1].text:
        last = aside.nbor(-1)
    if first.tag_ in {"VB", "VBG"} and first.is_title and last.tag_ in PROPER:
        return first, last  # "Save the Bridge said"
    for token in first.doc[first.i + 1 : last.i + 1]:
        before = token.nbor(-1)
        named = before.tag_ in PROPER and before.ent_type_
        alone = before.i == first.i and before.is_title and before.tag_ not in NAMELESS
        if token.tag_ in {"DT", "PRP$"} and (named or alone):
            return first, before
    return first, last


def _clause(
    token: Token, words: Sequence[Span], mention: tuple[Token, Token] | None, rule: str
) -> Span:
    """Where a cue stands with its auxiliaries and its source, as far as they are near."""
    start, end = words[0].start, words[-1].end
    if rule == "verb":
        start = _start_of_auxiliaries(token, start)
    if mention:
        named = span_of(*mention)
        if named.start < start and start - named.end < NEAR:
            start = named.start
        elif named.start >= end and named.start - end < NEAR:
            end = named.end
    return Span(start, end)


def _start_of_auxiliaries(verb: Token, start: int) -> int:
    """Where a verb begins with the auxiliaries and adverbs right before it."""
    for aux in children(verb, "aux", "auxpass", "advmod", "neg"):
        between = text_of(verb.doc)[aux.idx + len(aux) : start]
        if aux.idx < start and len(between) < NEAR and "," not in between:
            start = aux.idx
    return start


def only_modifiers(cue: Cue, start: int, end: int) -> bool:
    """Whether nothing but "on Monday" stands in a stretch of a cue's sentence."""
    own = {token.i for token in cue.token.subtree}
    rest = [
        t
        for t in sentence_of(cue.token)
        if start <= t.idx < end and not t.is_punct and not t.is_space
    ]
    return not any(t.dep_ in CLAUSES or t.i not in own for t in rest)
