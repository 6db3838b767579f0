"""Finds the verbs that report, with the words that name whose report it is."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Words

from claims.extraction.cue import Cue, make_cue
from claims.extraction.lexicon import ISSUED, NOUNS, PHRASAL, VERBS, Entry, Reports
from claims.extraction.phrases import PHRASES, find_headlines, find_noun
from claims.extraction.quotation import Quotation, quotation_at
from claims.extraction.syntax import (
    FINITE,
    PROPER,
    RELATIVES,
    SUBJECTS,
    agent_of,
    antecedent,
    children,
    is_negated,
    is_passive,
    out_of_tense,
    sentence_of,
    span_of,
    subject_of,
    text_of,
)
from claims.extraction.syntax import NOUNS as NOUN_TAGS
from claims.extraction.syntax import VERBS as VERB_TAGS
from claims.model.kinds import Mode
from claims.model.span import Span

OPEN = Entry("", Reports.SPEECH, Mode.SAYS, frozenset({"quote", "faint", "open"}))
"""A verb of no lexicon where a quotation is reported: `"…," she rasped`."""

QUOTING = frozenset({"quoted", "cited", "quoting", "citing", "quotes", "cites", "quote", "cite"})
SUBJECT_NEAR = 5
"""Tokens between a verb of no lexicon and the subject that makes it a report."""

MARKS = frozenset("\"”'’»,")
QUOTES = frozenset("\"”’»'")
SCARE_WORDS = 3
"""A quotation this short, without a comma, is a turn of phrase in a longer clause."""

NAME = 60
"""Code points between a quotation and its verb that a name and a title can fill."""

FAR = 15
"""Tokens that "quoted … as saying", or a name with its title, may span."""


def find_cues(doc: Doc, quotations: Sequence[Quotation]) -> list[Cue]:
    """All cues, in the order of the text; within a quotation only verbs of the lexicon."""
    found = find_headlines(doc, quotations)
    taken = {cue.token.i for cue in found}
    for token in doc:
        lower = token.lower_
        if not (lower in PHRASES or lower in VERBS or lower in NOUNS or token.tag_ in VERB_TAGS):
            continue
        quoted = quotation_at(quotations, token.idx) is not None
        cue = _cue(token, lower, quotations, quoted=quoted)
        if cue and cue.token.i not in taken:
            taken.add(cue.token.i)
            found.append(cue)
    return sorted(found, key=lambda cue: cue.token.i)


def _cue(token: Token, lower: str, quotations: Sequence[Quotation], *, quoted: bool) -> Cue | None:
    if lower in PHRASES and not quoted:
        cue = PHRASES[lower](token)
        if cue:
            return cue
    if token.tag_ in VERB_TAGS:
        return (not quoted and _quoted_as(token)) or _verb(token, quotations, quoted=quoted)
    if lower in NOUNS and not quoted and token.tag_ in NOUN_TAGS:
        return find_noun(token, NOUNS[lower])
    return None


def _quoted_as(token: Token) -> Cue | None:
    """In "he quoted X as saying" the saying is X's; the quoting is a hop of its own."""
    if token.tag_ != "VBG" or token.lower_ not in VERBS or token.i < 2:  # noqa: PLR2004
        return None
    as_ = token.nbor(-1)
    if as_.lower_ != "as":
        return None
    before = token.doc[max(sentence_of(token).start, token.i - FAR) : token.i]
    quoting = next((t for t in reversed(before) if t.lower_ in QUOTING), None)
    if quoting is None:
        return None
    inner = [t for t in quoting.doc[quoting.i + 1 : as_.i] if t.tag_ in NOUN_TAGS | {"PRP"}]
    head = subject_of(quoting) if is_passive(quoting) else _object_of(quoting, inner)
    words = (span_of(quoting, quoting), Span(as_.idx, token.idx + len(token)))
    return make_cue(token, words, head, VERBS[token.lower_], rule="quoted-as")


def _object_of(quoting: Token, inner: list[Token]) -> Token | None:
    for head in children(quoting, "dobj", "nsubj"):
        if head in inner:
            return head
    return inner[-1] if inner else None


def _verb(token: Token, quotations: Sequence[Quotation], *, quoted: bool) -> Cue | None:
    entry, last = _entry(token)
    if entry is None and not quoted and _beside_marks(token, quotations):
        entry = OPEN
    if entry is None:
        return None
    words = (span_of(token, last),)
    if token.dep_ == "amod" and token.head.i > token.i and _after_marks(token):
        # `"…", added Quill`: the parse reads "the added Quill".
        return make_cue(token, words, token.head, entry, mention=(last.nbor(), token.head))
    if _is_no_report(token, entry):
        return None
    if is_passive(token) or (token.tag_ == "VBN" and token.dep_ == "acl"):
        return _passive(token, words, entry)
    head, pronoun = _source(token)
    speaker = None if quoted else _beside_quotation(token, head, entry, quotations)
    if speaker is not None:
        return make_cue(token, words, speaker[1], entry, mention=speaker)
    made = replace(make_cue(token, words, head, entry), pronoun=pronoun)
    apart = _out_of_tense(token) is not None and not any(children(token, *SUBJECTS))
    # The subject of "… and blamed" stands before another clause.
    return replace(made, clause=words[0]) if apart else made


