"""A desk that only shows writes nothing, whoever asks for which page."""

import uuid
from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import text
from starlette.routing import Route
from starlette.testclient import TestClient

from claims.database.engine import Database
from claims.desk.app import create_app
from claims.desk.desk import Desk
from claims.review.transitions import Action
from tests.desk.conftest import Sit, client_of
from tests.review.conftest import Room


@pytest.fixture
def read_only(desk: Desk) -> Iterator[Desk]:
    """A read-only desk, each of whose transactions may only read."""
    url = desk.database.url
    given = url.query.get("options", "")
    options = f"{given} -c default_transaction_read_only=on".strip()
    database = Database(url.update_query_dict({"options": options}), keep=True)
    yield replace(desk, database=database, read_only=True, entrance=None)
    database.close()


def pages(desk: Desk, room: Room, claim: uuid.UUID) -> list[str]:
    """Every address of the desk that is asked for, with ids that are there."""
    [(document, source)] = room.sql(
        "SELECT v.document, c.speaker FROM claims.claim c"
        " JOIN claims.document_version v ON v.id = c.version WHERE c.id = :claim",
        claim=claim,
    )
    ids = {"claim": claim, "document": document, "source": source, "format": "jsonl", "no": 1}
    return [
        route.path.format(**ids)
        for route in create_app(desk).routes
        if isinstance(route, Route) and "GET" in (route.methods or ())
    ]


def broken(client: TestClient, paths: list[str]) -> dict[str, int]:
    """The pages that failed, each with its status."""
    answers = {path: client.get(path).status_code for path in paths}
    return {path: status for path, status in answers.items() if status >= 500}


def test_no_page_writes_whoever_asks(read_only: Desk, room: Room, sit: Sit) -> None:
    claims = room.store()
    room.act("Ann", claims[0], Action.ACCEPT)
    editor = sit()
    paths = pages(read_only, room, claims[0])
    assert {"/", f"/claims/{claims[0]}", "/review", "/ledger", "/sources"} <= set(paths)
    # Somebody who came in while the desk took changes, and a minute went by since.
    with room.database.writer() as session:
        ago = "UPDATE claims.desk_session SET seen_at = seen_at - interval '2 minutes'"
        session.execute(text(ago))
    with client_of(read_only) as client:
        assert broken(client, paths) == {}
        client.cookies.update(editor.client.cookies)
        assert broken(client, paths) == {}
        assert client.get(f"/claims/{claims[0]}").status_code == 200
        answer = client.get("/review")
        assert (answer.status_code, "only shows" in answer.text) == (403, True)
