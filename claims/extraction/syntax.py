"""Questions to the parse: subjects, the words that name somebody, where words stand.

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
SHARING = frozenset({"advcl", "conj", "xcomp", "ccomp", "dep", "pcomp", "prep", "parataxis"})
"""Dependencies of a verb that can share the subject of the verb above it."""

LEVELS = 5
"""How far up the parse a subject is looked for."""

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
        starts = [index for index, mark in enumerate(marks) if mark == 1 or index == 0]
        doc.user_data[STARTS] = starts
    following = bisect_right(starts, token.i)
    end = starts[following] if following < len(starts) else len(doc)
    return doc[starts[following - 1] : end]


HYPHENS = frozenset({"-", "‐", "‑"})


def hyphenated(token: Token) -> tuple[Token, Token]:
    """First and last token of a word that the tokenizer cuts at its hyphens: "Lind-Stone"."""
    first = last = token
    while first.i > 1 and _joined(first.nbor(-1)):
        first = first.nbor(-2)
    while last.i + 2 < len(last.doc) and _joined(last.nbor()):
        last = last.nbor(2)
    return first, last


def _joined(hyphen: Token) -> bool:
    """Whether a token is a hyphen with no blank on either side."""
    if hyphen.text not in HYPHENS or hyphen.i == 0 or hyphen.i + 1 >= len(hyphen.doc):
        return False
    before = hyphen.nbor(-1)
    return before.idx + len(before) == hyphen.idx and hyphen.nbor().idx == hyphen.idx + len(hyphen)


def word_at(token: Token) -> str:
    """A word in lower case with all that hyphens join to it."""
    first, last = hyphenated(token)
    if first.i == last.i:
        return str(token.lower_)
    return text_of(token.doc)[first.idx : last.idx + len(last)].lower()


def is_verb(token: Token) -> bool:
    """Whether a token is a verb in any form."""
    return token.tag_ in VERBS


def children(token: Token, *deps: str) -> Iterator[Token]:
    """A token's children of some dependencies."""
    return (child for child in token.children if child.dep_ in deps)


def first_child(token: Token, *deps: str) -> Token | None:
    """A token's first child of some dependencies."""
    return next(children(token, *deps), None)


def has_child(token: Token, *deps: str) -> bool:
    """Whether a token has a child of some dependencies."""
    return first_child(token, *deps) is not None


def children_after(token: Token, *deps: str) -> Iterator[Token]:
    """A token's children of some dependencies that stand after it."""
    return (child for child in children(token, *deps) if child.i > token.i)


def prepositions(token: Token, *words: str) -> Iterator[Token]:
    """The prepositions that hang on a token, of those given."""
    return (child for child in children(token, "prep") if child.lower_ in words)


def is_infinitive(verb: Token) -> bool:
    """Whether a verb has a "to" of its own."""
    return any(child.tag_ == "TO" for child in verb.children)


def adds(token: Token) -> bool:
    """Whether a word begins a report of its own after a comma: "…, she said, adding that …".

    What it reports does not belong to the verb before it: three more on 400 articles of PolNeAR's
    training part, none on its development part.
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
    present = inside.tag_ in PRESENT or (inside.tag_ == "VBG" and bool(aux & PRESENT))
    return verb.tag_ == "VBD" and present


def is_passive(verb: Token) -> bool:
    """Whether a verb is passive: "was told"; the parser takes "who's argued that" for one."""
    aux = first_child(verb, "auxpass")
    if aux is not None and aux.lower_ in {"'s", "’s"} and has_child(verb, "ccomp"):
        return False
    return aux is not None or has_child(verb, "nsubjpass")


def agent_of(verb: Token) -> Token | None:
    """Who did it, in a passive clause: "was reported by the agency"."""
    for by in children(verb, "agent"):
        for noun in children(by, "pobj"):
            return noun
    return None


def subject_of(verb: Token) -> Token | None:
    """Who does it: the verb's own subject, or that of the verb it hangs on."""
    above = verb
    for _ in range(LEVELS):
        subject = first_child(above, *SUBJECTS)
        if subject is not None:
            return antecedent(subject)
        if above.dep_ in {"acl", "relcl"}:
            return above.head
        if above.dep_ not in SHARING:
            return None
        above = above.head
        if not is_verb(above) and above.dep_ != "prep":
            return None
    return None


def antecedent(subject: Token) -> Token:
    """The noun that "who" or "which" stands for."""
    if subject.lower_ in RELATIVES and subject.head.dep_ == "relcl":
        return subject.head.head
    return subject


def extent(head: Token) -> tuple[Token, Token]:
    """First and last token of the words that name a source: no relative clause, no aside."""
    words, pending = [head], [head]
    while pending:
        for child in pending.pop().children:
            if _names_with(head, child):
                words.append(child)
                pending.append(child)
    sentence = sentence_of(head)
    inside = [token for token in words if sentence.start <= token.i < sentence.end]
    return min(inside, key=_index), max(inside, key=_index)


def _names_with(head: Token, child: Token) -> bool:
    """Whether a word below a head helps to name the same source."""
    if child.dep_ in ASIDE or child.is_space:
        return False
    far = abs(child.i - head.i) > NEAR
    return not (far and child.dep_ in {"appos", "conj", "cc", "prep"})


def _index(token: Token) -> int:
    return token.i


def span_of(first: Token, last: Token) -> Span:
    """Where tokens from first to last stand."""
    return Span(first.idx, last.idx + len(last))


def subtree_span(head: Token, after: Token) -> Span | None:
    """Where the words stand that hang on a head and follow another token."""
    first = max(head.left_edge.i, after.i + 1)
    last = head.right_edge
    return span_of(head.doc[first], last) if last.i >= first else None
