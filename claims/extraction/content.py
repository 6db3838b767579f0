"""Finds the words that each cue reports, rule by rule."""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from claims.extraction import adjuncts, clauses, quoted
from claims.extraction.cue import Cue, only_modifiers
from claims.extraction.lead import find_leads
from claims.extraction.quotation import Quotation, quotation_at
from claims.extraction.report import Reading, Report
from claims.extraction.syntax import FINITE, children, out_of_tense
from claims.extraction.trimming import count_words, trim_all
from claims.model.span import Span, Spans, join_spans

Rule = Callable[[Reading, Cue, Span], Spans]
LEAST_WORDS = 2
TIE = re.compile(r"\b(?:with|and|but) $")


def _speaks(cue: Cue) -> bool:
    """Whether a verb can report the quotation before it; a participle has the words after it."""
    return cue.entry.takes("quote") and cue.token.tag_ != "VBG"


# Behind each rule what it gains in end-to-end F1 on the development articles and on PolNeAR's
# development part, all others kept. The articles' annotators marked clauses only, so the rules for
# phrases ("called it …", "accused them of …") cost there what they gain elsewhere.
VERB_RULES: tuple[tuple[str, Rule], ...] = (
    ("quote-before", quoted.before_cue),  # +0.7 +1.2; most of them are clauses to the parser too
    ("clause", clauses.clause),  # +19.9 +7.7
    ("label", clauses.labelled),  # -0.8 +0.5
    ("infinitive", clauses.infinitive),  # -0.8 +0.7
    ("quote-after", quoted.after_cue),  # +0.5 +0.2
    ("preposition", clauses.prepositional),  # -0.4 +0.6
    ("shown", clauses.shown),  # 0.0 +0.3
    ("object", clauses.object_),  # -0.8 +1.3
    ("bare", clauses.bare),  # +1.7 +0.1
    ("trailing", adjuncts.trailing),  # 0.0 +2.1
    ("colon", adjuncts.colon),  # 0.0 0.0
)
"""Tried in this order; the first that gives words wins."""

RULES: dict[str, tuple[tuple[str, Rule], ...]] = {
    "verb": VERB_RULES,
    "quoted-as": (("clause", clauses.clause), ("quote-after", quoted.after_cue)),
    "noun": (("clause", clauses.clause),),  # +0.7 +0.1
    "according-to": (("beside", adjuncts.according),),  # +5.5 +1.1
    "according-to-quoting": (("beside", adjuncts.according),),  # -1.1 0.0
    "as-said": (("beside", adjuncts.according),),  # 0.0 0.0
    "colon": (("colon", adjuncts.colon),),  # +0.7 +0.2
    "headline": (("headline", adjuncts.headline),),  # 0.0 0.0
    "signed": (("signed", adjuncts.headline),),  # -0.4 +0.8
    "headline-verb": (("headline", adjuncts.rest_of_line),),  # +0.7 0.0
}


def find_reports(doc: Doc, cues: Sequence[Cue], quotations: Sequence[Quotation]) -> list[Report]:
    """A report for each cue that has content; the others report nothing we can show."""
    reading = Reading(doc, quotations)
    first = [found for cue in cues if (found := _report(reading, cue)) is not None]
    reading.asides = [
        _opening(reading, made.cue) for made in first if not made.quoted and _closes(reading, made)
    ]
    reports = [found for made in first if (found := _cut(reading, made)) is not None]
    reports = _with_what_follows(reading, reports)
    return [*reports, *find_leads(reading, reports)]


def _cut(reading: Reading, made: Report) -> Report | None:
    content = _without_asides(reading, made.content, made.cue)
    return replace(made, content=content) if count_words(reading.text, content) > 1 else None


def _opening(reading: Reading, cue: Cue) -> Span:
    """A cue's clause with the "with", "and" or "but" that ties it to what stands before it."""
    start, end = cue.clause
    tie = TIE.search(reading.text, max(0, start - 8), start)
    return Span(tie.start() if tie else start, end)


