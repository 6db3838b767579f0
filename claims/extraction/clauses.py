"""Content that is a clause under the cue, or one that the parse hangs elsewhere."""

import re
from collections.abc import Sequence

from spacy.tokens import Token

from claims.extraction.cue import Cue
from claims.extraction.parsed_article import ParsedArticle
from claims.extraction.quotation import marks_at, quotation_at
from claims.extraction.quoted_content import ahead
from claims.extraction.syntax import (
    FINITE,
    SUBJECTS,
    adds,
    children,
    children_after,
    extent,
    first_child,
    has_child,
    is_verb,
    sentence_of,
    span_of,
    text_of,
)
from claims.extraction.trimming import trim, trim_all
from claims.model.span import Span, Spans, join_spans

ASKING = frozenset({"ask", "asks", "asked", "asking", "wonder", "wonders", "wondered", "wondering"})
AHEAD = 14
"""Tokens after the verb within which a "that" can begin its clause."""

OPENING = frozenset({"DT", "PRP", "PRP$", "NN", "NNS", "NNP", "NNPS", "CD", "JJ", "EX"})
"""Tags of words that can begin a clause without "that"."""

DEED = re.compile(
    r",? (?:and|but|then|before) (?:then )?(?:\w+(?:ed|ing)|left|went|told|gave|took)\b"
)
"""What goes on, after a quotation that is a clause, with what its speaker did."""

WRITER = re.compile(r",? (?:which|as|and|but|though|although|so) I\b")
"""Where a writer goes on in the first person after what somebody else said."""

OTHER = re.compile(r", but (?=\w+(?:ed|d)\b)")
"""Where a sentence goes on with another verb of its subject: "…, but refused to say"."""


def clause(article: ParsedArticle, cue: Cue, sentence: Span) -> Spans:
    """The clause that hangs on the cue and follows it, or that its "that" begins."""
    if not _takes_clause(article, cue, sentence):
        return ()
    heads = _clause_heads(cue)
    span = _whole_clause(heads, cue) if heads else _that_clause(article, cue, sentence)
    span = span and _without_writer(article, cue, _without_own_deed(article, span))
    return join_spans([*_topic(cue, heads), span]) if span else ()


def _takes_clause(article: ParsedArticle, cue: Cue, sentence: Span) -> bool:
    """Whether a cue's content can be a clause; of a verb of quotations, one that is quoted."""
    if cue.rule == "noun" or cue.entry.takes("that", "wh"):
        return True
    return cue.entry.takes("quote") and ahead(article, cue, sentence) is not None


def _clause_heads(cue: Cue) -> list[Token]:
    """The verbs of the clauses that hang on a cue and follow it."""
    word = cue.token
    heads = [c for c in children_after(word, "ccomp") if not _is_small(c)]
    heads += [c for c in children_after(word, "xcomp", "advcl", "dep") if _is_clause(c, word)]
    if not heads and cue.entry.takes("hearer"):  # "told the Morning programme the ship had sunk"
        hearers = children_after(word, "dobj")
        heads = [
            c
            for noun in hearers
            for c in children_after(noun, "ccomp", "relcl")
            if _has_subject(c) and (c.dep_ == "ccomp" or _begins_bare(c))
        ]
    if not heads and cue.rule == "noun":
        heads = list(children_after(word, "acl", "relcl"))
    return heads


def _begins_bare(verb: Token) -> bool:
    """Whether a clause begins with a pronoun as its subject: "told the officer he had swerved"."""
    return verb.left_edge.dep_ in SUBJECTS and verb.left_edge.tag_ == "PRP"


def _without_own_deed(article: ParsedArticle, span: Span) -> Span:
    """A quoted clause without what its speaker did next: "told us that “…” and left the room"."""
    mark = next(marks_at(article.quotations, span), None)
    if mark is None or not mark.closed or span.start not in {mark.start, mark.start + 1}:
        return span
    rest = DEED.match(article.text, mark.end, span.end)
    words = article.doc.char_span(*mark.span, alignment_mode="contract") if rest else None
    whole = words is not None and any(t.tag_ in FINITE for t in words)
    return Span(span.start, mark.end) if whole else span


def _without_writer(article: ParsedArticle, cue: Cue, span: Span) -> Span:
    """A clause without what its writer says of it: "…, which I thought was wonderful"."""
    if cue.head is None or cue.head.lower_ in {"i", "we"}:
        return span
    own = WRITER.search(article.text, span.start, span.end)
    if own is None or quotation_at(article.quotations, own.end() - 1) is not None:
        return span
    if quotation_at(article.quotations, cue.token.idx) is not None:
        return span
    return Span(span.start, own.start())


def _topic(cue: Cue, heads: Sequence[Token]) -> Spans:
    """What a clause without a subject is said of: "names that he said would come"."""
    verb = cue.token
    if verb.dep_ != "relcl" or cue.pronoun is not None or len(heads) != 1:
        return ()
    if heads[0].dep_ != "ccomp" or has_child(heads[0], *SUBJECTS):
        return ()
    return (span_of(*extent(verb.head)),)


