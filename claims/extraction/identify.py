"""Identifies a mention: a person, an organisation, an outlet, a group, or nobody the text names."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import dropwhile, takewhile

from spacy.tokens import Token

from claims.extraction.capacity import find_capacity
from claims.extraction.coreference import (
    DEFINITE,
    REACH,
    organisation_of_it,
    organisation_of_noun,
    person_in_office,
    person_of_pronoun,
    sentences_back,
)
from claims.extraction.lexicon import (
    HONORIFICS,
    ORGANISATION_WORDS,
    OUTLET_WORDS,
    PERSON_WORDS,
)
from claims.extraction.name_score import signs_of
from claims.extraction.people import (
    LONGEST,
    People,
    Person,
    full_name,
    name_tokens,
    words_of,
)
from claims.extraction.speakers import Unnamed
from claims.extraction.syntax import (
    NOUNS,
    PROPER,
    SUBJECTS,
    children,
    extent,
    has_child,
    hyphenated,
    sentence_of,
    word_at,
)
from claims.extraction.unnamed import (
    is_of_one_person,
    remember,
    speaker_of_they,
    unnamed_of_noun,
    unnamed_of_pronoun,
)
from claims.model.kinds import BODIES, SourceKind
from claims.model.span import Span, Spans

AGE = re.compile(r"\b\d+-year-old(?! [a-z]+ )")
PLACING = frozenset({"in", "at", "on", "from", "by"})
ARTICLES = frozenset({"the", "a", "an", "both"})
GROUP_PRONOUNS = frozenset({"they", "them", "we", "us", "who", "all", "some", "many", "those"})
PRONOUN_TAGS = frozenset({"PRP", "WP", "DT", "EX", "WDT", "PRP$"})
NOT_PERSONS = frozenset({"ORG", "GPE", "NORP", "FAC", "LOC"})
NAME_WORDS = 2, 3
"""How many words a name that entity recognition missed has, at least and at most."""

PERSON, ORGANISATION = SourceKind.PERSON, SourceKind.ORGANISATION
OUTLET, GROUP = SourceKind.OUTLET, SourceKind.GROUP


@dataclass(frozen=True, slots=True)
class IdentifiedSource:
    """Who a mention is.

    Attributes:
        name: None if the text does not say who it is.
        capacity: Where the text prints the office or role beside this mention.
    """

    name: str | None
    kind: SourceKind
    capacity: Span | None = None


def identify(
    people: People,
    head: Token,
    words: tuple[Token, Token],
    *,
    content: Spans = (),
    carrier: bool = False,
    speaks: bool = True,
) -> IdentifiedSource:
    """Who a mention's head word stands for, by what the article says up to there.

    Args:
        people: Whom the article names; who is identified is added to its speakers.
        head: The mention's head word.
        words: The mention's first and last token.
        content: The words that it reports; whom they name is somebody else.
        carrier: Whether it carries another's words, as agencies do.
        speaks: Whether "she" or "the official" may stand for it afterwards.
    """
    before = people.spoken()
    source = _identify(people, head, words, content, carrier=carrier)
    if source.name is not None and source.kind is not GROUP:
        signs = signs_of(people, head, source.name, kind=source.kind, content=content)
        people.signs[words[0].idx] = signs
    if not speaks:
        people.forget_since(before)
    return source


def _identify(
    people: People, head: Token, words: tuple[Token, Token], content: Spans, *, carrier: bool
) -> IdentifiedSource:
    unnamed = _unnamed(people, head, content)
    if unnamed is not None:
        people.unnamed.append(replace(unnamed, spoke=head.i))
        return IdentifiedSource(unnamed.words, GROUP)
    person = _person(people, head, content)
    if person is not None:
        people.speakers.append((head.i, person))
        return IdentifiedSource(person.name, PERSON, find_capacity(head, person))
    source = _no_person(people, head, words, carrier=carrier)
    if source.name is not None and (source.kind in BODIES or head.lower_ in ORGANISATION_WORDS):
        people.bodies.append((head.i, source.name, source.kind))
    return source


def _unnamed(people: People, head: Token, content: Spans) -> Unnamed | None:
    """The speaker without a name whom a pronoun, or "the resident", carries on."""
    if head.lower_ in {"he", "she"}:
        return unnamed_of_pronoun(people, head, content)
    if head.tag_ == "NN" and not people.in_role(head.lower_):
        return unnamed_of_noun(people, head)
    return None


def _no_person(
    people: People, head: Token, words: tuple[Token, Token], *, carrier: bool
) -> IdentifiedSource:
    """The source that a mention names where it is no person of the article."""
    if head.tag_ in PRONOUN_TAGS and not is_of_one_person(head):
        return _pronoun(people, head)
    if head.tag_ in PROPER or head.ent_type_ in {"ORG", "GPE", "NORP", "FAC"}:
        return _proper(people, head, words, carrier=carrier)
    return _described(people, head, words)


def _person(people: People, head: Token, content: Spans) -> Person | None:
    """The person that a mention names, describes or stands for."""
    if head.lower_ in {"he", "she", "him", "her", "his"}:
        return person_of_pronoun(people, head, content)
    if has_child(head, "conj"):
        return None  # two people are a group
    if AGE.search(head.doc[max(0, head.i - 2) : head.i + 3].text) and head.tag_ not in PROPER:
        return _only_person_near(people, head)
    for token in (head, *children(head, "appos"), *_apposed_to_object(head)):
        person = _named(people, token)
        if person is not None:
            return person
    return person_in_office(people, head)


def _apposed_to_object(head: Token) -> list[Token]:
    """The name that the parse hangs on a nearer noun: "A lawyer for the mayor, Ada Quill"."""
    if head.lower_ not in PERSON_WORDS:
        return []
    nouns = (noun for prep in children(head, "prep") for noun in children(prep, "pobj"))
    return [
        name for noun in nouns for name in children(noun, "appos") if name.ent_type_ == "PERSON"
    ]


def _only_person_near(people: People, head: Token) -> Person | None:
    """The person whom "the 38-year-old" can stand for: the only one named in the last sentences."""
    start = sentences_back(head, REACH)
    near = takewhile(lambda mention: mention.index >= start, people.before(head.i))
    persons = {mention.person.name: mention.person for mention in near}
    return next(iter(persons.values())) if len(persons) == 1 else None


def _named(people: People, token: Token) -> Person | None:
    capital = (token.is_upper or token.is_title) and len(token) >= LEAST_CAPITALS
    if not (token.tag_ in PROPER or _owns(token) or (capital and people.called(token.lower_))):
        return None
    if is_titled_body(token):
        return None
    namesakes = people.called(word_at(token))
    no_person = token.ent_type_ in NOT_PERSONS and not (_apposed_to_role(token) or _is_who(token))
    if namesakes and not (no_person and word_at(token) not in namesakes[0].words[-1:]):
        name = _given_and_family_name(token)
        person = people.likeliest(name)
        if person is not None:
            return person
        if words_of(name[:1]) & (PERSON_WORDS | ORGANISATION_WORDS | OUTLET_WORDS):
            return people.likeliest([token])
        no_person = False  # a namesake: another person of that family name
    return None if no_person else _missed_person(people, token)


def is_titled_body(head: Token) -> bool:
    """Whether a name is a paper's or a body's by its article: "the Gazette"; no person has one."""
    run = list(takewhile(lambda t: t.tag_ in PROPER, reversed(head.doc[: head.i + 1][-LONGEST:])))
    before = run[-1].nbor(-1) if run and run[-1].i else None
    if before is None or before.lower_ != "the" or head.tag_ == "NNPS":
        return False
    words = words_of(run)
    if words & (PERSON_WORDS | HONORIFICS):
        return False
    return len(run) == 1 or bool(words & (OUTLET_WORDS | ORGANISATION_WORDS))


def _apposed_to_role(token: Token) -> bool:
    """As in "The chair, Ada Quill", whatever entity recognition makes of the name."""
    return token.dep_ == "appos" and token.head.lower_ in PERSON_WORDS


def _is_who(token: Token) -> bool:
    """As in "Ada Quill, who leads the union", whatever entity recognition makes of the name."""
    clauses = children(token, "relcl")
    return any(child.lower_ == "who" for verb in clauses for child in children(verb, *SUBJECTS))


def _owns(token: Token) -> bool:
    """Whether a word is a name by its capital and its "'s", whatever the tagger says."""
    return token.dep_ == "poss" and token.is_title


def _given_and_family_name(token: Token) -> list[Token]:
    """The words of a person's name that end in a family name, without titles."""
    token, end = hyphenated(token)
    before = token.doc[max(sentence_of(token).start, token.i - NAME_WORDS[1]) : token.i]
    run = list(takewhile(lambda t: t.tag_ in PROPER, reversed(before)))
    return name_tokens([*reversed(run), *token.doc[token.i : end.i + 1]]) or [end]


