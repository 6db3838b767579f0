"""Answers requests that change something, or take the server's time: for trusted tokens."""

import io
import uuid
from datetime import UTC, datetime

import orjson
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response

from claims import __version__
from claims.api.access import Access
from claims.api.answers import Body, as_json
from claims.api.bodies import ArticleIn, DecisionIn, TextIn, read_body, require_possible
from claims.api.errors import (
    BadParameterError,
    KeyReusedError,
    NotReadError,
    TokenMissingError,
)
from claims.api.problems import problem_response
from claims.api.scopes import Scope
from claims.api.server import Server
from claims.catalogue.find import find_claim
from claims.extraction.output import as_line
from claims.ingest.extractor import propose
from claims.ingest.records import IngestResult, ingest_records
from claims.ledger.errors import ChangedMeanwhileError
from claims.model.decision import Signature
from claims.model.identity import derived_id
from claims.model.json import Json, JsonObject
from claims.model.problem import Problem
from claims.readers.formats import Format
from claims.readers.options import ReadOptions
from claims.readers.source import read_stream
from claims.review.decide import DecisionResult, decide, find_result
from claims.review.full_changes import load_full_changes
from claims.review.requests import DecisionRequest
from claims.review.second_review import load_subject
from claims.review.state import load_claim

LONGEST_KEY = 200
"""Characters of an Idempotency-Key."""

KEY = "Idempotency-Key"

SETTLED = "settle"
"""What the ledger calls an acceptance or a rejection of what two readers disputed."""


def post_decision(request: Request, server: Server, body: bytes) -> Response:
    """Decide on a claim; the same key again answers the same and decides nothing more."""
    access = _require(request, server, Scope.DECIDE)
    key = _key_of(request, access)
    asked = read_body(body, DecisionIn)
    require_possible(asked.changes)
    try:
        with server.database.writer() as session:
            result = _decide(session, asked, key, access)
    except ChangedMeanwhileError as error:
        with server.database.reader() as session:
            return problem_response(error, _both(session, asked))
    return Response(as_json(_outcome(asked, result)), 200, media_type="application/json")


def post_article(request: Request, server: Server, body: bytes) -> Response:
    """Store an article with its claims; the same again adds nothing."""
    _require(request, server, Scope.INGEST)
    read_body(body, ArticleIn)
    options = ReadOptions(now=datetime.now(UTC))
    stream: io.BufferedReader = io.BufferedReader(io.BytesIO(body))
    records = read_stream("body", stream, Format.JSON, options)
    result = ingest_records(server.database, records, inputs=["POST /api/v1/articles"])
    problems = [_problem(problem) for problem in result.problems]
    if not result.articles:
        detail = "; ".join(str(problem.detail) for problem in result.problems)
        return problem_response(NotReadError("body", detail), {"problems": problems})
    status = 200 if result.stored_before else 201
    return Response(as_json(_stored(result, problems)), status, media_type="application/json")


def post_text(request: Request, server: Server, body: bytes) -> Response:
    """Find claims in a text and store nothing."""
    _require(request, server, Scope.PROPOSE)
    asked = read_body(body, TextIn)
    line = as_line("", propose(asked.text, asked.published))
    proposals = orjson.dumps({"attributions": line["attributions"]})
    return Response(proposals, 200, media_type="application/json")


def _require(request: Request, server: Server, scope: Scope) -> Access:
    """Who a request is from, if it may do this.

    Raises:
        UsageError: It has no token, or one that does not allow it.
    """
    if request.query_params:
        raise BadParameterError(next(iter(request.query_params))[:80], "there are none here")
    with server.database.reader() as session:
        access = server.access(session, request)
    access.require(scope)
    return access


def _key_of(request: Request, access: Access) -> uuid.UUID:
    """The id of the decision that a key stands for: the same for the same token and key.

    Raises:
        BadParameterError: The key is missing, empty or too long.
    """
    keys = request.headers.getlist(KEY)
    if len(keys) != 1 or not 1 <= len(keys[0]) <= LONGEST_KEY:
        raise BadParameterError(KEY, f"one header of 1 to {LONGEST_KEY} characters is needed")
    if access.token is None:
        raise TokenMissingError("Authorization")
    return derived_id("decision", f"token {access.token.id}", keys[0])


def _decide(session: Session, asked: DecisionIn, key: uuid.UUID, access: Access) -> DecisionResult:
    earlier = find_result(session, key)
    if earlier is not None:
        _require_same(session, earlier, asked, key)
        return earlier
    if access.token is None or access.token.reviewer is None:
        raise TokenMissingError("Authorization")
    claim = find_claim(session, str(asked.claim))
    if asked.other is not None:
        find_claim(session, str(asked.other))
    changes: JsonObject = asked.changes
    # Of another revision `decide` says what happened since; what was meant may not fit it.
    if load_claim(session, claim, lock=True).revision == asked.revision:
        changes = load_full_changes(session, claim, changes)
    request = DecisionRequest(
        claim, asked.action, changes, asked.revision, offset=asked.offset, other=asked.other
    )
    return decide(
        session, request, Signature(key, access.token.reviewer, __version__, asked.reason)
    )


def _require_same(
    session: Session, earlier: DecisionResult, asked: DecisionIn, key: uuid.UUID
) -> None:
    """Refuse a key that stands for another decision.

    Raises:
        KeyReusedError: It was used for another claim, action or revision.
    """
    made_on = load_subject(session, key)
    if made_on is None and earlier.decision is not None:
        decision = earlier.decision
        # The ledger calls the accepting of what was disputed by a name of its own.
        action = asked.action.value if decision.action == SETTLED else decision.action
        made_on = (decision.subject, action, decision.revision - 1)
    if made_on != (asked.claim, asked.action.value, asked.revision):
        raise KeyReusedError(KEY)


def _both(session: Session, asked: DecisionIn) -> JsonObject:
    current = load_claim(session, asked.claim)
    yours: JsonObject = {
        "revision": asked.revision,
        "action": asked.action,
        "changes": asked.changes,
    }
    return {
        "yours": yours,
        "current": {"revision": current.revision, "fields": current.state.to_json()},
    }


def _outcome(asked: DecisionIn, result: DecisionResult) -> Body:
    return {
        "claim": asked.claim,
        "sealed": result.number == 0 and not result.decisions,
        "decisions": [
            {
                "no": one.number,
                "decision": one.decision.id,
                "action": one.decision.action,
                "claim": one.decision.subject,
                "revision": one.decision.revision,
            }
            for one in result.decisions
        ],
    }


def _stored(result: IngestResult, problems: list[Json]) -> Body:
    return {
        "articles": result.articles,
        "stored_before": result.stored_before,
        "claims": result.claims,
        "problems": problems,
    }


def _problem(problem: Problem) -> Json:
    return {
        "reason": problem.reason,
        "detail": problem.detail,
        "field": problem.field,
        "value": problem.value,
    }
