"""Links that people settle: at the queue, in the ledger, and never proposed again once refused."""

import uuid

import pytest

from claims.cli.link_queue import press as press_key
from claims.cli.link_queue import run_link_queue
from claims.ledger.consistency import find_differences
from claims.review.errors import UnknownLinkError
from claims.review.link_session import LinkSession
from claims.review.links import load_link
from claims.review.transitions import Action
from claims.terminal.screen.link_lines import draw_card
from tests.utterances.conftest import SAFE, Press


@pytest.fixture
def pair(press: Press) -> tuple[uuid.UUID, uuid.UUID]:
    """A later report of Ada Quill's words, and the first."""
    first = press.print_quote(SAFE, place="First")
    later = press.print_quote(f"{SAFE} FIRST", day=1, place="Later")
    press.compare()
    return later, first


def work(press: Press, keys: str, width: int = 100, height: int = 30) -> list[str]:
    """The lines that a reviewer sees who presses some keys."""
    pressed = iter(keys)
    lines: list[str] = []
    session = LinkSession(press.database, press.sign)
    run_link_queue(session, lambda: next(pressed, None), lines.append, lambda: (width, height))
    press.compare()
    return lines


def test_a_key_confirms_and_another_takes_it_back(
    press: Press, pair: tuple[uuid.UUID, uuid.UUID]
) -> None:
    later, first = pair
    proposed = [(later, first, "same_words", "proposed")]
    assert press.links() == proposed
    assert "saved: same words, ledger 1" in work(press, "a")
    assert press.links() == [(later, first, "same_words", "settled")]
    assert press.stars() == {later: first, first: first}
    assert work(press, "q") == ["No link is waiting."]
    press.undo()
    press.compare()
    assert press.links() == proposed
    assert "ledger 3 undone, ledger 4" in work(press, "xu")
    assert press.links() == proposed
    with press.database.reader() as session:
        assert list(find_differences(session)) == []


def test_what_was_refused_is_never_proposed_again(
    press: Press, pair: tuple[uuid.UUID, uuid.UUID]
) -> None:
    later, first = pair
    assert "saved: not linked, ledger 1" in work(press, "x")
    assert press.links() == []
    assert press.stars() == {later: later, first: first}
    assert press.tables() == press.recount()
    # Another report of the first does not bring it back; it is with the first alone.
    third = press.print_quote(SAFE, day=2, place="Third")
    press.compare()
    assert press.links() == [(third, first, "same_words", "proposed")]
    assert press.stars()[later] == later
    press.undo()
    press.compare()
    assert press.stars() == dict.fromkeys((first, later, third), first)


def test_another_kind_takes_one_key_and_ends_the_proposal(
    press: Press, pair: tuple[uuid.UUID, uuid.UUID]
) -> None:
    later, first = pair
    assert "saved: contradicts, ledger 1" in work(press, "3")
    assert press.links() == [(later, first, "contradicts", "settled")]
    assert press.stars() == {later: later, first: first}
    refused = press.sql("SELECT a, b, kind FROM claims.link_refused")
    assert refused == [(later, first, "same_words")]


def test_who_decided_on_the_claim_since_is_told(
    press: Press, pair: tuple[uuid.UUID, uuid.UUID]
) -> None:
    later, first = pair
    session = LinkSession(press.database, press.sign)
    session.next()
    press.decide(later, Action.ACCEPT)
    lines = list(press_key(session, "a"))
    assert len(lines) == 1
    assert lines[0].startswith("refused: ")
    assert "Mira" in lines[0]
    assert press.links() == [(later, first, "same_words", "proposed")]


def test_a_card_fits_a_small_screen(press: Press, pair: tuple[uuid.UUID, uuid.UUID]) -> None:
    later, first = pair
    with press.database.reader() as session:
        card = load_link(session, later, first)
        assert load_link(session, first, later) == card
        with pytest.raises(UnknownLinkError):
            load_link(session, first, first)
    lines = list(draw_card(card, 60, 16))
    assert len(lines) <= 15
    assert max(map(len, lines)) <= 60
    shown = "\n".join(lines)
    assert "same words? 0.99" in shown
    assert '[["the old bridge is as safe today' in shown
