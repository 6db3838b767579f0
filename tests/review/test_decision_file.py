"""Decisions from files: each line done or refused with its reason, never done twice."""

import json
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.errors.base import UsageError
from claims.model.claim import BLANK, changes_between
from claims.model.kinds import Form
from claims.review.conditions import read_conditions
from claims.review.decision_file import Line, apply_changes, read_lines
from claims.review.errors import BadLineError

ARTICLE = 'Quill said "the bridge is safe".'


def line(**stated: object) -> bytes:
    base = {"who": "Ann", "claim": "c1", "revision": 0, "action": "accept"}
    return json.dumps(base | stated).encode()


def read(*lines: bytes) -> list[Line | BadLineError]:
    return list(read_lines("d.jsonl", lines))


def test_a_line_is_who_what_and_what_they_saw() -> None:
    changes = {
        "content": [[12, 30]], "said_on": ["2026-05-01", "2026-05-02"], "credibility": 6,
        "chain": [{"mention": [[0, 5]], "mode": "denies"}],
        "links": [{"b": str(uuid.UUID(int=1)), "kind": "narrows"}],
    }  # fmt: skip
    [made] = read(line(changes=changes, reason="so"))
    assert isinstance(made, Line)
    after = apply_changes(ARTICLE, BLANK, made.request.changes)
    fields = changes_between(BLANK, after)
    assert fields["text"] == "the bridge is safe"
    assert fields["form"] == Form.QUOTE
    assert fields["said_on"] == ["2026-05-01", "2026-05-02"]
    assert fields["chain"] == [
        {"source": None, "mention": [[0, 5]], "cue": [], "capacity": [], "mode": "denies",
         "link_rule": None, "link_score": None, "link_reason": None},
    ]  # fmt: skip
    assert "venue" not in fields


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"{", "not JSON"),
        (b"[]", "the line"),
        (line(action="shout"), "action"),
        (line(revision=-1), "revision"),
        (line(who=""), "who"),
        (line(extra=1), "extra"),
        (line(changes={"credibility": 7}), "changes.credibility"),
        (line(changes={"status": "accepted"}), "changes.status"),
        (line(changes={"chain": []}), "changes.chain"),
        (line(action="split"), "has a command of its own"),
        (b"\xff\xfe", "not JSON"),
        (b'{"who": "Ann"}', "claim"),
    ],
)
def test_a_line_that_cannot_be_followed_says_where_and_why(raw: bytes, told: str) -> None:
    good = line()
    first, second = read(raw, good)
    assert isinstance(first, BadLineError)
    assert first.place == "d.jsonl:1"
    assert told in str(first)
    assert isinstance(second, Line), "the next line is read all the same"


def test_the_same_line_is_the_same_decision_however_it_is_written() -> None:
    spaced = json.dumps(json.loads(line()), indent=None, sort_keys=True).encode() + b"  "
    one, other, third = read(line(), b"", spaced, line(revision=1))
    assert isinstance(one, Line)
    assert isinstance(other, Line)
    assert isinstance(third, Line)
    assert one.id == other.id != third.id
    given_id = uuid.uuid4()
    [named] = read(line(id=str(given_id)))
    assert isinstance(named, Line)
    assert named.id == given_id


@given(st.binary(max_size=200))
def test_whatever_a_line_holds_it_is_read_or_refused(raw: bytes) -> None:
    for made in read_lines("x", raw.splitlines()):
        assert isinstance(made, Line | BadLineError)


def test_conditions_are_fields_with_values() -> None:
    made = read_conditions(["speaker=Ada Quill", "form=quote", "score>=0.9", "since=2026-05-01"])
    assert (made.filters.speaker, made.filters.form, made.score) == ("Ada Quill", "quote", 0.9)
    for bad in ("speaker", "status=accepted", "score=0.9", "form>=quote", "form=shout", "since=x"):
        with pytest.raises(UsageError, match="--where"):
            read_conditions([bad])
