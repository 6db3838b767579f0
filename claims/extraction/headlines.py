"""Finds the cues of headlines and of printed talk: "Quill: bridge is safe"."""

import re
from collections.abc import Collection, Iterator, Sequence

from spacy.tokens import Doc, Token

from claims.extraction.cue import Cue, make_cue
from claims.extraction.lexicon import HEADLINE_SOURCES, PERSON_WORDS, SAYS, VERBS
from claims.extraction.quotation import Quotation, quotation_at
from claims.extraction.syntax import FINITE, NOUNS, PROPER, has_child, span_of, text_of
from claims.model.span import Span

HEADLINE = 200
"""Code points of the longest line that is read as a headline or a turn of talk."""

# "Quill: bridge is safe"; a name of one to five words, the first in capitals.
LEADS = re.compile(r"(?:[-–—•*·] +)?([A-Z][\w.’'-]*(?: [\w.’'-]+){0,4}): (?=\S)")
# A quotation with its author after a dash, alone on its line: `"…" — Ada Quill`.
SIGNED = re.compile(
    r"^[ \t•*·>-]*[\"“”«][^\n]{2,}[\"”»][ \t]*\n?[ \t]*(?:[–—―-]|--)[ \t]*"
    r"([A-Z][\w.’'-]*(?: [\w.’'-]+){0,4})(?:,[^\n.]{1,60})?\.?$",
    re.MULTILINE,
)
# A post as pages embed it: `The dam holds. — Ada Quill (@quill) May 3, 2024`.
POSTED = re.compile(
    r"^[^\n]{2,}[ \t][–—-][ \t]([A-Z][\w.’'-]*(?: [\w.’'-]+){0,4}) \(@\w+\)"
    r" [A-Z][a-z]+ \d+, \d{4}$",
    re.MULTILINE,
)
# "MORE: Map shows …", "Photo: Ada Quill/Post": what stands around an article.
AROUND = re.compile(
    r"^[ \t]*(?:(?:read|see|watch)(?: more| also| next| on)?|more(?: on this)?|also(?: read)?"
    r"|listen|related(?: \w+)?|videos?|don.t miss|recommended|trending|sources?|credits?|graphics?"
    r"|(?:\w+ )?(?:photo(?:s|graphs?|graphy)?|images?|pictures?)(?: by)?|illustration|caption"
    r"|gallery|tags?|topics?|filed under|share(?: this)?|follow us|subscribe|newsletters?)"
    r" ?:[^\n]*$",
    re.IGNORECASE | re.MULTILINE,
)
LABELS = frozenset(
    {"background", "explainer", "updated", "published", "contact", "context", "note", "editor"}
)
"""Words that a colon follows at the beginning of a paragraph, and that speak for nobody."""

TURN = re.compile(r"^([A-Z][A-Z .'’-]{0,30}): (?=\S)", re.MULTILINE)
TURNS = 3
"""Lines with a name in capitals before a colon, from which on a text is printed talk."""

# "Bridge is safe – minister"; nothing after it.
TRAILS = re.compile(r"[^.?!]{15,} (?:[–—-]|--) ((?:[\w.’'-]+ ?){1,4})$")
OPENING_MARKS = "\"“‘'"
PREDICATES = frozenset({"VBD", "VBZ", "VBP", "MD", "TO"})
"""Tags of words that no name has."""


def find_headlines(doc: Doc, quotations: Sequence[Quotation]) -> list[Cue]:
    """Cues in the colon and dash style of headlines and of printed talk, outside quotations."""
    cues: list[Cue | None] = []
    start, turns = 0, _labels_of_turns(text_of(doc))
    signatures = [*SIGNED.finditer(text_of(doc)), *POSTED.finditer(text_of(doc))]
    cues += [_named(doc, Span(*match.span(1)), "signed", turns) for match in signatures]
    for line in text_of(doc).split("\n"):
        for rule, words in _patterns(line, first=start == 0):
            source = Span(start + words.start, start + words.end)
            cues.append(_named(doc, source, rule, turns))
        start += len(line) + 1
    cues.append(_headline_verb(doc))
    return [cue for cue in cues if cue and not quotation_at(quotations, cue.token.idx)]


