"""Which two reports a person should look at side by side, because words in them clash.

A machine asks and never finds: what it returns is a question with the words that clash, not a
contradiction. It asks nothing that it cannot show. Both reports must be of one speaker, or begin
with the same subject, and share most of their words; then a number of the same unit, a day, a
negation or the sole word that is replaced by its opposite may differ. A denial of the same words
and a speaker who takes his own words back are asked as well.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from claims.comparison import lexicon
from claims.comparison.drift import Change, compare_wordings
from claims.comparison.drift_kinds import DriftKind
from claims.comparison.figures import clashing_figures
from claims.comparison.tokens import Word, Wording, read_wording
from claims.model.kinds import Mode

CHOICES = ("contradicts", "narrows", "corrected later", "different things")
"""What a person may answer."""

SHARED, NEARLY_ALL = 0.6, 0.85
"""Share of the words that carry meaning which both must have: for a number or day; for a negation.

0.85 is where negated pairs of the SICK set are right 445 times in 449; with fewer shared words than
0.6 a number was that of another thing in news."""

_CALM = frozenset(
    {
        DriftKind.SMALL_WORDS,
        DriftKind.SPELLING,
        DriftKind.TENSE,
        DriftKind.ENDING,
        DriftKind.BRACKETS,
        DriftKind.SAME_NUMBER,
        DriftKind.MARKED_CUT,
        DriftKind.EXTENT,
    }
)
"""Kinds of drift that may stand beside a clash without explaining it away."""

_POLAR = frozenset({DriftKind.NEGATION_LOST, DriftKind.NEGATION_GAINED, DriftKind.OPPOSITE})
_CLAUSE = re.compile(r"[,.;:!?]")
_SAME = 0.75
"""Share of all words with meaning that what is denied must have in common with what is said."""
_LEAST = 2
"""Words with meaning that both must have, however short they are."""


class Clash(StrEnum):
    """What clashes."""

    NUMBER = "number"
    DATE = "date"
    NEGATION = "negation"
    OPPOSITE = "opposite"
    DENIAL = "denial"
    WITHDRAWAL = "withdrawal"


class Moment(StrEnum):
    """How the days of two reports lie to each other."""

    SAME_DAY = "same day"
    CHANGED = "changed over time"
    UNKNOWN = "days not known"


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody is reported to have said.

    Attributes:
        text: The words.
        speaker: Who said it, by whatever names him; None if nobody knows.
        mode: What the chain does with the words; see `Mode`.
        days: The first and last day on which it can have been said.
        published: The day on which it was printed.
    """

    text: str
    speaker: str | None
    mode: str = Mode.SAYS
    days: tuple[date, date] | None = None
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """Two reports that a person should compare.

    Attributes:
        clash: What clashes.
        earlier_words: The words of the earlier report that clash, as printed.
        later_words: Those of the later one.
        same_speaker: Whether one speaker said both; otherwise they begin with the same subject.
        moment: How their days lie to each other.
    """

    clash: Clash
    earlier_words: str
    later_words: str
    same_speaker: bool
    moment: Moment

    @property
    def reason(self) -> str:
        """In words: `same speaker, same day: “12 people” ↔ “14 people”`."""
        who = "same speaker" if self.same_speaker else "same subject, other speaker"
        return f"{who}, {self.moment}: “{self.earlier_words}” ↔ “{self.later_words}”"


def ask(earlier: Report, later: Report) -> Question | None:
    """The question that two reports raise; None if they raise none that can be shown."""
    old, new = read_wording(earlier.text), read_wording(later.text)
    same_speaker = earlier.speaker is not None and earlier.speaker == later.speaker
    if not same_speaker and not _same_subject(old, new):
        return None
    for clash, old_words, new_words in _clashes(earlier, later, same_speaker=same_speaker):
        return Question(clash, old_words, new_words, same_speaker, _moment(earlier, later))
    return None


def _clashes(
    earlier: Report, later: Report, *, same_speaker: bool
) -> Iterator[tuple[Clash, str, str]]:
    old, new = read_wording(earlier.text), read_wording(later.text)
    if same_speaker:
        yield from _withdrawn(old, new)
    shared = _shared(old, new)
    if shared < SHARED:
        return
    if _names_differ(old, new):
        return
    changes = compare_wordings(earlier.text, later.text)
    if Mode.DENIES in {earlier.mode, later.mode}:
        yield from _denied(earlier, later, changes)
        return
    if {earlier.mode, later.mode} - {Mode.SAYS}:
        return
    for figure in clashing_figures(old, new):
        clash = Clash.DATE if figure.dated else Clash.NUMBER
        yield clash, figure.old_words, figure.new_words
    yield from _polar(changes, shared)


