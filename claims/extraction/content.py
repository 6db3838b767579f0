"""Finds the words that a cue reports."""

import re
from dataclasses import dataclass

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Words

from claims.extraction.cues import Cue, is_loose, span_of
from claims.extraction.lexicon import VERB_CLASS
from claims.extraction.quotation import Quotation
from claims.model.span import Span, Spans, join_spans

# What may stand between a quotation and the clause that reports it.
JOINT = re.compile(r"[\s,.?!:;—–-]*")
FILLER = re.compile(r"^[\s,;:.—–-]*(?:that\b|and\b|but\b|adding\b)?[\s,;:]*", re.IGNORECASE)
# A quotation that ends its own sentence is not reported by the next one.
ENDED = re.compile(r"[.]['’]?[\"”»]?[\s]*")
NEXT_SENTENCE = re.compile(r"[^.\n\"“”]{0,80}\.[ ]+")
LEAST_WORDS = 2
SCARE_WORDS = 3
"""A quotation this short, without a comma or colon before it, is a turn of phrase."""


@dataclass(frozen=True, slots=True)
class Report:
    """A cue with what it reports.

    Attributes:
        content: Where the reported words stand, marks included.
        pattern: How content and cue stand to each other.
        sentence: The cue's sentence, quotations whole.
    """

    cue: Cue
    content: Spans
    pattern: str
    sentence: Span


def find_reports(doc: Doc, cues: list[Cue], quotations: list[Quotation]) -> list[Report]:
    """A report for each cue that has content; the others report nothing we can show."""
    asides = [clause_of(cue) for cue in cues if _closes(doc, cue, quotations)]
    reports = []
    for cue in cues:
        found = _report(doc, cue, quotations, asides)
        if found and len(re.findall(r"\w+", _text(doc, found.content))) >= LEAST_WORDS:
            reports.append(found)
            reports.extend(_continued(doc, found, quotations))
    return _unless_reported(reports)


def _continued(doc: Doc, report: Report, quotations: list[Quotation]) -> list[Report]:
    """The quotation that begins the next sentence after one's cue: the same voice goes on.

    A claim of its own, because a sentence of its own: on the development articles joining the two
    cost 3 points of F1.
    """
    if report.pattern != "quote-before":
        return []
    end = max(clause_of(report.cue).end, report.content[-1].end)
    after = [mark for mark in quotations if mark.start >= end][:1]
    if not after or not NEXT_SENTENCE.fullmatch(doc.text[end : after[0].start]):
        return []
    content = _sentences_on(doc, (Span(*after[0][:2]),), quotations)
    return [Report(report.cue, content, "continued", report.sentence)]


def _unless_reported(reports: list[Report]) -> list[Report]:
    """Without the quotations that were taken to go on but have a cue of their own."""
    own = [span for made in reports if made.pattern != "continued" for span in made.content]
    return [
        made
        for made in reports
        if made.pattern != "continued"
        or not any(s < end and start < e for start, end in made.content for s, e in own)
    ]


def _report(doc: Doc, cue: Cue, quotations: list[Quotation], asides: list[Span]) -> Report | None:
    sentence = _sentence(cue.token.sent, quotations)
    if cue.rule == "according-to":
        content, pattern = _beside(doc, cue, sentence), "according-to"
    else:
        content, pattern = _of_verb(doc, cue, sentence, quotations)
    content = _whole_quotations(content, quotations, cue)
    content = _without_asides(doc, content, cue, asides)
    return Report(cue, content, pattern, sentence) if content else None


def _closes(doc: Doc, cue: Cue, quotations: list[Quotation]) -> bool:
    """Whether a cue ends its sentence after a comma, or goes on from another report.

    ", the agency reported." and ", according to X." report the whole sentence before them;
    ", adding that …" begins a report of its own. Neither belongs to what stands before it.
    """
    clause = clause_of(cue)
    sentence = _sentence(cue.token.sent, quotations)
    before = doc.text[sentence.start : clause.start].rstrip()
    if not before.endswith((",", '"', "”")):
        return False
    if cue.token.tag_ == "VBG" and cue.rule == "verb":
        return True
    after = doc.text[clause.end : sentence.end]
    return cue.mention is not None and not re.search(r"\w", after)


def _without_asides(doc: Doc, content: Spans, cue: Cue, asides: list[Span]) -> Spans:
    """Content cut where a later clause reports on its own account."""
    spans = []
    for start, end in content:
        cuts = [aside.start for aside in asides if max(start, cue.token.idx) < aside.start < end]
        trimmed = _trimmed(doc.text, Span(start, min(cuts))) if cuts else Span(start, end)
        if trimmed:
            spans.append(trimmed)
    return join_spans(spans)


