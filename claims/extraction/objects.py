"""Content that is the cue's object: infinitives, what somebody is called, nouns."""

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from claims.extraction.cue import Cue
from claims.extraction.lexicon import EVIDENCE, Entry, Reports
from claims.extraction.parsed_article import ParsedArticle
from claims.extraction.quotation import Quotation
from claims.extraction.quoted_content import ahead
from claims.extraction.syntax import (
    PROPER,
    children,
    children_after,
    has_child,
    is_infinitive,
    is_passive,
    prepositions,
    span_of,
    subtree_span,
)
from claims.extraction.trimming import trim_all
from claims.model.kinds import Mode
from claims.model.span import Span, Spans

CALLED = 6
"""Words between "called" and what somebody was called, in quotation marks."""

NICKNAME = 3
"""Words of a nickname at most, all in capitals."""

SHOWN = ("dobj", "prt", "prep", "advmod", "oprd", "xcomp", "acl", "ccomp")
"""Dependencies of what a poll shows and what is said of it."""


def infinitive(article: ParsedArticle, cue: Cue, _: Span) -> Spans:
    """As in "vowed to stay", "urged them to stay", "admitted taking it"."""
    verb = cue.token
    acts = [*children_after(verb, "xcomp", "ccomp", "advcl"), *_acts_of_hearer(cue)]
    head = next((act for act in acts if _takes_act(cue.entry, act)), None)
    if head is None or _warns_against(cue, head):
        return ()
    objects = [c for c in children_after(verb, "dobj", "dative") if c.i < head.i]
    first = (objects[-1] if objects else head).left_edge
    if cue.entry.mode is Mode.ASKS or cue.entry.takes("hearer"):
        first = _start_of_act(head)  # whoever is asked hears it
    return trim_all(article.text, [span_of(first, head.right_edge)])


def _warns_against(cue: Cue, act: Token) -> bool:
    """Whether an infinitive belongs to what is warned of: "warned against a return to work"."""
    return any(against.i < act.i for against in prepositions(cue.token, "against"))


def _acts_of_hearer(cue: Cue) -> Iterator[Token]:
    """Infinitives that the parse hangs on who is asked: "asked anyone with news to call"."""
    if not cue.entry.takes("hearer") or not has_child(cue.token, "dobj"):
        return
    for heard in children_after(cue.token, "dobj", "dative", "prep"):
        for word in heard.subtree:
            yield from children(word, "acl", "relcl")


def _start_of_act(act: Token) -> Token:
    """The "to" or "not to" that an infinitive begins with; its first word where it has none."""
    to = next((child for child in act.children if child.tag_ == "TO"), None)
    if to is None:
        return act.left_edge
    before = to.nbor(-1)
    return before if before.lower_ in {"not", "never"} else to


def _takes_act(entry: Entry, act: Token) -> bool:
    """Whether a cue can report an infinitive or a gerund."""
    if entry.takes("to") and is_infinitive(act):
        return True
    return entry.takes("ing") and act.tag_ == "VBG"


def label(article: ParsedArticle, cue: Cue, sentence: Span) -> Spans:
    """As in "called it 'a disgrace'", "described him as weak", "accused them of lying"."""
    verb = cue.token
    mark = ahead(article, cue, sentence)
    if _gives_a_name(verb) or (mark is not None and _is_nickname(article, cue, mark)):
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
        labels += [word for word in predicates if not (is_infinitive(word) or _is_name(word))]
    elif entry.takes("as"):
        labels += prepositions(verb, "as")
    if entry.takes("+of") and entry.takes("hearer"):
        labels += [of for word in (verb, *objects) for of in prepositions(word, "of")]
    return labels


def _is_name(label: Token) -> bool:
    """Whether a label only gives a name, as in "called it the Box", or "called" is telephoned."""
    if label.tag_ == "VBG":
        return True
    words = [t for t in label.subtree if t.is_alpha and t.lower_ not in {"the", "of", "and"}]
    return label.tag_ in PROPER and all(t.is_title or t.is_upper for t in words)


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


def _is_nickname(article: ParsedArticle, cue: Cue, mark: Quotation) -> bool:
    """Whether a quotation only gives a name: "the device, which engineers call “the Box”"."""
    if cue.token.dep_ not in {"relcl", "acl"}:
        return False
    words = [w for w in re.findall(r"\w+", article.text[mark.start : mark.end]) if w != "the"]
    return 0 < len(words) <= NICKNAME and all(word[0].isupper() for word in words)


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
    if not cue.entry.takes("noun"):
        return ()
    if cue.entry.mode is Mode.DENIES and has_child(verb, "dative"):
        return ()  # "denied them entry" refuses, it does not deny
    nouns = children_after(verb, "dobj")
    head = next((noun for noun in nouns if noun.tag_ not in {"WP", "WDT"}), None)
    if head is None:
        return ()
    reasons = [c for c in prepositions(verb, "for") if c.i > head.i]
    last = (reasons[-1] if reasons else head).right_edge
    return trim_all(article.text, [span_of(head.left_edge, last)])
