"""Finds the cues of an article: verbs, nouns, phrases and headlines that report."""

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from claims.extraction.cue import Cue
from claims.extraction.headlines import find_headlines, lines_around
from claims.extraction.hearings import find_hearing
from claims.extraction.lexicon import NOUNS, VERBS
from claims.extraction.phrases import PHRASES, find_noun
from claims.extraction.quotation import Quotation, quotation_at
from claims.extraction.report import Reported
from claims.extraction.syntax import NOUNS as NOUN_TAGS
from claims.extraction.syntax import is_verb, text_of
from claims.extraction.verb_cues import find_quoted_as, find_verb


def find_cues(doc: Doc, quotations: Sequence[Quotation]) -> list[Cue]:
    """All cues, in the order of the text; within a quotation only verbs of the lexicon."""
    cues = find_headlines(doc, quotations)
    seen = {cue.token.i for cue in cues}
    for token in doc:
        cue = _cue(token, quotations) if _may_report(token) else None
        if cue and cue.token.i not in seen:
            seen.add(cue.token.i)
            cues.append(cue)
    around = Reported(lines_around(text_of(doc)))
    cues = [cue for cue in cues if not around.touches(cue.words[0])]
    return sorted(cues, key=lambda cue: cue.token.i)


def _may_report(token: Token) -> bool:
    """Whether a word can be a cue or begin one; few can, and looking further takes time."""
    lower = token.lower_
    return lower in PHRASES or lower in VERBS or lower in NOUNS or is_verb(token)


def _cue(token: Token, quotations: Sequence[Quotation]) -> Cue | None:
    """The cue that a word is, or begins."""
    if quotation_at(quotations, token.idx) is not None:
        return find_verb(token, quotations, quoted=True) if is_verb(token) else None
    lower = token.lower_
    cue = PHRASES[lower](token) if lower in PHRASES else None
    if cue:
        return cue
    if is_verb(token):
        cue = find_quoted_as(token) or find_hearing(token)
        return cue or find_verb(token, quotations, quoted=False)
    if lower in NOUNS and token.tag_ in NOUN_TAGS:
        return find_noun(token, NOUNS[lower])
    return None
