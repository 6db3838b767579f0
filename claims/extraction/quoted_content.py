"""Content in quotation marks: before the cue, after it, on both sides, over sentences."""

import re
from collections.abc import Iterator, Sequence

from claims.extraction.adjuncts import interrupts
from claims.extraction.cue import Cue, entry_of
from claims.extraction.lexicon import VERBS
from claims.extraction.parsed_article import ParsedArticle
from claims.extraction.quotation import (
    Quotation,
    last_before,
    marks_at,
    marks_from,
    quotation_at,
)
from claims.extraction.report import Report
from claims.extraction.syntax import (
    FINITE,
    SUBJECTS,
    adds,
    children_after,
    extent,
    has_child,
    is_verb,
    sentence_of,
    span_of,
)
from claims.extraction.trimming import FILLER, WORD
from claims.model.span import Span, Spans, join_spans

# What may stand between a quotation and the clause that reports it.
JOINT = re.compile(r"[\s,.?!:;—–-]*")
# The first words of a name with its title, where the parser hangs them elsewhere.
TITLE = re.compile(r" (?:[A-Z][\w.-]* ){1,3}")
# A quotation that describes the noun after it: `warned against a “one-size-fits-all” approach`.
MODIFIED = re.compile(r"\b(?:an?|the|his|her|its|their)\s[\"“‘'«][^\"”’'»\n]*[\"”’'»] \w$")
# What a speaker does between two parts of a quotation: `“…, and” – she paused – “…”`.
PAUSE = re.compile(r"\s*(?:[–—-]|--)\s[^\n.?!:;“”\"–—]{1,40}\s(?:[–—-]|--)\s*")
# What ties the second half of a quotation to the first: `“…,” he said, but “…”`.
LINK = re.compile(r",? (?:and|but|because|so|or|that)(?: that)? ")
# A quotation that ends its own sentence is not reported by the next one.
ENDED = re.compile(r"[.][\"”»'’][\s]*")
# The rest of a cue's sentence, up to the quotation that begins the next one or the next paragraph.
ABBREVIATED = (
    r"(?<=\b[A-Z])\.|(?<=\bMr)\.|(?<=\bMrs)\.|(?<=\bMs)\.|(?<=\bDr)\."
    r"|(?<=[A-Z][a-z][a-z])\.(?= [A-Z])|\.(?=[\w,)])"
)
NEXT_SENTENCE = re.compile(rf"(?:[^.\n\"“”]|{ABBREVIATED}){{0,240}}[.:;!?]\s*")
REACH = 12
"""Tokens after a verb in which another can take a quotation from it: `said, adding: "…"`."""

NAME = 60
"""Code points between a quotation and its verb that a name and a description can fill."""

TITLE_WORDS = 6
SMALL = frozenset({"a", "an", "and", "at", "for", "in", "of", "on", "the", "to", "with"})
"""Words that a title prints in small letters."""

LEAD = re.compile(r"(?:\s\w+){0,3}[,:]?\s*")
"""What stands between a cue and the inner quotation that it reports: "told the boys: ‘…’"."""

OPENERS = ("“", '"', "«", "‘")

CLAUSE_END = ("", ".", ",", ";", "!", "?", "\n")
"""What follows a quotation that is all that was said."""

SCARE_WORDS = 3
"""A quotation this short, without a comma or colon before it, is a turn of phrase."""


def before_cue(article: ParsedArticle, cue: Cue, sentence: Span) -> Spans:
    """`"…," she said`, with what goes on after the cue in the same sentence."""
    before = _quotation_before(article, cue.clause)
    if before is None or _is_circumstance(article, cue, before, sentence):
        return ()
    if _begins_anew(article, cue, before):
        return ()
    if _is_reported_before(cue, before, sentence):
        return ()
    start = _content_start(article.text, before, sentence)
    rest = _rest_of_quotation(article, cue.clause.end, sentence)
    return join_spans([Span(start, before.end), *rest])


def _is_reported_before(cue: Cue, mark: Quotation, sentence: Span) -> bool:
    """Whether another verb has a quotation in its clause: `While Quill said it was “bad,” he …`."""
    lead = (t for t in sentence_of(cue.token) if sentence.start <= t.idx < mark.start)
    return any(
        t.lower_ in VERBS
        and t.tag_ in FINITE
        and has_child(t, "nsubj")
        and any(c.right_edge.idx >= mark.start for c in children_after(t, "ccomp"))
        for t in lead
    )


