"""Content that the cue is an adjunct of: "…, she said", "…, she said, …", "according to"."""

import re

from claims.extraction.cue import Cue
from claims.extraction.parsed_article import ParsedArticle
from claims.extraction.quotation import quotation_at
from claims.extraction.syntax import (
    FINITE,
    NOUNS,
    children,
    children_after,
    sentence_of,
    span_of,
)
from claims.extraction.trimming import count_words, trim_all
from claims.model.span import Span, Spans

LEAD = 12
"""Code points. Less than this before "according to" is a "However" or "But"."""

QUOTING = re.compile(r",? (?:quoting|citing) [^,\n]{1,80},")
COLON = re.compile(r"\s*:\s*")
COMMA = re.compile(r"\s*,\s*")
BLOCK = re.compile(
    r"(?: (?:in|to|on) [^.:\n]{1,80})?:\s*\n\s*([A-Z][^\n]*[.?!…])[^\S\n]*$", re.MULTILINE
)
"""From a verb to the paragraph that it leads to: `wrote in a letter to the crew:`."""

BLOCK_WORDS = 8
"""Words that a paragraph has at least which is a quotation without marks."""

TO_COMMA = re.compile(r"[^,]{0,60}?,")
TO_INSERTION_END = re.compile(r"[^,\n]{0,60}?(?:,|--|—|–)\s*")
CIRCUMSTANCES = frozenset({"advcl", "prep", "npadvmod", "advmod", "cc", "mark", "det", "aux"})
"""Dependencies of words that say when or how somebody spoke, not what was said."""

NOT_MAIN = frozenset({"relcl", "acl", "xcomp", "pcomp"})
"""Dependencies of verbs that say nothing of the sentence before them."""

OWN_CLAUSE = frozenset({"and", "but", "who", "which", "while", "though", "although"})
"""Words after an inserted clause that go on with it: "…, she said, and left"."""

APPOSED = re.compile(r"\s*an? [^,\n]{2,80},\s")
"""What a source is, between commas: "according to Save the Bay, a charity of divers, …"."""

HALF = re.compile(r"(?:[,;:—–-]\s*(?:and|but|because|so)|\bthat)\s$")
"""What stands between two halves of a sentence."""

LINKS = re.compile(r"(?: (?:https?://|pic\.)\S+)+$")
"""Addresses at the end of a post."""

SIGNING = " \t\n–—―-•*·>"
"""Signs between a quotation and who signs it, and of the list in which both stand."""

ENDS = (",", "”", '"', "''", "—", "–", "--", "?", "!")


def trailing(article: ParsedArticle, cue: Cue, sentence: Span) -> Spans:
    """As in "The bridge is safe, she said", and "The bridge, she said, is safe"."""
    if not _is_appended(article, cue, sentence):
        return ()
    semicolon = article.text.rfind("; ", sentence.start, cue.clause.start)
    inside = quotation_at(article.quotations, semicolon) is not None
    start = sentence.start if inside else max(sentence.start, semicolon + 1)
    before = Span(start, cue.clause.start)
    after = _after_insertion(article, cue, sentence)
    content = trim_all(article.text, [before] if after is None else [before, after])
    return content if count_words(article.text, content) > 1 else ()


def _is_appended(article: ParsedArticle, cue: Cue, sentence: Span) -> bool:
    """Whether a cue's clause comes after a comma with words before it that it can report."""
    if cue.mention is None or cue.pronoun is not None or cue.entry.takes("open"):
        return False
    verb = cue.token
    inserted = _is_inserted(article, cue)
    if verb.tag_ == "VBG" or (verb.dep_ in NOT_MAIN and not inserted):
        return False
    if _has_own_object(cue) or (cue.entry.takes("faint") and not inserted):
        return False
    if not cue.clause.start <= span_of(*cue.mention).start < cue.clause.end:
        return False  # its subject is elsewhere: "…, but continued at the theatre"
    if _only_circumstances_before(cue, sentence) and not interrupts(article, cue, sentence):
        return False
    return article.text[sentence.start : cue.clause.start].rstrip().endswith(ENDS)


