"""Finds the words that each cue reports, rule by rule."""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from claims.extraction import adjuncts, clauses, objects, quoted_content
from claims.extraction.carriers import without_place_of_reading
from claims.extraction.cue import Cue, only_modifiers
from claims.extraction.parsed_article import ParsedArticle
from claims.extraction.quotation import Quotation, is_marked, marks_at, quotation_at
from claims.extraction.report import Report, Reported
from claims.extraction.syntax import FINITE, has_child, out_of_tense
from claims.extraction.trimming import count_words, trim_all
from claims.extraction.uncued_quotations import find_uncued_quotations
from claims.model.kinds import Mode
from claims.model.span import Span, Spans, join_spans

Rule = Callable[[ParsedArticle, Cue, Span], Spans]
LEAST_WORDS = 2
CONTRAST = re.compile(r", (?:while|whereas|although|though)$")
TIE = re.compile(r"\b(?:(?:with|and|but)(?: (?:also|later|then))?|while|whereas|although|though) $")
LONGEST_TIE = 16
"""Code points that "with", "and also" and their like take up with a blank before them."""

JOINED = re.compile(r"(?: and| but|,)(?: (?:also|later|then))?$")
WITH_QUOTATION = frozenset({"clause", "label", "infinitive", "preposition", "object"})
"""Patterns whose content takes along the quotation that it leads into."""


def _speaks(cue: Cue) -> bool:
    """Whether a verb can report the quotation before it; a participle has the words after it."""
    return cue.entry.takes("quote") and (cue.token.tag_ != "VBG" or cue.rule == "quoted-as")


# Behind each rule what it gains in end-to-end F1 on the development articles and on PolNeAR's
# development part, all others kept. The articles' annotators marked clauses only, so the rules for
# phrases ("called it …", "accused them of …") cost there what they gain elsewhere.
VERB_RULES: tuple[tuple[str, Rule], ...] = (
    ("quote-before", quoted_content.before_cue),  # +0.7 +1.2; most are clauses to the parser too
    ("clause", clauses.clause),  # +19.9 +7.7
    ("label", objects.label),  # -0.8 +0.5
    ("infinitive", objects.infinitive),  # -0.8 +0.7
    ("quote-after", quoted_content.after_cue),  # +0.5 +0.2
    ("preposition", objects.prepositional_object),  # -0.4 +0.6
    ("shown", objects.evidence),  # 0.0 +0.3
    ("object", objects.direct_object),  # -0.8 +1.3
    ("bare", clauses.bare_clause),  # +1.7 +0.1
    ("trailing", adjuncts.trailing),  # 0.0 +2.1
    ("colon", adjuncts.colon),  # 0.0 0.0
)
"""Tried in this order; the first that gives words wins. The names are stored with the claims."""

RULES: dict[str, tuple[tuple[str, Rule], ...]] = {
    "verb": VERB_RULES,
    "quoted-as": (
        ("quote-before", quoted_content.before_quoting),
        ("clause", clauses.clause),
        ("quote-after", quoted_content.after_cue),
    ),
    "told": (
        ("clause", clauses.clause),
        ("infinitive", objects.infinitive),
    ),
    "heard": (
        ("quote-before", quoted_content.before_cue),
        ("clause", clauses.clause),
        ("trailing", adjuncts.trailing),
    ),
    "noun": (("clause", clauses.clause),),  # +0.7 +0.1
    "according-to": (("beside", adjuncts.according_to),),  # +5.5 +1.1
    "according-to-quoting": (("beside", adjuncts.according_to),),  # -1.1 0.0
    "as-said": (("beside", adjuncts.according_to),),  # 0.0 0.0
    "colon": (("colon", adjuncts.colon),),  # +0.7 +0.2
    "headline": (("headline", adjuncts.headline),),  # 0.0 0.0
    "signed": (("signed", adjuncts.signed),),  # -0.4 +0.8
    "headline-verb": (("headline", adjuncts.rest_of_line),),  # +0.7 0.0
}


def find_reports(doc: Doc, cues: Sequence[Cue], quotations: Sequence[Quotation]) -> list[Report]:
    """A report for each cue that has content; the others report nothing we can show."""
    article = ParsedArticle(doc, quotations)
    whole = [report for cue in cues if (report := _report(article, cue)) is not None]
    article.asides = sorted(
        _with_tie(article, report.cue)
        for report in whole
        if not report.quoted and _is_aside(article, report)
    )
    cut = [_without_asides(article, report) for report in whole]
    reports = [
        r for r in cut if count_words(article.text, r.content) >= _least_words(article, r.content)
    ]
    reports = _with_continuations(article, reports)
    return [*reports, *find_uncued_quotations(article, reports)]


def _with_tie(article: ParsedArticle, cue: Cue) -> Span:
    """A cue's clause with the "with", "and" or "but" that ties it to what stands before it."""
    start, end = cue.clause
    tie = TIE.search(article.text, max(0, start - LONGEST_TIE), start)
    return Span(tie.start() if tie else start, end)


def _report(article: ParsedArticle, cue: Cue) -> Report | None:
    """What the first rule that fits a cue reads as its content."""
    sentence = article.sentence(cue)
    inner = quoted_content.within(article, cue) if cue.rule == "verb" else ()
    if inner:
        return Report(cue, inner, "quote-after", sentence, marked=True, quoted=True)
    for pattern, rule in RULES[cue.rule]:
        if pattern == "quote-before" and not _speaks(cue):
            continue
        content = rule(article, cue, sentence)
        if not content:
            continue
        if pattern in WITH_QUOTATION:
            content = _with_quotation(article, cue, content, sentence)
        if pattern in {"clause", "trailing"}:
            last = without_place_of_reading(article.text, content[-1])
            content = (*content[:-1], last)
        content = _whole_quotations(content, article.quotations, cue)
        if count_words(article.text, content) >= _least_words(article, content):
            marked = is_marked(content, article.quotations)
            quoted = quotation_at(article.quotations, cue.token.idx) is not None
            asking = _asking(cue) if pattern == "infinitive" else cue
            return Report(asking, content, pattern, sentence, marked=marked, quoted=quoted)
    return None


