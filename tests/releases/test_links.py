"""Two states differ in what people settled of claims that report the same."""

import uuid
from collections.abc import Sequence

import pytest

from claims.database.engine import Database
from claims.releases.changes import Change, summarise
from tests.acts import edit_claim
from tests.makers import add_reviewer, store
from tests.releases.test_states import differences, release

STEPS: Sequence[tuple[dict[str, list[str]], str, str | None, str | None, str]] = (
    ({"links": ["same_words"]}, "confirmed", None, "same words", "1 link confirmed"),
    ({"links": ["contradicts"], "refused_links": ["same_words"]}, "changed", "same words",
     "contradicts, not same words", "1 link changed"),
    ({"links": []}, "changed", "contradicts, not same words", "not same words", "1 link changed"),
    ({"refused_links": []}, "undone", "not same words", None, "1 link undone"),
    ({"refused_links": ["same_content"]}, "refused", None, "not same content", "1 link refused"),
)  # fmt: skip
"""What somebody settles, one after the other, and how the diff of the two releases says it."""


@pytest.fixture
def reviewer(database: Database) -> uuid.UUID:
    with database.writer() as session:
        return add_reviewer(session)


def test_a_diff_says_which_links_were_settled_and_taken_back(
    database: Database, reviewer: uuid.UUID
) -> None:
    a, b = (store(database, external_id=name)[0] for name in "ab")
    release(database, reviewer, "state 0")
    for number, (settled, what, before, after, line) in enumerate(STEPS, 1):
        links = {
            field: [{"b": str(b), "kind": kind} for kind in kinds]
            for field, kinds in settled.items()
        }
        edit_claim(database, a, reviewer, **links)
        release(database, reviewer, f"state {number}")
        changes = differences(database, f"state {number - 1}", f"state {number}")
        assert changes == [
            Change(what, "link", a, "Ada Quill", str(b)[:8], before, after, b)
        ], number  # fmt: skip
        assert summarise(changes) == line
    assert not differences(database, "state 5", "state 5")
    [backwards] = differences(database, "state 5", "state 4")
    assert (backwards.what, backwards.before) == ("undone", "not same content")