def within(article: ParsedArticle, cue: Cue) -> Spans:
    """The inner quotation that a cue within a quotation reports: `“They said, ‘No,’ and left”`."""
    outer = quotation_at(article.quotations, cue.token.idx)
    if outer is None or not cue.entry.takes("quote"):
        return ()
    inner = article.within(outer)
    end = cue.words[-1].end
    after = next(marks_from(inner, end), None)
    if after is not None and LEAD.fullmatch(article.text, end, after.start):
        return (after.span,)
    before = last_before(inner, cue.clause.start - 1)
    if before is None or before.end > cue.clause.start:
        return ()
    if article.text[before.end - 2] not in ",?!":
        return ()
    return (before.span,) if not article.text[before.end : cue.clause.start].strip() else ()


def before_quoting(article: ParsedArticle, cue: Cue, sentence: Span) -> Spans:
    """`"…," the agency quoted Quill as saying`: the quotation before both of them."""
    quoting = next(t for t in sentence_of(cue.token) if t.idx == cue.words[0].start)
    starts = [span_of(*extent(t)).start for t in quoting.children if t.dep_ in SUBJECTS]
    first = min([quoting.idx, *starts])
    mark = last_before(article.quotations, first - 1)
    if mark is None or mark.end > first or first - mark.end > NAME:
        return ()
    gap = article.text[mark.end : first]
    if "\n" in gap or article.text[mark.end - 2] not in ",?!":
        return ()
    return join_spans([Span(_content_start(article.text, mark, sentence), mark.end)])


def _quotation_before(article: ParsedArticle, clause: Span) -> Quotation | None:
    """The quotation that ends right before a cue's clause, in the same sentence."""
    mark = last_before(article.quotations, clause.start - 1)
    if mark is None or mark.end > clause.start:
        return None
    gap = article.text[mark.end : clause.start]
    titled = article.text[mark.end - 2] == "," and TITLE.fullmatch(gap)
    if not (JOINT.fullmatch(gap) or titled) or "\n" in gap:
        return None
    if _ends_sentence(article.text, mark, gap):
        return None
    return mark


def _begins_anew(article: ParsedArticle, cue: Cue, before: Quotation) -> bool:
    """Whether a cue has its own quotation after a colon: `“Why?” The mayor replied: “…”`."""
    text = article.text
    if text[before.end - 2] not in ".?!":
        return False
    return re.match(r"\s*:\s*[\"“‘'«]", text[cue.clause.end : cue.clause.end + 4]) is not None


def _ends_sentence(text: str, mark: Quotation, gap: str) -> bool:
    """Whether a quotation ends a sentence of its own, by its last sign or one in the gap."""
    last = text[max(0, mark.end - 4) : mark.end].rstrip("\"”»'’")[-1:]
    ended = ENDED.fullmatch(last + text[mark.end - 1] + gap)
    return ended is not None or re.search(r"[.?!]", gap) is not None


def _is_circumstance(article: ParsedArticle, cue: Cue, mark: Quotation, sentence: Span) -> bool:
    """Whether a quotation belongs to the circumstances: `Asked about "the bridge," he said that …`.

    Also to a name that is a title: `A star of "Harbour Talk," she charmed them`.
    """
    lead = article.text[sentence.start : mark.start].split()
    inner = article.text[mark.start + 1 : mark.end - 1].split()
    if not lead or not inner:
        return False
    if any(c.idx > cue.token.idx for c in children_after(cue.token, "ccomp")):
        return True
    if len(inner) > TITLE_WORDS or not cue.entry.takes("open"):
        return False
    titled = all(word[:1].isupper() or word.lower() in SMALL for word in inner)
    return titled and has_child(cue.token, "dobj")


def _content_start(text: str, mark: Quotation, sentence: Span) -> int:
    """Where content begins that ends in a quotation: `Ties are "close", she said`."""
    lead = FILLER.match(text[sentence.start : mark.start])
    return min(mark.start, sentence.start + (lead.end() if lead else 0))


def _rest_of_quotation(article: ParsedArticle, end: int, sentence: Span) -> Spans:
    """The quotation's next part, after the cue, in the same sentence."""
    rest = quotation_from(article, end)
    if rest is None or rest.start >= sentence.end:
        return ()
    gap = article.text[end : rest.start]
    if "\n" in gap or re.search(r"[.?!;]", gap) or _somebody_else_speaks(article, end, rest.start):
        return ()
    if not (JOINT.fullmatch(gap) or LINK.fullmatch(gap)) and "," not in gap[-3:]:
        return ()
    return follow(article, (rest.span,))


def _somebody_else_speaks(article: ParsedArticle, start: int, end: int) -> bool:
    """Whether another verb with a subject leads to a quotation: `…, and Stone added, “…”`."""
    words = article.doc.char_span(start, end, alignment_mode="contract") if start < end else None
    if words is None:
        return False
    return any(is_verb(t) and entry_of(t)[0] and has_child(t, "nsubj") for t in words)


