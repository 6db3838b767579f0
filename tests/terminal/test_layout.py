"""Screens: golden at four sizes, and rules that hold for any text at any size."""

import re
import unicodedata
import uuid
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.model.span import Span, join_spans
from claims.terminal.keys.keymap import DEFAULT_KEYMAP
from claims.terminal.keys.line_editor import open_field
from claims.terminal.keys.table import InputMode
from claims.terminal.screen.article import Extent, draw_context
from claims.terminal.screen.layout import draw_screen
from claims.terminal.screen.segments import width_of, words_in
from tests.terminal.samples import card, hop, state
from tests.terminal.screens import FOLDER, SIZES, drawn

LETTERS = st.one_of(
    st.sampled_from('abc ."“”\n漢字שלום👩\u200d🚀🇫🇷\u0301\u202e\x1b\ufe0f[]{}<>'),
    st.characters(codec="utf-8"),
)


@pytest.mark.parametrize(("path", "text"), [pytest.param(p, t, id=f"{p.parent.name}-{p.stem}")
                                            for p, t in drawn()])  # fmt: skip
def test_screens_are_the_golden_ones(path: Path, text: str) -> None:
    assert text == path.read_text("utf-8"), "python -m tests.terminal.screens writes them anew"


def test_no_golden_screen_is_left_over() -> None:
    assert {path for path, _ in drawn()} == set(FOLDER.rglob("*.txt"))


@pytest.mark.parametrize(("size", "least"), [((100, 30), 800), ((80, 24), 400), ((200, 60), 1100)])
def test_enough_of_the_article_is_shown(
    size: tuple[int, int], least: int, figure: Callable[[str], None]
) -> None:
    lines = draw_screen(state(), DEFAULT_KEYMAP, *size)
    shown = next(words_in(row) for row in lines if " characters, " in words_in(row))
    counted = int(shown.partition(" characters, ")[0].rpartition(" ")[2])
    assert counted >= least
    figure(f"a card at {size[0]}x{size[1]}: {counted} characters of the article, {least} at least")


@pytest.mark.parametrize("size", SIZES)
def test_each_hops_score_is_seen_without_a_key(size: tuple[int, int]) -> None:
    text = " ".join(" ".join(map(words_in, draw_screen(state(), DEFAULT_KEYMAP, *size))).split())
    for named in ("S Vladimir Putin .91", "1 Ali Akbar Velayati .88", "2 IRNA .55!"):
        assert named in text


def test_names_are_cut_so_that_each_number_is_seen() -> None:
    people = tuple(
        replace(
            card().candidates[0],
            source=uuid.UUID(int=number),
            name=f"Person {number} Of A Long Name",
            score=None,
            wikidata=None,
        )
        for number in range(1, 10)
    )
    shown = state(card=replace(card(), candidates=people))
    text = " ".join(" ".join(map(words_in, draw_screen(shown, DEFAULT_KEYMAP, 100, 30))).split())
    for number in range(1, 10):
        assert f"{number} Person {number} Of" in text
    assert "Person 1 Of A Long Name" not in text


def test_a_screen_too_small_says_so_and_offers_lines() -> None:
    text = "\n".join(map(words_in, draw_screen(state(), DEFAULT_KEYMAP, 40, 10)))
    assert "60x16 are needed" in text
    assert "claims review --plain" in text


@given(
    text=st.text(LETTERS, min_size=1, max_size=300),
    edges=st.lists(st.integers(0, 299), min_size=8, max_size=8),
    width=st.integers(1, 210),
    height=st.integers(1, 64),
    mode=st.sampled_from(InputMode),
)
@settings(max_examples=80, deadline=None)
def test_no_text_breaks_the_screen(  # noqa: PLR0917 - what Hypothesis draws
    text: str, edges: list[int], width: int, height: int, mode: InputMode
) -> None:
    article = f"{text}.x"
    pairs = [tuple(sorted((a % len(text), b % len(text) + 1))) for a, b in
             zip(edges[::2], edges[1::2], strict=True)]  # fmt: skip
    spans = join_spans((a, max(b, a + 1)) for a, b in pairs)
    hops = tuple(hop(n, text[:40], (s,), spans[:1], 0.5) for n, s in enumerate(spans[:3], 1))
    shown_card = replace(
        card(), article=article, hops=hops, title=text, outlet=text, rule=text,
        state=replace(card().state, content=spans, text=text),
    )  # fmt: skip
    field = open_field("note", "note", text) if mode is InputMode.CARD else None
    shown = state(shown_card, mode=mode, name=text, filter_text=text, field=field)
    lines = draw_screen(shown, DEFAULT_KEYMAP, width, height)
    assert len(lines) == height
    for line in lines:
        assert width_of(line) <= width
        assert not {unicodedata.category(c) for c in words_in(line)} & {"Cc", "Cf", "Zl", "Zp"}


