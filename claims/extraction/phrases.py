"""Finds the phrases that report: "according to", "per", "in his view", "the claim that"."""

from collections.abc import Callable, Mapping

from spacy.tokens import Token

from claims.extraction.cue import Cue, entry_of, make_cue
from claims.extraction.lexicon import (
    BELIEVES,
    LIGHT_VERBS,
    ORGANISATION_WORDS,
    OUTLET_WORDS,
    PERSON_WORDS,
    SAYS,
    Entry,
)
from claims.extraction.lexicon import NOUNS as REPORT_NOUNS
from claims.extraction.syntax import (
    NOUNS,
    PRONOUNS,
    PROPER,
    agent_of,
    children,
    children_after,
    extent,
    first_child,
    has_child,
    is_verb,
    prepositions,
    sentence_of,
    span_of,
    subject_of,
)

BELIEFS = frozenset({"view", "opinion", "estimation"})
WORDS = BELIEFS | {"words", "telling", "account"}
"""Nouns that report with "in": "in her view"."""

AS_SAID = frozenset({"say", "note", "report", "tell", "point out", "explain", "write", "observe"})
"""Verbs that report with "as": "as Quill noted"."""

ASIDE = 8
"""Tokens from "as" to its verb at most."""

PHRASE = 12
"""Tokens after a preposition within which its noun phrase ends."""

LEAST = 4
"""Tokens after a comma that can be what a source says."""

BEFORE_NOUN = frozenset({"DT", "JJ", "POS", "CD", "PRP$", "HYPH", "NN"})
"""Tags of words that can stand before the last noun of a noun phrase."""

NAMELESS = frozenset({"TIME", "DATE", "QUANTITY"})
"""Entity types that are never a source: "per day"."""


def _according(token: Token) -> Cue | None:
    if token.i + 2 >= len(token.doc) or token.nbor().lower_ != "to":
        return None
    to = token.nbor()
    head = first_child(to, "pobj") or _noun_after(to)
    if head is None or not (_begins(token) or head.tag_ in PROPER | PRONOUNS or speaks(head)):
        return None  # "weighted according to their size"
    mention = _before_comma(to, head)
    cue = make_cue(token, (span_of(token, to),), head, SAYS, rule="according-to", mention=mention)
    return _quoting(cue) or cue


def _before_comma(to: Token, head: Token) -> tuple[Token, Token] | None:
    """The source alone where the parser takes the whole sentence for a part of its name."""
    end = sentence_of(to).end
    last = extent(head)[1]
    if not all(t.is_punct or t.is_space for t in to.doc[last.i + 1 : end]):
        return None
    comma = next((t for t in to.doc[head.i : last.i] if t.text == ","), None)
    if comma is None or last.i - comma.i < LEAST:
        return None
    return to.nbor(), comma.nbor(-1)


def _quoting(cue: Cue) -> Cue | None:
    """As in "according to A, quoting B, …": the words are B's, and A carries them.

    Costs one attribution on the development articles, whose annotators name A; PolNeAR has none.
    """
    after = cue.mention[1].i + 1 if cue.mention else len(cue.token.doc)
    words = cue.token.doc[after : after + 2]
    if [word.lower_ for word in words] not in ([",", "quoting"], [",", "citing"]):
        return None
    verb = words[1]
    head = first_child(verb, "dobj") or _noun_after(verb)
    if head is None or not (head.tag_ in PROPER or speaks(head)):
        return None  # "citing safety rules"
    return make_cue(
        cue.token, (*cue.words, span_of(verb, verb)), head, SAYS, rule="according-to-quoting"
    )


def _begins(token: Token) -> bool:
    """Whether a word begins its sentence or follows a comma or a quotation."""
    if token.i == sentence_of(token).start:
        return True
    before = token.nbor(-1)
    return not before.text[-1:].isalnum() or before.lower_ in {"that", "and", "but"}


def speaks(head: Token) -> bool:
    """Whether a noun is one for people, bodies, outlets or documents that speak."""
    words = PERSON_WORDS | ORGANISATION_WORDS | OUTLET_WORDS
    return head.lower_ in words or head.lower_.rstrip("s") in words or head.lower_ in REPORT_NOUNS


