"""Claims in crowds, two in one article, and without a speaker: no pair too many is aligned."""

import uuid
from datetime import timedelta

import pytest

from claims.model.kinds import Form, SourceKind
from claims.model.proposal import Hop, Proposal
from claims.model.span import Span, Spans
from claims.review.transitions import Action
from claims.utterances.compare import Compared, compare_due, compare_in_portions
from claims.utterances.web import Web
from claims.utterances.wordings import COMMON
from tests.makers import NOW, spans_of, store
from tests.utterances.conftest import SAFE, Press


def print_many(press: Press, quotes: list[tuple[str, str]]) -> list[uuid.UUID]:
    """Claims of one article, each a speaker's words."""
    body = "".join(f'{who} said "{words}" at place {n}.\n' for n, (who, words) in enumerate(quotes))
    proposals, start = [], 0
    for line in body.splitlines(keepends=True):
        who, quote = line.partition(" said ")[0], line[line.index('"') : line.rindex('"') + 1]
        mention, cue, content = (
            _moved(spans_of(line, part), start) for part in (who, "said", quote)
        )
        voice = Hop(who, SourceKind.PERSON, mention, cue, ())
        proposals.append(
            Proposal(content=content, form=Form.QUOTE, chain=(voice,), score=0.9, rule="verb")
        )
        start += len(line)
    return store(press.database, *proposals, text=body, published_at=NOW, outlet="Pier")


def _moved(spans: Spans, by: int) -> Spans:
    return tuple(Span(span.start + by, span.end + by) for span in spans)


def compare(press: Press) -> Compared:
    """Compare all that is due, in one portion."""
    with press.database.writer() as session:
        return compare_due(session)


@pytest.mark.parametrize("count", [60, pytest.param(5000, marks=pytest.mark.long)])
def test_equal_quotes_are_one_group_of_which_no_pair_is_aligned(press: Press, count: int) -> None:
    claims = print_many(press, [("Ada Quill", SAFE)] * count)
    assert len(claims) == count
    compared = compare(press)
    assert (compared.claims, compared.groups, compared.pairs) == (count, 1, 0)
    stars = press.stars()
    assert len(stars) == count
    assert len(set(stars.values())) == 1


def test_a_crowd_of_like_quotes_is_boilerplate_and_is_not_aligned_with_itself(
    press: Press,
) -> None:
    crowd = COMMON + 30
    print_many(press, [("Ada Quill", f"{SAFE} {n}") for n in range(crowd)])
    compared = compare(press)
    # All but the last of their runs are had by more of them than are evidence.
    assert compared.pairs < crowd
    assert press.sql("SELECT count(*) FROM claims.quote_pair") == [(0,)]


def test_a_crowd_that_comes_one_by_one_is_aligned_with_few_and_ends_the_same(
    press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = 5
    monkeypatch.setattr("claims.utterances.wordings.COMMON", few)
    aligned = 0
    for n in range(3 * few):
        press.print_quote(f"{SAFE} {n}", day=n, place=f"P{n}")
        aligned += compare(press).pairs
    assert aligned == few * (few - 1) // 2
    assert press.tables() == press.recount()


@pytest.mark.parametrize("speakers", [20, 40])
def test_who_comes_last_of_very_many_speakers_reads_no_more_of_them_than_the_first(
    press: Press, monkeypatch: pytest.MonkeyPatch, speakers: int
) -> None:
    first = 10
    monkeypatch.setattr("claims.utterances.web.FIRST", first)
    names = ("Ada", "Bo", "Cleo", "Dag", "Eva", "Finn", "Gus", "Hal")
    many = [f"{one} {other}son" for one in names for other in names if one != other]
    for number, name in enumerate(many[:speakers]):
        press.print_quote(SAFE, by=name, day=number, place=f"P{number}")
    press.compare()
    [(key, speaker)] = press.sql(
        "SELECT key, speaker FROM claims.quote_group ORDER BY printed_at DESC LIMIT 1"
    )
    with press.database.reader() as session:
        web = Web(session, speakers={speaker}, since=NOW + timedelta(days=speakers - 1))
        web.load_groups([key])
    assert len(web.groups[key].by_id) == first + 1
    press.print_quote(SAFE, by="Ida Quill", day=speakers, place="Last")
    press.compare()
    assert press.tables() == press.recount()


def test_what_is_due_in_portions_comes_out_as_at_once(
    press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claims.utterances.compare.MOST", 2)
    for day in (4, 0, 3, 1, 2):
        press.print_quote(f"{SAFE} {day}" if day % 2 else SAFE, day=day, place=f"P{day}")
    assert [portion.claims for portion in compare_in_portions(press.database)] == [2, 2, 1]
    assert press.tables() == press.recount()
    press.print_quote(SAFE, day=5, place="Last")
    assert [portion.claims for portion in compare_in_portions(press.database)] == [1]
    assert list(compare_in_portions(press.database)) == []


def test_two_claims_of_one_article_are_two_reports_of_one_outlet_and_origin(press: Press) -> None:
    first, second = print_many(press, [("Ada Quill", SAFE), ("Ada Quill", f"{SAFE} again")])
    for claim in (first, second):
        press.decide(claim, Action.ACCEPT)
    press.compare()
    assert len(set(press.stars().values())) == 1
    assert press.sql("SELECT DISTINCT printings, outlets FROM claims_v1.corroboration") == [(2, 1)]


def test_a_claim_without_a_speaker_joins_one_that_has_one_and_leads_none(press: Press) -> None:
    nobody = press.print_quote(SAFE, by=None, place="Nobody")
    press.compare()
    assert press.stars() == {nobody: nobody}
    named = press.print_quote(SAFE, day=1, place="Named")
    press.compare()
    assert press.stars() == {nobody: named, named: named}
    press.decide(named, Action.REJECT)
    press.compare()
    assert press.stars() == {nobody: nobody}
