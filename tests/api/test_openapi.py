"""The description of the API: it is current, and Schemathesis finds nothing that breaks it."""

import json
from collections.abc import Iterator
from itertools import count

import pytest
import schemathesis
from schemathesis.engine import events, from_schema
from schemathesis.schemas import BaseSchema
from sqlalchemy import URL
from starlette.routing import Route

from claims.api.access import Failures
from claims.api.app import create_api
from claims.api.openapi import describe
from claims.api.scopes import Scope
from claims.api.server import Server
from claims.cli.context import fresh_id
from claims.ingest import extractor
from tests.api.conftest import add_token, client_of
from tests.conftest import cloned
from tests.in_process import load_parser
from tests.makers import settle, store


@pytest.fixture(scope="module")
def filled(server: URL, template: str) -> Iterator[Server]:
    """The API over a published claim and one that waits."""
    # A check sends tokens that are not valid: the time after which they are forgotten has passed.
    seconds = count(0, 1000)
    with cloned(server, template) as database, pytest.MonkeyPatch.context() as patch:
        patch.setattr(extractor, "_parser", load_parser)
        settle(database, store(database, outlet="The Pier")[0])
        store(database, external_id="waits")
        yield Server(database, fresh_id, failures=Failures(clock=lambda: float(next(seconds))))


def schema_of(server: Server, *, examples: int, phases: bool) -> BaseSchema:
    """What Schemathesis reads, and how it asks: by chance, or by corners of schemas too."""
    schema = schemathesis.openapi.from_asgi("/openapi.json", create_api(server))
    token = add_token(server.database, *Scope)
    schema.config.update(
        base_url="http://testserver/", headers={"Authorization": f"Bearer {token}"}
    )
    schema.config.generation.update(max_examples=examples, deterministic=True)
    schema.config.phases.coverage.enabled = phases
    schema.config.phases.stateful.enabled = phases
    return schema


def breaches_of(schema: BaseSchema) -> tuple[list[str], int]:
    """What Schemathesis finds by all of its checks, in words; and how many requests it made."""
    breaches, requests = [], 0
    for event in from_schema(schema).execute():
        if isinstance(event, events.NonFatalError | events.FatalError):
            breaches.append(str(event))
        if not isinstance(event, events.ScenarioFinished):
            continue
        for checks in event.recorder.checks.values():
            requests += 1
            failed = (check.failure_info for check in checks if check.failure_info)
            breaches += [
                f"{event.label}: {info.failure.title}: {info.failure.message} {info.code_sample}"
                for info in failed
            ]
    return breaches, requests


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # its event loops
@pytest.mark.parametrize(
    ("examples", "phases"), [(2, False), pytest.param(50, True, marks=pytest.mark.long)]
)
def test_schemathesis_finds_nothing(filled: Server, examples: int, *, phases: bool) -> None:
    breaches, requests = breaches_of(schema_of(filled, examples=examples, phases=phases))
    assert breaches == []
    assert requests > 40


def test_the_description_is_served_as_it_is_checked_in(filled: Server) -> None:
    served = client_of(filled).get("/openapi.json")
    assert served.json() == json.loads(json.dumps(describe()))


def test_every_route_is_described(filled: Server) -> None:
    paths = describe()["paths"]
    assert isinstance(paths, dict)
    described = {
        (
            path.replace("{" + path.partition("{")[2], "{key}") if "{" in path else path,
            method.upper(),
        )
        for path, methods in paths.items()
        for method in methods
    }
    routes = {
        (route.path, method)
        for route in create_api(filled).routes
        if isinstance(route, Route)
        for method in (route.methods or set()) - {"HEAD"}
    }
    assert routes - described == {("/openapi.json", "GET")}
    assert described <= routes
