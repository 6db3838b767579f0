"""A published claim whose article is edited comes back as a card, and what each key makes of it."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from claims.documents.anchors import anchor_all
from claims.ledger.consistency import find_differences
from claims.ledger.errors import ChangedMeanwhileError
from claims.model.kinds import Form, SourceKind
from claims.model.proposal import Hop, Proposal
from claims.review.card import Card
from claims.review.errors import BadChangeError, NotAllowedError
from claims.review.session import ReviewSession
from tests.makers import NOW, spans_of, store
from tests.review.conftest import Room

FIRST = (
    'Mayor Ada Quill said "the bridge will cost 12 million" on Monday, the Harbour Agency reported.'
    " The work begins in the spring, and the old road stays open until then.\n"
)
CONTENT = "the bridge will cost 12 million"
DEARER = FIRST.replace("12", "14")
OTHER = FIRST.replace("Ada Quill", "Bob Stone")
GONE = "The work begins in the spring, and the old road stays open until then.\n"


class Newsroom:
    """An article that is edited, and a reviewer."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.version = 0
        self.claim = self.publish(FIRST, CONTENT)[0]
        room.act("Ann", self.claim, "accept")

    def publish(
        self, words: str, content: str = "", *, speaker: str = "Ada Quill"
    ) -> list[uuid.UUID]:
        """Read the next version of the article; returns the claims proposed in it."""
        self.version += 1
        proposals = []
        if content:
            hop = Hop(speaker, SourceKind.PERSON, spans_of(words, speaker), spans_of(words, "said"))
            proposals = [Proposal(spans_of(words, content), Form.QUOTE, (hop,), 0.9, "verb")]
        return store(
            self.room.database,
            *(proposals or [_another(words)]),
            text=words,
            url="https://pier.example/1",
            publisher_time=NOW + timedelta(days=self.version),
        )

    def card(self, name: str = "Ann") -> tuple[ReviewSession, Card]:
        """The first card of the queue, with its session."""
        session = self.room.sitting(name)
        card = session.next_card()
        assert card is not None
        return session, card

    def returned(self) -> bool:
        """Whether the claim is in the queue."""
        card = self.room.sitting("Ann").next_card()
        return card is not None and card.claim == self.claim

    def status(self, claim: uuid.UUID | None = None) -> str:
        """How far review has come with a claim."""
        return str(self.room.standing(claim or self.claim).status)

    def anchors(self) -> list[tuple[int, str, str, str | None]]:
        """What programs read of anchors."""
        return self.room.sql(
            "SELECT version_number, state, changes, words FROM claims_v1.anchors ORDER BY 1"
        )

    def published(self) -> list[str]:
        """The words that programs read."""
        return [row[0] for row in self.room.sql("SELECT content FROM claims_v1.claims ORDER BY 1")]

    def refusal(self, statement: str) -> str:
        """The law by which the database refuses a statement."""
        engine = self.room.database.engine
        with pytest.raises(DBAPIError) as refused, engine.begin() as connection:
            connection.execute(text(statement), {"claim": self.claim})
        diagnosis = getattr(refused.value.orig, "diag", None)
        return str(getattr(diagnosis, "constraint_name", ""))

    def is_sound(self) -> bool:
        """Whether the tables are what the ledger says."""
        with self.room.database.reader() as session:
            return list(find_differences(session)) == []


def _another(words: str) -> Proposal:
    """A proposal that no edit touches."""
    content = "The work begins in the spring"
    hop = Hop(None, SourceKind.PERSON, (), ())
    return Proposal(spans_of(words, content), Form.PARAPHRASE, (hop,), 0.5, "verb")


@pytest.fixture
def newsroom(room: Room) -> Newsroom:
    """An article with one published claim."""
    return Newsroom(room)


def test_an_edit_elsewhere_brings_nothing_back(newsroom: Newsroom) -> None:
    newsroom.publish(FIRST.replace("spring", "summer"), CONTENT)
    assert not newsroom.returned()
    assert newsroom.anchors() == [(2, "same", "", CONTENT)]


def test_a_number_that_changed_brings_the_claim_back_with_both_texts(newsroom: Newsroom) -> None:
    newsroom.publish(DEARER, "the bridge will cost 14 million")
    _, card = newsroom.card()
    assert card.claim == newsroom.claim
    assert card.returned is not None
    assert card.state.text == CONTENT
    assert card.returned.words == "the bridge will cost 14 million"
    assert card.returned.changes == ("number",)
    assert newsroom.status() == "accepted"
    assert newsroom.anchors() == [(2, "altered", "number", "the bridge will cost 14 million")]


