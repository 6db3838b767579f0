"""How long the three questions take among the quotes that `bench.comparison.utterances` stored.

`about` asks for a speaker or for two words of a quote, `drift` and `spread` for a quote that was
printed more than once; each is loaded and compared as the command does, without its start-up.
"""

import random
import time
import uuid
from collections.abc import Callable, Sequence
from statistics import median
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.orm import Session

from claims.catalogue.card import Filters
from claims.catalogue.find import RANKED, search_claims
from claims.comparison.drift import compare_wordings
from claims.comparison.spread import build_spread
from claims.database.engine import Database
from claims.sources.cards import load_members
from claims.sources.timeline import timeline_query
from claims.utterances.printings import fold_claims, load_printings, load_printings_of

ROUNDS = 100
LIMIT = 50

PRINTED = """
    SELECT g.first_claim, c.text, c.speaker FROM claims.quote_group AS g
      JOIN claims.claim AS c ON c.id = g.first_claim
     WHERE g.leader <> g.id ORDER BY g.id LIMIT 100
"""


class Asked(NamedTuple):
    """A claim that is asked about."""

    claim: uuid.UUID
    words: str
    speaker: uuid.UUID


def print_asking(database: Database) -> None:
    """Print what each question takes."""
    chance = random.Random(3)  # noqa: S311 - the same every time
    with database.reader() as session:
        rows = [Asked(*row) for row in session.execute(text(PRINTED)).all()]
    questions = {
        "about a speaker": about_speaker, "about two words": about_words, "drift": drift,
        "spread": spread,
    }  # fmt: skip
    for name, ask in questions.items():
        times = sorted(_timed(database, ask, chance.choice(rows)) for _ in range(ROUNDS))
        print(
            f"{name}: median {1000 * median(times):.1f} ms,"
            f" p95 {1000 * times[int(len(times) * 0.95)]:.1f} ms,"
            f" fastest tenth {1000 * times[len(times) // 10]:.1f} ms",
            flush=True,
        )


def about_speaker(session: Session, asked: Asked) -> None:
    """What a speaker said."""
    members = load_members(session, asked.speaker)
    _fold(session, session.scalars(timeline_query(members, Filters(), RANKED)).all())


def about_words(session: Session, asked: Asked) -> None:
    """Who said something with two words."""
    longest = sorted(asked.words.split(), key=len)[-2:]
    _fold(session, search_claims(session, " ".join(longest), limit=RANKED))


def _fold(session: Session, claims: Sequence[uuid.UUID]) -> None:
    load_printings(session, fold_claims(session, claims, limit=LIMIT))


def drift(session: Session, asked: Asked) -> None:
    """Did the words change on the way."""
    first, *others = load_printings_of(session, asked.claim)
    for report in others:
        compare_wordings(first.text, report.text)


def spread(session: Session, asked: Asked) -> None:
    """How did it spread."""
    build_spread(load_printings_of(session, asked.claim))


def _timed(database: Database, ask: Callable[[Session, Asked], None], asked: Asked) -> float:
    began = time.perf_counter()
    with database.reader() as session:
        ask(session, asked)
    return time.perf_counter() - began
