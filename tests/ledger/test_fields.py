"""ClaimState is where a claim's fields are named; whatever names them too agrees with it."""

import dataclasses
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from claims.database.engine import Database
from claims.ledger.consistency import QUERIES, load_fields
from claims.ledger.replay import WHOLE
from claims.model.claim import ClaimOrigin, ClaimState, HopState, LinkState
from claims.review.decision_file import CHANGEABLE
from claims.review.transitions import EVERYTHING, JUDGEMENT
from tests.makers import store

ROOT = Path(__file__).parents[2]


def names(kind: type) -> set[str]:
    return {field.name for field in dataclasses.fields(kind)}


STATE, ORIGIN, HOP, LINK = map(names, (ClaimState, ClaimOrigin, HopState, LinkState))


def built_keys(sql: str) -> list[set[str]]:
    """The keys of each jsonb_build_object of a statement, the inner ones first."""
    built: list[set[str]] = []
    calls: list[tuple[str, set[str]]] = []
    for token in re.finditer(r"(?P<call>\w*)\s*\(|(?P<end>\))|'(?P<key>\w+)',", sql):
        if token["key"] is None and token["end"] is None:
            calls.append((token["call"], set()))
        elif token["end"]:
            call, keys = calls.pop()
            built += [keys] if call == "jsonb_build_object" else []
        elif calls:
            calls[-1][1].add(token["key"])
    return built


def past_of(relation: str) -> str:
    """The newest statement that creates a relation of the past, in whichever file."""
    opening = re.compile(rf"CREATE (?:OR REPLACE )?(?:VIEW|FUNCTION) {re.escape(relation)}\b")
    files = [*sorted(ROOT.glob("migrations/**/*.sql")), *sorted(ROOT.glob("claims/**/*.sql"))]
    texts = [path.read_text("utf-8") for path in files]
    statements = [text[match.start() :] for text in texts for match in opening.finditer(text)]
    return statements[-1][: statements[-1].index("\nCOMMENT ON")]


def read_keys(sql: str, document: str) -> set[str]:
    """The keys that a statement reads from a JSON document: `before`, `after`, `hop`, `link`."""
    patterns = (
        rf"\b{document} (?:->>?|\?) '(\w+)'",
        rf"\b{document} #>>? '{{(\w+)",
        rf"jsonb_exists\((?:\w+\.)?{document}, '(\w+)'\)",
    )
    return {key for pattern in patterns for key in re.findall(pattern, sql)}


def test_the_comparison_of_tables_and_ledger_has_every_field() -> None:
    assert built_keys(QUERIES["claim"]) == [HOP, LINK, LINK, STATE | ORIGIN | {"revision"}]


def test_the_past_is_read_from_every_field() -> None:
    lists = {"links", "refused_links", "disputed_links"}
    assert read_keys(past_of("claims_past.claim"), "before") == STATE - lists
    assert read_keys(past_of("claims_past.claim_link"), "before") == {"links"}
    assert read_keys(past_of("claims_past.claim_link"), "link") == LINK
    assert read_keys(past_of("claims_past.link_refused"), "before") == {"refused_links"}
    assert read_keys(past_of("claims_past.link_refused"), "link") == LINK
    assert read_keys(past_of("claims.hops_of"), "hop") == HOP


def test_what_names_some_fields_names_no_others() -> None:
    agreement = (ROOT / "claims/review/agreement.sql").read_text("utf-8")
    asked = read_keys(agreement, "before") | read_keys(agreement, "after") - {"readings"}
    assert asked == {"form", "content", "chain"} <= STATE
    assert read_keys(agreement, "hop") == {"source"} <= HOP
    assert (
        set(WHOLE["claim"])
        == {"links", "refused_links", "disputed_links", "parents"}
        <= STATE | ORIGIN
    )
    assert JUDGEMENT <= EVERYTHING < STATE
    assert CHANGEABLE < STATE


