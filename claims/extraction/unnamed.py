"""Carries on speakers whom nobody names: "a spokesperson for the port said … he said …"."""

from itertools import takewhile

from spacy.tokens import Token

from claims.extraction.coreference import REACH, is_within, sentences_back
from claims.extraction.lexicon import GENDERS, GENERIC_WORDS, PERSON_WORDS
from claims.extraction.people import PRONOUNS, People
from claims.extraction.speakers import Unnamed
from claims.extraction.syntax import SUBJECTS, extent, sentence_of
from claims.model.kinds import SourceKind
from claims.model.span import Spans

THEY = "they"
PLURALS = frozenset({"NNS", "NNPS"})
SINGLE = frozenset({"a", "an", "one", "another"})
"""Words before a noun that make it somebody new."""

SOURCES = frozenset({"source", "person", "spokesperson", "spokesman", "spokeswoman"})
"""Nouns for a person that the list of offices has not, or that later ones shorten."""


def remember(people: People, head: Token, words: str) -> None:
    """Note a speaker whom nobody names, so that "she" or "the resident" can stand for them.

    Args:
        people: Those of the article; the speaker is added.
        head: The noun that describes the speaker.
        words: The description as printed.
    """
    if head.tag_ in PLURALS:
        pronoun: str | None = THEY
    elif is_of_one_person(head):
        pronoun = GENDERS.get(head.lower_)
    else:
        return
    people.unnamed.append(Unnamed(head.i, words, head.lower_, pronoun, head.i))


def is_of_one_person(head: Token) -> bool:
    """Whether a noun describes one person: "a nurse", "one resident", "a source"."""
    if head.tag_ not in {"NN", "CD", "DT"}:
        return False
    return head.lower_ in PERSON_WORDS | SOURCES or head.lower_ in SINGLE


def unnamed_of_pronoun(people: People, head: Token, content: Spans) -> Unnamed | None:
    """Whom "he" or "she" stands for, if the last to speak was somebody whom nobody names.

    Nobody with a name who goes by the pronoun may stand between the two, but in the description
    itself: "a spokesman for Ada Quill".
    """
    pronoun = PRONOUNS[head.lower_]
    speaker = _last_unnamed(people, head)
    if speaker is None or speaker.pronoun not in {None, pronoun}:
        return None
    if people.speakers and people.speakers[-1][0] > speaker.index:
        return None
    described = extent(head.doc[speaker.index])[1].i
    between = takewhile(lambda mention: mention.index > described, people.before(head.i))
    named = (one for one in between if not is_within(head.doc[one.index], content))
    if any(mention.person.goes_by(pronoun) and mention.subject for mention in named):
        return None
    return speaker


def unnamed_of_noun(people: People, head: Token) -> Unnamed | None:
    """Whom "the resident" stands for: the only speaker described by that noun so far."""
    if head.tag_ != "NN" or extent(head)[0].lower_ not in {"the", "this", "that"}:
        return None
    alike = [one for one in people.unnamed if one.index < head.i and _fits(one, head)]
    return alike[-1] if len({one.words for one in alike}) == 1 else None


def speaker_of_they(people: People, head: Token) -> Unnamed | tuple[str, SourceKind] | None:
    """Whom "they" stands for: the group, or the name of the body, that spoke last.

    No other group may be what a sentence between is about.
    """
    start = sentences_back(head, REACH)
    group = _last_unnamed(people, head)
    bodies = [body for body in people.bodies if start <= body[0] < head.i]
    index = max(group.index if group else -1, bodies[-1][0] if bodies else -1)
    if index < 0 or _is_about_others(head, index):
        return None
    if group is not None and group.index == index:
        return group if group.pronoun == THEY else None
    return bodies[-1][1:]


def _last_unnamed(people: People, head: Token) -> Unnamed | None:
    """The last speaker without a name, if they spoke in the sentences before a word."""
    start = sentences_back(head, REACH)
    earlier = (one for one in reversed(people.unnamed) if one.index < head.i)
    last = next(earlier, None)
    return last if last is not None and last.spoke >= start else None


def _fits(one: Unnamed, head: Token) -> bool:
    """Whether a noun can describe a speaker again: by the same noun, or "the official"."""
    return one.noun == head.lower_ or (head.lower_ in GENERIC_WORDS and one.noun in PERSON_WORDS)


def _is_about_others(head: Token, index: int) -> bool:
    """Whether a plural is the subject of a sentence between a speaker and "they"."""
    after = sentence_of(head.doc[index]).end
    return any(t.tag_ in PLURALS and t.dep_ in SUBJECTS for t in head.doc[after : head.i])