def quotation_from(article: ParsedArticle, offset: int) -> Quotation | None:
    """The first quotation that begins at or after an offset."""
    return next(marks_from(article.quotations, offset), None)


def after_cue(article: ParsedArticle, cue: Cue, sentence: Span) -> Spans:
    """`she said: "…"`."""
    mark = ahead(article, cue, sentence)
    if mark is None or not _leads_to(article, cue, mark) or _is_added(article, cue, mark):
        return ()
    if interrupts(article, cue, sentence):
        return ()
    return follow(article, (mark.span,))


def ahead(article: ParsedArticle, cue: Cue, sentence: Span) -> Quotation | None:
    """The next quotation that begins after the cue in its sentence, or right after a colon."""
    text = article.text
    mark = quotation_from(article, max(cue.token.idx, cue.words[-1].start) + 1)
    if mark is None or mark.start < sentence.end:
        return mark
    gap = text[sentence.end - 1 : mark.start]
    return mark if re.fullmatch(r"[:,]\s*", gap) else None


def follow(article: ParsedArticle, content: Spans) -> Spans:
    """Content with the quotations that follow it directly, also over reopened paragraphs."""
    spans, last = list(content), content[-1]
    for mark in marks_from(article.quotations, last.end):
        gap = article.text[last.end : mark.start]
        paused = PAUSE.fullmatch(gap) is not None
        if (gap.strip() and not paused) or ("\n" in gap and _is_closed(last, article.quotations)):
            break
        last = mark.span
        spans.append(last)
    return join_spans(spans)


def _is_closed(span: Span, quotations: Sequence[Quotation]) -> bool:
    return any(mark.end == span.end and mark.closed for mark in marks_at(quotations, span))


def _is_added(article: ParsedArticle, cue: Cue, mark: Quotation) -> bool:
    """Whether another verb stands nearer to a quotation: `…, she said, adding: "…"`."""
    between = article.doc[cue.token.i + 1 : cue.token.i + REACH]
    return any(adds(t) and t.lower_ in VERBS for t in between if t.idx < mark.start)


def _leads_to(article: ParsedArticle, cue: Cue, mark: Quotation) -> bool:
    """Whether a cue leads up to a quotation: by a comma or colon, or a few words at most."""
    gap = article.text[cue.words[-1].end : mark.start]
    lead = gap.rstrip()[-1:]
    if lead == ":" or (lead == "," and not cue.entry.takes("open")):
        return True
    if re.search(r"[.?!;]\s", gap):
        return False
    if MODIFIED.search(article.text[cue.words[-1].end : mark.end + 2]):
        return False
    words = len(WORD.findall(article.text, mark.start, mark.end))
    if not gap.strip() and cue.token.tag_ in FINITE:
        ended = article.text[mark.end : mark.end + 1] in CLAUSE_END  # `Quill said “no”.`
        return ended and not cue.entry.takes("open", "faint")
    return len(gap.split()) <= SCARE_WORDS < words and not cue.entry.takes("open")


def continuation(article: ParsedArticle, report: Report) -> Spans:
    """The quotation that begins the next sentence after a report's cue: the same voice goes on."""
    if report.pattern not in {"quote-before", "trailing"}:
        return ()
    end = max(report.cue.clause.end, report.content[-1].end)
    after = quotation_from(article, end)
    if after is None or not NEXT_SENTENCE.fullmatch(article.text[end : after.start]):
        return ()
    if "\n" in article.text[end : after.start] and not _fills_paragraph(article.text, after):
        return ()
    return follow(article, (after.span,))


def next_paragraph(article: ParsedArticle, end: int) -> Spans:
    """The quotation that is all of the paragraph after an offset."""
    after = quotation_from(article, end)
    if after is None or article.text[end : after.start].strip():
        return ()
    return follow(article, (after.span,)) if _fills_paragraph(article.text, after) else ()


def paragraphs_before(article: ParsedArticle, first: Span) -> Iterator[Quotation]:
    """The paragraphs of a quotation before the one that its cue stands in.

    Each begins with a mark and none closes: `“It was shut.` ⏎ `“It is safe,” she said`.
    """
    start = first.start
    while start and (mark := last_before(article.quotations, start - 1)) is not None:
        gap = article.text[mark.end : start]
        if mark.closed or gap.strip() or not article.text.startswith(OPENERS, start):
            return
        yield mark
        start = mark.start


def _fills_paragraph(text: str, mark: Quotation) -> bool:
    return mark.end == len(text) or text[mark.end : mark.end + 2].strip() == ""