def test_keep_leaves_the_claim_and_asks_again_only_after_another_edit(newsroom: Newsroom) -> None:
    newsroom.publish(DEARER)
    session, card = newsroom.card()
    assert "kept as it is" in session.keep(card).summary
    assert (newsroom.status(), newsroom.published()) == ("accepted", [CONTENT])
    assert not newsroom.returned()
    # An edit elsewhere leaves these words as they were kept.
    newsroom.publish(DEARER.replace("spring", "summer"), "the old road stays open until then")
    assert not newsroom.returned()
    newsroom.publish(FIRST.replace("12", "15"))
    assert newsroom.returned()
    assert newsroom.is_sound()


def test_an_undone_keep_brings_the_card_back_and_redo_takes_it_away(newsroom: Newsroom) -> None:
    newsroom.publish(DEARER)
    session, card = newsroom.card()
    session.keep(card)
    session.undo()
    assert newsroom.returned()
    session.redo()
    assert not newsroom.returned()
    assert newsroom.is_sound()


def test_take_gives_way_to_the_proposal_with_the_new_words(newsroom: Newsroom) -> None:
    [proposed] = newsroom.publish(DEARER, "the bridge will cost 14 million")
    session, card = newsroom.card()
    session.take(card)
    assert (newsroom.status(), newsroom.status(proposed)) == ("replaced", "corrected")
    assert newsroom.published() == ["the bridge will cost 14 million"]
    parents = newsroom.room.sql("SELECT claim, parent FROM claims.claim_parent")
    assert parents == [(proposed, newsroom.claim)]
    assert newsroom.is_sound()
    session.undo()
    assert (newsroom.status(), newsroom.status(proposed)) == ("accepted", "proposed")
    assert newsroom.published() == [CONTENT]
    assert newsroom.returned()
    session.redo()
    assert newsroom.published() == ["the bridge will cost 14 million"]
    assert newsroom.is_sound()


def test_take_makes_the_claim_where_the_machine_proposed_none(newsroom: Newsroom) -> None:
    newsroom.publish(DEARER)
    session, card = newsroom.card()
    session.take(card)
    assert newsroom.published() == ["the bridge will cost 14 million"]
    rows = newsroom.room.sql(
        "SELECT c.status, v.number, a.mention FROM claims.claim AS c"
        " JOIN claims.document_version AS v ON v.id = c.version"
        " JOIN claims.attribution AS a ON a.claim = c.id WHERE c.status = 'corrected'"
    )
    assert rows == [("corrected", 2, "Ada Quill")]
    assert newsroom.is_sound()


def test_words_under_another_name_wait_for_review_when_they_are_taken(newsroom: Newsroom) -> None:
    [proposed] = newsroom.publish(OTHER, CONTENT, speaker="Bob Stone")
    session, card = newsroom.card()
    assert card.returned is not None
    assert card.returned.changes == ("attribution",)
    session.take(card)
    assert (newsroom.status(), newsroom.status(proposed)) == ("replaced", "proposed")
    assert newsroom.published() == []
    speakers = newsroom.room.sql(
        "SELECT s.name FROM claims.claim AS c JOIN claims.source AS s ON s.id = c.speaker"
        " WHERE c.id = :claim",
        claim=proposed,
    )
    assert speakers == [("Bob Stone",)]
    assert newsroom.is_sound()


def test_what_two_have_to_read_is_not_settled_by_one(newsroom: Newsroom) -> None:
    newsroom.room.policy(second_reading="all")
    [proposed] = newsroom.publish(DEARER, "the bridge will cost 14 million")
    session, card = newsroom.card()
    session.take(card)
    assert (newsroom.status(), newsroom.status(proposed)) == ("replaced", "proposed")
    assert newsroom.room.standing(proposed).two_readers


def test_words_that_are_lost_can_be_kept_or_withdrawn_but_not_taken(newsroom: Newsroom) -> None:
    newsroom.publish(GONE)
    session, card = newsroom.card()
    assert card.returned is not None
    assert (card.returned.state, card.returned.spans) == ("lost", ())
    with pytest.raises(BadChangeError, match="no words of version 2 stand for it"):
        session.take(card)
    newsroom.room.act("Ann", newsroom.claim, "withdraw")
    assert (newsroom.status(), newsroom.published()) == ("withdrawn", [])
    assert not newsroom.returned()


