"""Whose report a verb makes: its subject, or who stands for it where the parse gives it none."""

from collections.abc import Iterator
from itertools import takewhile

from spacy.tokens import Token

from claims.extraction.lexicon import ISSUED, VERBS
from claims.extraction.syntax import (
    FINITE,
    NOUNS,
    PROPER,
    RELATIVES,
    SUBJECTS,
    antecedent,
    children,
    first_child,
    has_child,
    is_infinitive,
    is_verb,
    out_of_tense,
    sentence_of,
    subject_of,
    text_of,
)

SUBJECT_NEAR = 5
"""Tokens between a verb and a subject that the parse does not join to it."""

NAME_LONGEST = 4
"""Words of a name after a role, fewer than this."""

HEADLINE_END = 40
"""Code points of the verb and the name that close a headline, less than this."""

MARKS = frozenset("\"”'’»,")
QUOTES = frozenset("\"”’»'")


def source_of(token: Token) -> tuple[Token | None, Token | None]:
    """Whose report a verb makes, and the relative pronoun that stands for it, if one does."""
    # Of two subjects the nearer: six more on PolNeAR's development part, eight on 400 articles of
    # its training part.
    own = min(children(token, *SUBJECTS), key=lambda noun: abs(noun.i - token.i), default=None)
    if own is not None:
        head = antecedent(own)
        return head, own if own.lower_ in RELATIVES and head is not own else None
    return next((head for head in _stand_ins(token) if head is not None), None), None


def _stand_ins(token: Token) -> Iterator[Token | None]:
    """Who may stand for the subject that a verb does not have, the likeliest first."""
    if token.tag_ == "VBG":
        yield _subject_of_report_above(token)
        yield _issuer(token)
        yield _subject_before_comma(token)
    yield _inverted_subject(token)
    yield speaker_of_tense(token)
    yield subject_of(token)
    yield _name_before_age(token)
    yield _subject_of_complement(token)
    yield _subject_above_gerund(token)


def _subject_above_gerund(verb: Token) -> Token | None:
    """The subject over a gerund with a preposition, past the adjective or noun that it hangs on.

    "They were able to escape by saying …", "makes no apologies for accusing them of …". One more
    on PolNeAR's development part, seven on 400 articles of its training part.
    """
    if verb.dep_ != "pcomp":
        return None
    above = verb.head
    while above.dep_ in {"prep", "xcomp", "acomp", "dobj", "pobj", "attr", "advcl", "acl"}:
        above = above.head
        subject = first_child(above, "nsubj") if is_verb(above) else None
        if subject is not None:
            return antecedent(subject)
    return None


def _subject_of_complement(verb: Token) -> Token | None:
    """The subject that the parse gave to the clause beside a verb.

    "One driver, who like others spoke, said …" and "…," said Quill, who was late yet defended it.
    Five more on 400 articles of PolNeAR's training part, none on its development part.
    """
    if verb.tag_ not in {"VBD", "VBZ", "VBP"}:
        return None
    for clause in children(verb, "ccomp"):
        for noun in children(clause, "nsubj"):
            before = noun.i < clause.i < verb.i and verb.nbor(-1).text == ","
            aside = before and any(c.i < verb.i for c in children(noun, "relcl"))
            after = noun.left_edge.i == verb.i + 1 and after_marks(verb)
            if aside or after:
                return noun
    return None


def _name_before_age(verb: Token) -> Token | None:
    """The name before an age in commas, where the parse lost the subject: "Quill, 44, said"."""
    if verb.tag_ not in {"VBD", "VBZ"}:
        return None
    for token in reversed(verb.doc[max(sentence_of(verb).start, verb.i - SUBJECT_NEAR) : verb.i]):
        if token.tag_ in PROPER and token.ent_type_ != "GPE":
            return token
        if token.tag_ not in {"CD", ",", "-RRB-", "-LRB-", "HYPH", "RB", "SYM"}:
            return None
    return None