def _beside_quotation(
    verb: Token, head: Token | None, entry: Entry, quotations: Sequence[Quotation]
) -> tuple[Token, Token] | None:
    """Who stands between a quotation and its verb, or after both, where the parse errs.

    It takes a word of the quotation for the subject, or finds none. Four more on PolNeAR's
    development part, 13 on 400 articles of its training part.
    """
    if not _may_be_finite(verb) or not entry.takes("quote") or entry.takes("open"):
        return None
    mark = _mark_before(verb, quotations)
    if mark is None:
        return None
    if head is not None and not mark.start < head.idx < mark.end:
        return None
    text = text_of(verb.doc)
    first = verb.i
    while first and verb.doc[first - 1].idx >= mark.end:
        first -= 1
    if not text[mark.end : verb.idx].strip(" ,"):
        first = verb.i + 1
    return _name_from(verb.doc[first : min(first + FAR, sentence_of(verb).end)])


def _may_be_finite(verb: Token) -> bool:
    """Whether a verb is finite, or a participle by the tagger only: `"…", added Quill`."""
    return verb.tag_ in {"VBD", "VBZ"} or (
        verb.tag_ == "VBN" and not any(children(verb, "aux", "auxpass"))
    )


def _mark_before(verb: Token, quotations: Sequence[Quotation]) -> Quotation | None:
    """The quotation that ends before a verb in its sentence, no further than a name is long."""
    text = text_of(verb.doc)
    number = bisect_right(quotations, verb.idx, key=_start) - 1
    if number < 0:
        return None
    mark = quotations[number]
    between = text[mark.end : verb.idx]
    if text[mark.end - 2] not in ",?!" and len(text[mark.start : mark.end].split()) <= SCARE_WORDS:
        return None
    if len(between) >= NAME or "\n" in between or text[mark.end - 2] == ".":
        return None
    return mark


def _start(mark: Quotation) -> int:
    return mark.start


def _name_from(words: Words) -> tuple[Token, Token] | None:
    """The first and the last word of the noun phrase that some words begin with."""
    rest = [token for token in words if token.text != ","] if words[:1].text == "," else list(words)
    last = None
    for token in rest:
        if token.tag_ in NOUN_TAGS | {"PRP"}:
            last = token
        elif token.tag_ not in {"DT", "JJ", "POS", "CD", "PRP$", "HYPH", "RB"}:
            break
    return (rest[0], last) if last is not None else None


def _is_no_report(token: Token, entry: Entry) -> bool:
    """Whether a verb reports nothing: "the proposed law", "did not say", "seen as saying"."""
    if token.dep_ in {"amod", "compound"}:
        return True
    if is_negated(token) and entry.mode is not Mode.DENIES:
        return True
    if token.tag_ == "VBG" and token.i and token.nbor(-1).lower_ == "as":
        return True
    # "Asked about it, she left": somebody asked her.
    return token.lower_ == "asked" and token.i == sentence_of(token).start


def _entry(token: Token) -> tuple[Entry | None, Token]:
    if token.i + 1 < len(token.doc):
        after = token.nbor()
        entry = PHRASAL.get((token.lower_, after.lower_))
        if entry:
            return entry, after
    return VERBS.get(token.lower_), token


def _beside_marks(token: Token, quotations: Sequence[Quotation]) -> bool:
    """Whether a finite verb and its own subject stand right after a quotation with a comma."""
    if token.tag_ not in {"VBD", "VBZ"}:
        return False
    subject = next(children(token, "nsubj"), None)
    if subject is None or abs(subject.i - token.i) > SUBJECT_NEAR:
        return False
    start = min(token.idx, subject.left_edge.idx)
    before = quotation_at(quotations, start - 2) or quotation_at(quotations, start - 3)
    if before is None or "\n" in text_of(token.doc)[before.end : start]:
        return False
    return text_of(token.doc)[before.end - 2] in ",?!"


def _passive(token: Token, words: tuple[Span, ...], entry: Entry) -> Cue | None:
    """Passive reports: by their agent; "it was reported that" by nobody the text names."""
    agent = agent_of(token)
    if agent is not None:
        return make_cue(token, words, agent, entry)
    subject = next(children(token, "nsubjpass"), None)
    modal = any(aux.tag_ in {"MD", "TO"} for aux in children(token, "aux"))
    if subject is not None and subject.lower_ == "it" and not modal:
        return make_cue(token, words, None, entry)
    return None