def _report(reading: Reading, cue: Cue) -> Report | None:
    sentence = reading.sentence(cue)
    for pattern, rule in RULES[cue.rule]:
        if pattern == "quote-before" and not _speaks(cue):
            continue
        content = rule(reading, cue, sentence)
        if not content:
            continue
        if pattern in {"clause", "label", "infinitive", "preposition", "object"}:
            content = _with_quotation(reading, cue, content, sentence)
        content = _whole_quotations(content, reading.quotations, cue)
        if count_words(reading.text, content) >= LEAST_WORDS:
            marked = any(m.start < e and s < m.end for m in reading.quotations for s, e in content)
            quoted_ = quotation_at(reading.quotations, cue.token.idx) is not None
            return Report(cue, content, pattern, sentence, marked=marked, quoted=quoted_)
    return None


def _with_quotation(reading: Reading, cue: Cue, content: Spans, sentence: Span) -> Spans:
    """A clause that leads into a quotation takes it along."""
    mark = quoted.ahead(reading, cue, sentence)
    if mark is not None and content[0].start - 2 <= mark.start <= content[-1].end + 1:
        content = _whole_quotations(join_spans([*content, mark[:2]]), reading.quotations, cue)
        content = quoted.follow(reading, content)
    # "told them it was 'bad': 'Worse …'": the quotation after a colon goes on with it.
    end = content[-1].end
    after = next((m for m in reading.quotations if m.start >= end), None)
    if after and re.fullmatch(r"\s*:\s*", reading.text[end : after.start]):
        return quoted.follow(reading, join_spans([*content, after[:2]]))
    return content


def _closes(reading: Reading, made: Report) -> bool:
    """Whether a report ends its sentence after a comma, or goes on from another report.

    ", the agency reported." and ", according to X." report the whole sentence before them;
    ", adding that …" and "and one in four said …" are reports of their own. None of them belongs to
    what stands before it.
    """
    cue = made.cue
    sentence, clause = reading.sentence(cue), cue.clause
    before = reading.text[sentence.start : clause.start].rstrip()
    if made.pattern == "beside" and before:
        return True
    if cue.rule == "verb" and made.content[0].start > clause.start:
        own = any(children(cue.token, "nsubj"))
        if cue.token.tag_ == "VBG":
            return before.endswith((",", '"', "”", "''", "—", "–")) or (
                own and before.endswith("with")
            )
        if cue.token.dep_ != "conj" or not before.endswith((" and", " but", ",")):
            return False
        # "said he was resting and vowed to return": the second verb is the speaker's, not inside.
        finite = cue.token.tag_ in FINITE and cue.token.head.tag_ not in FINITE
        return own or finite or out_of_tense(cue.token)
    if not before.endswith((",", '"', "”", "''")):
        return False
    return cue.mention is not None and only_modifiers(cue, clause.end, sentence.end)


def _without_asides(reading: Reading, content: Spans, cue: Cue) -> Spans:
    """Content cut where a later clause reports on its own account."""
    spans: list[Span] = []
    for start, end in content:
        cuts = [a.start for a in reading.asides if max(start, cue.token.idx) < a.start < end]
        spans += trim_all(reading.text, [Span(start, min(cuts))]) if cuts else [Span(start, end)]
    return join_spans(spans)


def _whole_quotations(content: Spans, quotations: Sequence[Quotation], cue: Cue) -> Spans:
    """No quotation is cut in half, unless the cue itself stands between its halves or in it."""
    spans = list(content)
    first = max(0, bisect_right(quotations, content[0].start, key=_start) - 1)
    for start, end, _ in quotations[first:]:
        if start >= content[-1].end:
            break
        if not start < cue.token.idx < end and any(
            start < s.end and s.start < end for s in content
        ):
            spans.append(Span(start, end))
    return join_spans(spans)


def _start(mark: Quotation) -> int:
    return mark.start


def _with_what_follows(reading: Reading, reports: list[Report]) -> list[Report]:
    """Each report with the quotation that goes on after it, unless that has a cue of its own.

    -1.1 on the development articles, +2.4 on PolNeAR: decision 0004.
    """
    own = [span for made in reports if not made.quoted for span in made.content]
    joined = []
    for made in reports:
        more = quoted.goes_on(reading, made)
        if not more or any(s < end and start < e for start, end in more for s, e in own):
            joined.append(made)
        elif "\n" in reading.text[made.content[-1].end : more[0].start]:
            joined += [made, replace(made, content=more, pattern="continued", marked=True)]
        else:
            joined.append(replace(made, content=join_spans([*made.content, *more])))
    return joined