def _of_verb(doc: Doc, cue: Cue, sentence: Span, quotations: list[Quotation]) -> tuple[Spans, str]:
    clause = clause_of(cue)
    before = _quotation_before(doc, clause, quotations)
    if before and VERB_CLASS.get(cue.token.lemma_.lower()) != "shows":
        start = min(before.start, _content_start(doc, before, sentence))
        content = [Span(start, before.end), *_going_on(doc, clause.end, sentence, quotations)]
        return join_spans(content), "quote-before"
    ahead = [mark for mark in quotations if cue.token.idx < mark.start < sentence.end]
    complement = _complement(cue) or _that_clause(doc, cue, sentence)
    if complement:
        if not ahead or ahead[0].start > complement.start + 1:
            return (complement,), "clause"
        whole = join_spans([complement, ahead[0][:2]])
        return _sentences_on(doc, whole, quotations), "quote-after"
    if ahead and _leads_to(doc, cue, ahead[0]):
        return _sentences_on(doc, (Span(*ahead[0][:2]),), quotations), "quote-after"
    return _without_clause(doc, cue, clause, sentence)


def _without_clause(doc: Doc, cue: Cue, clause: Span, sentence: Span) -> tuple[Spans, str]:
    """Content of a cue that neither a clause hangs on nor a quotation follows."""
    if _trails(doc, cue, clause, sentence):
        return _before(doc, sentence, clause), "trailing"
    if not is_loose(cue) and doc.text[clause.end : clause.end + 1] == ":":
        return _trim(doc.text, Span(clause.end + 1, sentence.end)), "colon"
    return (), ""


def clause_of(cue: Cue) -> Span:
    """Where a cue stands with the words that name its source."""
    start, end = cue.token.idx, cue.words[-1].end
    if cue.mention:
        first, last = cue.mention
        mention = span_of(first, last)
        near = 60  # code points; a source farther away belongs to another clause
        if mention.end <= start and start - mention.end < near:
            start = mention.start
        elif mention.start >= end and mention.start - end < near:
            end = mention.end
    return Span(start, end)


def _complement(cue: Cue) -> Span | None:
    """The clause that hangs on the verb and follows it."""
    verb = cue.token
    heads = [c for c in verb.children if c.dep_ in {"ccomp", "xcomp"} and c.i > verb.i]
    if not heads and VERB_CLASS.get(verb.lemma_.lower()) in {"asks", "promises"}:
        return None
    heads = [h for h in heads if h.dep_ == "ccomp" or h.tag_ == "TO" or _infinitive(h)]
    if not heads:
        return None
    first = min((t for h in heads for t in h.subtree if t.i > verb.i), key=lambda t: t.i)
    last = max((t for h in heads for t in h.subtree), key=lambda t: t.i)
    return _trimmed(verb.doc.text, span_of(first, last))


def _that_clause(doc: Doc, cue: Cue, sentence: Span) -> Span | None:
    """What follows "that" where the parser hung the clause elsewhere: "said in a call that …"."""
    if cue.rule != "verb" or VERB_CLASS[cue.token.lemma_.lower()] == "asks":
        return None
    for token in doc[cue.token.i + 1 : cue.token.i + 14]:
        if token.idx >= sentence.end or token.tag_ in {"VBD", "VBZ", "VBP", "MD"}:
            return None
        if token.lower_ == "that" and token.tag_ == "IN":
            rest = doc.text[token.idx + 4 : sentence.end]
            other = re.search(r", but (?=\w+(?:ed|d)\b)", rest)
            end = token.idx + 4 + other.start() if other else sentence.end
            return _trimmed(doc.text, Span(token.idx + 4, end))
    return None


def _infinitive(head: Token) -> bool:
    kinds = {"asks", "promises"}
    verb = head.head.lemma_.lower()
    return VERB_CLASS.get(verb) in kinds and any(c.tag_ == "TO" for c in head.children)


def _quotation_before(doc: Doc, clause: Span, quotations: list[Quotation]) -> Quotation | None:
    for mark in reversed(quotations):
        if mark.end > clause.start:
            continue
        gap = doc.text[mark.end : clause.start]
        ended = ENDED.fullmatch(doc.text[mark.end - 2 : mark.end] + gap)
        return mark if JOINT.fullmatch(gap) and "\n" not in gap and not ended else None
    return None


def _content_start(doc: Doc, mark: Quotation, sentence: Span) -> int:
    """Where content begins that ends in a quotation: `Ties are "close", she said`."""
    lead = FILLER.match(doc.text[sentence.start : mark.start])
    return min(mark.start, sentence.start + (lead.end() if lead else 0))