NEW_FIELD = {
    "claims/model/claim.py": (
        "    urgency: str | None = None\n",
        "    attribution_confidence: Share | None = None\n",
    ),
    "claims/schema/claims.py": (
        '    urgency: Mapped[str | None] = mapped_column(comment="How soon.")\n',
        "    venue_spans: Mapped[Spans]",
    ),
    "claims/ledger/consistency.sql": (
        "           'urgency', c.urgency,\n",
        "           'attribution_confidence', c.attribution_confidence,\n",
    ),
}
"""What a new field of a claim takes beside its migration: the new line of each file, and the old
one that it is put in front of."""

SCRIPT = """
import sys, uuid
from sqlalchemy import make_url
from claims.database.engine import Database
from claims.ledger.append import sign_in
from claims.ledger.consistency import find_differences
from claims.ledger.entries import load_entry
from claims.ledger.undo import undo
from claims.model.decision import Signature
from claims.review.decide import decide
from claims.review.requests import DecisionRequest
from claims.review.decision_file import read_lines
from claims.review.state import load_claim, save_decision
from claims.review.transitions import Action

database, claim = Database(make_url(sys.argv[1])), uuid.UUID(sys.argv[2])
with database.writer() as session:
    reviewer = sign_in(session, "Ann", uuid.uuid4())
    request = DecisionRequest(claim, Action.ACCEPT, {"urgency": "high"})
    result = decide(session, request, Signature(uuid.uuid4(), reviewer, "0"))
    print(dict(result.decision.before), dict(result.decision.after))
    print(load_claim(session, claim).state.urgency)
    print([str(one) for one in find_differences(session)])
    entry = load_entry(session, result.number)
    undo(session, entry, Signature(uuid.uuid4(), reviewer, "0"), {"claim": save_decision})
    print(load_claim(session, claim).state.urgency)
    print([str(one) for one in find_differences(session)])
line = b'{"who": "Ann", "claim": "1", "revision": 0, "action": "edit",'
line += b' "changes": {"urgency": "low"}}'
print([one.request.changes for one in read_lines("-", [line])])
"""


def test_a_new_field_is_one_line_one_column_and_its_sql(database: Database, tmp_path: Path) -> None:
    """Decided, stored, compared, undone and read from files, with no other line of Python."""
    shutil.copytree(ROOT / "claims", tmp_path / "claims")
    for name, (new, old) in NEW_FIELD.items():
        path = tmp_path / name
        source = path.read_text("utf-8")
        assert source.count(old) == 1, name
        path.write_text(source.replace(old, new + old), "utf-8")
    [claim, *_] = store(database)
    with database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE claims.claim ADD COLUMN urgency text")
    url = database.url.render_as_string(hide_password=False)
    command = [sys.executable, "-c", SCRIPT, url, str(claim)]
    made = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert made.stderr == ""
    assert made.stdout.splitlines() == [
        "{'status': 'proposed', 'urgency': None} {'status': 'accepted', 'urgency': 'high'}",
        "high",
        "[]",
        "None",
        "[]",
        "[{'urgency': 'low'}]",
    ]


CIRCUMSTANCES = {
    "claim": {"recorded_at", "said_on_spans", "venue_spans"},
    "source": {"recorded_at", "run"},
    "document": {"recorded_at", "run"},
}
"""What no decision ever sets, and the replay need not know."""


@pytest.mark.parametrize("kind", ["claim", "source", "document"])
def test_the_replay_knows_every_field_that_the_database_compares(
    database: Database, kind: str
) -> None:
    store(database)
    with database.reader() as session:
        query = f"SELECT id, claims.state_of('{kind}', id) FROM claims.{kind} LIMIT 1"
        id_, state = session.execute(text(query)).one()
        fields = load_fields(session, kind, [id_])[id_]
    assert set(state) - CIRCUMSTANCES[kind] == set(fields) - {"revision"}