def _missed_person(people: People, token: Token) -> Person | None:
    """A person whom entity recognition missed: two or three capitalised words that name no body.

    The person is added to those the article names.
    """
    first, _ = extent(token)
    run = _capitalised_run(first, token)
    tokens = name_tokens(run)
    if not tokens or words_of(tokens) & (ORGANISATION_WORDS | OUTLET_WORDS):
        return None
    if not tokens[-1].text.isalpha():
        return None
    if not (_is_titled(first, run[0]) or _is_full_name(tokens) or _apposed_to_role(token)):
        return None
    # A namesake keeps the title, which is all that tells the two apart: "Mrs Quill".
    is_namesake = bool(people.called(tokens[-1].text)) and run[0].i == first.i
    printed = [run[0], *tokens] if is_namesake else tokens
    person = Person(full_name(printed), tuple(t.lower_ for t in tokens))
    people.add(person)
    return person


def _capitalised_run(first: Token, last: Token) -> list[Token]:
    """The proper nouns of no entity that lead up to a word, from another one at the earliest."""
    run = [last]
    entity = last.ent_type_
    while (
        run[0].i > first.i
        and run[0].nbor(-1).tag_ in PROPER
        and run[0].nbor(-1).ent_type_ in {"", entity}
    ):
        run.insert(0, run[0].nbor(-1))
    return run