def _withdrawn(old: Wording, new: Wording) -> Iterator[tuple[Clash, str, str]]:
    """Words that the later report takes back, if it names what they were of."""
    words = new.words
    for at, word in enumerate(words):
        if word.folded not in lexicon.WITHDRAWING or any(
            near.negates for near in words[max(0, at - 3) : at]
        ):
            continue
        remark = next(
            (number for number in range(at + 1, min(at + 5, len(words)))
             if words[number].folded in lexicon.REMARKS),
            None,
        )  # fmt: skip
        if remark is None:
            continue
        named = [
            each for each in words[remark + 1 :] if each.folded in {m.folded for m in _meaning(new)}
        ]
        there = {lemma for each in _meaning(old) for lemma in lexicon.lemmas(each.folded)}
        if any(not there.isdisjoint(lexicon.lemmas(each.folded)) for each in named):
            yield Clash.WITHDRAWAL, old.text, new.printed(at, remark + 1)


def _denied(
    earlier: Report, later: Report, changes: Sequence[Change]
) -> Iterator[tuple[Clash, str, str]]:
    """One report denies what the other says, in nearly the same words and without a negation."""
    old, new = read_wording(earlier.text), read_wording(later.text)
    if earlier.mode == later.mode or any(word.negates for word in (*old.words, *new.words)):
        return
    sizes = [len(_meaning(wording)) for wording in (old, new)]
    alike = _shared(old, new) * min(sizes) / max(sizes)
    polar = any(_POLAR.intersection(change.kinds) for change in changes)
    enough = min(sizes) > _LEAST or (min(sizes) == _LEAST and old.folded == new.folded)
    if enough and alike >= _SAME and not polar and not any(clashing_figures(old, new)):
        words = [
            f"{'denies: ' if report.mode == Mode.DENIES else ''}{report.text}"
            for report in (earlier, later)
        ]
        yield Clash.DENIAL, words[0], words[1]


def _polar(changes: Sequence[Change], shared: float) -> Iterator[tuple[Clash, str, str]]:
    """One negation or one opposite, with nothing else that differs in what it says."""
    polar = [change for change in changes if _POLAR.intersection(change.kinds)]
    others = {
        kind
        for change in changes
        for kind in change.kinds
        if kind not in _POLAR and kind not in _CALM
    }
    if len(polar) != 1 or others or any(len(change.kinds) > 1 for change in polar):
        return
    [change] = polar
    if _CLAUSE.search(change.old_words + change.new_words):
        return
    if DriftKind.OPPOSITE in change.kinds:
        yield Clash.OPPOSITE, change.old_words, change.new_words
    elif shared >= NEARLY_ALL:
        yield Clash.NEGATION, change.old_words or "–", change.new_words or "–"


def _meaning(wording: Wording) -> list[Word]:
    """The words that carry meaning, without numbers, days and negations."""
    return [
        word
        for word in wording.words
        if not (word.small or word.quantity or word.dated or word.negates or word.hedges)
    ]


def _names_differ(old: Wording, new: Wording) -> bool:
    """Whether each names somebody or something that the other does not: they speak of others."""
    names = [
        {
            word.folded
            for at, word in enumerate(wording.words)
            if at not in wording.clauses
            and not (word.dated or word.quantity or word.small)
            and wording.text[word.start].isupper()
        }
        for wording in (old, new)
    ]
    words = [set(wording.folded) for wording in (old, new)]
    return bool(names[0] - words[1]) and bool(names[1] - words[0])


def _shared(old: Wording, new: Wording) -> float:
    """Share of the words with meaning of the shorter one that the other has too.

    In any form, or as its opposite, which speaks of the same.
    """
    short, long = sorted((_meaning(old), _meaning(new)), key=len)
    both = sum(any(_related(word, other) for other in long) for word in short)
    return both / len(short) if both >= _LEAST else 0.0


def _related(word: Word, other: Word) -> bool:
    return lexicon.same_word(word.folded, other.folded) or lexicon.opposed(
        word.folded, other.folded
    )


def _same_subject(old: Wording, new: Wording) -> bool:
    """Whether both begin with the same word that carries meaning."""
    firsts = [next(iter(_meaning(wording)), None) for wording in (old, new)]
    return (
        firsts[0] is not None
        and firsts[1] is not None
        and lexicon.same_word(firsts[0].folded, firsts[1].folded)
    )


def _moment(earlier: Report, later: Report) -> Moment:
    if earlier.days and later.days:
        overlap = earlier.days[0] <= later.days[1] and later.days[0] <= earlier.days[1]
        return Moment.SAME_DAY if overlap else Moment.CHANGED
    if earlier.published and later.published:
        near = abs(earlier.published - later.published) <= timedelta(days=1)
        return Moment.SAME_DAY if near else Moment.CHANGED
    return Moment.UNKNOWN
