"""Content that hangs on the cue in the parse: clauses, infinitives, objects."""

import re
from collections.abc import Sequence

from spacy.tokens import Token

from claims.extraction.cue import Cue
from claims.extraction.lexicon import EVIDENCE, Entry, Reports
from claims.extraction.parsed_article import ParsedArticle
from claims.extraction.quoted_content import ahead
from claims.extraction.syntax import (
    FINITE,
    SUBJECTS,
    adds,
    children,
    children_after,
    extent,
    has_child,
    is_infinitive,
    is_passive,
    is_verb,
    prepositions,
    sentence_of,
    span_of,
    subtree_span,
    text_of,
)
from claims.extraction.trimming import trim, trim_all
from claims.model.span import Span, Spans, join_spans

ASKING = frozenset({"ask", "asks", "asked", "asking", "wonder", "wonders", "wondered", "wondering"})
AHEAD = 14
"""Tokens after the verb within which a "that" can begin its clause."""

OPENING = frozenset({"DT", "PRP", "PRP$", "NN", "NNS", "NNP", "NNPS", "CD", "JJ", "EX"})
"""Tags of words that can begin a clause without "that"."""

CALLED = 6
"""Words between "called" and what somebody was called, in quotation marks."""

SHOWN = ("dobj", "prt", "prep", "advmod", "oprd", "xcomp", "acl", "ccomp")
"""Dependencies of what a poll shows and what is said of it."""

OTHER = re.compile(r", but (?=\w+(?:ed|d)\b)")
"""Where a sentence goes on with another verb of its subject: "…, but refused to say"."""


def clause(article: ParsedArticle, cue: Cue, sentence: Span) -> Spans:
    """The clause that hangs on the cue and follows it, or that its "that" begins."""
    if not _takes_clause(article, cue, sentence):
        return ()
    heads = _clause_heads(cue)
    span = _whole_clause(heads, cue) if heads else _that_clause(article, cue, sentence)
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
    if not heads and cue.rule == "noun":
        heads = list(children_after(word, "acl", "relcl"))
    return heads


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
    subjects = children(head, "nsubj", "nsubjpass")
    return head.dep_ == "xcomp" and any(noun.i > verb.i for noun in subjects)


def _whole_clause(heads: Sequence[Token], cue: Cue) -> Span | None:
    """Where the clauses under some verbs stand, from the cue's end at the earliest."""
    verb = cue.token
    first = min(max(h.left_edge.i, verb.i + 1) for h in heads)
    if not cue.entry.takes("hearer") and not has_child(heads[0], *SUBJECTS):
        # The parser took the clause's subject for the verb's object: "believed the bridge held".
        for noun in children(verb, "dobj"):
            first = noun.left_edge.i if verb.i < noun.left_edge.i < first else first
    last = max(h.right_edge.i for h in heads)
    return trim(text_of(verb.doc), span_of(verb.doc[first], verb.doc[last]))


def _that_clause(article: ParsedArticle, cue: Cue, sentence: Span) -> Span | None:
    """What follows "that" where the parser hung the clause elsewhere: "said in a call that …"."""
    if cue.rule not in {"verb", "noun", "quoted-as"} or not cue.entry.takes("that"):
        return None
    that = _that_after(cue.token, sentence)
    if that is None:
        return None
    start = that.idx + len(that)
    other = OTHER.search(article.text[start : sentence.end])
    end = start + other.start() if other else sentence.end
    return trim(article.text, Span(start, end))


def _that_after(word: Token, sentence: Span) -> Token | None:
    """The "that" which follows a word before any finite verb, in the same sentence."""
    for token in word.doc[word.i + 1 : word.i + AHEAD]:
        if token.idx >= sentence.end or token.tag_ in FINITE or token.text in ".;\n":
            return None
        if adds(token):
            return None
        if token.lower_ == "that" and token.tag_ == "IN":
            return token
    return None


def infinitive(article: ParsedArticle, cue: Cue, _: Span) -> Spans:
    """As in "vowed to stay", "urged them to stay", "admitted taking it"."""
    verb = cue.token
    acts = children_after(verb, "xcomp", "ccomp", "advcl")
    head = next((act for act in acts if _takes_act(cue.entry, act)), None)
    if head is None:
        return ()
    hearers = [c for c in children_after(verb, "dobj", "dative") if c.i < head.i]
    first = (hearers[-1] if hearers else head).left_edge
    return trim_all(article.text, [span_of(first, head.right_edge)])


def _takes_act(entry: Entry, act: Token) -> bool:
    """Whether a cue can report an infinitive or a gerund."""
    if entry.takes("to") and is_infinitive(act):
        return True
    return entry.takes("ing") and act.tag_ == "VBG"


