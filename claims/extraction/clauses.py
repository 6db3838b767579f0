"""Content that hangs on the cue in the parse: clauses, infinitives, objects."""

import re

from spacy.tokens import Token

from claims.extraction.cue import Cue
from claims.extraction.lexicon import EVIDENCE, Reports
from claims.extraction.quoted import ahead
from claims.extraction.report import Reading
from claims.extraction.syntax import (
    FINITE,
    SUBJECTS,
    adds,
    children,
    extent,
    is_passive,
    is_verb,
    sentence_of,
    span_of,
    subtree_span,
    text_of,
)
from claims.extraction.trimming import trim
from claims.model.span import Span, Spans, join_spans

ASKING = frozenset({"ask", "asks", "asked", "asking", "wonder", "wonders", "wondered", "wondering"})
AHEAD = 14
"""Tokens after the verb within which a "that" can begin its clause."""

OPENING = frozenset({"DT", "PRP", "PRP$", "NN", "NNS", "NNP", "NNPS", "CD", "JJ", "EX"})
CALLED = 6
"""Words between "called" and what somebody was called, in quotation marks."""

SHOWN = ("dobj", "prt", "prep", "advmod", "oprd", "xcomp", "acl", "ccomp")
OTHER = re.compile(r", but (?=\w+(?:ed|d)\b)")


def clause(reading: Reading, cue: Cue, sentence: Span) -> Spans:
    """The clause that hangs on the verb and follows it, or that its "that" begins."""
    if (
        cue.rule != "noun"
        and not cue.entry.takes("that", "wh")
        and not (cue.entry.takes("quote") and ahead(reading, cue, sentence))
    ):
        return ()
    heads = [c for c in children(cue.token, "ccomp") if c.i > cue.token.i and not _is_small(c)]
    heads += [c for c in children(cue.token, "xcomp", "advcl", "dep") if _is_clause(c, cue.token)]
    if not heads and cue.rule == "noun":
        heads = [c for c in children(cue.token, "acl", "relcl") if c.i > cue.token.i]
    found = _over(heads, cue) if heads else _that_clause(reading, cue, sentence)
    if found is None:
        return ()
    return join_spans([*_topic(cue, heads), found])


def _topic(cue: Cue, heads: list[Token]) -> Spans:
    """What a clause without a subject is said of: "names that he said would come"."""
    verb = cue.token
    if verb.dep_ != "relcl" or cue.pronoun is not None or len(heads) != 1:
        return ()
    if heads[0].dep_ != "ccomp" or any(children(heads[0], *SUBJECTS)):
        return ()
    return (span_of(*extent(verb.head)),)


def _is_small(head: Token) -> bool:
    """A predicate without a verb: "found himself unable", "declared it void"."""
    return head.tag_ in {"JJ", "NN", "NNS", "RB"} and not any(is_verb(c) for c in head.children)


def _is_clause(head: Token, verb: Token) -> bool:
    """A clause that the parser calls otherwise: it has a subject and follows directly."""
    if head.i < verb.i:
        return False
    marks = {"that", "whether", "if"} if verb.lower_ in ASKING else {"that", "whether"}
    if any(c.lower_ in marks and c.dep_ == "mark" for c in head.children):
        return True
    subject = any(c.dep_ in {"nsubj", "nsubjpass"} and c.i > verb.i for c in head.children)
    return head.dep_ == "xcomp" and subject


def _over(heads: list[Token], cue: Cue) -> Span | None:
    verb = cue.token
    first = min(max(h.left_edge.i, verb.i + 1) for h in heads)
    if not cue.entry.takes("hearer") and not any(children(heads[0], *SUBJECTS)):
        # The parser took the clause's subject for the verb's object: "believed the bridge held".
        for noun in children(verb, "dobj"):
            first = noun.left_edge.i if verb.i < noun.left_edge.i < first else first
    last = max(h.right_edge.i for h in heads)
    return trim(text_of(verb.doc), span_of(verb.doc[first], verb.doc[last]))


def _that_clause(reading: Reading, cue: Cue, sentence: Span) -> Span | None:
    """What follows "that" where the parser hung the clause elsewhere: "said in a call that …"."""
    if cue.rule not in {"verb", "noun", "quoted-as"} or not cue.entry.takes("that"):
        return None
    doc = reading.doc
    for token in doc[cue.token.i + 1 : cue.token.i + AHEAD]:
        if token.idx >= sentence.end or token.tag_ in FINITE or token.text in ".;\n":
            return None
        if adds(token):
            return None
        if token.lower_ == "that" and token.tag_ == "IN":
            rest = reading.text[token.idx + 4 : sentence.end]
            other = OTHER.search(rest)
            end = token.idx + 4 + other.start() if other else sentence.end
            return trim(reading.text, Span(token.idx + 4, end))
    return None


def infinitive(reading: Reading, cue: Cue, _: Span) -> Spans:
    """As in "vowed to stay", "urged them to stay", "admitted taking it"."""
    verb = cue.token
    for head in children(verb, "xcomp", "ccomp", "advcl"):
        to = any(c.tag_ == "TO" for c in head.children)
        fits = (to and cue.entry.takes("to")) or (head.tag_ == "VBG" and cue.entry.takes("ing"))
        if head.i < verb.i or not fits:
            continue
        first = head.left_edge
        for told in children(verb, "dobj", "dative"):
            if verb.i < told.i < head.i:
                first = told.left_edge
        span = trim(reading.text, span_of(first, head.right_edge))
        return (span,) if span else ()
    return ()


