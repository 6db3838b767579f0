"""Finds the verbs that report: of the lexicon, or of none where a quotation stands before them."""

import re
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Span as Words
from spacy.tokens import Token

from claims.extraction.cue import Cue, entry_of, make_cue
from claims.extraction.lexicon import VERBS, Entry, Reports
from claims.extraction.negation import is_negated
from claims.extraction.phrases import speaks
from claims.extraction.quotation import Quotation, last_before, quotation_at
from claims.extraction.syntax import (
    NOUNS,
    SUBJECTS,
    agent_of,
    children,
    first_child,
    has_child,
    is_passive,
    sentence_of,
    span_of,
    subject_of,
    text_of,
)
from claims.extraction.verb_sources import (
    SUBJECT_NEAR,
    after_marks,
    may_be_finite,
    source_of,
    speaker_of_tense,
)
from claims.model.kinds import Mode
from claims.model.span import Span

OPEN = Entry("", Reports.SPEECH, Mode.SAYS, frozenset({"quote", "faint", "open"}))
"""A verb of no lexicon where a quotation is reported: `"…," she rasped`."""

TELLING = frozenset({"tell", "inform", "advise", "warn", "remind", "assure", "ask", "instruct"})
"""Verbs whose passive says what somebody was told by nobody who is named: "was told to wait"."""

QUOTING = frozenset({"quoted", "cited", "quoting", "citing", "quotes", "cites", "quote", "cite"})
SCARE_WORDS = 3
"""A quotation this short, without a comma, is a turn of phrase in a longer clause."""

NAME = 60
"""Code points between a quotation and its verb that a name and a title can fill."""

ASKED = re.compile(r"Asked (?:the|an?|[A-Z])[^,.:;\n]{1,60}: ?[\"“‘«]")
"""A question whose cue comes first: `Asked the reporter: “Why?”`."""

FAR = 15
"""Tokens that "quoted … as saying", or a name with its title, may span."""

BEFORE_NOUN = frozenset({"DT", "JJ", "POS", "CD", "PRP$", "HYPH", "RB"})
"""Tags of words that can stand before the noun of a noun phrase."""


def find_quoted_as(token: Token) -> Cue | None:
    """In "he quoted X as saying" the saying is X's; the quoting is a hop of its own."""
    if token.tag_ != "VBG" or token.lower_ not in VERBS:
        return None
    if not _follows_as(token):
        return _find_quoted_saying(token)
    as_ = token.nbor(-1)
    before = token.doc[max(sentence_of(token).start, token.i - FAR) : token.i]
    quoting = next((t for t in reversed(before) if t.lower_ in QUOTING), None)
    if quoting is None:
        return None
    head = subject_of(quoting) if is_passive(quoting) else _object_between(quoting, as_)
    words = (span_of(quoting, quoting), span_of(as_, token))
    return make_cue(token, words, head, VERBS[token.lower_], rule="quoted-as")


def _find_quoted_saying(token: Token) -> Cue | None:
    """The same without "as": "the Post quoted Quill saying it was safe"."""
    quoting = token.head
    after_comma = token.i > 0 and token.nbor(-1).text == ","
    if token.dep_ not in {"xcomp", "ccomp", "advcl", "acl"} or after_comma:
        return None
    if quoting.lower_ not in QUOTING:
        quoting = quoting.head
    if quoting.lower_ not in QUOTING or not has_child(quoting, "nsubj"):
        return None
    head = _object_between(quoting, token)
    if head is None or token.i - quoting.i > FAR:
        return None
    words = (span_of(quoting, quoting), span_of(token, token))
    return make_cue(token, words, head, VERBS[token.lower_], rule="quoted-as")


def _is_deed(verb: Token, entry: Entry) -> bool:
    """Whether a thing does what people say: "shows off", "the raid threatened to upset it"."""
    if entry.reports is Reports.SHOWING:
        return any(c.lower_ == "off" for c in children(verb, "prt"))
    if entry.lemma != "threaten":
        return False
    subject = first_child(verb, "nsubj")
    return subject is not None and subject.tag_ == "NN" and not speaks(subject)


def _quotes_somebody(verb: Token) -> bool:
    """Whether "quoted Quill as saying" follows: what is said is then hers (`find_quoted_as`)."""
    if verb.lower_ not in QUOTING:
        return False
    after = verb.doc[verb.i + 1 : min(verb.i + FAR, sentence_of(verb).end)]
    return any(t.tag_ == "VBG" and t.lower_ in VERBS and _follows_as(t) for t in after)


def _follows_as(token: Token) -> bool:
    return token.i > 0 and token.nbor(-1).lower_ == "as"


def _object_between(quoting: Token, as_: Token) -> Token | None:
    """Who is quoted: the verb's object before "as", or else the last noun there."""
    nouns = [t for t in quoting.doc[quoting.i + 1 : as_.i] if t.tag_ in NOUNS | {"PRP"}]
    for head in children(quoting, "dobj", "nsubj"):
        if head in nouns:
            return head
    return nouns[-1] if nouns else None


def find_verb(token: Token, quotations: Sequence[Quotation], *, quoted: bool) -> Cue | None:
    """The cue that a verb is, with whose report it makes.

    Args:
        token: A verb.
        quotations: The article's quotations.
        quoted: Whether the verb stands in one of them.
    """
    entry, last = entry_of(token)
    if (entry is not None and _is_deed(token, entry)) or _quotes_somebody(token):
        return None
    if entry is None and not quoted and _reports_quotation(token, quotations):
        entry = OPEN
    if entry is None:
        return None
    words = (span_of(token, last),)
    mention = _inverted(token, last)
    if mention is not None:
        return make_cue(token, words, mention[1], entry, mention=mention)
    if _is_no_report(token):
        return None
    if is_passive(token) or (token.tag_ == "VBN" and token.dep_ == "acl"):
        return _passive(token, words, entry)
    return _active(token, words, entry, () if quoted else quotations)


