"""Finds whom "she", "the minister" or "the company" stands for in what the article says before."""

from itertools import islice, takewhile
from typing import TypeVar

from spacy.tokens import Span as Words
from spacy.tokens import Token

from claims.extraction.lexicon import GENERIC_WORDS, ORGANISATION_WORDS, PERSON_WORDS
from claims.extraction.people import PRONOUNS, Mention, People, Person
from claims.extraction.syntax import SUBJECTS, extent, has_child, sentence_of, text_of
from claims.model.span import Spans

DEFINITE = frozenset({"the", "this", "that", "his", "her", "their", "its"})
COMPANIES = frozenset(
    ["company", "firm", "airline", "retailer", "maker", "manufacturer", "operator", "agency",
     "organisation", "organization", "charity", "body", "regulator", "watchdog", "union", "group"]
)  # fmt: skip
"""Words for an organisation whose name need not contain them."""

REACH = 3
"""Sentences back that a pronoun or "the official" may look for its person."""

PARAGRAPHS = 2
"""Paragraphs back, of however many sentences, that a pronoun may look."""

FURTHEST = 3_000
"""Code points back that it may look."""

FAR = 100
"""Organisations named before "the ministry" among which its name is looked for."""

Candidate = TypeVar("Candidate")


def person_of_pronoun(people: People, head: Token, content: Spans = ()) -> Person | None:
    """The person that "he" or "she" stands for.

    Of the persons who go by the pronoun, in the nearest sentence that names one: the first subject,
    or else whoever spoke last before the pronoun, or else the only person. Whom the pronoun's own
    words name is somebody else: "“Quill is a liar,” he said".
    """
    pronoun = PRONOUNS[head.lower_]
    start = min(sentences_back(head, REACH), _paragraphs_back(head, PARAGRAPHS))
    speaker = people.last_speaker(0, head.i)
    if speaker is not None and not speaker.goes_by(pronoun):
        speaker = None
    mentions = _nearest_mentions(people, head, start, content)
    if not mentions:
        return speaker if people.speakers and people.speakers[-1][0] >= start else None
    subjects = [mention.person for mention in mentions if mention.subject]
    if subjects:
        return subjects[-1]
    return speaker or _only({mention.person for mention in mentions})


def _nearest_mentions(people: People, head: Token, start: int, content: Spans) -> list[Mention]:
    """Mentions of persons who go by a pronoun, in the nearest sentence before it, from `start` on.

    The nearest comes first.
    """
    pronoun = PRONOUNS[head.lower_]
    near = takewhile(lambda mention: mention.index >= start, people.before(head.i))
    mentions = [
        mention
        for mention in near
        if mention.person.goes_by(pronoun) and not is_within(head.doc[mention.index], content)
    ]
    if not mentions:
        return []
    sentence = sentence_of(head.doc[mentions[0].index])
    return [mention for mention in mentions if mention.index >= sentence.start]


def is_within(token: Token, spans: Spans) -> bool:
    """Whether a word stands at one of some spans."""
    return any(start <= token.idx < end for start, end in spans)


def person_in_office(people: People, head: Token) -> Person | None:
    """The one person with the role that a definite description names: "the minister"."""
    role = head.lower_
    first, _ = extent(head)
    definite = first.lower_ in DEFINITE or has_child(head, "poss")
    if role not in PERSON_WORDS or head.tag_ not in {"NN", "NNP"}:
        return None
    holders = people.in_role(role)
    if not definite and not (head.is_title and first.i == head.i and len(holders) == 1):
        return None  # but "Minister: …", where the article names one
    if len(holders) == 1:
        return holders[0]
    speaker = people.last_speaker(sentences_back(head, REACH), head.i)
    fits = speaker in holders if holders else role in GENERIC_WORDS
    return speaker if fits else None


def organisation_of_noun(people: People, head: Token) -> str | None:
    """The organisation that "the ministry" or "the company" stands for."""
    before = list(islice(people.organisations_before(head.i), FAR))
    alike = [name for _, name in before if head.lower_ in name.lower().split()]
    if alike:
        return alike[0] if len({name.lower() for name in alike}) == 1 else None
    if head.lower_ not in COMPANIES:
        return None
    start = sentences_back(head, 2)
    return _only({name for index, name in before if index >= start})


def organisation_of_it(people: People, head: Token) -> str | None:
    """The organisation that "it" stands for, of its own sentence or the one before.

    The last that such a sentence is about or that spoke in it, else the only one.
    """
    start = sentences_back(head, 1)
    near = list(takewhile(lambda one: one[0] >= start, people.organisations_before(head.i)))
    subjects = (named for named in near if head.doc[named[0]].dep_ in SUBJECTS)
    spoke = [(body[0], body[1]) for body in people.bodies[-1:] if body[0] >= start]
    _, name = max([*islice(subjects, 1), *spoke], default=(-1, None))
    if name is not None:
        return name
    return _only({name for _, name in near}) or _described_body(head.doc[start : head.i])


def _described_body(words: Words) -> str | None:
    """The body that some words are about without its name: "The ministry denied it"."""
    for token in reversed(words):
        if token.lower_ in ORGANISATION_WORDS and token.dep_ in SUBJECTS:
            first, last = extent(token)
            printed: str = text_of(token.doc)[first.idx : last.idx + len(last)]
            return " ".join(printed.split())
    return None


def _only(candidates: set[Candidate]) -> Candidate | None:
    """The only one of a set; None if there are several, or none."""
    return candidates.pop() if len(candidates) == 1 else None


def _paragraphs_back(head: Token, count: int) -> int:
    """Where the paragraph begins so many paragraphs back."""
    text, offset = text_of(head.doc), head.idx
    for _ in range(count + 1):
        offset = max(text.rfind("\n\n", max(0, head.idx - FURTHEST), offset), 0)
    word = head.doc.char_span(offset, offset + 1, alignment_mode="expand")
    return int(word.start) if word is not None else 0


def sentences_back(head: Token, count: int) -> int:
    """The first token of the sentence so many sentences back."""
    start = sentence_of(head).start
    for _ in range(count):
        if start == 0:
            break
        start = sentence_of(head.doc[start - 1]).start
    return int(start)