def labelled(reading: Reading, cue: Cue, sentence: Span) -> Spans:
    """As in "called it 'a disgrace'", "described him as weak", "accused them of lying"."""
    verb = cue.token
    if verb.tag_ != "VBD" and verb.dep_ in {"acl", "relcl"} and not any(children(verb, "nsubj")):
        return ()  # "a group called the Friends" names, it does not call names
    objects = [c for c in children(verb, "dobj", "dative") if c.i > verb.i]
    if cue.entry.takes("attr"):
        ends = [
            c
            for c in children(verb, "oprd", "xcomp", "ccomp")
            if c.i > verb.i and not any(t.tag_ == "TO" for t in c.children)
        ]
    elif cue.entry.takes("as"):
        ends = [c for c in children(verb, "prep") if c.lower_ == "as"]
    else:
        ends = []
    if cue.entry.takes("+of") and cue.entry.takes("hearer"):
        ends += [c for x in (verb, *objects) for c in children(x, "prep") if c.lower_ == "of"]
    after = [*objects, *ends]
    if not ends or not (objects or cue.entry.takes("attr")):
        return _called(reading, cue, sentence)
    if not objects and not any(children(verb, "nsubj")):
        return _called(reading, cue, sentence)
    first = min(c.left_edge.i for c in after)
    last = max(c.right_edge.i for c in after)
    if first <= verb.i:
        return ()
    span = trim(reading.text, span_of(verb.doc[first], verb.doc[last]))
    return (span,) if span else ()


def _called(reading: Reading, cue: Cue, sentence: Span) -> Spans:
    """As in "called that 'a disgrace'", whatever the parser makes of it.

    Also of a subject that hangs elsewhere and of a long object: four more of seven proposed on 400
    articles of PolNeAR's training part.
    """
    mark = ahead(reading, cue, sentence)
    if mark is None or not cue.entry.takes("attr", "as"):
        return ()
    between = reading.text[cue.words[-1].end : mark.start].split()
    whole = any(mark.start < c.right_edge.idx for c in children(cue.token, "dobj"))
    if (
        not between
        or (len(between) > CALLED and not whole)
        or (cue.entry.takes("as") and between[-1] != "as")
    ):
        return ()
    span = trim(reading.text, Span(cue.words[-1].end, mark.end))
    return (span,) if span else ()


def prepositional(reading: Reading, cue: Cue, _: Span) -> Spans:
    """The object of the cue's preposition: "called for a strike", "warned of floods"."""
    verb = cue.token
    wanted = cue.entry.prepositions
    last = cue.words[-1]
    if cue.entry.lemma.startswith("call "):
        rest = [c for c in verb.subtree if c.idx > last.end - 1]
        if not rest:
            return ()
        span = trim(reading.text, span_of(rest[0], rest[-1]))
        return (span,) if span else ()
    for prep in children(verb, "prep"):
        if prep.i < verb.i or prep.lower_ not in wanted:
            continue
        inner = subtree_span(prep, prep)
        span = trim(reading.text, inner) if inner else None
        return (span,) if span else ()
    return ()


def shown(reading: Reading, cue: Cue, _: Span) -> Spans:
    """What a poll or a record shows, with what is said of it: "polls show Quill up by ten".

    Right are 23 of 32 proposed on 400 articles of PolNeAR's training part, six of seven on its
    development part. Of pictures and of people who show something fewer than half are.
    """
    verb = cue.token
    if cue.entry.reports is not Reports.SHOWING or cue.head is None:
        return ()
    if cue.head.lower_ not in EVIDENCE or is_passive(verb):
        return ()
    after = [c for c in children(verb, *SHOWN) if c.i > verb.i]
    if not after or after[0].dep_ != "dobj" or after[0].tag_ in {"WP", "WDT", "PRP"}:
        return ()
    span = trim(reading.text, span_of(after[0].left_edge, after[-1].right_edge))
    return (span,) if span else ()


def object_(reading: Reading, cue: Cue, _: Span) -> Spans:
    """The verb's object: "denied any part in it"."""
    verb = cue.token
    if not cue.entry.takes("noun") or any(children(verb, "dative")):
        return ()  # "denied them entry" refuses, it does not deny
    for head in children(verb, "dobj"):
        if head.i < verb.i or head.tag_ in {"WP", "WDT"}:
            continue
        reasons = [c for c in children(verb, "prep") if c.i > head.i and c.lower_ == "for"]
        last = (reasons[-1] if reasons else head).right_edge
        span = trim(reading.text, span_of(head.left_edge, last))
        return (span,) if span else ()
    return ()


def bare(reading: Reading, cue: Cue, sentence: Span) -> Spans:
    """A clause right after the verb that the parser hung elsewhere."""
    verb = cue.token
    if not cue.entry.takes("that") or cue.entry.takes("faint", "hearer") or cue.head is None:
        return ()
    rest = [t for t in reading.doc[verb.i + 1 : sentence_of(verb).end] if t.idx < sentence.end]
    if not rest or rest[0].tag_ not in OPENING or rest[0] in verb.children:
        return ()
    subject = next((t for t in rest[:AHEAD] if t.dep_ in SUBJECTS and t.head.i > t.i), None)
    if (
        subject is None
        or subject.left_edge.i > verb.i + 1
        or "," in reading.text[verb.idx : subject.idx]
    ):
        return ()
    span = trim(reading.text, span_of(rest[0], subject.head.right_edge))
    return (span,) if span else ()