def lines_around(text: str) -> list[Span]:
    """Where lines stand that belong to the page, not to the article."""
    return [Span(*match.span()) for match in AROUND.finditer(text)]


def _labels_of_turns(text: str) -> frozenset[str]:
    """Who speaks in printed talk: names in capitals before a colon, on three lines at least."""
    labels = [match[1] for match in TURN.finditer(text) if match[1].lower() not in LABELS]
    return frozenset(labels) if len(labels) >= TURNS else frozenset()


def _patterns(line: str, *, first: bool) -> Iterator[tuple[str, Span]]:
    """The rule that a line fits, and where in the line its source stands; at most one."""
    short = len(line) <= HEADLINE
    if (match := LEADS.match(line)) and (short or _begins_speech(line[match.end()])):
        yield "colon", Span(*match.span(1))
    elif first and short and (match := TRAILS.match(line)):
        yield "headline", Span(*match.span(1))


def _begins_speech(sign: str) -> bool:
    """Whether a sign after a colon is a capital or a quotation mark."""
    return sign.isupper() or sign in OPENING_MARKS


def _headline_verb(doc: Doc) -> Cue | None:
    """A headline's verb that the parser takes for a noun: "Court rules bridge is safe".

    One more attribution on the development articles; PolNeAR's headlines hold none of the kind.
    """
    line = text_of(doc).split("\n", 1)[0]
    if len(line) > HEADLINE or line.endswith((".", "!", "?")):
        return None
    words = [t for t in doc[: min(len(doc), HEADLINE)] if t.idx < len(line) and not t.is_space]
    index = _index_of_headline_verb(words)
    if index is None or not _heads_a_clause(words, index):
        return None
    verb, first, last = words[index], words[0], words[index - 1]
    entry = VERBS[verb.lower_]
    return make_cue(
        verb, (span_of(verb, verb),), last, entry, rule="headline-verb", mention=(first, last)
    )


def _index_of_headline_verb(words: Sequence[Token]) -> int | None:
    """The first word that can be a verb of the lexicon, unless another verb comes before it."""
    for index, token in enumerate(words[1:-2], 1):
        entry = VERBS.get(token.lower_)
        if entry is None and token.tag_ in FINITE:
            return None
        if entry is not None and token.tag_ in {"VBZ", "NNS"} and entry.takes("that"):
            return index
    return None


def _heads_a_clause(words: Sequence[Token], index: int) -> bool:
    """Whether a verb between a noun and a clause has neither by the parse."""
    verb = words[index]
    if has_child(verb, "nsubj", "ccomp") or words[index - 1].tag_ not in NOUNS:
        return False
    return any(later.tag_ in FINITE for later in words[index + 1 :])


def _named(doc: Doc, source: Span, rule: str, turns: Collection[str]) -> Cue | None:
    """A headline's cue, if its words name somebody who can speak, or whose turn it is."""
    words = doc.char_span(*source, alignment_mode="contract")
    if words is None or not len(words) or any(t.tag_ in PREDICATES for t in words):
        return None
    is_turn = rule == "colon" and words.text in turns
    heads = [t for t in words if t.tag_ in NOUNS or t.ent_type_ or is_turn]
    if not heads or not (is_turn or _may_be_source(heads[-1], source, rule)):
        return None
    mention = words[0], words[-1]
    return make_cue(heads[-1], (span_of(*mention),), heads[-1], SAYS, rule=rule, mention=mention)


def _may_be_source(head: Token, source: Span, rule: str) -> bool:
    """Whether a headline's words can be somebody who speaks."""
    if rule == "colon" and head.lower_ in LABELS:
        return False
    if rule == "signed" or head.ent_type_ in {"PERSON", "ORG", "NORP", "GPE"}:
        return True
    if head.lower_ in PERSON_WORDS | HEADLINE_SOURCES:
        return True
    after_colon = text_of(head.doc)[source.end + 2 : source.end + 3]
    return rule == "colon" and head.tag_ in PROPER and after_colon in {'"', "“"}
