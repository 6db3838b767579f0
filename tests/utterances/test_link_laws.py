"""What the database itself keeps of readings of links and of disputes, whoever writes."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.utterances.conftest import Press, Rows
from tests.utterances.test_link_readings import Pair, print_pair, read


def write(press: Press, *statements: str) -> None:
    """Statements in one transaction, as the owner writes them."""
    with press.database.engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def refused(press: Press, *statements: str) -> str:
    """The invariant that refuses statements, as the owner writes them."""
    with pytest.raises(DBAPIError) as caught:
        write(press, *statements)
    diagnostics = caught.value.orig.diag  # type: ignore[union-attr]
    return str(diagnostics.constraint_name)


READING = (
    "INSERT INTO claims.link_reading (id, a, b, a_revision, b_revision, reviewer, action, kind,"
    " tool_version, at) SELECT gen_random_uuid(), d.a, d.b, 99, 99, r.id, {action}, {kind}, 'psql',"
    " '2001-01-01' FROM claims.link_disputed AS d, claims.reviewer AS r WHERE r.name = 'Ann'"
)

STEP = (
    "UPDATE claims.claim SET revision = revision + 1"
    " WHERE id = (SELECT a FROM claims.link_disputed)"
)
DECIDED = (
    "INSERT INTO claims.decision (id, reviewer, action, subject_kind, subject, revision, before,"
    " after, tool_version) SELECT gen_random_uuid(), r.id, 'settle', 'claim', c.id, c.revision,"
    " jsonb_build_object('disputed_links', jsonb_build_array(l.b)),"
    " '{{\"disputed_links\": []}}', 'psql'"
    " FROM claims.reviewer AS r, claims.link_disputed AS l JOIN claims.claim AS c ON c.id = l.a"
    " WHERE r.name = '{name}'"
)
OTHER_WAY = (
    "INSERT INTO claims.link_disputed (id, a, b, disputed_by) SELECT gen_random_uuid(), d.b, d.a,"
    " d.disputed_by FROM claims.link_disputed AS d"
)
TAKEN = "SELECT claims.take_dispute(l.a, l.b) FROM claims.link_disputed AS l"


@pytest.fixture
def disputed(press: Press) -> Pair:
    """A link of which Ann and Ben say otherwise."""
    pair = print_pair(press)
    read(press, "Ann", pair, "same_words")
    read(press, "Ben", pair, None)
    return pair


@pytest.mark.usefixtures("disputed")
@pytest.mark.parametrize(
    ("statements", "invariant"),
    [
        (["UPDATE claims.link_reading SET kind = 'narrows'"], "append_only"),
        (["DELETE FROM claims.link_reading"], "append_only"),
        (["TRUNCATE claims.link_reading"], "append_only"),
        (["TRUNCATE claims.link_disputed"], "never_removed"),
        ([READING.format(action="'link'", kind="NULL")], "ck_link_reading_link"),
        ([READING.format(action="'different'", kind="'narrows'")], "ck_link_reading_link"),
        ([READING.format(action="'settle'", kind="NULL")], "ck_link_reading_action"),
        ([READING.format(action="'link'", kind="'answers'")], "ck_link_reading_kind"),
        (
            [
                "UPDATE claims.reviewer SET closed_at = '2020-01-01'",
                READING.format(action="'different'", kind="NULL"),
            ],
            "reviewer_open",
        ),
        (["DELETE FROM claims.link_disputed"], "claim_settled"),
        (["UPDATE claims.link_disputed SET recorded_at = '2001-01-01'"], "claim_settled"),
        (
            [OTHER_WAY],
            "claim_settled",
        ),
        ([TAKEN], "claim_settled"),
        ([STEP, DECIDED.format(name="Ann"), TAKEN], "third_reader"),
        ([STEP, DECIDED.format(name="Ben"), TAKEN], "third_reader"),
    ],
)
def test_the_database_keeps_readings_and_disputes(
    press: Press, statements: list[str], invariant: str
) -> None:
    assert refused(press, *statements) == invariant


def test_one_person_disputes_nothing(press: Press) -> None:
    a, b = print_pair(press)
    decision = (
        "INSERT INTO claims.decision (id, reviewer, action, subject_kind, subject, revision,"
        f" before, after, tool_version) SELECT gen_random_uuid(), r.id, 'dispute', 'claim', '{a}',"
        f" 1, '{{\"disputed_links\": []}}', '{{\"disputed_links\": [\"{b}\"]}}', 'psql'"
        " FROM claims.reviewer AS r LIMIT 1"
    )
    dispute = (
        f"INSERT INTO claims.link_disputed SELECT gen_random_uuid(), '{a}', '{b}', d.reviewer, d.at"
        " FROM claims.decision AS d"
    )
    step = f"UPDATE claims.claim SET revision = 1 WHERE id = '{a}'"
    assert refused(press, step, decision, dispute) == "third_reader"


@pytest.mark.usefixtures("disputed")
def test_when_and_of_what_a_reading_is_the_database_says(press: Press) -> None:
    press.sql(READING.format(action="'different'", kind="NULL") + " RETURNING 1")
    rows: Rows = press.sql(
        "SELECT r.at > now() - interval '1 hour', r.a_revision, r.b_revision"
        " FROM claims.link_reading AS r WHERE r.tool_version = 'psql'"
    )
    assert rows == [(True, 1, 0)]