def test_a_card_of_an_older_version_is_refused(newsroom: Newsroom) -> None:
    newsroom.publish(DEARER)
    session, card = newsroom.card()
    newsroom.publish(FIRST.replace("12", "15"))
    with pytest.raises(ChangedMeanwhileError, match="the article has a version 3 by now"):
        session.keep(card)
    assert newsroom.status() == "accepted"


def test_a_claim_that_is_not_published_is_neither_kept_nor_taken(newsroom: Newsroom) -> None:
    [proposed] = newsroom.publish(DEARER, "the bridge will cost 14 million")
    for action in ("keep", "take"):
        with pytest.raises(NotAllowedError, match=f"{action} while proposed"):
            newsroom.room.act("Ann", proposed, action)


def test_a_claim_whose_article_was_not_edited_is_neither_kept_nor_taken(newsroom: Newsroom) -> None:
    with pytest.raises(NotAllowedError, match="its article was not edited"):
        newsroom.room.act("Ann", newsroom.claim, "keep")


def test_one_card_is_before_one_reviewer(newsroom: Newsroom) -> None:
    newsroom.publish(DEARER)
    newsroom.card("Ann")
    other = newsroom.room.sitting("Bob").next_card()
    assert other is None or other.claim != newsroom.claim


def test_passing_a_card_over_shows_the_next(newsroom: Newsroom) -> None:
    [proposed] = newsroom.publish(DEARER, "the bridge will cost 14 million")
    session, card = newsroom.card()
    assert card.claim == newsroom.claim
    after = session.next_card(after=card.claim)
    assert after is not None
    assert after.claim == proposed
    assert session.counts()[0] == 2


def test_an_article_that_goes_back_to_its_old_words_asks_nothing(newsroom: Newsroom) -> None:
    newsroom.publish(DEARER)
    newsroom.publish(FIRST)
    assert not newsroom.returned()


LAWS = {
    "anchor_version": "SET version = gen_random_uuid()",
    "anchor_kept": "SET claim = gen_random_uuid()",
    "anchor_spans_fit": "SET spans = '{[0,9999)}'",
    "ck_anchor_calm": "SET state = 'same'",
    "ck_anchor_changes": "SET changes = '{mood}'",
    "ck_anchor_spans": "SET state = 'lost'",
    "ck_anchor_method": "SET method = ''",
}


@pytest.mark.parametrize("law", LAWS)
def test_the_database_refuses_an_anchor_that_breaks_a_law(newsroom: Newsroom, law: str) -> None:
    newsroom.publish(DEARER)
    expected = "anchor_kept" if law == "anchor_version" else law
    assert newsroom.refusal(f"UPDATE claims.anchor {LAWS[law]}") == expected


def test_an_anchor_points_into_another_version_of_the_claims_document(newsroom: Newsroom) -> None:
    insert = (
        "INSERT INTO claims.anchor (claim, version, spans, state, score, method)"
        " SELECT id, version, content_spans, 'same', 1, 'words-1'"
        " FROM claims.claim WHERE id = :claim"
    )
    assert newsroom.refusal(insert) == "anchor_version"


def test_spans_of_hops_lie_within_the_text(newsroom: Newsroom) -> None:
    newsroom.publish(DEARER)
    hops = """'[{"mention": [[0, 99999]], "cue": [], "capacity": []}]'"""
    refusal = newsroom.refusal(f"UPDATE claims.anchor SET hop_spans = {hops}")
    assert refusal == "anchor_spans_fit"


@pytest.mark.parametrize(
    ("statement", "law"),
    [
        ("DELETE FROM claims.anchor", "anchor_stays"),
        ("TRUNCATE claims.anchor", "never_removed"),
    ],
)
def test_anchors_of_what_a_person_decided_are_not_removed(
    newsroom: Newsroom, statement: str, law: str
) -> None:
    newsroom.publish(DEARER)
    assert newsroom.refusal(statement) == law


def test_a_newer_method_finds_anchors_anew_and_the_same_one_nothing(newsroom: Newsroom) -> None:
    newsroom.publish(DEARER)
    assert list(anchor_all(newsroom.room.database)) == [0]
    with newsroom.room.database.engine.begin() as connection:
        connection.execute(text("UPDATE claims.anchor SET method = 'older', state = 'ambiguous'"))
    assert list(anchor_all(newsroom.room.database)) == [1]
    assert newsroom.anchors() == [(2, "altered", "number", "the bridge will cost 14 million")]