def _asking(cue: Cue) -> Cue:
    """The cue of an act that somebody is told to do: "told them to stay" asks."""
    if cue.entry.mode is not Mode.SAYS or not cue.entry.takes("hearer"):
        return cue
    return replace(cue, entry=replace(cue.entry, mode=Mode.ASKS))


def _least_words(article: ParsedArticle, content: Spans) -> int:
    """How many words content has at least: one where it is a quotation, `“No,” she said`."""
    marks = marks_at(article.quotations, content[0]) if content else iter(())
    return 1 if any(mark.start <= content[0].start for mark in marks) else LEAST_WORDS


def _with_quotation(article: ParsedArticle, cue: Cue, content: Spans, sentence: Span) -> Spans:
    """A clause that leads into a quotation takes it along."""
    mark = quoted_content.ahead(article, cue, sentence)
    if mark is not None and content[0].start - 2 <= mark.start <= content[-1].end + 1:
        content = _whole_quotations(join_spans([*content, mark.span]), article.quotations, cue)
        content = quoted_content.follow(article, content)
    # "told them it was 'bad': 'Worse …'": the quotation after a colon goes on with it.
    end = content[-1].end
    after = quoted_content.quotation_from(article, end)
    if after and re.fullmatch(r"\s*:\s*", article.text[end : after.start]):
        return quoted_content.follow(article, join_spans([*content, after.span]))
    return content


def _is_aside(article: ParsedArticle, report: Report) -> bool:
    """Whether a report ends its sentence after a comma, or goes on from another report.

    ", the agency reported." and ", according to X." report the whole sentence before them;
    ", adding that …" and "and one in four said …" are reports of their own. None of them belongs to
    what stands before it.
    """
    cue = report.cue
    sentence, clause = article.sentence(cue), cue.clause
    before = article.text[sentence.start : clause.start].rstrip()
    if report.pattern == "beside" and before:
        return True
    if cue.rule == "verb" and report.content[0].start > clause.start:
        return _goes_on(cue, before)
    if cue.mention is None or not before.endswith((",", '"', "”", "''")):
        return False
    return only_modifiers(cue, clause.end, sentence.end)


def _goes_on(cue: Cue, before: str) -> bool:
    """Whether a verb reports on its own account after what stands before it in its sentence."""
    verb = cue.token
    has_subject = has_child(verb, "nsubj")
    if verb.tag_ == "VBG":
        after_with = has_subject and before.endswith("with")
        return after_with or before.endswith((",", '"', "”", "''", "—", "–"))
    if verb.dep_ == "advcl" and has_subject and CONTRAST.search(before):
        return True
    if verb.dep_ != "conj" or not JOINED.search(before):
        return False
    # "said he was resting and vowed to return": the second verb is the speaker's, not inside.
    finite = verb.tag_ in FINITE and verb.head.tag_ not in FINITE
    return has_subject or finite or out_of_tense(verb)


def _without_asides(article: ParsedArticle, report: Report) -> Report:
    """A report whose content is cut where a later clause reports on its own account."""
    spans: list[Span] = []
    for start, end in report.content:
        first = max(start, report.cue.token.idx)
        next_aside = bisect_right(article.asides, first, key=_start)
        cut = article.asides[next_aside].start if next_aside < len(article.asides) else end
        spans += trim_all(article.text, [Span(start, cut)]) if cut < end else [Span(start, end)]
    return replace(report, content=join_spans(spans))


def _whole_quotations(content: Spans, quotations: Sequence[Quotation], cue: Cue) -> Spans:
    """No quotation is cut in half, unless the cue itself stands between its halves or in it."""
    marks = (mark for span in content for mark in marks_at(quotations, span))
    whole = [mark.span for mark in marks if not mark.start < cue.token.idx < mark.end]
    return join_spans([*content, *whole])


def _start(span: Span) -> int:
    return span.start


def _with_continuations(article: ParsedArticle, reports: Sequence[Report]) -> list[Report]:
    """Each report with the quotation that goes on after it, unless that has a cue of its own.

    A cue within a quotation reports nothing beyond it. -1.1 on the development articles, +2.4 on
    PolNeAR: decision 0004.
    """
    reported = Reported(span for report in reports if not report.quoted for span in report.content)
    continued: list[Report] = []
    for report in reports:
        more = () if report.quoted else quoted_content.continuation(article, report)
        if not more or any(reported.touches(one) for one in more):
            continued.append(report)
        elif "\n" in article.text[report.content[-1].end : more[0].start]:
            continued.append(report)
            while more and not any(reported.touches(one) for one in more):
                following = replace(report, content=more, pattern="continued", marked=True)
                continued.append(following)
                more = quoted_content.next_paragraph(article, more[-1].end)
        else:
            continued.append(replace(report, content=join_spans([*report.content, *more])))
    earlier = [
        replace(report, content=(mark.span,), pattern="continued", marked=True)
        for report in continued
        if not report.quoted
        for mark in quoted_content.paragraphs_before(article, report.content[0])
        if not reported.touches(mark.span)
    ]
    return [*continued, *earlier]
