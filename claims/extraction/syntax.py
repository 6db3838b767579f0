"""Reading the parse: subjects, the words that name somebody, where words stand.

Only fine tags, dependencies and entity types are read: coarse tags and lemmas would cost a seventh
of the parser's time (bench/README.md) and say nothing that the rules need.
"""

from bisect import bisect_right
from collections.abc import Iterator

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Words

from claims.model.span import Span

VERBS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"})
FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
PROPER = frozenset({"NNP", "NNPS"})
PRONOUNS = frozenset({"PRP", "WP", "EX"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
RELATIVES = frozenset({"who", "which", "that"})
# What hangs on a name without being part of it.
ASIDE = frozenset({"relcl", "punct", "advcl", "parataxis", "ccomp", "dep", "acl"})
STARTS, TEXT = "sentence starts", "text"
NEAR = 12
"""Tokens. Farther from a name than this, an apposition or "and" belongs to something else."""


def text_of(doc: Doc) -> str:
    """A document's text. The parser library's own way joins all its words at every call."""
    text = doc.user_data.get(TEXT)
    if text is None:
        text = doc.user_data[TEXT] = doc.text
    return str(text)


def sentence_of(token: Token) -> Words:
    """A token's sentence. The parser library's own way reads the whole document at every call."""
    doc = token.doc
    starts = doc.user_data.get(STARTS)
    if starts is None:
        marks = doc.to_array(["SENT_START"])
        starts = [number for number, mark in enumerate(marks) if mark == 1 or number == 0]
        doc.user_data[STARTS] = starts
    number = bisect_right(starts, token.i)
    end = starts[number] if number < len(starts) else len(doc)
    return doc[starts[number - 1] : end]


def is_verb(token: Token) -> bool:
    """Whether a token is a verb in any form."""
    return token.tag_ in VERBS


def children(token: Token, *deps: str) -> Iterator[Token]:
    """A token's children of some dependencies."""
    return (child for child in token.children if child.dep_ in deps)


def adds(token: Token) -> bool:
    """Whether a word begins a report of its own after a comma: "…, she said, adding that …".

    What it reports is not the verb's before it: three more on 400 articles of PolNeAR's training
    part, none on its development part.
    """
    return token.tag_ == "VBG" and token.i > 0 and token.nbor(-1).text == ","


PRESENT = frozenset({"VBZ", "VBP"})


def out_of_tense(verb: Token) -> bool:
    """Whether a finite verb cannot go on from the verb that the parse joins it to.

    "the bridge would be closed and blamed the weather", "the aim is peace but conceded that": the
    second verb is the speaker's. Nine more on 400 articles of PolNeAR's training part, two on its
    development part.
    """
    inside = verb.head
    if verb.tag_ not in {"VBD", "VBZ"}:
        return False
    aux = {a.tag_ for a in children(inside, "aux", "auxpass")}
    if inside.tag_ == "VB":
        return bool(aux & {"MD", "TO"})
    return verb.tag_ == "VBD" and (
        inside.tag_ in PRESENT or (inside.tag_ == "VBG" and bool(aux & PRESENT))
    )


def is_passive(verb: Token) -> bool:
    """Whether a verb is passive: "was told"; the parser takes "who's argued that" for one."""
    aux = next(children(verb, "auxpass"), None)
    if aux is not None and aux.lower_ in {"'s", "’s"} and any(children(verb, "ccomp")):
        return False
    return aux is not None or any(children(verb, "nsubjpass"))


def is_negated(verb: Token) -> bool:
    """Whether a verb is negated: "did not say", "never said"."""
    return any(c.dep_ == "neg" or c.lower_ == "never" for c in verb.children if c.i < verb.i)


def agent_of(verb: Token) -> Token | None:
    """Who did it, in a passive clause: "was reported by the agency"."""
    for by in children(verb, "agent"):
        for noun in children(by, "pobj"):
            return noun
    return None


def subject_of(verb: Token) -> Token | None:
    """Who does it: the verb's own subject, or that of the verb it hangs on."""
    seen = verb
    for _ in range(5):
        for child in seen.children:
            if child.dep_ in SUBJECTS:
                return antecedent(child)
        if seen.dep_ in {"acl", "relcl"}:
            return seen.head
        if seen.dep_ not in {
            "advcl",
            "conj",
            "xcomp",
            "ccomp",
            "dep",
            "pcomp",
            "prep",
            "parataxis",
        }:
            return None
        seen = seen.head
        if seen.tag_ not in VERBS and seen.dep_ != "prep":
            return None
    return None


def antecedent(subject: Token) -> Token:
    """The noun that "who" or "which" stands for."""
    if subject.lower_ in RELATIVES and subject.head.dep_ == "relcl":
        return subject.head.head
    return subject


def extent(head: Token) -> tuple[Token, Token]:
    """First and last token of the words that name a source: no relative clause, no aside."""
    kept, open_ = [head], [head]
    while open_:
        for child in open_.pop().children:
            if child.dep_ in ASIDE or child.is_space:
                continue
            if child.dep_ in {"appos", "conj", "cc", "prep"} and abs(child.i - head.i) > NEAR:
                continue
            kept.append(child)
            open_.append(child)
    sentence = sentence_of(head)
    inside = [token for token in kept if sentence.start <= token.i < sentence.end]
    return min(inside, key=_place), max(inside, key=_place)


def _place(token: Token) -> int:
    return token.i


def span_of(first: Token, last: Token) -> Span:
    """Where tokens from first to last stand."""
    return Span(first.idx, last.idx + len(last))


def subtree_span(head: Token, after: Token) -> Span | None:
    """Where the words stand that hang on a head and follow another token."""
    first = max(head.left_edge.i, after.i + 1)
    last = head.right_edge
    return span_of(head.doc[first], last) if last.i >= first else None
