"""The published views keep their promise."""

from sqlalchemy import text

from claims.contract.check import LIVE_COLUMNS, find_breaches
from claims.contract.views import over_the_past
from claims.database.engine import Database


def live(database: Database) -> dict[str, list[tuple[str, str]]]:
    columns: dict[str, list[tuple[str, str]]] = {}
    with database.engine.connect() as connection:
        for view, name, kind, _, _ in connection.execute(text(LIVE_COLUMNS)):
            columns.setdefault(view, []).append((name, kind))
    return columns


def test_the_views_are_as_promised(database: Database) -> None:
    assert find_breaches(live(database)) == []


def test_a_column_added_at_the_end_keeps_the_promise(database: Database) -> None:
    columns = live(database)
    columns["claims"].append(("office", "text"))
    assert find_breaches(columns) == []


def test_a_column_renamed_retyped_moved_or_lost_breaks_it(database: Database) -> None:
    for change in (
        lambda c: [("id", c[0][1]), *c[1:]],
        lambda c: [(c[0][0], "text"), *c[1:]],
        lambda c: [c[1], c[0], *c[2:]],
        lambda c: c[:-1],
        lambda _: [],
    ):
        columns = live(database)
        columns["claims"] = change(columns["claims"])
        [breach] = find_breaches(columns)
        assert breach.startswith("claims_v1.claims: promised")


def test_every_view_and_column_is_described(database: Database) -> None:
    with database.engine.connect() as connection:
        rows = connection.execute(text(LIVE_COLUMNS)).all()
    assert [row for row in rows if not (row[3] or "").endswith(".") or not row[4]] == []


def test_a_view_of_the_past_reads_past_relations_with_present_functions() -> None:
    sql = (
        "CREATE VIEW claims_v1.claims AS SELECT claims.words_at(v.text, c.spans) AS words\n"
        "  FROM claims.claim AS c JOIN claims.document_version AS v ON true;\n"
        "COMMENT ON COLUMN claims_v1.claims.words IS 'As printed.';"
    )
    assert over_the_past(sql) == (
        "CREATE VIEW claims_v1_past.claims AS SELECT claims.words_at(v.text, c.spans) AS words\n"
        "  FROM claims_past.claim AS c JOIN claims_past.document_version AS v ON true;\n"
        "COMMENT ON COLUMN claims_v1_past.claims.words IS 'As printed.';"
    )