def interrupts(article: ParsedArticle, cue: Cue, sentence: Span) -> bool:
    """Whether a cue stands between a subject and its verb: "The bridge, she said, was safe"."""
    if not article.text.endswith(", ", 0, cue.clause.start):
        return False
    insertion = TO_INSERTION_END.match(article.text, cue.clause.end, sentence.end)
    words = insertion and article.doc.char_span(
        insertion.end(), insertion.end() + 1, alignment_mode="expand"
    )
    if not words or words[0].tag_ not in FINITE | {"MD"} or words[0].is_title:
        return False
    return words[0] not in cue.token.subtree or words[0].dep_ == "conj"


def _is_inserted(article: ParsedArticle, cue: Cue) -> bool:
    """Whether a clause is nothing but subject and verb between two commas: "…, they write, …"."""
    text, (start, end) = article.text, cue.clause
    inserted = text.endswith(", ", 0, start) and text.startswith(", ", end)
    return inserted and not any(children_after(cue.token, "dobj", "ccomp", "xcomp"))


def _has_own_object(cue: Cue) -> bool:
    """Whether what a verb reports follows it; a pronoun may be the person who was told."""
    if cue.entry.takes("hearer"):
        return False
    return any(c.tag_ != "PRP" for c in children_after(cue.token, "dobj", "ccomp", "xcomp"))


def _only_circumstances_before(cue: Cue, sentence: Span) -> bool:
    """Whether what stands before a cue says when, not what: "After the talks, she boasted"."""
    verb = cue.token
    before = [
        c for c in verb.children if sentence.start <= c.idx < cue.clause.start and not c.is_punct
    ]
    return verb.dep_ == "ROOT" and bool(before) and all(c.dep_ in CIRCUMSTANCES for c in before)


def _after_insertion(article: ParsedArticle, cue: Cue, sentence: Span) -> Span | None:
    """What goes on after an inserted clause: it begins after a comma and is not the cue's own."""
    insertion = TO_INSERTION_END.match(article.text, cue.clause.end, sentence.end)
    if insertion is None:
        return None
    start = insertion.end()
    words = (t for t in sentence_of(cue.token) if t.idx >= start)
    first = next((t for t in words if not t.is_space and not t.is_punct), None)
    if first is None or (first in cue.token.subtree and not interrupts(article, cue, sentence)):
        return None
    if first.lower_ in OWN_CLAUSE or (first.tag_ == "VBG" and first.dep_ != "csubj"):
        return None
    end = article.text.find("; ", start, sentence.end)
    return Span(start, sentence.end if end < 0 else end)


def according_to(article: ParsedArticle, cue: Cue, sentence: Span) -> Spans:
    """What "according to X", "per X" or "as X put it" leaves of its sentence."""
    text = article.text
    phrase = _phrase_with_source(article, cue, sentence)
    before = Span(_start_of_half(article, cue, sentence, phrase.start), phrase.start)
    if _opens_sentence(article, cue, before):
        comma = TO_COMMA.match(text, phrase.end, sentence.end)
        start = comma.end() if comma else phrase.end
        apposed = APPOSED.match(text, start, sentence.end)
        if apposed and not _is_clause(cue, Span(start, apposed.end())):
            start = apposed.end()
        return trim_all(text, [Span(start, sentence.end)])
    comma = COMMA.match(text, phrase.end, sentence.end)
    if comma is None or not text[before.start : before.end].rstrip().endswith(","):
        return trim_all(text, [before])
    if _needs_what_came_before(cue, comma.end()) or not _is_clause(cue, before):
        return trim_all(text, [before, Span(comma.end(), sentence.end)])
    return trim_all(text, [before])


def _start_of_half(article: ParsedArticle, cue: Cue, sentence: Span, start: int) -> int:
    """Where the half of a sentence begins that "and as Quill noted, …" opens."""
    halves = cue.rule == "as-said" and HALF.search(article.text, sentence.start, start)
    return halves.end() if halves else sentence.start