def _noun_after(word: Token) -> Token | None:
    """The noun that ends the noun phrase after a word, where the parser reads it otherwise."""
    last = None
    for token in word.doc[word.i + 1 : min(word.i + PHRASE, sentence_of(word).end)]:
        capital = token.text[:1].isupper() and token.tag_ != "DT"
        if capital or token.tag_ in NOUNS | PRONOUNS:
            last = token
        elif token.tag_ not in BEFORE_NOUN and token.i > word.i + 1:
            break  # the first may be a noun that is taken for a verb: "according to show insiders"
        elif last is not None and token.tag_ in {"DT", "PRP$"}:
            break  # the next noun phrase
    return last


def _per(token: Token) -> Cue | None:
    """As in "per the ministry"; "per day" and "per cent" have no name and no article."""
    head = first_child(token, "pobj")
    if head is None or token.i + 1 >= len(token.doc) or token.nbor().lower_ in {"a", "an"}:
        return None
    named = head.tag_ in PROPER or any(c.tag_ in {"DT", "PRP$", "POS"} for c in head.children)
    if not named or head.ent_type_ in NAMELESS or token.nbor(-1 if token.i else 0).lower_ == "as":
        return None
    if head.lower_ in {"usual", "norm", "plan", "plans", "custom"}:
        return None
    return make_cue(token, (span_of(token, token),), head, SAYS, rule="according-to")


def _in_words(token: Token) -> Cue | None:
    """As in "in the words of X", "in X's words", "in his view"."""
    noun = first_child(token, "pobj")
    if noun is None or noun.lower_ not in WORDS:
        return None
    if not _begins(token):
        return None  # "in the owner's account" is no report
    last, owner = noun, first_child(noun, "poss")
    of = next(prepositions(noun, "of"), None)
    if owner is None and of is not None:
        last, owner = of, first_child(of, "pobj")
    if owner is None or owner.tag_ == "WDT":
        return None
    entry = BELIEVES if noun.lower_ in BELIEFS else SAYS
    return make_cue(token, (span_of(token, last),), owner, entry, rule="according-to")


def _as_said(token: Token) -> Cue | None:
    """As in "as X put it", "as X said": an aside that reports its sentence."""
    verb = token.head
    if token.dep_ != "mark" or not is_verb(verb) or verb.i - token.i > ASIDE:
        return None
    if verb.dep_ != "advcl" or has_child(verb, "ccomp") or not _says_it(verb):
        return None
    head = first_child(verb, "nsubj") or agent_of(verb)
    if head is None:
        return None
    it = next((c for c in children(verb, "dobj") if c.lower_ == "it"), None)
    last = it or entry_of(verb)[1]
    return make_cue(token, (span_of(verb, last),), head, SAYS, rule="as-said")


def _says_it(verb: Token) -> bool:
    """Whether a verb can report with "as": "as X put it", "as X noted"."""
    if verb.lower_ in {"put", "puts"} and any(c.lower_ == "it" for c in verb.children):
        return True
    entry, _ = entry_of(verb)
    return entry is not None and entry.lemma in AS_SAID and not entry.takes("faint")


PHRASES: Mapping[str, Callable[[Token], Cue | None]] = {
    "according": _according,
    "per": _per,
    "in": _in_words,
    "as": _as_said,
}


def find_noun(token: Token, entry: Entry) -> Cue | None:
    """As in "the claim that …", "his warning that …", "reports that …"."""
    clause = next(children_after(token, "acl", "ccomp", "relcl"), None)
    if clause is None or not any(mark.lower_ == "that" for mark in children(clause, "mark")):
        return None
    return make_cue(token, (span_of(token, token),), _owner(token), entry, rule="noun")


def _owner(noun: Token) -> Token | None:
    """Whose statement a noun is: a possessor, "by X", the subject of "made the claim"."""
    owner = first_child(noun, "poss")
    if owner is not None:
        return owner
    for prep in children(noun, "prep", "agent"):
        if prep.lower_ in {"by", "from", "of"} and prep.i < noun.i + 3:
            return first_child(prep, "pobj")
    verb = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "to" else noun.head
    if noun.dep_ in {"dobj", "pobj"} and verb.lower_ in LIGHT_VERBS:
        return subject_of(verb)
    return noun if _speaks_for_itself(noun) else None


def _speaks_for_itself(noun: Token) -> bool:
    """Whether a noun is all that the text names as the source: "amid reports that …"."""
    if noun.tag_ != "NNS" or noun.lower_ not in {"reports", "rumors", "rumours"}:
        return False
    return not has_child(noun, "det", "amod")