def label(article: ParsedArticle, cue: Cue, sentence: Span) -> Spans:
    """As in "called it 'a disgrace'", "described him as weak", "accused them of lying"."""
    verb = cue.token
    if _gives_a_name(verb):
        return ()
    objects = list(children_after(verb, "dobj", "dative"))
    labels = _labels(cue, objects)
    if not labels or not (objects or _labels_without_object(cue)):
        return _quoted_label(article, cue, sentence)
    words = [*objects, *labels]
    first = min(word.left_edge.i for word in words)
    last = max(word.right_edge.i for word in words)
    if first <= verb.i:
        return ()
    return trim_all(article.text, [span_of(verb.doc[first], verb.doc[last])])


def _gives_a_name(verb: Token) -> bool:
    """Whether "called" only says a name: "a group called the Friends"."""
    hangs_on_noun = verb.tag_ != "VBD" and verb.dep_ in {"acl", "relcl"}
    return hangs_on_noun and not has_child(verb, "nsubj")


def _labels(cue: Cue, objects: Sequence[Token]) -> list[Token]:
    """What somebody or something is called: "a disgrace", "as weak", "of lying"."""
    verb, entry = cue.token, cue.entry
    labels: list[Token] = []
    if entry.takes("attr"):
        predicates = children_after(verb, "oprd", "xcomp", "ccomp")
        labels += [word for word in predicates if not is_infinitive(word)]
    elif entry.takes("as"):
        labels += prepositions(verb, "as")
    if entry.takes("+of") and entry.takes("hearer"):
        labels += [of for word in (verb, *objects) for of in prepositions(word, "of")]
    return labels


def _labels_without_object(cue: Cue) -> bool:
    """Whether a verb that needs no object has a subject: "The bridge, she called a disgrace"."""
    return cue.entry.takes("attr") and has_child(cue.token, "nsubj")


def _quoted_label(article: ParsedArticle, cue: Cue, sentence: Span) -> Spans:
    """As in "called that 'a disgrace'", whatever the parser makes of it.

    Also of a subject that hangs elsewhere and of a long object: four more of seven proposed on 400
    articles of PolNeAR's training part.
    """
    mark = ahead(article, cue, sentence)
    if mark is None or not cue.entry.takes("attr", "as"):
        return ()
    start = cue.words[-1].end
    between = article.text[start : mark.start].split()
    if not between or (cue.entry.takes("as") and between[-1] != "as"):
        return ()
    within_object = any(mark.start < c.right_edge.idx for c in children(cue.token, "dobj"))
    if len(between) > CALLED and not within_object:
        return ()
    return trim_all(article.text, [Span(start, mark.end)])


def prepositional_object(article: ParsedArticle, cue: Cue, _: Span) -> Spans:
    """The object of the cue's preposition: "called for a strike", "warned of floods"."""
    verb = cue.token
    if cue.entry.lemma.startswith("call "):
        rest = [c for c in verb.subtree if c.idx >= cue.words[-1].end]
        return trim_all(article.text, [span_of(rest[0], rest[-1])]) if rest else ()
    preposition = next(
        (c for c in children_after(verb, "prep") if c.lower_ in cue.entry.prepositions), None
    )
    span = subtree_span(preposition, preposition) if preposition is not None else None
    return trim_all(article.text, [span]) if span else ()


def evidence(article: ParsedArticle, cue: Cue, _: Span) -> Spans:
    """What a poll or a record shows, with what is said of it: "polls show Quill up by ten".

    Right are 23 of 32 proposed on 400 articles of PolNeAR's training part, six of seven on its
    development part. Of pictures and of people who show something fewer than half are.
    """
    verb = cue.token
    if cue.entry.reports is not Reports.SHOWING or cue.head is None:
        return ()
    if cue.head.lower_ not in EVIDENCE or is_passive(verb):
        return ()
    after = list(children_after(verb, *SHOWN))
    if not after or after[0].dep_ != "dobj" or after[0].tag_ in {"WP", "WDT", "PRP"}:
        return ()
    return trim_all(article.text, [span_of(after[0].left_edge, after[-1].right_edge)])


def direct_object(article: ParsedArticle, cue: Cue, _: Span) -> Spans:
    """The verb's object: "denied any part in it"."""
    verb = cue.token
    if not cue.entry.takes("noun") or has_child(verb, "dative"):
        return ()  # "denied them entry" refuses, it does not deny
    nouns = children_after(verb, "dobj")
    head = next((noun for noun in nouns if noun.tag_ not in {"WP", "WDT"}), None)
    if head is None:
        return ()
    reasons = [c for c in prepositions(verb, "for") if c.i > head.i]
    last = (reasons[-1] if reasons else head).right_edge
    return trim_all(article.text, [span_of(head.left_edge, last)])


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