def _source(token: Token) -> tuple[Token | None, Token | None]:
    """Whose report a verb makes, and the relative pronoun that stands for it, if one does."""
    # Of two subjects the nearer: six more on PolNeAR's development part, eight on 400 articles of
    # its training part.
    own = min(children(token, *SUBJECTS), key=lambda noun: abs(noun.i - token.i), default=None)
    if own is not None:
        head = antecedent(own)
        return head, own if own.lower_ in RELATIVES and head is not own else None
    if token.tag_ == "VBG":
        voice = _reporting_above(token) or _issuer(token) or _past_comma(token)
        if voice is not None:
            return voice, None
    inverted = _inverted(token) or _out_of_tense(token)
    if inverted is not None:
        return inverted, None
    above = subject_of(token)
    if above is None:
        above = _beside_comma(token) or _lent(token) or _doer(token)
    return above, None


def _doer(verb: Token) -> Token | None:
    """The subject over a gerund with a preposition, past the adjective or noun that it hangs on.

    "They were able to escape by saying …", "makes no apologies for accusing them of …". One more
    on PolNeAR's development part, seven on 400 articles of its training part.
    """
    if verb.dep_ != "pcomp":
        return None
    above = verb.head
    while above.dep_ in {"prep", "xcomp", "acomp", "dobj", "pobj", "attr", "advcl", "acl"}:
        above = above.head
        own = next(children(above, "nsubj"), None) if above.tag_ in VERB_TAGS else None
        if own is not None:
            return antecedent(own)
    return None


def _lent(verb: Token) -> Token | None:
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
            after = noun.left_edge.i == verb.i + 1 and _after_marks(verb)
            if aside or after:
                return noun
    return None


def _beside_comma(verb: Token) -> Token | None:
    """The name before an age in commas, where the parse lost the subject: "Quill, 44, said"."""
    if verb.tag_ not in {"VBD", "VBZ"}:
        return None
    for token in reversed(verb.doc[max(sentence_of(verb).start, verb.i - SUBJECT_NEAR) : verb.i]):
        if token.tag_ in PROPER and token.ent_type_ != "GPE":
            return token
        if token.tag_ not in {"CD", ",", "-RRB-", "-LRB-", "HYPH", "RB", "SYM"}:
            return None
    return None


def _inverted(verb: Token) -> Token | None:
    """The speaker after a verb right after a quotation, whom the parser takes for its object."""
    if not _may_be_finite(verb) or not _after_marks(verb):
        return None
    for noun in children(verb, "dobj", "attr", "oprd", "npadvmod", "ccomp", "dep"):
        if noun.left_edge.i == verb.i + 1 and (noun.tag_ in NOUN_TAGS or noun.lower_ == "another"):
            return noun
    return None


def _after_marks(verb: Token) -> bool:
    """Whether a verb stands right after a quotation: `"…," said …`."""
    before = text_of(verb.doc)[max(0, verb.idx - 4) : verb.idx].strip()
    return before[-1:] in MARKS and not before.isalnum() and any(m in before for m in QUOTES)


def _reporting_above(verb: Token) -> Token | None:
    """The subject of the reporting verb that a participle goes on from ("…, adding that")."""
    for above in verb.ancestors:
        entry = VERBS.get(above.lower_)
        if entry and above.tag_ in VERB_TAGS and not entry.takes("faint") and above.i < verb.i:
            if verb.dep_ in {"acl", "relcl"} and verb.head.i > above.i:
                return None
            if any(c.tag_ == "TO" for x in children(above, "xcomp") for c in x.children):
                continue  # "will continue to protect" says nothing
            for child in children(above, *SUBJECTS):
                return antecedent(child)
    return None


def _out_of_tense(verb: Token) -> Token | None:
    """The subject of the report that a verb goes on from, where the parse hung it inside."""
    inside = verb.head
    if verb.dep_ != "conj" or not out_of_tense(verb):
        return None
    for above in inside.ancestors:
        if above.tag_ in FINITE:
            return next((antecedent(noun) for noun in children(above, "nsubj")), None)
    return None


def _past_comma(verb: Token) -> Token | None:
    """The subject before a participle after a comma that the parse hung on a nearer noun.

    "Quill called for a vote, declaring that …": the vote declares nothing. Five more on 400
    articles of PolNeAR's training part, none on its development part.
    """
    noun = verb.head
    if verb.dep_ != "acl" or verb.nbor(-1).text != "," or noun.dep_ in SUBJECTS:
        return None
    while noun.dep_ in {"conj", "pobj", "prep", "dobj", "attr", "appos"}:
        noun = noun.head
    return subject_of(noun) if noun.tag_ in VERB_TAGS else None


def _issuer(verb: Token) -> Token | None:
    """Who put out the document that a participle hangs on ("issued a statement saying")."""
    document = verb.head
    if verb.dep_ != "acl" or document.lower_ not in ISSUED or document.dep_ not in {"dobj", "pobj"}:
        return None
    owner = next(children(document, "poss"), None)
    return owner if owner is not None else subject_of(document.head)
