"""Finds the cues that are no verbs: "according to", "per", nouns, colons and headlines."""

import re
from collections.abc import Callable, Mapping, Sequence

from spacy.tokens import Doc, Token

from claims.extraction.cue import Cue, make_cue
from claims.extraction.lexicon import (
    HEADLINE_SOURCES,
    LIGHT_VERBS,
    ORGANISATION_WORDS,
    OUTLET_WORDS,
    PERSON_WORDS,
    VERBS,
    Entry,
    Reports,
)
from claims.extraction.lexicon import NOUNS as REPORT_NOUNS
from claims.extraction.quotation import Quotation, quotation_at
from claims.extraction.syntax import (
    FINITE,
    NOUNS,
    PRONOUNS,
    PROPER,
    agent_of,
    children,
    sentence_of,
    span_of,
    subject_of,
    text_of,
)
from claims.extraction.syntax import VERBS as VERB_TAGS
from claims.model.kinds import Mode
from claims.model.span import Span

SAYS = Entry("", Reports.SPEECH, Mode.SAYS, frozenset({"quote", "that"}))
WORDS = frozenset({"words", "view", "opinion", "telling", "account", "estimation"})
HEADLINE = 200
"""Code points of the longest line that is read as a headline or a turn of talk."""

# "Quill: bridge is safe"; a name of one to five words, the first in capitals.
LEADS = re.compile(r"([A-Z][\w.’'-]*(?: [\w.’'-]+){0,4}): (?=\S)")
# "Bridge is safe – minister"; nothing after it.
# A quotation with its author after a dash, alone on its line: `"…" — Ada Quill`.
SIGNED = re.compile(r"[\"“”].{20,}[\"”]\s*(?:[–—―-]|--)\s*([A-Z][\w.’'-]*(?: [\w.’'-]+){0,4})\.?$")
TRAILS = re.compile(r"[^.?!]{15,} (?:[–—-]|--) ((?:[\w.’'-]+ ?){1,4})$")


def _according(token: Token) -> Cue | None:
    if token.i + 2 >= len(token.doc) or token.nbor().lower_ != "to":
        return None
    to = token.nbor()
    head = next(children(to, "pobj"), None) or _noun_after(to)
    if head is None or not (_begins(token) or head.tag_ in PROPER | PRONOUNS or _may_speak(head)):
        return None  # "weighted according to their size"
    words = (Span(token.idx, to.idx + len(to)),)
    cue = make_cue(token, words, head, SAYS, rule="according-to")
    return _quoting(cue) or cue


def _quoting(cue: Cue) -> Cue | None:
    """As in "according to A, quoting B, …": the words are B's, and A carries them.

    Costs one attribution on the development articles, whose annotators name A; PolNeAR has none.
    """
    place = cue.mention[1].i + 1 if cue.mention else len(cue.token.doc)
    words = cue.token.doc[place : place + 2]
    if [word.lower_ for word in words] not in ([",", "quoting"], [",", "citing"]):
        return None
    verb = words[1]
    head = next(children(verb, "dobj"), None) or _noun_after(verb)
    if head is None or not (head.tag_ in PROPER or _may_speak(head)):
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


def _may_speak(head: Token) -> bool:
    words = PERSON_WORDS | ORGANISATION_WORDS | OUTLET_WORDS
    return head.lower_ in words or head.lower_.rstrip("s") in words or head.lower_ in REPORT_NOUNS


def _noun_after(word: Token) -> Token | None:
    """The noun that ends the noun phrase after a word, where the parser reads it otherwise."""
    last = None
    for token in word.doc[word.i + 1 : min(word.i + 12, sentence_of(word).end)]:
        if token.tag_ in NOUNS | PRONOUNS or (token.text[:1].isupper() and token.tag_ != "DT"):
            last = token
        elif (last is not None and token.tag_ in {"DT", "PRP$"}) or token.tag_ not in {
            "DT",
            "JJ",
            "POS",
            "CD",
            "PRP$",
            "HYPH",
            "NN",
        }:
            break
    return last


def _per(token: Token) -> Cue | None:
    """As in "per the ministry"; "per day" and "per cent" have no name and no article."""
    head = next(children(token, "pobj"), None)
    if head is None or token.i + 1 >= len(token.doc):
        return None
    named = head.tag_ in PROPER or any(c.tag_ in {"DT", "PRP$", "POS"} for c in head.children)
    if not named or head.ent_type_ in {"TIME", "DATE", "QUANTITY"}:
        return None
    if token.nbor().lower_ in {"a", "an"}:
        return None
    return make_cue(token, (span_of(token, token),), head, SAYS, rule="according-to")


def _in_words(token: Token) -> Cue | None:
    """As in "in the words of X", "in X's words", "in his view"."""
    noun = next(children(token, "pobj"), None)
    if noun is None or noun.lower_ not in WORDS:
        return None
    if not _begins(token):
        return None  # "in the owner's account" is no report
    owner = next(children(noun, "poss"), None)
    last = noun
    if owner is None:
        of = next((c for c in children(noun, "prep") if c.lower_ == "of"), None)
        owner = next(children(of, "pobj"), None) if of is not None else None
        last = of if of is not None else noun
    if owner is None or owner.tag_ == "WDT":
        return None
    return make_cue(token, (span_of(token, last),), owner, SAYS, rule="according-to")