@given(
    before=st.text(LETTERS, max_size=400),
    claim=st.text(st.sampled_from("abc 漢👩"), min_size=1, max_size=120).filter(str.strip),
    after=st.text(LETTERS, max_size=400),
    extent=st.sampled_from(Extent),
)
@settings(max_examples=60, deadline=None)
def test_the_claims_sentence_is_never_cut(
    before: str, claim: str, after: str, extent: Extent
) -> None:
    article = f"{before}\n{claim}\n{after}"
    start = len(before) + 1
    shown_card = replace(
        card(), article=article, hops=(),
        state=replace(card().state, content=(Span(start, start + len(claim)),), chain=()),
    )  # fmt: skip
    passage = state(shown_card).passage
    assert passage is not None
    context = draw_context(passage, extent, 60, 8)
    assert context.whole
    assert len(context.lines) <= 8
    text = "".join(words_in(line[1:]) for line in context.lines).replace(" ", "")
    words = article[slice(*passage.sentence)]
    assert f"[[{words}]]".replace(" ", "") in text


def test_a_sentence_longer_than_the_screen_begins_with_the_claim() -> None:
    article = "word " * 2000 + "end."
    shown_card = replace(card(), article=article, hops=(),
                   state=replace(card().state, content=(Span(5000, 5004),), chain=()))  # fmt: skip
    passage = state(shown_card).passage
    assert passage is not None
    assert passage.sentence == Span(0, len(article))
    context = draw_context(passage, Extent.ALL, 60, 8)
    assert not context.whole
    assert "[[word]]" in words_in(context.lines[0])


@pytest.mark.parametrize(("width", "height"), [(60, 16), (80, 24), (200, 60)])
def test_the_card_of_a_withdrawn_article_says_so_at_every_size(width: int, height: int) -> None:
    for marked, mark in (
        (card(article_status="withdrawn"), "WITHDRAWN | "),
        (card(origin_note="came through document 1a2b3c4d"), "ORIGIN WITHDRAWN | "),
    ):
        lines = draw_screen(state(marked), DEFAULT_KEYMAP, width, height)
        assert any(mark in words_in(line) for line in lines), mark


def test_the_key_of_undo_stands_at_the_decision_that_it_takes_back() -> None:
    """An undo and what it took back are passed over: the key goes on to the one before."""
    newest, second, third = state().last_decisions
    undo = replace(newest, action="undo", no=90213)
    undone = replace(second, undone=True)
    for decisions, marked in (
        ((newest, second), newest),
        ((undo, undone, replace(third, undone=False)), third),
        ((undo, undone), None),
    ):
        lines = draw_screen(state(last_decisions=decisions), DEFAULT_KEYMAP, 100, 30)
        found = [row for row in map(words_in, lines) if re.match("u \\d\\d:", row)]
        assert [f"ledger {marked.no}" in row for row in found] == [True] if marked else not found


def test_no_part_of_the_last_line_is_cut() -> None:
    for width in range(60, 120):
        last = words_in(draw_screen(state(), DEFAULT_KEYMAP, width, 24)[-1])
        assert "…" not in last


def test_a_list_that_has_no_room_says_how_many_more_there_are() -> None:
    people = card().candidates * 3
    now = state(card(candidates=people), mode=InputMode.SPEAKER)
    lines = [words_in(row) for row in draw_screen(now, DEFAULT_KEYMAP, 60, 16)]
    shown = [row for row in lines if re.match(r"  \d  ", row)]
    # Nobody known is one of the list.
    assert shown[-1].endswith(f"  … {len(people) + 1 - len(shown)} more")
    assert max(map(len, lines)) <= 60


def test_claims_that_are_decided_together_are_shown_with_their_speakers() -> None:
    for mode in (InputMode.MARKED, InputMode.SURE):
        now = state(marked_cards=(card(),), mode=mode)
        lines = [words_in(row) for row in draw_screen(now, DEFAULT_KEYMAP, 100, 30)]
        assert sum("48120000  Vladimir Putin  the two" in row for row in lines) == 1


def test_what_is_typed_is_seen_beside_a_long_prompt() -> None:
    for width in (60, 80):
        field = open_field("filter", "only " + "outlet: speaker: form: " * 4, "oil ties")
        lines = draw_screen(state(field=field), DEFAULT_KEYMAP, width, 24)
        assert any("oil ties" in words_in(row) for row in lines)
