"""Finds the verbs and phrases that report, with the words that name whose report it is."""

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from claims.extraction.lexicon import VERB_CLASS
from claims.extraction.quotation import Quotation
from claims.model.span import Span

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
NEAR = 12
"""Tokens. Farther from a name than this, an apposition or "and" belongs to something else."""

# Reporting verbs that are mostly something else: they count with a clause or a quotation only.
LOOSE = frozenset(
    {"read", "call", "rule", "point", "continue", "respond", "feel", "consider", "find"}
)


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that report.

    Attributes:
        token: The verb, or the first word of "according to".
        words: Where the cue stands.
        mention: The tokens that name the source; None where the clause names nobody.
        head: The mention's head word.
        rule: verb, quoted-as, according-to.
    """

    token: Token
    words: tuple[Span, ...]
    mention: tuple[Token, Token] | None
    head: Token | None
    rule: str


def find_cues(doc: Doc, quotations: list[Quotation]) -> list[Cue]:
    """All cues outside quotations, in the order of the text."""
    found = []
    for token in doc:
        if any(mark.start < token.idx < mark.end for mark in quotations):
            continue
        cue = _according(token) or _quoted_as(token) or _verb(token)
        if cue:
            found.append(cue)
    return found


def _according(token: Token) -> Cue | None:
    if token.lower_ != "according" or token.i + 2 >= len(token.doc):
        return None
    to = token.nbor()
    if to.lower_ != "to":
        return None
    heads = [child for child in to.children if child.dep_ == "pobj"]
    # Where the parser reads "to" otherwise, the noun that ends the next noun phrase will do.
    head = heads[0] if heads else _noun_after(to)
    words = (Span(token.idx, to.idx + len(to)),)
    return Cue(token, words, extent(head) if head else None, head, "according-to")


def _noun_after(to: Token) -> Token | None:
    for chunk in to.sent.noun_chunks:
        if chunk.start == to.i + 1:
            return chunk.root
    return None


def _quoted_as(token: Token) -> Cue | None:
    """In "he quoted X as saying" the saying is X's; the quoting is a hop of its own."""
    if token.lemma_.lower() != "say" or token.lower_ != "saying" or token.i < 2:  # noqa: PLR2004
        return None
    as_ = token.nbor(-1)
    if as_.lower_ != "as":
        return None
    quoting = next(
        (
            t
            for t in reversed(token.doc[max(0, token.i - 15) : token.i])
            if t.lower_ in {"quoted", "cited", "quoting", "citing", "quotes", "cites"}
        ),
        None,
    )
    if quoting is None:
        return None
    passive = any(child.dep_ == "auxpass" for child in quoting.children)
    head = subject_of(quoting) if passive else _between(quoting, as_)
    words = (Span(quoting.idx, quoting.idx + len(quoting)), Span(as_.idx, token.idx + len(token)))
    return Cue(token, words, extent(head) if head else None, head, "quoted-as")


def _between(quoting: Token, as_: Token) -> Token | None:
    inner = [t for t in quoting.doc[quoting.i + 1 : as_.i] if t.pos_ in {"PROPN", "NOUN", "PRON"}]
    return inner[-1] if inner else None


def _verb(token: Token) -> Cue | None:
    lemma = token.lemma_.lower()
    if token.pos_ not in {"VERB", "AUX"} or lemma not in VERB_CLASS:
        return None
    if any(child.dep_ == "neg" for child in token.children) and lemma != "deny":
        return None
    if token.i and token.nbor(-1).lower_ == "as":
        return None
    head = subject_of(token)
    words = (Span(token.idx, token.idx + len(token)),)
    return Cue(token, words, extent(head) if head else None, head, "verb")


def subject_of(verb: Token) -> Token | None:
    """Who does it: the verb's subject, or that of the verb it hangs on ("…, adding that")."""
    if verb.tag_ == "VBG":
        reporting = _reporting_above(verb)
        if reporting is not None:
            return reporting
    seen = verb
    for _ in range(4):
        for child in seen.children:
            if child.dep_ in SUBJECTS:
                return _antecedent(child)
        if seen.dep_ in {"acl", "relcl"}:
            return seen.head
        if seen.dep_ not in {"advcl", "conj", "xcomp", "ccomp", "dep", "pcomp", "prep"}:
            return None
        seen = seen.head
        if seen.pos_ not in {"VERB", "AUX", "ADP"}:
            return None
    return None


def _reporting_above(verb: Token) -> Token | None:
    """The subject of the reporting verb that a participle goes on from ("…, adding that")."""
    if any(child.dep_ in SUBJECTS for child in verb.children):
        return None
    for above in verb.ancestors:
        lemma = above.lemma_.lower()
        if lemma in VERB_CLASS and lemma not in LOOSE and above.i < verb.i:
            for child in above.children:
                if child.dep_ in SUBJECTS:
                    return _antecedent(child)
    return None


def _antecedent(subject: Token) -> Token:
    """The noun that "who" or "which" stands for."""
    if subject.lower_ in {"who", "which", "that"} and subject.head.dep_ == "relcl":
        return subject.head.head
    return subject


def extent(head: Token) -> tuple[Token, Token]:
    """First and last token of the words that name a source: no relative clause, no aside."""
    kept = [head]
    for child in head.children:
        if child.dep_ in {"relcl", "acl", "punct", "advcl", "parataxis"}:
            continue
        if child.dep_ in {"appos", "conj", "cc"} and child.i > head.i + NEAR:
            continue
        kept.extend(t for t in child.subtree if t.dep_ != "relcl" and not t.is_space)
    kept = [t for t in kept if t.sent.start == head.sent.start]
    first, last = min(kept, key=lambda t: t.i), max(kept, key=lambda t: t.i)
    return first, last


def span_of(first: Token, last: Token) -> Span:
    """Where tokens from first to last stand."""
    return Span(first.idx, last.idx + len(last))


def is_loose(cue: Cue) -> bool:
    """Whether the verb reports only with a clause or a quotation beside it."""
    return cue.token.lemma_.lower() in LOOSE