def _inverted_subject(verb: Token) -> Token | None:
    """The speaker after a verb right after a quotation, whom the parser takes for its object."""
    if not may_be_finite(verb) or not (after_marks(verb) or _closes_headline(verb)):
        return None
    for noun in children(verb, "dobj", "attr", "oprd", "npadvmod", "ccomp", "dep"):
        if noun.left_edge.i == verb.i + 1 and (noun.tag_ in NOUNS or noun.lower_ == "another"):
            return _name_after_role(noun)
    return None


def _name_after_role(noun: Token) -> Token:
    """The name that the parse cut off from a role: "asked resident Ada Quill"."""
    run = list(takewhile(lambda t: t.tag_ in PROPER, noun.doc[noun.i + 1 : noun.i + NAME_LONGEST]))
    return run[-1] if run and noun.tag_ == "NN" and run[-1].head in (noun.head, noun) else noun


def _closes_headline(verb: Token) -> bool:
    """Whether a verb and its speaker close a line without a full stop: "…, says Quill"."""
    line = text_of(verb.doc)[verb.idx : verb.idx + HEADLINE_END].split("\n", 1)[0]
    before = verb.nbor(-1).text if verb.i else ""
    return before == "," and verb.tag_ == "VBZ" and len(line) < HEADLINE_END and "." not in line


def may_be_finite(verb: Token) -> bool:
    """Whether a verb is finite, or a participle by the tagger only: `"…", added Quill`."""
    if verb.tag_ in {"VBD", "VBZ"}:
        return True
    return verb.tag_ == "VBN" and not has_child(verb, "aux", "auxpass")


def after_marks(verb: Token) -> bool:
    """Whether a verb stands right after a quotation: `"…," said …`."""
    before = text_of(verb.doc)[max(0, verb.idx - 4) : verb.idx].strip()
    return before[-1:] in MARKS and not before.isalnum() and not QUOTES.isdisjoint(before)


def _subject_of_report_above(verb: Token) -> Token | None:
    """The subject of the reporting verb that a participle goes on from ("…, adding that")."""
    for above in verb.ancestors:
        if above.i > verb.i or not _reports(above):
            continue
        if verb.dep_ in {"acl", "relcl"} and verb.head.i > above.i:
            return None
        if any(is_infinitive(act) for act in children(above, "xcomp")):
            continue  # "will continue to protect" says nothing
        subject = first_child(above, *SUBJECTS)
        if subject is not None:
            return antecedent(subject)
    return None


def _reports(token: Token) -> bool:
    """Whether a word is a verb of the lexicon that by itself shows a report."""
    entry = VERBS.get(token.lower_)
    return entry is not None and is_verb(token) and not entry.takes("faint")


def speaker_of_tense(verb: Token) -> Token | None:
    """The subject of the report that a verb goes on from, by its tense, not in the clause inside.

    "Quill said it would close and blamed the weather": the parse joins "blamed" to "would close".
    """
    if verb.dep_ != "conj" or not out_of_tense(verb):
        return None
    for above in verb.head.ancestors:
        if above.tag_ in FINITE:
            return next((antecedent(noun) for noun in children(above, "nsubj")), None)
    return None


def _subject_before_comma(verb: Token) -> Token | None:
    """The subject before a participle after a comma that the parse hung on a nearer noun.

    "Quill called for a vote, declaring that …": the vote declares nothing. Five more on 400
    articles of PolNeAR's training part, none on its development part.
    """
    noun = verb.head
    if verb.dep_ != "acl" or verb.nbor(-1).text != "," or noun.dep_ in SUBJECTS:
        return None
    while noun.dep_ in {"conj", "pobj", "prep", "dobj", "attr", "appos"}:
        noun = noun.head
    return subject_of(noun) if is_verb(noun) else None


def _issuer(verb: Token) -> Token | None:
    """Who put out the document that a participle hangs on ("issued a statement saying")."""
    document = verb.head
    if verb.dep_ != "acl" or document.lower_ not in ISSUED or document.dep_ not in {"dobj", "pobj"}:
        return None
    owner = first_child(document, "poss")
    return owner if owner is not None else subject_of(document.head)
