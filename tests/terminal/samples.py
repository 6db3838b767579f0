"""Cards for the screens: a plain one, and one with every script and length that breaks tables."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime

from claims.extraction.form import form_of
from claims.model.anchor import AnchorState, Change
from claims.model.claim import ClaimState, HopState
from claims.model.kinds import ClaimStatus, Mode
from claims.model.span import Span, Spans, words_at
from claims.review.card import Candidate, Card, HopView, RecentDecision, ReturnedClaim
from claims.terminal.state import SavedDecision, State

AT = datetime(2026, 5, 4, 14, 3, 18, tzinfo=UTC)

ARTICLE = """\
The adviser flew home late on Thursday after two days of talks in the Russian capital, and the \
ministry said a joint commission would meet again in the autumn.
Putin had told him, Velayati said, that the two countries will work together until the end of the \
programme, the state news agency IRNA reported on Friday. A spokesman in Moscow declined to give \
details of the conversation.
Officials in Tehran have said for months that the talks go well. Two ministers, who asked not to \
be named, were more careful: the money, they said, is not yet there. Analysts in Vienna read the \
remarks as a message to the other capitals rather than as a plan. The commission has met four \
times since 2014; its last session ended without a joint paper.
The next round is set for October. Neither side has named the people who will attend it. The \
ministry has published no list, and the embassy did not answer a letter of last week. Companies \
of both countries have sent people to every meeting, and some have signed letters of intent, \
though none has built anything yet.
Traders in the bazaar said they would wait. The currency has lost a third of its worth since the \
spring, and most of what is sold there comes from abroad.
"""
CONTENT = "the two countries will work together until the end of the programme"

LONG_NAME = " ".join(["Maximilian-Alexander"] * 14)[:300]
HOSTILE = (
    "東京の外務省は木曜日、両国が合意に達したと発表した。"
    "報道官は「交渉は続く」と述べた。\n"
    f'{LONG_NAME} said: "\x1b[31mred\x1b[0m \u202ereversed\u202c and 👩‍🚀 🇫🇷 ❤️ '
    'fly", وقالت الوزارة إن المحادثات مستمرة, the agency said.\n'
    "אמר הדובר כי השיחות נמשכות, ואז שתק.\n"
    "Zalgo: e\u0301\u0302\u0303\u0304 x\tTab and a-very-long-word-" + "x" * 300 + ".\n"
)


def number(n: int) -> uuid.UUID:
    """An id."""
    return uuid.UUID(int=0x4812_0000_0000_4000_8000_0000_0000_0000 + n)


def span(article: str, words: str) -> Spans:
    """Where words stand first."""
    start = article.index(words)
    return (Span(start, start + len(words)),)


def hop(  # noqa: PLR0917 - one row of a table
    position: int, name: str, mention: Spans, cue: Spans, score: float | None
) -> HopView:
    """One hop."""
    return HopView(
        position, number(position), name, "person", "an adviser", mention, cue, (), "says", score,
        "same surname in the article", "President" if position == 1 else None,
    )  # fmt: skip


def returned(
    new: str, *, state: str = "altered", changes: tuple[Change, ...] = (Change.NUMBER,)
) -> ReturnedClaim:
    """How the plain card's claim stands in a second version with other words."""
    article = ARTICLE.replace(CONTENT, new)
    spans = span(article, new) if state != "lost" else ()
    return ReturnedClaim(number(90), 3, article, AnchorState(state), changes, spans, (), 0.82, 0.75)


def state_of(article: str, spans: Spans, hops: tuple[HopView, ...]) -> ClaimState:
    """The state of a claim that waits."""
    return ClaimState(
        ClaimStatus.PROPOSED, spans, words_at(article, spans), form_of(article, spans),
        tuple(
            HopState(
                hop.source, hop.mention, hop.cue, (), Mode(hop.mode),
                "article", hop.score, hop.reason,
            )
            for hop in hops
        ),
        said_on_text="on Friday",
    )  # fmt: skip


def card(
    article: str = ARTICLE,
    content: str = CONTENT,
    hops: tuple[HopView, ...] | None = None,
    **changes: object,
) -> Card:
    """A card that waits."""
    if hops is None:
        hops = (
            hop(1, "Vladimir Putin", span(article, "Putin"), span(article, "had told him"), 0.91),
            hop(2, "Ali Akbar Velayati", span(article, "Velayati"), span(article, "said,"), 0.88),
            hop(
                3, "IRNA", span(article, "state news agency IRNA"), span(article, "reported"), 0.55
            ),
        )
    spans = span(article, content)
    people = (
        Candidate(number(1), "Vladimir Putin", "person", "President of Russia", "Q7747", 0.91,
                  "named in full above"),
        Candidate(number(2), "Ali Akbar Velayati", "person", "an adviser", "Q312483", 0.06,
                  "same article"),
        Candidate(number(9), "Kremlin", "organisation", None, None, 0.02, "near by"),
    )  # fmt: skip
    shown_card = Card(
        claim=number(0), revision=0, state=state_of(article, spans, hops),
        article=article, title="Talks in Moscow end", outlet="Financial Tribune",
        url="https://news.example/talks", published_at=datetime(2018, 7, 14, 6, 20, tzinfo=UTC),
        version_id=number(8), version=2, number=3, siblings=7, rule="verb",
        extractor_score=0.74, hops=hops, candidates=people, printed=3, two_readers=False,
        disputed=(), draft={}, lease_until=AT,
    )  # fmt: skip
    return replace(shown_card, **changes)  # type: ignore[arg-type]


def hostile_card() -> Card:
    """A card with every script and length that breaks tables."""
    hops = (
        hop(1, LONG_NAME, span(HOSTILE, LONG_NAME), span(HOSTILE, "said:"), 0.4),
        hop(2, "وكالة الأنباء", span(HOSTILE, "the agency"), (), None),
        hop(3, "外務省", span(HOSTILE, "外務省"), (), 0.8),
    )
    content = HOSTILE[HOSTILE.index('"\x1b') : HOSTILE.index(", وقالت")]
    people = tuple(
        Candidate(number(n), name, "person", "وزير " * 20, "Q1", 0.5, "漢字" * 30)
        for n, name in enumerate((LONG_NAME, "外務省", "الوزارة", "👩‍🚀 Astronaut"), 1)
    )
    return card(
        HOSTILE, content, hops, title="見出し " * 40, outlet="שבועון", candidates=people,
        rule="colon\x1b[2J",
    )  # fmt: skip


def state(shown_card: Card | None = None, **changes: object) -> State:
    """A state in the middle of the work."""
    decisions = tuple(
        RecentDecision(
            number(20 + n), 90211 - n, AT, action, number(30 + n), words, change, undone=n == 2
        )
        for n, (action, change, words) in enumerate(
            (
                ("accept", "accept", "the meeting was useful and constructive"),
                ("accept", "accept: speaker Putin to Velayati", "a commission would meet again"),
                ("reject", "reject: not said", "Analysts in Vienna read the remarks"),
            )
        )
    )
    shown_card = shown_card or card()
    plain = State(
        ready=True, name="mira", order="by article", card=shown_card, counts=(38, 41),
        last_decisions=decisions, last_saved=SavedDecision(90211, AT, "accepted"), rate=3.1,
        lease=581.0,
    )  # fmt: skip
    return replace(plain, **changes)  # type: ignore[arg-type]
