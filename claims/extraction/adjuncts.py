"""Content that the cue stands beside: "…, she said", "…, she said, …", "according to"."""

import re

from claims.extraction.cue import Cue
from claims.extraction.report import Reading
from claims.extraction.syntax import FINITE, NOUNS, children, sentence_of, span_of
from claims.extraction.trimming import count_words, trim, trim_all
from claims.model.span import Span, Spans

LEAD = 12
"""Code points. Less than this before "according to" is a "However" or "But"."""

QUOTING = re.compile(r",? (?:quoting|citing) [^,\n]{1,80},")
SETTING = frozenset({"advcl", "prep", "npadvmod", "advmod", "cc", "mark", "det", "aux"})
ENDS = (",", "”", '"', "''", "—", "–", "--", "?", "!")


def trailing(reading: Reading, cue: Cue, sentence: Span) -> Spans:
    """As in "The bridge is safe, she said", and "The bridge, she said, is safe"."""
    if not _stands_aside(reading, cue, sentence):
        return ()
    text, clause = reading.text, cue.clause
    before = Span(sentence.start, clause.start)
    after = _resumed(reading, cue, sentence)
    content = trim_all(text, [before] if after is None else [before, after])
    return content if count_words(text, content) > 1 else ()


def _stands_aside(reading: Reading, cue: Cue, sentence: Span) -> bool:
    """Whether a clause comes after a comma with words before it that it can report."""
    verb = cue.token
    if cue.mention is None or cue.pronoun is not None or cue.entry.takes("faint", "open"):
        return False
    if verb.tag_ == "VBG" or verb.dep_ in {"relcl", "acl", "xcomp", "pcomp"}:
        return False
    objects = children(verb, "dobj", "ccomp", "xcomp")
    if not cue.entry.takes("hearer") and any(c.i > verb.i and c.tag_ != "PRP" for c in objects):
        return False
    mention = span_of(*cue.mention)
    if not cue.clause.start <= mention.start < cue.clause.end:
        return False  # its subject is elsewhere: "…, but continued at the theatre"
    own = [
        c
        for c in verb.children
        if c.idx < cue.clause.start and c.idx >= sentence.start and not c.is_punct
    ]
    if verb.dep_ == "ROOT" and own and all(c.dep_ in SETTING for c in own):
        return False  # "After the talks, she boasted" says when, not what
    before = reading.text[sentence.start : cue.clause.start].rstrip()
    return before.endswith(ENDS)


def _resumed(reading: Reading, cue: Cue, sentence: Span) -> Span | None:
    """What goes on after an inserted clause: it begins after a comma and is not the cue's own."""
    text = reading.text
    match = re.compile(r"[^,\n]{0,60}?(?:,|--|—|–)\s*").match(text, cue.clause.end, sentence.end)
    if match is None:
        return None
    own = {token.i for token in cue.token.subtree}
    for token in sentence_of(cue.token):
        if token.idx < match.end() or token.is_space or token.is_punct:
            continue
        goes_on = token.i not in own and token.lower_ not in {
            "and",
            "but",
            "who",
            "which",
            "while",
            "though",
            "although",
        }
        return Span(match.end(), sentence.end) if goes_on and token.tag_ != "VBG" else None
    return None


def according(reading: Reading, cue: Cue, sentence: Span) -> Spans:
    """What "according to X", "per X" or "as X put it" leaves of its sentence."""
    text = reading.text
    start, end = cue.clause
    if cue.rule == "as-said":
        start = min(start, cue.token.idx)
    end = _past_modifiers(cue, end)
    quoting = QUOTING.match(text, end, sentence.end)
    end = quoting.end() - 1 if quoting else end
    lead = text[sentence.start : start].strip(' ,;"“(')
    names = any(t.tag_ in NOUNS and sentence.start <= t.idx < start for t in sentence_of(cue.token))
    if (len(lead) <= LEAD and not names) or lead.endswith(" that"):
        rest = re.compile(r"[^,]{0,60}?,").match(text, end, sentence.end)
        span = trim(text, Span(rest.end() if rest else end, sentence.end))
        return (span,) if span else ()
    resumed = re.compile(r"\s*,\s*").match(text, end, sentence.end)
    before = Span(sentence.start, start)
    inserted = resumed is not None and text[sentence.start : start].rstrip().endswith(",")
    if resumed and inserted and (_has_verb(cue, resumed.end()) or not _is_clause(cue, before)):
        return trim_all(text, [before, Span(resumed.end(), sentence.end)])
    return trim_all(text, [before])


def _past_modifiers(cue: Cue, end: int) -> int:
    """The end of the source with what is said of it: "according to a study published in May"."""
    if cue.head is None:
        return end
    inner = [c.right_edge for c in children(cue.head, "acl", "relcl", "appos", "prep")]
    return max([end, *(t.idx + len(t) for t in inner)])


def _is_clause(cue: Cue, span: Span) -> bool:
    """Whether a stretch of the cue's sentence has a finite verb."""
    return any(t.tag_ in FINITE for t in sentence_of(cue.token) if span.start <= t.idx < span.end)


def _has_verb(cue: Cue, start: int) -> bool:
    """Whether the rest of a sentence could not stand without what came before."""
    rest = [t for t in sentence_of(cue.token) if t.idx >= start]
    first = next((t for t in rest if not t.is_space), None)
    return first is not None and first.tag_ in FINITE | {"RB", "VBN"}


def colon(reading: Reading, cue: Cue, sentence: Span) -> Spans:
    """As in "Quill: bridge is safe", and a verb before a colon."""
    text = reading.text
    match = re.compile(r"\s*:\s*").match(text, cue.clause.end)
    if match is None:
        return ()
    end = text.find("\n", match.end())
    line = len(text) if end < 0 else end
    span = trim(text, Span(match.end(), line if cue.rule == "colon" else min(line, sentence.end)))
    return (span,) if span and span.start < span.end else ()


def headline(reading: Reading, cue: Cue, _: Span) -> Spans:
    """As in "Bridge is safe – minister"."""
    start = reading.text.rfind("\n", 0, cue.clause.start) + 1
    span = trim(reading.text, Span(start, cue.clause.start))
    return (span,) if span else ()


def rest_of_line(reading: Reading, cue: Cue, _: Span) -> Spans:
    """As in "Court rules bridge is safe": what follows a headline's verb."""
    end = reading.text.find("\n", cue.clause.end)
    line = len(reading.text) if end < 0 else end
    span = trim(reading.text, Span(cue.words[-1].end, line))
    return (span,) if span else ()