def _as_said(token: Token) -> Cue | None:
    """As in "as X put it", "as X said": an aside that reports its sentence."""
    verb = token.head
    entry = VERBS.get(verb.lower_)
    if token.dep_ != "mark" or verb.tag_ not in VERB_TAGS or verb.i - token.i > 8:  # noqa: PLR2004
        return None
    puts_it = verb.lower_ in {"put", "puts"} and any(c.lower_ == "it" for c in verb.children)
    if not puts_it and (
        entry is None
        or entry.takes("faint")
        or entry.lemma not in {"say", "note", "report", "tell"}
    ):
        return None
    if next(children(verb, "ccomp"), None) is not None or verb.dep_ != "advcl":
        return None
    head = next(children(verb, "nsubj"), None) or agent_of(verb)
    if head is None:
        return None
    last = next((c for c in children(verb, "dobj") if c.lower_ == "it"), verb)
    return make_cue(token, (span_of(verb, last),), head, SAYS, rule="as-said")


PHRASES: Mapping[str, Callable[[Token], Cue | None]] = {
    "according": _according,
    "per": _per,
    "in": _in_words,
    "as": _as_said,
}


def find_noun(token: Token, entry: Entry) -> Cue | None:
    """As in "the claim that …", "his warning that …", "reports that …"."""
    clause = next((c for c in children(token, "acl", "ccomp", "relcl") if c.i > token.i), None)
    if clause is None or not any(c.lower_ == "that" and c.dep_ == "mark" for c in clause.children):
        return None
    return make_cue(token, (span_of(token, token),), _owner(token), entry, rule="noun")


def _owner(noun: Token) -> Token | None:
    """Whose statement a noun is: a possessor, "by X", the subject of "made the claim"."""
    owner = next(children(noun, "poss"), None)
    if owner is not None:
        return owner
    for prep in children(noun, "prep", "agent"):
        if prep.lower_ in {"by", "from", "of"} and prep.i < noun.i + 3:
            return next(children(prep, "pobj"), None)
    verb = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "to" else noun.head
    if noun.dep_ in {"dobj", "pobj"} and verb.lower_ in LIGHT_VERBS:
        return subject_of(verb)
    bare = not any(c.dep_ in {"det", "amod"} for c in noun.children)
    return (
        noun
        if bare and noun.tag_ == "NNS" and noun.lower_ in {"reports", "rumors", "rumours"}
        else None
    )


def find_headlines(doc: Doc, quotations: Sequence[Quotation]) -> list[Cue]:
    """Colon and dash style of headlines and of printed talk: "Quill: bridge is safe"."""
    found = []
    place = 0
    for line in text_of(doc).split("\n"):
        match = LEADS.match(line) if len(line) > 3 else None  # noqa: PLR2004
        if match and (
            line[match.end()].isupper() or line[match.end()] in "\"“‘'" or len(line) <= HEADLINE
        ):
            found.append(_named(doc, place + match.start(1), place + match.end(1), "colon"))
        elif match := SIGNED.match(line):
            found.append(_named(doc, place + match.start(1), place + match.end(1), "signed"))
        elif place == 0 and len(line) <= HEADLINE and (match := TRAILS.match(line)):
            found.append(_named(doc, place + match.start(1), place + match.end(1), "headline"))
        place += len(line) + 1
    found.append(_headline_verb(doc))
    return [cue for cue in found if cue and not quotation_at(quotations, cue.token.idx)]


def _headline_verb(doc: Doc) -> Cue | None:
    """A headline's verb that the parser takes for a noun: "Court rules bridge is safe".

    One more attribution on the development articles; PolNeAR's headlines hold none of the kind.
    """
    line = text_of(doc).split("\n", 1)[0]
    if len(line) > HEADLINE or line.endswith((".", "!", "?")):
        return None
    words = [t for t in doc[: min(len(doc), HEADLINE)] if t.idx < len(line) and not t.is_space]
    for place, token in enumerate(words[1:-2], 1):
        if token.tag_ in FINITE and token.lower_ not in VERBS:
            return None
        entry = VERBS.get(token.lower_)
        if entry is None or token.tag_ not in {"VBZ", "NNS"} or not entry.takes("that"):
            continue
        whole = any(children(token, "nsubj")) or any(children(token, "ccomp"))
        clause = any(later.tag_ in FINITE for later in words[place + 1 :])
        if whole or not clause or words[place - 1].tag_ not in NOUNS:
            return None
        first, last = words[0], words[place - 1]
        return make_cue(
            token,
            (span_of(token, token),),
            last,
            entry,
            rule="headline-verb",
            mention=(first, last),
        )
    return None


def _named(doc: Doc, start: int, end: int, rule: str) -> Cue | None:
    """A headline's cue, if its words name a person, an office or an organisation."""
    words = doc.char_span(start, end, alignment_mode="contract")
    if words is None or not len(words):
        return None
    heads = [t for t in words if t.tag_ in NOUNS or t.ent_type_]
    if not heads or any(t.tag_ in {"VBD", "VBZ", "VBP", "MD", "TO"} for t in words):
        return None
    head = heads[-1]
    spoken = (
        rule == "colon" and head.tag_ in PROPER and text_of(doc)[end + 2 : end + 3] in {'"', "“"}
    )
    known = (
        rule == "signed"
        or spoken
        or head.ent_type_ in {"PERSON", "ORG", "NORP", "GPE"}
        or head.lower_ in PERSON_WORDS | HEADLINE_SOURCES
    )
    if not known:
        return None
    first, last = words[0], words[-1]
    return make_cue(head, (span_of(first, last),), head, SAYS, rule=rule, mention=(first, last))