def _is_small(head: Token) -> bool:
    """Whether a predicate has no verb: "found himself unable", "declared it void"."""
    return head.tag_ in {"JJ", "NN", "NNS", "RB"} and not any(is_verb(c) for c in head.children)


def _is_clause(head: Token, verb: Token) -> bool:
    """Whether words are a clause that the parser calls otherwise: it has a subject, or "that"."""
    marks = {"that", "whether", "if"} if verb.lower_ in ASKING else {"that", "whether"}
    if any(mark.lower_ in marks for mark in children(head, "mark")):
        return True
    subjects = [noun for noun in children(head, "nsubj", "nsubjpass") if noun.i > verb.i]
    if head.dep_ == "advcl":
        return bool(subjects) and _follows_circumstance(head, subjects[0], verb)
    return head.dep_ == "xcomp" and bool(subjects)


def _follows_circumstance(head: Token, subject: Token, verb: Token) -> bool:
    """As in "said after the vote he would go": when they spoke hangs on what they said."""
    first = verb.nbor()
    if first.dep_ != "prep" or first.head != head or has_child(head, "mark"):
        return False
    return subject.left_edge.i == first.right_edge.i + 1


def _has_subject(verb: Token) -> bool:
    return has_child(verb, "nsubj", "nsubjpass")


def _whole_clause(heads: Sequence[Token], cue: Cue) -> Span | None:
    """Where the clauses under some verbs stand, from the cue's end at the earliest."""
    verb = cue.token
    first = min(max(_start_of(h, verb).i, verb.i + 1) for h in heads)
    if not cue.entry.takes("hearer") and not has_child(heads[0], *SUBJECTS):
        # The parser took the clause's subject for the verb's object: "believed the bridge held".
        for noun in children(verb, "dobj"):
            first = noun.left_edge.i if verb.i < noun.left_edge.i < first else first
    last = max(h.right_edge.i for h in heads)
    return trim(text_of(verb.doc), span_of(verb.doc[first], verb.doc[last]))


def _start_of(head: Token, verb: Token) -> Token:
    """Where a clause begins; what says when its speaker spoke does not belong to it."""
    subject = first_child(head, *SUBJECTS)
    if subject is None or subject.tag_ != "PRP" or subject.i < verb.i:
        return head.left_edge
    lead = verb.doc[max(head.left_edge.i, verb.i + 1) : subject.i]
    if not lead or any(t.is_punct for t in lead):
        return head.left_edge
    when = lead.root.dep_ == "npadvmod" or _follows_circumstance(head, subject, verb)
    return subject if when else head.left_edge


def _that_clause(article: ParsedArticle, cue: Cue, sentence: Span) -> Span | None:
    """What follows "that" where the parser hung the clause elsewhere: "said in a call that …"."""
    if cue.rule not in {"verb", "noun", "quoted-as", "heard"} or not cue.entry.takes("that"):
        return None
    that = _that_after(cue, sentence)
    if that is None:
        return None
    start = that.idx + len(that)
    other = OTHER.search(article.text[start : sentence.end])
    end = start + other.start() if other else sentence.end
    return trim(article.text, Span(start, end))


def _that_after(cue: Cue, sentence: Span) -> Token | None:
    """The "that" which follows a word before any finite verb, in the same sentence."""
    word = cue.token
    for token in word.doc[word.i + 1 : word.i + AHEAD]:
        if token.idx >= sentence.end or token.tag_ in FINITE or token.text in ".;\n":
            return None
        if adds(token) and token.lower_ not in {"citing", "quoting"}:
            return None
        if token.lower_ == "that" and _begins_content(token, cue):
            return token
    return None


def _begins_content(that: Token, cue: Cue) -> bool:
    """Whether a "that" stands for no noun of its clause: "wrote in May that it held"."""
    if that.tag_ == "IN":
        return True
    if that.tag_ != "WDT" or that.dep_ not in {"advmod", "mark", "dep"}:
        return False
    between = that.doc[cue.token.i + 1 : that.i]
    return cue.entry.takes("hearer") or not any(t.dep_ == "dobj" for t in between)


def bare_clause(article: ParsedArticle, cue: Cue, sentence: Span) -> Spans:
    """A clause right after the verb that the parser hung elsewhere."""
    verb = cue.token
    if not cue.entry.takes("that") or cue.entry.takes("faint", "hearer") or cue.head is None:
        return ()
    rest = [t for t in article.doc[verb.i + 1 : sentence_of(verb).end] if t.idx < sentence.end]
    if not rest or rest[0].tag_ not in OPENING or rest[0] in verb.children:
        return ()
    subject = _first_subject(rest[:AHEAD])
    if subject is None or subject.left_edge.i > verb.i + 1:
        return ()
    if "," in article.text[verb.idx : subject.idx]:
        return ()
    return trim_all(article.text, [span_of(rest[0], subject.head.right_edge)])


def _first_subject(words: Sequence[Token]) -> Token | None:
    """The first subject of a verb that follows it."""
    return next((word for word in words if word.dep_ in SUBJECTS and word.head.i > word.i), None)