def _phrase_with_source(article: ParsedArticle, cue: Cue, sentence: Span) -> Span:
    """Where "according to X" stands with all that is said of X, and with whom X quotes."""
    start = min(cue.clause.start, cue.token.idx) if cue.rule == "as-said" else cue.clause.start
    end = _end_of_modifiers(cue)
    quoting = QUOTING.match(article.text, end, sentence.end)
    return Span(start, quoting.end() - 1 if quoting else end)


def _opens_sentence(article: ParsedArticle, cue: Cue, before: Span) -> bool:
    """Whether hardly more than a "But" stands before a phrase, or a "that" which it follows."""
    lead = article.text[before.start : before.end].strip(' ,;"“(')
    if lead.endswith(" that"):
        return True
    names = any(
        t.tag_ in NOUNS for t in sentence_of(cue.token) if before.start <= t.idx < before.end
    )
    return len(lead) <= LEAD and not names


def _end_of_modifiers(cue: Cue) -> int:
    """Where the source ends with what is said of it: "according to a study published in May"."""
    if cue.head is None:
        return cue.clause.end
    inner = [c.right_edge for c in children(cue.head, "acl", "relcl", "appos", "prep")]
    # What is said may be taken for a name beside the source's: "according to Quill, the …".
    sentence = sentence_of(cue.token)
    inner = [t for t in inner if not all(r.is_punct for r in sentence.doc[t.i + 1 : sentence.end])]
    return max([cue.clause.end, *(t.idx + len(t) for t in inner)])


def _is_clause(cue: Cue, span: Span) -> bool:
    """Whether a stretch of the cue's sentence has a finite verb."""
    return any(t.tag_ in FINITE for t in sentence_of(cue.token) if span.start <= t.idx < span.end)


def _needs_what_came_before(cue: Cue, start: int) -> bool:
    """Whether the rest of a sentence could not stand without what came before."""
    rest = (t for t in sentence_of(cue.token) if t.idx >= start)
    first = next((t for t in rest if not t.is_space), None)
    return first is not None and first.tag_ in FINITE | {"RB", "VBN"}


def colon(article: ParsedArticle, cue: Cue, sentence: Span) -> Spans:
    """As in "Quill: bridge is safe", and a verb before a colon."""
    text = article.text
    match = COLON.match(text, cue.clause.end)
    block = _block(text, cue)
    if block is not None:
        return trim_all(text, [block])
    if match is None:
        return ()
    line_end = _line_end(text, match.end())
    end = line_end if cue.rule == "colon" else min(line_end, sentence.end)
    return trim_all(text, [Span(match.end(), end)])


def _block(text: str, cue: Cue) -> Span | None:
    """A paragraph of its own after a verb and a colon, set as a quotation without marks."""
    block = BLOCK.match(text, cue.clause.end) if cue.rule == "verb" else None
    span = block and Span(*block.span(1))
    return span if span and count_words(text, [span]) >= BLOCK_WORDS else None


def headline(article: ParsedArticle, cue: Cue, _: Span) -> Spans:
    """As in "Bridge is safe – minister"."""
    start = article.text.rfind("\n", 0, cue.clause.start) + 1
    return trim_all(article.text, [Span(start, cue.clause.start)])


def signed(article: ParsedArticle, cue: Cue, _: Span) -> Spans:
    """The quotation that a name after a dash signs, on the same line or the next."""
    text, end = article.text, cue.clause.start
    while end > 0 and text[end - 1] in SIGNING:
        end -= 1
    links = LINKS.search(text, text.rfind("\n", 0, end) + 1, end)
    end = links.start() if links else end
    start = text.rfind("\n", 0, end) + 1
    while start < end and text[start] in SIGNING:
        start += 1
    return (Span(start, end),) if start < end else ()


def rest_of_line(article: ParsedArticle, cue: Cue, _: Span) -> Spans:
    """As in "Court rules bridge is safe": what follows a headline's verb."""
    return trim_all(
        article.text, [Span(cue.words[-1].end, _line_end(article.text, cue.clause.end))]
    )


def _line_end(text: str, offset: int) -> int:
    """Where the line ends that an offset stands in."""
    end = text.find("\n", offset)
    return len(text) if end < 0 else end