def _is_titled(first: Token, name: Token) -> bool:
    """Whether a name begins with a title, or an office stands before it in its mention."""
    if name.lower_ in HONORIFICS:
        return True
    return name.i > first.i and name.nbor(-1).lower_ in PERSON_WORDS


def _is_full_name(tokens: list[Token]) -> bool:
    """Whether words can be a first and a family name."""
    least, most = NAME_WORDS
    return least <= len(tokens) <= most and tokens[-1].text[1:].islower()


def _pronoun(people: People, head: Token) -> IdentifiedSource:
    """The source that a pronoun stands for, where it is no person."""
    if head.lower_ == "it":
        return IdentifiedSource(organisation_of_it(people, head), ORGANISATION)
    if head.lower_ == "they":
        return _they(people, head)
    if head.lower_ in GROUP_PRONOUNS:
        return IdentifiedSource(None, GROUP)
    return IdentifiedSource(None, PERSON)


def _they(people: People, head: Token) -> IdentifiedSource:
    """The body or the group that "they" stands for."""
    speaker = speaker_of_they(people, head)
    if isinstance(speaker, tuple):
        return IdentifiedSource(*speaker)
    if speaker is not None:
        people.unnamed.append(replace(speaker, spoke=head.i))
        return IdentifiedSource(speaker.words, GROUP)
    return IdentifiedSource(None, GROUP)


def _proper(
    people: People, head: Token, within: tuple[Token, Token], *, carrier: bool
) -> IdentifiedSource:
    """The source that a proper name names, where it is no person."""
    first, last = within
    tokens = _name_proper(head.doc[first.i : last.i + 1])
    if tokens and tokens[0].tag_ == "PRP$":  # "its rival Quill Motors"
        tokens = list(dropwhile(lambda t: t.tag_ not in PROPER, tokens)) or tokens
    if not tokens:
        return IdentifiedSource(None, ORGANISATION)
    words = words_of(tokens)
    name = people.full_body(full_name(tokens))
    if has_child(head, "conj") and (head.ent_type_ == "PERSON" or people.called(head.text)):
        return IdentifiedSource(name, GROUP)
    if carrier or words & OUTLET_WORDS:
        return IdentifiedSource(name, OUTLET)
    if words & PERSON_WORDS and head.lower_ in PERSON_WORDS and not words & ORGANISATION_WORDS:
        return _described(people, head, within)
    if head.ent_type_ == "NORP" or head.tag_ == "NNPS":
        return IdentifiedSource(name, GROUP)
    return IdentifiedSource(name, ORGANISATION)


def _name_proper(words: Iterable[Token]) -> list[Token]:
    """A name without the articles before it and the asides after it."""
    tokens = dropwhile(lambda t: t.lower_ in ARTICLES, (t for t in words if not t.is_space))
    return list(takewhile(lambda t: not _begins_aside(t), tokens))


def _begins_aside(token: Token) -> bool:
    if token.tag_ == "IN" and token.lower_ in PLACING and token.i + 1 < len(token.doc):
        return token.nbor().tag_ not in PROPER | {"DT"}  # an office in its report
    return token.dep_ in {"appos", "relcl"} or token.text in {",", "(", ":", "“", '"'}


def _picks_out(first: Token, head: Token) -> bool:
    """Whether a description says which body is meant: "the transport ministry", not "a court"."""
    if first.lower_ in {"a", "an", "one", "some", "another"}:
        return False
    if any(token.tag_ in NOUNS | {"JJ"} for token in head.doc[first.i : head.i]):
        return True
    return any(prep.lower_ == "of" for prep in children(head, "prep"))


LEAST_CAPITALS = 3
"""Letters of a family name that the tagger takes for another word."""

POSTINGS = frozenset({"post", "posts"})
"""What is an outlet with a capital alone: "the Post"."""


def _described(people: People, head: Token, within: tuple[Token, Token]) -> IdentifiedSource:
    """The source that a common noun describes."""
    first, last = within
    printed = full_name([first, last])
    noun = head.lower_
    words = words_of(head.doc[first.i : last.i + 1])
    definite = first.lower_ in DEFINITE
    if words & OUTLET_WORDS and noun not in PERSON_WORDS and noun not in POSTINGS:
        picked = noun not in OUTLET_WORDS or _picks_out(first, head)
        return IdentifiedSource(printed, OUTLET if picked else GROUP)
    if noun in ORGANISATION_WORDS:
        name = organisation_of_noun(people, head) if definite and first.i >= head.i - 1 else None
        if name is None and not _picks_out(first, head):
            return IdentifiedSource(printed, GROUP)
        return IdentifiedSource(name or printed, ORGANISATION)
    if noun in PERSON_WORDS and definite and head.tag_ == "NN":
        # "the minister": somebody the text may have named otherwise
        others = any(one.noun == noun for one in people.unnamed)
        if others or people.in_role(noun):
            return IdentifiedSource(None, PERSON)
        return IdentifiedSource(printed.split(",")[0], GROUP)
    remember(people, head, printed)
    return IdentifiedSource(printed, GROUP)