def _active(
    verb: Token, words: tuple[Span, ...], entry: Entry, quotations: Sequence[Quotation]
) -> Cue:
    """An active verb's cue, with its subject or who stands beside the quotation as its source."""
    head, pronoun = source_of(verb)
    speaker = _speaker_next_to_quotation(verb, head, entry, quotations)
    if speaker is not None:
        return make_cue(verb, words, speaker[1], entry, mention=speaker)
    cue = replace(make_cue(verb, words, head, entry), pronoun=pronoun)
    if speaker_of_tense(verb) is not None and not has_child(verb, *SUBJECTS):
        # The subject of "… and blamed" stands before another clause.
        return replace(cue, clause=words[0])
    return cue


def _only_looks_like_an_adjective(token: Token) -> bool:
    """Whether the parse takes a verb for an adjective: `"…", added Quill`, "the added Quill"."""
    if token.head.i <= token.i:
        return False
    if token.dep_ == "compound":  # `Said Quill: “…”`
        return token.tag_ == "VBD" and token.i == sentence_of(token).start
    return token.dep_ == "amod" and after_marks(token)


def _speaker_next_to_quotation(
    verb: Token, head: Token | None, entry: Entry, quotations: Sequence[Quotation]
) -> tuple[Token, Token] | None:
    """Who stands between a quotation and its verb, or after both, where the parse errs.

    It takes a word of the quotation for the subject, or finds none. Four more on PolNeAR's
    development part, 13 on 400 articles of its training part.
    """
    if not may_be_finite(verb) or not entry.takes("quote") or entry.takes("open"):
        return None
    mark = _quotation_before(verb, quotations)
    if mark is None:
        return None
    if head is not None and not mark.start < head.idx < mark.end:
        return None
    first = verb.i
    while first and verb.doc[first - 1].idx >= mark.end:
        first -= 1
    if not text_of(verb.doc)[mark.end : verb.idx].strip(" ,"):
        first = verb.i + 1
    return _noun_phrase(verb.doc[first : min(first + FAR, sentence_of(verb).end)])


def _quotation_before(verb: Token, quotations: Sequence[Quotation]) -> Quotation | None:
    """The quotation that ends before a verb in its sentence, no further than a name is long."""
    mark = last_before(quotations, verb.idx)
    if mark is None:
        return None
    text = text_of(verb.doc)
    last, between = text[mark.end - 2], text[mark.end : verb.idx]
    if last not in ",?!" and len(text[mark.start : mark.end].split()) <= SCARE_WORDS:
        return None
    if len(between) >= NAME or "\n" in between or last == ".":
        return None
    return mark


def _noun_phrase(words: Words) -> tuple[Token, Token] | None:
    """The first and the last word of the noun phrase that some words begin with."""
    rest = [token for token in words if token.text != ","] if words[:1].text == "," else list(words)
    last = None
    for token in rest:
        if token.tag_ in NOUNS | {"PRP"}:
            last = token
        elif token.tag_ not in BEFORE_NOUN:
            break
    return (rest[0], last) if last is not None else None


def _inverted(token: Token, last: Token) -> tuple[Token, Token] | None:
    """Who speaks where the parse does not see that they stand after their verb."""
    if _only_looks_like_an_adjective(token):
        return last.nbor(), token.head
    return _asker_after(token)


def _asker_after(token: Token) -> tuple[Token, Token] | None:
    """Who asks where the cue comes first: `Asked the reporter: “Why?”`."""
    if token.text != "Asked" or not ASKED.match(text_of(token.doc), token.idx):
        return None
    return _noun_phrase(token.doc[token.i + 1 : min(token.i + FAR, sentence_of(token).end)])


def _is_no_report(token: Token) -> bool:
    """Whether a verb reports nothing: "the proposed law", "did not say", "seen as saying"."""
    if token.dep_ in {"amod", "compound"}:
        return True
    if is_negated(token):
        return True
    if token.tag_ == "VBG" and _follows_as(token):
        return True
    # "Asked about it, she left": somebody asked her.
    return token.lower_ == "asked" and token.i == sentence_of(token).start


def _reports_quotation(token: Token, quotations: Sequence[Quotation]) -> bool:
    """Whether a finite verb and its own subject stand right after a quotation with a comma."""
    if token.tag_ not in {"VBD", "VBZ"}:
        return False
    subject = first_child(token, "nsubj")
    if subject is None or abs(subject.i - token.i) > SUBJECT_NEAR:
        return False
    start = min(token.idx, subject.left_edge.idx)
    before = quotation_at(quotations, start - 2) or quotation_at(quotations, start - 3)
    if before is None or "\n" in text_of(token.doc)[before.end : start]:
        return False
    return text_of(token.doc)[before.end - 2] in ",?!—–"


def _passive(token: Token, words: tuple[Span, ...], entry: Entry) -> Cue | None:
    """A passive report: of its agent, or of no named source in "it was reported that"."""
    agent = agent_of(token)
    if agent is not None:
        return make_cue(token, words, agent, entry)
    subject = first_child(token, "nsubjpass")
    modal = any(aux.tag_ in {"MD", "TO"} for aux in children(token, "aux"))
    if subject is None or modal:
        return None
    if subject.lower_ == "it":
        return make_cue(token, words, None, entry)
    if entry.takes("hearer") and entry.lemma in TELLING:
        return make_cue(token, words, None, entry, rule="told")
    return None
