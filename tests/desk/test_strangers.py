"""Whoever is not signed in learns of what is not published only that there is no such page."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from claims.api.app import create_api
from claims.api.server import Server
from claims.cli.context import fresh_id
from claims.database.engine import Database
from claims.desk.app import create_app
from claims.desk.desk import Desk
from claims.model.notice import Embargo
from tests.desk.conftest import ORIGIN, OWN
from tests.review.conftest import Room
from tests.utterances.conftest import SAFE, Press

NOTHING = uuid.UUID("0190aaaa-0000-7000-8000-00000000000a")
"""What is nowhere."""

PUBLIC = "Pier Daily"
HIDDEN = {"embargoed": "Vault Gazette", "proposed": "Drawer Post", "rejected": "Basket Times"}
"""For each reason why a claim is not published, the outlet of one."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What is stored: ids by the name of the parameter in a route's path."""

    public: Mapping[str, uuid.UUID]
    hidden: Mapping[str, Mapping[str, uuid.UUID]]


def ids_of(room: Room, claim: uuid.UUID, outlet: str) -> dict[str, uuid.UUID]:
    [(document,)] = room.sql(
        "SELECT v.document FROM claims.claim c JOIN claims.document_version v ON v.id = c.version"
        " WHERE c.id = :claim",
        claim=claim,
    )
    [(source,)] = room.sql("SELECT id FROM claims.source WHERE name = :name", name=outlet)
    return {"claim": claim, "document": document, "source": source}


@pytest.fixture
def stored(room: Room, database: Database) -> Stored:
    """An utterance in four papers: one report is published, and linked with the others."""
    press = Press(database)
    until = Embargo("2999-01-01", datetime(2999, 1, 1, tzinfo=UTC))
    public = press.print_quote(SAFE, place=PUBLIC)
    hidden = {
        why: press.print_quote(
            f"{SAFE} {outlet}", place=outlet, day=day, embargo=until if why == "embargoed" else None
        )
        for day, (why, outlet) in enumerate(HIDDEN.items(), 1)
    }
    press.compare()
    links = [{"b": str(claim), "kind": "contradicts"} for claim in hidden.values()]
    room.act("Ann", public, "accept")
    room.act("Ann", public, "correct", {"links": links})
    room.act("Ann", hidden["embargoed"], "accept")
    room.act("Ann", hidden["rejected"], "reject")
    return Stored(
        ids_of(room, public, PUBLIC),
        {why: ids_of(room, claim, HIDDEN[why]) for why, claim in hidden.items()},
    )


@pytest.fixture
def whole(database: Database) -> Iterator[TestClient]:
    """Somebody whom nobody knows, at a desk that lets everybody read its API."""
    api = Mount("/api/v1", create_api(Server(database, fresh_id, public=True)))
    app = create_app(Desk(database, ORIGIN, fresh_id), [api])
    with TestClient(app, base_url=ORIGIN, headers=OWN, raise_server_exceptions=False) as client:
        yield client


FORMATS = ("jsonl", "csv", "claimreview")
FURTHER = (
    "/claims/{claim}@0", "/claims/{claim}@1", "/claims/{claim}@99",
    "/claims/{claim}?as_of=2026-05-04", "/oembed?url=" + ORIGIN + "/claims/{claim}",
    "/documents?address={document}",
    "/documents?after={document}", "/sources?after={source}", "/sources/{public}?after={claim}",
    "/api/v1/claims/{claim}", "/api/v1/documents/{document}", "/api/v1/sources/{source}",
    "/api/v1/claims?claim={claim}", "/api/v1/attributions?claim={claim}",
    "/api/v1/search?q={claim}",
)  # fmt: skip
"""Addresses beside those of the routes in which an id may stand."""


def addresses(app: object) -> list[str]:
    """Each address with an id in it, with the names of its ids in braces."""
    routes = [route for route in app.routes if isinstance(route, Route)]  # type: ignore[attr-defined]
    paths = [route.path for route in routes if "GET" in (route.methods or ()) and "{" in route.path]
    exports = [path.replace("{format}", form) for path in paths for form in FORMATS]
    return [*dict.fromkeys(exports), *FURTHER]


def test_what_is_hidden_is_answered_as_what_is_nowhere(whole: TestClient, stored: Stored) -> None:
    nowhere = dict.fromkeys(("claim", "document", "source"), NOTHING)
    problems = []
    for address in addresses(whole.app):
        for why, ids in stored.hidden.items():
            answers = []
            for asked in (ids, nowhere):
                named = {name: str(id_) for name, id_ in asked.items()}
                path = address.format_map({**named, "public": stored.public["source"]})
                answer = whole.get(path)
                text = answer.text
                for id_ in named.values():
                    text = text.replace(id_, "ID").replace(id_[:8], "ID")
                answers.append((answer.status_code, text))
            if answers[0] != answers[1]:
                problems.append(f"{address} {why}: {answers[0][0]}, not {answers[1][0]}")
    assert problems == []


def test_the_beginning_of_an_id_says_nothing(whole: TestClient, stored: Stored) -> None:
    for name, path in (("claim", "/claims/{}"), ("document", "/documents/{}")):
        assert whole.get(path.format(stored.public[name])).status_code == 200
        assert whole.get(path.format(str(stored.public[name])[:13])).status_code == 404


def test_no_page_has_a_word_of_what_is_hidden(whole: TestClient, stored: Stored) -> None:
    public = {name: str(id_) for name, id_ in stored.public.items()}
    public["public"] = public["source"]
    named = [address.format_map(public) for address in addresses(whole.app)]
    plain = [
        "/", "/about", "/documents", "/sources", "/search?words=bridge", "/releases",
        "/api/v1/claims", "/api/v1/documents", "/api/v1/sources", "/api/v1/links",
        "/api/v1/evidence", "/api/v1/origins", "/api/v1/attributions", "/api/v1/search?q=bridge",
    ]  # fmt: skip
    secret = [*HIDDEN.values(), *(str(ids["claim"]) for ids in stored.hidden.values())]
    problems = []
    for address in (*named, *plain):
        answer = whole.get(address)
        problems += [f"{address}: {one}" for one in secret if one in answer.text]
    assert problems == []
