"""Whether something was not said at all: "did not deny", "nobody said", "made no claim that".

Whose report it is does not matter then: what was not said is nobody's, and is never proposed.
"""

from spacy.tokens import Token

from claims.extraction.cue import Cue
from claims.extraction.lexicon import LIGHT_VERBS, VERBS
from claims.extraction.syntax import LEVELS, NOUNS, PROPER, children, is_verb

NEVER = frozenset({"never", "hardly", "scarcely", "barely", "neither"})
NOBODY = frozenset({"no", "nobody", "none", "neither"})
UNSETTLED = frozenset({"whether", "if", "unless"})
"""Words before a clause that nobody says is so."""


def is_negated(verb: Token) -> bool:
    """Whether a verb is negated: "did not say", "never said", "did not confirm or deny"."""
    before = [c for c in verb.children if c.i < verb.i and not c.nbor().is_punct]
    # The parser takes foreign names for "not"; those have a capital.
    if any(c.lower_ in NEVER or (c.dep_ == "neg" and not c.text[:1].isupper()) for c in before):
        return True
    if verb.dep_ != "conj" or not is_verb(verb.head):
        return False
    between = {c.lower_ for c in children(verb.head, "cc") if c.i < verb.i}
    return "nor" in between or ("or" in between and is_negated(verb.head))


EXISTS = frozenset({"have", "has", "had", "be", "is", "are", "was", "were", "find", "found",
                    "know", "knew", "see", "saw", "meet", "met"})  # fmt: skip
"""Verbs under which a "not" says that there is no such person."""


def is_unsaid(cue: Cue) -> bool:
    """Whether the sentence says that the report was not made, or leaves open whether it was."""
    first = cue.mention[0] if cue.mention is not None else None
    if first is not None and first.lower_ in NOBODY and first.tag_ not in PROPER:
        return first.i + 1 >= len(first.doc) or not first.nbor().is_digit  # "No 10 said"
    if cue.token.tag_ in NOUNS:
        return _is_no(cue.token)
    if any(mark.lower_ in UNSETTLED for mark in children(cue.token, "mark")):
        return True
    return _is_of_nobody(cue) or _is_under_negation(cue.token)


def _is_of_nobody(cue: Cue) -> bool:
    """As in "does not have a mayor who tells people where the money goes"."""
    head = cue.head
    if head is None or cue.pronoun is None or head.dep_ not in {"dobj", "attr"}:
        return False
    return head.head.lower_ in EXISTS and is_negated(head.head)


def _is_no(noun: Token) -> bool:
    """As in "made no claim that", "did not make the claim that"."""
    if any(word.lower_ in NOBODY for word in children(noun, "det", "neg")):
        return True
    return noun.dep_ == "dobj" and noun.head.lower_ in LIGHT_VERBS and is_negated(noun.head)


def _is_under_negation(verb: Token) -> bool:
    """As in "did not say that Quill had said"; not in "did not know that", which says she had."""
    above = verb
    for _ in range(LEVELS):
        if above.dep_ not in {"ccomp", "xcomp"}:
            return False
        above = above.head
        entry = VERBS.get(above.lower_)
        if entry is not None and not entry.takes("faint") and is_negated(above):
            return True
    return False