def _going_on(doc: Doc, end: int, sentence: Span, quotations: list[Quotation]) -> list[Span]:
    """The quotation's next part, after the cue: in the same sentence, or beginning the next."""
    rest = [mark for mark in quotations if mark.start >= end]
    if not rest:
        return []
    gap = doc.text[end : rest[0].start]
    if "\n" in gap:
        return []
    if rest[0].start >= sentence.end or re.search(r"[.?!]", gap):
        return []
    if not JOINT.fullmatch(gap) and "," not in gap[-3:]:
        return []
    return list(_sentences_on(doc, (Span(*rest[0][:2]),), quotations))


def _sentences_on(doc: Doc, content: Spans, quotations: list[Quotation]) -> Spans:
    """Content with the quotations that follow it directly, also over reopened paragraphs."""
    joined, last = list(content), content[-1]
    for mark in quotations:
        if mark.start < last.end:
            continue
        gap = doc.text[last.end : mark.start]
        if gap.strip() or ("\n" in gap and _closed(last, quotations)):
            break
        last = Span(mark.start, mark.end)
        joined.append(last)
    return join_spans(joined)


def _closed(span: Span, quotations: list[Quotation]) -> bool:
    return any(mark.end == span.end and mark.closed for mark in quotations)


def _leads_to(doc: Doc, cue: Cue, mark: Quotation) -> bool:
    """Whether a cue leads up to a quotation: by a comma or colon, or a few words at most."""
    gap = doc.text[cue.words[-1].end : mark.start]
    if gap.rstrip()[-1:] in {",", ":"}:
        return True
    words = len(re.findall(r"\w+", doc.text[mark.start : mark.end]))
    return len(gap.split()) <= SCARE_WORDS < words and not is_loose(cue)


def _trails(doc: Doc, cue: Cue, clause: Span, sentence: Span) -> bool:
    """Whether a clause comes after a comma with words before it that it can report."""
    shows = VERB_CLASS.get(cue.token.lemma_.lower()) == "shows"
    objects = any(c.dep_ in {"dobj", "ccomp"} and c.i > cue.token.i for c in cue.token.children)
    after = doc.text[clause.end : sentence.end].split()
    if cue.mention is None or shows or objects or len(after) > 8:  # noqa: PLR2004
        return False
    before = doc.text[sentence.start : clause.start].rstrip()
    return before.endswith((",", "”", '"')) and cue.token.dep_ not in {"relcl", "acl", "advcl"}


def _before(doc: Doc, sentence: Span, clause: Span) -> Spans:
    return _trim(doc.text, Span(sentence.start, clause.start))


def _beside(doc: Doc, cue: Cue, sentence: Span) -> Spans:
    """What "according to X" leaves of its sentence."""
    if cue.mention is None:
        return ()
    start, end = cue.token.idx, span_of(*cue.mention).end
    lead = doc.text[sentence.start : start].strip(' ,;"“')
    if len(lead) > 12:  # noqa: PLR2004 - more than "However" or "But"
        return _before(doc, sentence, Span(start, end))
    rest = doc.text[end : sentence.end]
    comma = re.match(r"[^,]{0,60}?,", rest)
    return _trim(doc.text, Span(end + (comma.end() if comma else 0), sentence.end))


def _whole_quotations(content: Spans, quotations: list[Quotation], cue: Cue) -> Spans:
    """No quotation is cut in half, unless the cue itself stands between its halves."""
    spans = list(content)
    for start, end, _ in quotations:
        if any(start < s.end and s.start < end for s in content) and not (
            start < cue.token.idx < end
        ):
            spans.append(Span(start, end))
    return join_spans(spans)


def _sentence(words: Words, quotations: list[Quotation]) -> Span:
    """A sentence, made whole where the parser ended it inside a quotation."""
    start, end = words.start_char, words.end_char
    for mark in quotations:
        if mark.start < start < mark.end:
            start = mark.start
    text = words.doc.text
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return Span(start, end)


def _trim(text: str, span: Span) -> Spans:
    trimmed = _trimmed(text, span)
    return (trimmed,) if trimmed else ()


def _trimmed(text: str, span: Span) -> Span | None:
    """A span without the conjunction before it and the punctuation around it."""
    start, end = span
    lead = FILLER.match(text[start:end])
    start += lead.end() if lead else 0
    while end > start and text[end - 1] in " \n\t,;:.":
        end -= 1
    return Span(start, end) if start < end else None


def _text(doc: Doc, content: Spans) -> str:
    return " ".join(doc.text[start:end] for start, end in content)
