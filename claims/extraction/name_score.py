"""How likely the name of a speaker is right: a logistic model over how it was found.

Fitted by `python -m bench.extraction.calibrate_names` on data that may be redistributed; the
coefficients are lexicons/name_score.json.
"""

import json
import math
from collections.abc import Collection, Mapping
from importlib.resources import files
from itertools import takewhile

from spacy.tokens import Token

from claims.extraction.coreference import REACH, is_within, sentences_back
from claims.extraction.people import PRONOUNS, People, words_of
from claims.extraction.syntax import PROPER
from claims.model.kinds import SourceKind
from claims.model.span import Spans

_MODEL: Mapping[str, float] = json.loads(
    files("claims.extraction").joinpath("lexicons", "name_score.json").read_text("utf-8")
)

SURE = 0.5
"""A name with a lower score is suggested, and the hop says that nobody knows."""


def signs_of(
    people: People, head: Token, name: str, *, kind: SourceKind, content: Spans
) -> frozenset[str]:
    """What speaks for and against a name, as `name_score_of` weighs it.

    Args:
        people: Whom the article names.
        head: The head word of the mention.
        name: Whom it was taken for.
        kind: What the name is of.
        content: The words that are reported.
    """
    if kind is not SourceKind.PERSON:
        return _signs_of_body(people, head, name)
    pronoun = PRONOUNS.get(head.lower_)
    if pronoun is not None:
        return _signs_of_pronoun(people, head, name, content)
    if head.tag_ not in PROPER:
        return frozenset({"described person"} | ({"never in full"} if " " not in name else set()))
    printed = words_of(head.doc[max(0, head.i - REACH) : head.i + REACH + 1])
    whole = set(name.lower().split()) <= printed
    signs = {"full name" if whole and " " in name else "one name"}
    if len({person.name for person in people.called(head.text)}) > 1:
        signs.add("namesakes")
    if " " not in name:
        signs.add("never in full")
    return frozenset(signs)


def _signs_of_body(people: People, head: Token, name: str) -> frozenset[str]:
    if head.lower_ in {"it", "they"}:
        start = sentences_back(head, 2)
        near = takewhile(lambda one: one[0] >= start, people.organisations_before(head.i))
        others = {other for _, other in near} - {name}
        return frozenset({"body as a pronoun"} | ({"others near"} if others else set()))
    if head.tag_ not in PROPER:
        return frozenset({"described body" if name[:1].isupper() else "body without a name"})
    recognised = any(name == other for _, other in people.organisations)
    return frozenset({"body"} | ({"no known body"} if not recognised else set()))


def _signs_of_pronoun(people: People, head: Token, name: str, content: Spans) -> frozenset[str]:
    pronoun = PRONOUNS[head.lower_]
    start = sentences_back(head, REACH)
    near = [
        mention
        for mention in people.before(head.i)
        if mention.index >= start and not is_within(head.doc[mention.index], content)
    ]
    fits = {mention.person.name for mention in near if mention.person.goes_by(pronoun)}
    signs = {"pronoun"} if " " in name else {"pronoun", "never in full"}
    if len(fits - {name}) > 0:
        signs.add("others fit")
    if name not in fits:
        signs.add("far away")
    last = people.speakers[-2][1] if len(people.speakers) > 1 else None
    if last is not None and last.name == name:
        signs.add("spoke last")
    person = next((one for one in people.persons if one.name == name), None)
    if person is not None and person.pronouns[pronoun] > 0:
        signs.add("known gender")
    return frozenset(signs)


def name_score_of(signs: Collection[str]) -> float:
    """How likely a name with these signs is the speaker's, 0 to 1, two digits."""
    total = _MODEL["bias"] + sum(_MODEL.get(sign, 0.0) for sign in signs)
    return round(1 / (1 + math.exp(-total)), 2)
